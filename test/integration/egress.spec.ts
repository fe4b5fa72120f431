import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlatformConfig } from '../../src/platform/config/platform.config.js';
import { EgressClient, type EgressRequest } from '../../src/platform/egress/egress.client.js';
import { EgressFailure } from '../../src/platform/egress/egress-failure.js';

const SECRET = 'bearer-that-must-not-travel';

/** Answers as a test wants, and remembers what it was asked. */
class Host {
  readonly seen: { url: string; method: string; headers: IncomingMessage['headers']; body: string }[] = [];
  answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => json(response, { ok: true });
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { url = '', method = '', headers } = request;
      this.seen.push({ url, method, headers, body });
      this.answer(response, request);
    });
  });

  static async start(): Promise<Host> {
    const host = new Host();
    await new Promise<void>((resolve) => host.server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'X-Plan': 'free' }).end(JSON.stringify(body));
}

describe('egress client', () => {
  let host: Host;
  let trap: Host;
  let client: EgressClient;

  beforeEach(async () => {
    [host, trap] = [await Host.start(), await Host.start()];
    client = new EgressClient({ production: false } as PlatformConfig);
  });

  afterEach(async () => {
    client.onModuleDestroy();
    await Promise.all([host.stop(), trap.stop()]);
  });

  const request = (more: Partial<EgressRequest> = {}) =>
    client.request({
      provider: 'double',
      baseUrl: `${host.url}/v1`,
      method: 'GET',
      path: '/users/me',
      headers: { authorization: `Bearer ${SECRET}` },
      ...more,
    });

  async function failureOf(more: Partial<EgressRequest> = {}): Promise<EgressFailure> {
    const failure = await request({ query: { secret: SECRET }, ...more }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EgressFailure);
    // Everything a log or an answer could be made of.
    expect(JSON.stringify([failure, (failure as Error).message, (failure as Error).cause])).not.toContain(SECRET);
    return failure as EgressFailure;
  }

  it('asks under its base and answers status, headers and parsed body, whatever the status', async () => {
    host.answer = (response) => json(response, { title: 'Forbidden' }, 403);
    expect(await request({ query: { count: 20 } })).toMatchObject({
      status: 403,
      headers: { 'x-plan': 'free' },
      body: { title: 'Forbidden' },
    });
    expect(host.seen[0]).toMatchObject({
      url: '/v1/users/me?count=20',
      method: 'GET',
      headers: { authorization: `Bearer ${SECRET}`, accept: 'application/json', 'user-agent': 'Passerelle' },
    });
  });

  it('sends forms and JSON as what they are', async () => {
    await request({ method: 'POST', body: { form: { code: 'a b&c', grant_type: 'x' } } });
    await request({ method: 'PATCH', body: { json: { title: 'été' } } });
    expect(host.seen.map(({ body, headers }) => [body, headers['content-type']])).toEqual([
      ['code=a+b%26c&grant_type=x', 'application/x-www-form-urlencoded'],
      ['{"title":"été"}', 'application/json'],
    ]);
  });

  it('follows no redirect', async () => {
    host.answer = (response) => void response.writeHead(302, { location: `${trap.url}/steal` }).end();
    expect(await request()).toMatchObject({ status: 302 });
    expect(trap.seen).toEqual([]);
  });

  it('follows a paging link to the letter, and only into its own base', async () => {
    await request({ path: undefined, link: `${host.url}/v1/events?$deltatoken=a%2Fb,c` });
    expect(host.seen[0]?.url).toBe('/v1/events?$deltatoken=a%2Fb,c');
    const links = [
      `${trap.url}/v1/events`,
      `${host.url.replace('http://', 'http://x@')}/v1/events`,
      `${host.url}@${new URL(trap.url).host}/v1`,
      `${host.url}/v2/events`,
      `${host.url}/v1/../v2`,
      '//evil.example/v1',
      'file:///etc/passwd',
    ];
    for (const link of links) await expect(request({ path: undefined, link })).rejects.toThrow('paging link');
    for (const path of [trap.url, `//${new URL(trap.url).host}/`, '/../x'])
      await expect(request({ path })).rejects.toThrow('provider path');
    expect([host.seen.length, trap.seen.length]).toEqual([1, 0]);
  });

  it('speaks https only in production', async () => {
    client.onModuleDestroy();
    client = new EgressClient({ production: true } as PlatformConfig);
    await expect(request()).rejects.toThrow('https');
    expect(host.seen).toEqual([]);
  });

  it('ends a call that gets no answer at its deadline', async () => {
    host.answer = () => undefined;
    const startedAt = performance.now();
    expect(await failureOf({ timeoutMs: 150 })).toMatchObject({ kind: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('ends an answer that drips at the same deadline', async () => {
    host.answer = (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    const startedAt = performance.now();
    expect(await failureOf({ timeoutMs: 200 })).toMatchObject({ kind: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('still takes the answer that came while the whole process stood still', async () => {
    host.answer = (response) => void setTimeout(() => json(response, { fresh: true }), 20);
    const answer = request({ timeoutMs: 100 });
    // Long enough for the answer to arrive: the request is out after a few turns of the loop.
    while (host.seen.length === 0) await new Promise(setImmediate);
    await new Promise((resolve) => setTimeout(resolve, 1));
    const until = performance.now() + 1_300;
    while (performance.now() < until);
    expect(await answer).toMatchObject({ status: 200, body: { fresh: true } });
  });

  it('takes no more than 5 MB, also when they come compressed', async () => {
    const large = Buffer.from(`"${'x'.repeat(6 * 1024 * 1024)}"`);
    host.answer = (response) => void response.writeHead(200).end(large);
    expect(await failureOf()).toMatchObject({ kind: 'too-large' });
    host.answer = (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(large));
    expect(await failureOf()).toMatchObject({ kind: 'too-large' });
  });

  it('takes a page in place of JSON for no answer, unless the status has said enough', async () => {
    host.answer = (response) => void response.writeHead(200).end('<html>portal</html>');
    expect(await failureOf()).toMatchObject({ kind: 'not-json' });
    expect(await request({ answer: 'ignored' })).toMatchObject({ status: 200, body: undefined });
    host.answer = (response) => void response.writeHead(502).end('<html>bad gateway</html>');
    expect(await request()).toMatchObject({ status: 502, body: undefined });
    host.answer = (response) => void response.writeHead(204).end();
    expect(await request()).toMatchObject({ status: 204, body: undefined });
  });

  it('says that nobody is there, that the line was cut, or that the answer was', async () => {
    host.answer = (_response, incoming) => void incoming.socket.destroy();
    expect(await failureOf()).toMatchObject({ kind: 'network' });
    host.answer = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"a":');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await failureOf()).toMatchObject({ kind: 'network' });
    const closed = await Host.start();
    const baseUrl = closed.url;
    await closed.stop();
    expect(await failureOf({ baseUrl })).toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
  });

  it('tells its observers of every call, by route and never by id', async () => {
    const calls: unknown[] = [];
    client.observe(({ durationMs, ...call }) => calls.push({ ...call, timed: durationMs > 0 }));
    await request({ path: '/events/4f2c/invitees' });
    host.answer = () => undefined;
    await failureOf({ path: '/slow', timeoutMs: 50 });
    await request({ path: '/x', route: 'me', timeoutMs: 50 }).catch(() => undefined);
    expect(calls).toEqual([
      { provider: 'double', method: 'GET', route: '/events/:id/invitees', status: 200, timed: true },
      { provider: 'double', method: 'GET', route: '/slow', status: 0, timed: true },
      { provider: 'double', method: 'GET', route: 'me', status: 0, timed: true },
    ]);
  });

  it('keeps its connection, and reads again when the other side had closed it', async () => {
    await request();
    await request();
    expect(new Set(host.seen.map(({ headers }) => headers.connection))).toEqual(new Set(['keep-alive']));
    let first = true;
    host.answer = (response, incoming) => {
      if (!first) return json(response, { ok: true });
      first = false;
      incoming.socket.destroy();
    };
    expect(await request()).toMatchObject({ status: 200 });
    first = true;
    await expect(request({ method: 'POST', body: { json: {} } })).rejects.toMatchObject({ kind: 'network' });
  });
});
