import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpAdapterHost } from '@nestjs/core';
import { type Answer, demand, FRONTEND, type Person, startApp, type TestApp } from '../support/app.js';

let app: TestApp;
let owner: Person;

beforeAll(async () => {
  app = await startApp({ sandbox: false });
  owner = await app.registerOrganization();
});

afterAll(async () => {
  // No provider is configured here, which its routes say as 503.
  const failures = app.log.filter(
    ({ level, error_code: code }) => level === 'error' && code !== 'delivery/not-configured',
  );
  await app.close();
  expect(failures).toEqual([]);
});

describe('requests that two readers could read differently', () => {
  const smuggled = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';
  const post = (headers: string, body: string) =>
    `POST /api/prospects HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;

  it.each<[what: string, request: string]>([
    ['a length and chunks', post(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${smuggled}`)],
    ['chunks and a length', post(`Transfer-Encoding: chunked\r\nContent-Length: 5\r\n`, `0\r\n\r\n${smuggled}`)],
    ['two lengths', post(`Content-Length: 2\r\nContent-Length: 40\r\n`, `{}${smuggled}`)],
    ['two equal lengths', post(`Content-Length: 2\r\nContent-Length: 2\r\n`, `{}${smuggled}`)],
    ['a list of lengths', post(`Content-Length: 2, 2\r\n`, `{}${smuggled}`)],
    ['a negative length', post(`Content-Length: -1\r\n`, smuggled)],
    ['a length with a sign', post(`Content-Length: +2\r\n`, `{}${smuggled}`)],
    ['a length in hexadecimal', post(`Content-Length: 0x2\r\n`, `{}${smuggled}`)],
    ['an endless length', post(`Content-Length: 99999999999999999999999\r\n`, smuggled)],
    ['unknown chunks', post(`Transfer-Encoding: xchunked\r\n`, smuggled)],
    ['chunks twice', post(`Transfer-Encoding: chunked, chunked\r\n`, `0\r\n\r\n${smuggled}`)],
    ['chunks within identity', post(`Transfer-Encoding: chunked, identity\r\n`, `0\r\n\r\n${smuggled}`)],
    ['a chunk whose size is none', post(`Transfer-Encoding: chunked\r\n`, `zz\r\n{}\r\n0\r\n\r\n${smuggled}`)],
    ['a chunk that is longer than its size', post(`Transfer-Encoding: chunked\r\n`, `1\r\n{}\r\n0\r\n\r\n${smuggled}`)],
    ['a folded header', post(`X-A: b\r\n c: d\r\nContent-Length: 2\r\n`, `{}${smuggled}`)],
    ['a header without a colon', post(`Content-Length 2\r\n`, `{}${smuggled}`)],
    ['a space before the colon', post(`Content-Length : 2\r\n`, `{}${smuggled}`)],
    ['a NUL in a header', post(`X-A: a\0b\r\nContent-Length: 2\r\n`, `{}${smuggled}`)],
    ['a carriage return in a header', post(`X-A: a\rX-B: b\r\nContent-Length: 2\r\n`, `{}${smuggled}`)],
    ['a line feed alone after a header', post(`X-A: a\nContent-Length: 2\r\n`, `{}${smuggled}`)],
    ['line feeds alone', `POST /api/prospects HTTP/1.1\nHost: x\nContent-Length: 2\n\n{}${smuggled}`],
    ['two hosts', `GET /health/live HTTP/1.1\r\nHost: x\r\nHost: evil.test\r\n\r\n`],
    ['no host', `GET /health/live HTTP/1.1\r\nX-A: b\r\n\r\n`],
    ['another protocol', `GET /health/live HTTP/9.9\r\nHost: x\r\n\r\n`],
    ['the second version', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`],
    ['a made-up method', `STEAL /health/live HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a space in the address', `GET /health /live HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('are refused, and nothing after them is read: %s', async (_what, request) => {
    const [first, ...more] = await speak(request);
    expect([first?.status, more]).toEqual([400, []]);
    isRefusal(first!);
    expect(first?.headers['connection']).toBe('close');
  });

  it.each([
    ['a tunnel', 'CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n\r\n'],
    [
      'another protocol after this one',
      'GET /api/auth/me HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
    ],
  ])('are not given what they ask for: %s', async (_what, request) => {
    const statuses = (await speak(request)).map(({ status }) => status);
    expect([[], [400], [401]]).toContainEqual(statuses);
  });

  it('are not confused by the host that somebody names', async () => {
    for (let index = 0; index < 3; index += 1) {
      const body = { firstname: `Ada ${index}`, email: `ada${index}@example.test` };
      demand(201, await app.http('POST', '/api/prospects', { token: owner.token, body }));
    }
    const authorization = `Authorization: Bearer ${owner.token}\r\n`;
    const [named] = await speak(`GET /api/prospects?limit=1 HTTP/1.1\r\nHost: evil.test\r\n${authorization}\r\n`);
    expect(named?.status).toBe(200);
    expect(named?.headers['link']).toMatch(/^<\/api\/prospects\?/);
    const forwarded = 'X-Forwarded-Host: evil.test\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 8.8.8.8\r\n';
    const [proxied] = await speak(`GET /api/prospects?limit=1 HTTP/1.1\r\nHost: x\r\n${forwarded}${authorization}\r\n`);
    expect([proxied?.status, JSON.stringify(proxied).includes('evil.test')]).toEqual([200, false]);
    const absolute = `GET http://evil.test/api/prospects?limit=1 HTTP/1.1\r\nHost: evil.test\r\n${authorization}\r\n`;
    const [answer] = await speak(absolute);
    expect([200, 404]).toContain(answer?.status);
    expect(JSON.stringify(answer)).not.toContain('evil.test');
  });
});

