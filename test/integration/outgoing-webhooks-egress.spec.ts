import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookTransport } from '../../src/webhooks/webhook-transport.js';
import { OutgoingWebhooksConfig } from '../../src/webhooks/webhooks.config.js';

const NEVER = new AbortController().signal;

let hits = 0;
let trap: Server;
let port: number;

beforeEach(async () => {
  hits = 0;
  trap = createHttpServer((_request, response) => {
    hits += 1;
    response.end();
  });
  trap.on('connection', () => (hits += 1));
  await new Promise<void>((resolve) => trap.listen(0, resolve));
  port = (trap.address() as AddressInfo).port;
});

afterEach(async () => {
  trap.closeAllConnections();
  await new Promise((resolve) => trap.close(resolve));
});

describe('a webhook to a place of our own', () => {
  const transport = new WebhookTransport(new OutgoingWebhooksConfig(false));

  it.each([
    'https://127.0.0.1:PORT/',
    'https://127.1:PORT/',
    'https://2130706433:PORT/',
    'https://0x7f000001:PORT/',
    'https://0177.0.0.1:PORT/',
    'https://0.0.0.0:PORT/',
    'https://[::1]:PORT/',
    'https://[::]:PORT/',
    'https://[::ffff:127.0.0.1]:PORT/',
    'https://[::ffff:7f00:1]:PORT/',
    'https://[0:0:0:0:0:0:0:1]:PORT/',
    'https://[64:ff9b::127.0.0.1]:PORT/',
    'https://localhost:PORT/',
    'https://LOCALHOST:PORT/',
    'https://localhost.:PORT/',
    'https://ⓛocalhost:PORT/',
    'https://１２７.0.0.1:PORT/',
    'https://user@127.0.0.1:PORT/',
    'https://1.1.1.1@127.0.0.1:PORT/',
    'https://169.254.169.254:PORT/latest/meta-data/',
    'https://10.0.0.1:PORT/',
    'https://192.168.0.1:PORT/',
    'https://[fd00:ec2::254]:PORT/',
    'https://[fe80::1]:PORT/',
    'http://1.1.1.1:PORT/',
    'http://127.0.0.1:PORT/',
  ])('does not leave: %s', async (url) => {
    const answer = await transport.post(url.replace('PORT', String(port)), '{}', { authorization: 'x' }, NEVER, 2_000);
    // Some resolvers do not know a name that others take for this machine.
    expect(answer).toMatchObject({ status: null, error: expect.stringMatching(/^(?:address-forbidden|enotfound)$/) });
    expect(hits).toBe(0);
  });
});

describe('a webhook where private addresses are allowed', () => {
  const transport = new WebhookTransport(new OutgoingWebhooksConfig(true));
  const post = (path = '/', deadlineMs = 2_000) =>
    transport.post(`http://127.0.0.1:${port}${path}`, '{"a":1}', { 'webhook-id': 'msg_1' }, NEVER, deadlineMs);
  const answerWith = (listener: RequestListener) => trap.removeAllListeners('request').on('request', listener);

  it('arrives as it was written', async () => {
    const seen: unknown[] = [];
    answerWith((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        seen.push([request.method, request.headers['webhook-id'], request.headers['content-type'], body]);
        response.writeHead(202).end();
      });
    });
    expect(await post()).toMatchObject({ status: 202, error: null, retryAfterMs: 0 });
    expect(seen).toEqual([['POST', 'msg_1', 'application/json', '{"a":1}']]);
  });

  it.each([
    [200, null],
    [204, null],
    [299, null],
    [301, 'redirect'],
    [400, 'status'],
    [404, 'status'],
    [500, 'status'],
  ])('answered %i has the error %s', async (status, error) => {
    answerWith((_request, response) => response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end());
    expect(await post()).toMatchObject({ status, error });
  });

  it.each([
    ['3', 3_000],
    ['999999999', 12 * 3_600_000],
    ['-5', 0],
    ['soon', 0],
    [new Date(Date.now() + 90_000).toUTCString(), 90_000],
    [new Date(Date.now() - 90_000).toUTCString(), 0],
  ])('hears Retry-After: %s', async (value, expected) => {
    answerWith((_request, response) => response.writeHead(503, { 'retry-after': value }).end());
    const { retryAfterMs } = await post();
    // A date is as far away as the clock says when it is read.
    expect(Math.abs(retryAfterMs - expected)).toBeLessThanOrEqual(value.includes('GMT') ? 20_000 : 0);
  });

  it('ends in time whatever the other side does: no answer, a header a minute, a body without end', async () => {
    answerWith(() => undefined);
    expect(await post('/', 200)).toMatchObject({ status: null, error: 'timeout' });
    answerWith((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(drip));
    });
    const slow = await post('/', 300);
    expect(slow).toMatchObject({ status: 200, error: null });
    expect(slow.durationMs).toBeLessThan(2_000);
    answerWith((_request, response) => response.writeHead(200).end(Buffer.alloc(20_000_000)));
    const large = await post('/', 5_000);
    expect(large).toMatchObject({ status: 200, error: null });
  });

  it('names what is wrong with the connection', async () => {
    expect(await transport.post('http://127.0.0.1:1/', '{}', {}, NEVER, 2_000)).toMatchObject({
      error: 'econnrefused',
    });
    expect(await transport.post(`https://127.0.0.1:${port}/`, '{}', {}, NEVER, 2_000)).toMatchObject({ status: null });
    const reset = await listenRaw((socket) => socket.resetAndDestroy());
    const answer = await transport.post(`http://127.0.0.1:${reset.port}/`, '{}', {}, NEVER, 2_000);
    expect(answer).toMatchObject({ status: null, error: 'econnreset' });
    await reset.close();
    const nonsense = await listenRaw((socket) => socket.end('hello\r\n\r\n'));
    const garbled = await transport.post(`http://127.0.0.1:${nonsense.port}/`, '{}', {}, NEVER, 2_000);
    expect(garbled).toMatchObject({ status: null, error: expect.stringMatching(/^hpe_/) });
    await nonsense.close();
  });

  it('is given back, not failed, when its worker stops', async () => {
    answerWith(() => undefined);
    const stopping = new AbortController();
    const posting = transport.post(`http://127.0.0.1:${port}/`, '{}', {}, stopping.signal, 5_000);
    stopping.abort();
    await expect(posting).rejects.toThrow(/aborted/);
  });
});

async function listenRaw(
  onConnection: (socket: import('node:net').Socket) => void,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server: TcpServer = createTcpServer((socket) => {
    socket.on('error', () => undefined).resume();
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
