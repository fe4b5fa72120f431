import { createServer, type IncomingMessage, request as send, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Problem } from '../errors/problem.js';
import { requestInvalid, unexpectedFailure } from '../errors/platform.problems.js';
import type { EventLog } from '../logging/event-log.js';
import { requestContext } from '../logging/request-context.js';
import { Metrics } from '../metrics/metrics.js';
import { FrontDoor } from './front-door.js';

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  text: string;
}

const PATH = '/api/here/webhook';

let server: Server;
let port: number;
let door: FrontDoor;
let metrics: Metrics;
let failures: unknown[][];
/** What the route does with what it was given. */
let receive: (token: string, body: Buffer) => Promise<void>;
let received: [token: string, bytes: number][];

beforeEach(async () => {
  metrics = new Metrics();
  failures = [];
  received = [];
  receive = async (token, body) => void received.push([token, body.length]);
  const route = {
    path: PATH,
    receive: (token: string, { body }: { body: Buffer }) => receive(token, body),
    answer: { received: true },
  };
  const log = { failure: (...said: unknown[]) => void failures.push(said) } as unknown as EventLog;
  door = new FrontDoor([route], { 'x-extra': 'yes' }, metrics, log);
  server = createServer((request, response) => void text(request).then((body) => response.end(`inside: ${body}`)));
  door.standBefore(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function call(path: string, body: string, { method = 'POST', headers = {}, chunked = false } = {}): Promise<Answer> {
  const length = chunked ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = send({ port, path, method, headers: { ...length, ...headers } }, (response) => {
      const { statusCode: status, headers: answered } = response;
      text(response).then((said) => resolve({ status, headers: answered, text: said }), reject);
    });
    asked.once('error', reject);
    if (chunked) asked.write(body.slice(0, 1));
    asked.end(chunked ? body.slice(1) : body);
  });
}

describe('the front door', () => {
  it('gives what was sent to the route, and answers in its words', async () => {
    const { status, headers, text: said } = await call(`${PATH}/a-token_1`, 'été');
    expect([status, said]).toEqual([200, '{"received":true}']);
    expect(received).toEqual([['a-token_1', 5]]);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-extra': 'yes',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it.each<[what: string, path: string, options: Parameters<typeof call>[2], body?: string]>([
    ['another method', `${PATH}/token`, { method: 'PUT' }],
    ['another address', '/api/there/webhook/token', {}],
    ['the address above', PATH, {}],
    ['an address below', `${PATH}/token/more`, {}],
    ['no token', `${PATH}/`, {}],
    ['a question', `${PATH}/token?x=1`, {}],
    ['letters that must be read first', `${PATH}/to%6Ben`, {}],
    ['a token of 257 letters', `${PATH}/${'x'.repeat(257)}`, {}],
    ['no length', `${PATH}/token`, { chunked: true }],
    ['no body', `${PATH}/token`, {}, ''],
    ['more than is read', `${PATH}/token`, {}, 'x'.repeat(256 * 1024 + 1)],
  ])('lets in what is in any way different: %s', async (_what, path, options, body = '{}') => {
    expect(await call(path, body, options)).toMatchObject({ status: 200, text: `inside: ${body}` });
    expect(received).toEqual([]);
  });

  it('takes as much as is read, in however many pieces it comes', async () => {
    const body = 'x'.repeat(256 * 1024);
    expect(await call(`${PATH}/token`, body)).toMatchObject({ status: 200 });
    expect(received).toEqual([['token', body.length]]);
  });

  it('lets in a request that names two hosts', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.end(`POST ${PATH}/t HTTP/1.1\r\nHost: a\r\nhost: b\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`);
    expect(await text(socket)).toContain('inside: {}');
  });

  it('answers a problem in the language that was asked for, under the id that was given', async () => {
    receive = () => Promise.reject(new Problem(requestInvalid));
    const headers = { 'accept-language': 'en', 'x-request-id': 'my-request-7' };
    const { status, headers: answered, text: said } = await call(`${PATH}/token`, '{}', { headers });
    expect(status).toBe(400);
    expect(answered).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'x-request-id': 'my-request-7',
    });
    expect(JSON.parse(said)).toMatchObject({
      code: requestInvalid.code,
      title: requestInvalid.title.en,
      request_id: 'my-request-7',
    });
    expect(failures).toEqual([]);
  });

  it('says nothing of a failure but that there was one, and tells the log', async () => {
    const failure = new Error('the password is hunter2');
    receive = () => Promise.reject(failure);
    const { status, text: said } = await call(`${PATH}/token`, '{}');
    expect([status, JSON.parse(said).code]).toEqual([500, unexpectedFailure.code]);
    expect(said).not.toContain('hunter2');
    expect(failures).toEqual([['request.failed', failure, { route: `${PATH}/:token`, status: 500 }]]);
  });

  it('runs the route for its request, as the framework does', async () => {
    const ids: unknown[] = [];
    receive = async () => void ids.push(requestContext.get()?.requestId);
    await call(`${PATH}/token`, '{}', { headers: { 'x-request-id': 'my-request-8' } });
    expect(ids).toEqual(['my-request-8']);
  });

  it('is counted by route and status, never by address', async () => {
    await call(`${PATH}/hunter2`, '{}');
    receive = () => Promise.reject(new Problem(requestInvalid));
    await call(`${PATH}/hunter3`, '{}');
    const { values } = await metrics.requests.get();
    const counts = values.filter(({ metricName }) => metricName?.endsWith('_count'));
    expect(counts.map(({ labels: { method, route, status }, value }) => [method, route, status, value])).toEqual([
      ['POST', `${PATH}/:token`, 200, 1],
      ['POST', `${PATH}/:token`, 400, 1],
    ]);
    expect(await metrics.registry.metrics()).not.toContain('hunter');
  });

  it('hands nothing over that broke off before its end, and goes on', async () => {
    const socket = connect(port, '127.0.0.1');
    const arrived = new Promise((arrive) => server.once('request', arrive));
    socket.write(`POST ${PATH}/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":`);
    await arrived;
    socket.resetAndDestroy();
    await call(`${PATH}/token`, '{}');
    expect(received).toEqual([['token', 2]]);
  });

  it('once closed lets everybody in, and ends the connection of whom it was still serving', async () => {
    const answers: (() => void)[] = [];
    const asked = new Promise<void>((ask) => {
      receive = () => new Promise((answer) => (answers.push(answer), ask()));
    });
    const waiting = call(`${PATH}/token`, '{}', { headers: { connection: 'keep-alive' } });
    await asked;
    door.close();
    expect((await call(`${PATH}/token`, '{}')).text).toBe('inside: {}');
    answers[0]!();
    expect(await waiting).toMatchObject({ status: 200, headers: { connection: 'close' }, text: '{"received":true}' });
  });
});