describe('too much', () => {
  it.each([
    ['an address', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['one header', `GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['many headers', `GET /health/live HTTP/1.1\r\nHost: x\r\n${'X-Header-Name: value\r\n'.repeat(1_000)}\r\n`],
    ['a header without an end', `GET /health/live HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(100_000)}`],
  ])('of %s is 431', async (_what, request) => {
    const [first, ...more] = await speak(request);
    expect([first?.status, first?.body?.code, more]).toEqual([431, 'request/headers-too-large', []]);
    isRefusal(first!);
  });

  it.each([
    ['told beforehand', `Content-Length: 1000000\r\n\r\n`],
    ['found out underway', `Transfer-Encoding: chunked\r\n\r\n${`1000\r\n${'x'.repeat(0x1000)}\r\n`.repeat(100)}`],
  ])('of a body is 413 before it has come, %s', async (_what, rest) => {
    const [first, ...more] = await speak(
      `POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${rest}`,
    );
    expect([first?.status, first?.body?.code, more]).toEqual([413, 'request/body-too-large', []]);
    expect(first?.headers['connection']).toBe('close');
  });

  it('at once: a hundred requests in one breath are answered in their order, and those cut off do nothing', async () => {
    const path = (index: number) => `/api/prospects/${index}`;
    const requests = Array.from({ length: 100 }, (_, index) => `GET ${path(index)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const answers = await speak(requests.join(''), { until: 100 });
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(401));

    const [before] = await app.database.query('SELECT count(*)::int AS rows FROM prospects');
    const whole = '{"firstname":"Coupée"}';
    const start = `POST /api/prospects HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${owner.token}\r\nContent-Type: application/json\r\n`;
    const sockets = await Promise.all(Array.from({ length: 100 }, () => open()));
    for (const socket of sockets)
      socket.write(`${start}Content-Length: ${Buffer.byteLength(whole)}\r\n\r\n${whole.slice(0, -1)}`);
    await sleep(100);
    for (const socket of sockets) socket.resetAndDestroy();
    await isWell();
    expect(await app.database.query('SELECT count(*)::int AS rows FROM prospects')).toEqual([before]);
  });
});

describe('slow clients', () => {
  // What is looked at is when Node acts on its limits. The limits themselves would take half a minute of every day.
  const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000 };
  const SHORT = { headersTimeout: 1_000, requestTimeout: 2_000 };

  const server = () => app.get(HttpAdapterHost).httpAdapter.getHttpServer() as typeof LIMITS;

  beforeAll(() => {
    const { headersTimeout, requestTimeout } = server();
    expect({ headersTimeout, requestTimeout }).toEqual(LIMITS);
    Object.assign(server(), SHORT);
  });

  afterAll(() => void Object.assign(server(), LIMITS));

  it.each([
    ['a request line', 'GET /health/li', 'ce'],
    ['headers', 'GET /health/live HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n'],
  ])('are given up when they send %s little by little', async (_what, start, drop) => {
    const { answers, afterMs } = await drip(start, drop);
    expect(answers.map(({ status, body }) => [status, body?.code])).toEqual([[408, 'request/too-slow']]);
    isRefusal(answers[0]!);
    expect(afterMs).toBeLessThan(SHORT.headersTimeout + 3_000);
  });

  it('are given up when they send a body little by little', async () => {
    const start =
      'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{';
    const { answers, afterMs } = await drip(start, ' ');
    expect(answers.map(({ status, body }) => [status, body?.code])).toEqual([[408, 'request/too-slow']]);
    expect(afterMs).toBeLessThan(SHORT.requestTimeout + 3_000);
  });

  it('are answered when they have closed their own half', async () => {
    const socket = await open();
    socket.end('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect((await answersOf(socket)).map(({ status }) => status)).toEqual([200]);
  });

  it('do not hold up the others: three hundred that say nothing, fifty that dawdle', async () => {
    Object.assign(server(), LIMITS);
    const dawdling =
      'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n{';
    const silent = await Promise.all(Array.from({ length: 300 }, () => open('GET /health/live HTTP/1.1\r\nHo')));
    const slow = await Promise.all(Array.from({ length: 50 }, () => open(dawdling)));
    const dripping = setInterval(() => slow.forEach((socket) => socket.write(' ')), 200);
    const times: number[] = [];
    try {
      for (let index = 0; index < 200; index += 1) {
        const startedAt = performance.now();
        demand(200, await app.http('GET', '/api/auth/me', { token: owner.token }));
        times.push(performance.now() - startedAt);
      }
    } finally {
      clearInterval(dripping);
      for (const socket of [...silent, ...slow]) socket.destroy();
      Object.assign(server(), SHORT);
    }
    // Held up, a request would wait until the limits end the others: ten seconds and more.
    expect(times.toSorted((left, right) => left - right)[197]).toBeLessThan(2_000);
  });
});

describe('a page of another origin', () => {
  const preflight = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };

  it.each([
    'null',
    'https://evil.test',
    'http://crm.example',
    'https://crm.example:8443',
    'https://crm.example.evil.test',
    'https://evilcrm.example',
    'https://sub.crm.example',
    'https://crm.example/',
    'https://crm.example@evil.test',
    'https://crm.example%2eevil.test',
    'https://crmxexample',
    'https://CRM.example',
    'https://crm.example,https://evil.test',
    'file://',
    'chrome-extension://abcdef',
    '*',
    '',
    'localhost',
    'http://127.0.0.1',
  ])('reads nothing: %j', async (origin) => {
    for (const [method, headers] of [
      ['GET', {}],
      ['OPTIONS', preflight],
    ] as const) {
      const answer = await app.http(method, '/api/auth/me', { token: owner.token, headers: { ...headers, origin } });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
      expect(answer.headers['vary']).toMatch(/origin/i);
    }
  });

  it('of the front end reads what it was given a token for, and no cookie is ever asked for', async () => {
    const answer = await app.http('GET', '/api/auth/me', { token: owner.token, headers: { origin: FRONTEND } });
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': FRONTEND });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    const asked = await app.http('OPTIONS', '/api/auth/me', { headers: { ...preflight, origin: FRONTEND } });
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([204, FRONTEND]);
    expect(asked.headers['access-control-allow-methods']).not.toContain('*');
  });

  it('is told nothing by the routes of providers', async () => {
    for (const path of ['/api/calendly/webhook', '/api/cal/webhook', '/api/channels/google', '/api/channels/outlook']) {
      const { headers } = await app.http('POST', path, { body: {}, headers: { origin: 'https://calendly.com' } });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('the headers of every answer', () => {
  const pages: [method: string, path: string][] = [
    ['GET', '/'],
    ['GET', '/docs'],
    ['GET', '/openapi.json'],
    ['GET', '/api/meta'],
    ['GET', '/api/auth/me'],
    ['GET', '/api/prospects'],
    ['POST', '/api/calendly/webhook'],
    ['POST', '/api/channels/outlook?validationToken=%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
    ['GET', '/nowhere'],
    ['DELETE', '/api/meta'],
    ['GET', '/%E0%A4%A'],
    ['GET', `/api/prospects/${'x'.repeat(600)}`],
    ['GET', '/health/live'],
    ['GET', '/metrics'],
  ];

  it.each(pages)('keep browsers from guessing, framing and telling: %s %s', async (method, path) => {
    const { headers } = await app.http(method, path, { token: owner.token });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/default-src '(self|none)'/);
    expect(policy).toMatch(/frame-ancestors '(self|none)'/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    for (const banner of ['server', 'x-powered-by', 'set-cookie'])
      expect([banner, headers[banner]]).toEqual([banner, undefined]);
    // Over plain http it would send the browser to a server that does not exist.
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('hold browsers to https for a year where people come by https', async () => {
    const secure = await startApp({ sandbox: false, environment: { PUBLIC_URL: 'https://crm.example' } });
    try {
      for (const path of ['/health/live', '/api/meta', '/api/prospects', '/docs', '/nowhere']) {
        const { headers } = await secure.http('GET', path);
        expect([path, headers['strict-transport-security']]).toEqual([path, 'max-age=31536000']);
        expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
      }
    } finally {
      await secure.close();
    }
  });

  it('keep what people may read out of every cache', async () => {
    for (const path of ['/api/auth/me', '/api/prospects', '/api/notifications', '/api/meta', '/api/nothing']) {
      const { headers } = await app.http('GET', path, { token: owner.token });
      expect([path, headers['cache-control']]).toEqual([path, expect.stringContaining('no-store')]);
    }
  });

  it('cannot be added to by what a request says', async () => {
    const answer = await app.http('POST', '/api/channels/outlook?validationToken=a%0D%0ASet-Cookie:%20a=b', {});
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['content-type']).not.toContain('html');
    const next = await app.http('GET', '/api/prospects?limit=1&search=A%0D%0ASet-Cookie:%20a=b', {
      token: owner.token,
    });
    expect(next.headers['set-cookie']).toBeUndefined();
  });
});

/** Still there for those who ask as one should. */
async function isWell(): Promise<void> {
  demand(200, await app.http('GET', '/health/live'));
}

function isRefusal({ headers, body, status }: Answer): void {
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({
    status,
    code: expect.stringMatching(/^request\//),
    title: expect.any(String),
    success: false,
  });
}

async function open(said = ''): Promise<Socket> {
  const { hostname, port } = new URL(app.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  // A server that closes on us is what many of these are about.
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  if (said !== '') socket.write(said);
  return socket;
}

/** Says it, and listens until the server closes, has answered often enough, or has had nothing to say for a second. */
async function speak(said: string, { until = Infinity } = {}): Promise<Answer[]> {
  const socket = await open();
  socket.write(Buffer.from(said, 'latin1'));
  return answersOf(socket, { until, silence: 1_000 });
}

function answersOf(socket: Socket, { until = Infinity, silence = 10_000 } = {}): Promise<Answer[]> {
  return new Promise((resolve) => {
    let heard = '';
    const finish = () => {
      socket.destroy();
      resolve(readAnswers(heard));
    };
    socket.setTimeout(silence, finish);
    socket.once('end', finish);
    socket.once('close', finish);
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (heard.split('HTTP/1.1 ').length > until && readAnswers(heard).length >= until) finish();
    });
  });
}

/** Something more of it every fifth of a second, until the server has had enough. */
async function drip(start: string, drop: string): Promise<{ answers: Answer[]; afterMs: number }> {
  const startedAt = performance.now();
  const socket = await open(start);
  const dripping = setInterval(() => socket.write(drop), 200);
  const answers = await answersOf(socket);
  clearInterval(dripping);
  return { answers, afterMs: performance.now() - startedAt };
}

/** As many whole answers as there are in it. */
function readAnswers(heard: string): Answer[] {
  const answers: Answer[] = [];
  let rest = heard;
  for (;;) {
    const [head = ''] = rest.split('\r\n\r\n', 1);
    const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? [];
    if (status === undefined) return answers;
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const length = Number(headers['content-length'] ?? 0);
    const text = Buffer.from(rest.slice(head.length + 4, head.length + 4 + length), 'latin1').toString('utf8');
    answers.push({ status: Number(status), headers, text, body: text.startsWith('{') ? JSON.parse(text) : undefined });
    rest = rest.slice(head.length + 4 + length);
  }
}
