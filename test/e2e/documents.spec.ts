import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Answer, demand, type Person, startApp, type TestApp } from '../support/app.js';
import { takeAway } from '../support/database-outage.js';

interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: unknown;
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

const PUBLIC = [
  'GET /api/cal/gcal-oauth-redirect',
  'GET /api/cal/oauth-callback',
  'GET /api/cal/office-oauth-redirect',
  'GET /api/cal/refresh',
  'GET /api/meta',
  'GET /health/live',
  'GET /health/ready',
  'POST /api/auth/login',
  'POST /api/auth/refresh',
  'POST /api/auth/register',
  'POST /api/cal/webhook',
  'POST /api/cal/webhook/{token}',
  'POST /api/calendly/webhook',
  'POST /api/calendly/webhook/{token}',
  'POST /api/channels/google',
  'POST /api/channels/outlook',
  'POST /api/channels/outlook/lifecycle',
];

let app: TestApp;
let owner: Person;
// oxlint-disable-next-line typescript/no-explicit-any -- an OpenAPI document, examined below
let api: any;
let operations: [name: string, operation: Operation][];

beforeAll(async () => {
  app = await startApp();
  owner = await app.registerConnected();
  api = demand(200, await app.http('GET', '/openapi.json')).body;
  operations = Object.entries<Record<string, Operation>>(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
});

afterAll(async () => {
  await app.close();
});

describe('/openapi.json', () => {
  it('is an OpenAPI 3.1 document in which every reference leads somewhere', () => {
    expect(api.openapi).toBe('3.1.0');
    expect(api.info).toMatchObject({ title: 'Passerelle', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    const references = [...JSON.stringify(api).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, pointer]) => pointer!);
    expect(references.length).toBeGreaterThan(20);
    for (const pointer of references) {
      const target = pointer.split('/').reduce((node, key) => node?.[key], api);
      expect([pointer, typeof target]).toEqual([pointer, 'object']);
    }
  });

  it('says of every route what it is for, under a name of its own', () => {
    expect(operations.length).toBeGreaterThan(30);
    for (const [name, { summary, tags, responses }] of operations) {
      expect([name, summary]).toEqual([name, expect.stringMatching(/^[A-Z].{5,}/)]);
      expect([name, tags]).toEqual([name, [expect.any(String)]]);
      expect([name, Object.keys(responses).some((status) => /^2|302/.test(status))]).toEqual([name, true]);
    }
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has every route ask for a session, save those that are public on purpose', () => {
    const open = operations.filter(([, { security }]) => !security?.some((scheme) => 'bearer' in scheme));
    expect(open.map(([name]) => name).toSorted()).toEqual(PUBLIC);
    expect(api.components.securitySchemes).toEqual({ bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } });
  });

  it('tells the truth about that: without a session they are refused', async () => {
    for (const [name] of operations.filter(([known]) => !PUBLIC.includes(known))) {
      const [method, path] = name.split(' ') as [string, string];
      const answer = await app.http(method, path.replaceAll(/\{\w+\}/g, crypto.randomUUID()));
      // Front ends take 401 for the end of their own session; a callback says 403 instead.
      const expected = path.endsWith('/callback') ? 403 : 401;
      expect([name, answer.status, answer.body.success]).toEqual([name, expected, false]);
      expect(Object.keys(operations.find(([known]) => known === name)![1].responses)).toContain(String(expected));
    }
  });

  it('names the parameters of a path, and the problem of naming something that is not there', () => {
    for (const [name, { parameters, responses }] of operations) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      expect([name, declared.map((parameter) => parameter.name)]).toEqual([name, inPath]);
      expect(declared.every(({ required }) => required)).toBe(true);
      const known = inPath.length > 0 ? ['404'] : [];
      expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(known)]);
    }
  });

  it('shows every refusal as problem+json with its stable codes', () => {
    for (const [name, { responses, requestBody }] of operations) {
      const refusals = Object.entries(responses).filter(([status]) => status >= '400');
      for (const [status, { description, content }] of refusals) {
        expect([name, status, Object.keys(content ?? {})]).toEqual([name, status, ['application/problem+json']]);
        expect([name, status, description]).toEqual([name, status, expect.stringMatching(/`[a-z-]+\/[a-z-]+`/)]);
      }
      const known = requestBody && !name.includes('webhook') ? ['400'] : [];
      expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(known)]);
      // One route has nothing that could go wrong, and a browser's return ends on a page whatever goes wrong.
      const isAlwaysWell = name === 'GET /health/live' || '302' in responses;
      expect([name, refusals.length > 0]).toEqual([name, !isAlwaysWell]);
    }
  });

  it('gives examples that fit its own schemas', () => {
    const ajv = newAjv();
    for (const [name, schema] of Object.entries<{ properties?: Record<string, Record<string, unknown>> }>(
      api.components.schemas,
    )) {
      for (const [property, described] of Object.entries(schema.properties ?? {})) {
        if (!('example' in described)) continue;
        const validate = ajv.compile({ ...described, $defs: undefined, components: api.components });
        const isValid = validate(described['example']);
        expect([name, property, isValid, validate.errors]).toEqual([name, property, true, null]);
      }
    }
  });

  it('describes the answers as they are: the fields it names, and no others', async () => {
    const { token } = owner;
    const [{ id: runId, integration_id: integrationId }] = (await app.http('GET', '/api/sync-runs', { token })).body;
    const [{ id: prospectId }] = (await app.http('GET', '/api/prospects', { token })).body;
    app.sandbox.control.book({ invitees: [{ name: 'Ada', email: 'ada@example.test' }] });
    await app.eventually(async () =>
      expect((await app.http('GET', '/api/deliveries', { token })).body).toMatchObject([{ state: 'processed' }]),
    );
    const [{ id: bookingId }] = await app.eventually(async () => {
      const { body } = await app.http('GET', '/api/bookings', { token });
      expect(body).not.toEqual([]);
      return body;
    });
    const [{ id: deliveryId }] = (await app.http('GET', '/api/deliveries', { token })).body;
    const again = { provider: 'calendly' };
    const { run_id: replayId } = (await app.http('POST', '/api/deliveries/replay', { token, body: again })).body;
    const answers: [route: string, path: string][] = [
      ['/api/auth/me', '/api/auth/me'],
      ['/api/organization', '/api/organization'],
      ['/api/organization/members', '/api/organization/members'],
      ['/api/notifications', '/api/notifications'],
      ['/api/notifications/unread-count', '/api/notifications/unread-count'],
      ['/api/prospects', '/api/prospects'],
      ['/api/prospects/{id}', `/api/prospects/${prospectId}`],
      ['/api/sync-runs', '/api/sync-runs'],
      ['/api/sync-runs/{id}', `/api/sync-runs/${runId}`],
      ['/api/deliveries', '/api/deliveries'],
      ['/api/deliveries/{id}', `/api/deliveries/${deliveryId}`],
      ['/api/deliveries/{id}/body', `/api/deliveries/${deliveryId}/body`],
      ['/api/deliveries/replays', '/api/deliveries/replays'],
      ['/api/deliveries/replays/{id}', `/api/deliveries/replays/${replayId}`],
      ['/api/dead-letters', '/api/dead-letters'],
      ['/api/calendly/auth-url', '/api/calendly/auth-url'],
      ['/api/calendly/status', '/api/calendly/status'],
      ['/api/calendly/events', '/api/calendly/events'],
      ['/api/meta', '/api/meta'],
      ['/api/integrations', '/api/integrations'],
      ['/api/integrations/{id}', `/api/integrations/${integrationId}`],
      ['/api/bookings', '/api/bookings'],
      ['/api/bookings/{id}', `/api/bookings/${bookingId}`],
    ];
    for (const [route, path] of answers) {
      conforms(route, 'get', demand(200, await app.http('GET', path, { token })));
    }
    conforms('/api/prospects/{id}', 'get', await app.http('GET', `/api/prospects/${crypto.randomUUID()}`, { token }));
    conforms('/api/prospects', 'post', await app.http('POST', '/api/prospects', { token, body: { age: 3 } }));
    conforms('/api/prospects', 'post', await app.http('POST', '/api/prospects', { token, body: { firstname: 'Bo' } }));
    conforms('/api/calendly/sync', 'post', await app.http('POST', '/api/calendly/sync', { token }));
    conforms('/api/calendly/sync', 'post', await app.http('POST', '/api/calendly/sync?wait=true', { token }));
    for (const action of ['pause', 'resume', 'sync', 'disconnect']) {
      const answer = await app.http('POST', `/api/integrations/${integrationId}/${action}`, { token });
      conforms(`/api/integrations/{id}/${action}`, 'post', answer);
    }
    conforms('/api/calendly/disconnect', 'post', await app.http('POST', '/api/calendly/disconnect', { token }));
  });

  function conforms(route: string, method: string, answer: Answer): void {
    const [mediaType = ''] = (answer.headers['content-type'] ?? '').split(';');
    const schema = api.paths[route][method].responses[answer.status]?.content?.[mediaType]?.schema;
    expect([route, answer.status, mediaType, typeof schema]).toEqual([route, answer.status, mediaType, 'object']);
    const closed = JSON.parse(
      // A field that is not described is a field that nobody can rely on.
      JSON.stringify({ ...schema, components: api.components }, (_key, node) =>
        node?.type === 'object' && node.properties && !('additionalProperties' in node)
          ? { ...node, additionalProperties: false }
          : node,
      ),
    );
    const validate = newAjv().compile(closed);
    const isValid = validate(answer.body);
    expect([route, answer.status, isValid, validate.errors]).toEqual([route, answer.status, true, null]);
  }

  function newAjv(): Ajv2020 {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    return ajv;
  }
});

describe('/docs', () => {
  it.each(['/docs', '/docs/'])('is a page at %s whose parts are all there', async (address) => {
    const page = await app.http('GET', address, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    const parts = [...page.text.matchAll(/(?:src|href)="(\.?\/[^"]+)"/g)].map(([, part]) => part!);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      const { pathname } = new URL(part, `${app.url}${address}`);
      expect([pathname, (await app.http('GET', pathname)).status]).toEqual([pathname, 200]);
    }
    const init = await app.http('GET', '/docs/swagger-ui-init.js');
    expect(init.text).toContain('/api/calendly/auth-url');
  });

  it('says 404 of a part that is not there', async () => {
    expect(await app.http('GET', '/docs/missing.css')).toMatchObject({
      status: 404,
      body: { code: 'request/not-found' },
    });
  });

  it('is allowed to run its own scripts by the policy it is sent with, and no others', async () => {
    const page = await app.http('GET', '/docs');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toMatch(/script-src 'self'(;| )/);
    expect(policy).not.toContain('unsafe-eval');
    // Every script is a file: one written into the page would be refused.
    expect([...page.text.matchAll(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/g)]).toEqual([]);
  });
});

describe('what can be closed', () => {
  let closed: TestApp;
  const token = 'a-token-for-metrics';

  beforeAll(async () => {
    closed = await startApp({ sandbox: false, environment: { DOCS_ENABLED: 'false', METRICS_TOKEN: token } });
  });

  afterAll(async () => {
    await closed.close();
  });

  it.each(['/docs', '/docs/', '/docs/swagger-ui-init.js', '/openapi.json', '/openapi.yaml'])(
    'is: %s is then 404',
    async (path) => {
      expect(await closed.http('GET', path)).toMatchObject({ status: 404, body: { code: 'request/not-found' } });
    },
  );

  it('is: metrics show themselves only to whoever knows the token', async () => {
    for (const wrong of [undefined, 'another-token-entirely', `${token}x`]) {
      expect(await closed.http('GET', '/metrics', { token: wrong })).toMatchObject({ status: 404 });
    }
    expect(await closed.http('GET', '/metrics', { token })).toMatchObject({ status: 200 });
  });
});

describe('health', () => {
  it('is alive and ready, and says so freshly each time', async () => {
    for (const [path, body] of [
      ['/health/live', { status: 'ok' }],
      ['/health/ready', { status: 'ok', details: { database: { status: 'up' }, worker: { status: 'up' } } }],
    ] as const) {
      const answer = await app.http('GET', path);
      expect(answer).toMatchObject({ status: 200, body });
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('stays alive but not ready while the database is away, and comes back by itself', async () => {
    const bringBack = await takeAway(app.database);
    try {
      const ready = await app.http('GET', '/health/ready');
      expect(ready.status).toBe(503);
      expect(ready.text).not.toContain('127.0.0.1');
      expect(await app.http('GET', '/health/live')).toMatchObject({ status: 200 });
      const list = await app.http('GET', '/api/prospects', { token: owner.token });
      expect(list).toMatchObject({ status: 503, body: { code: 'storage/unavailable', success: false } });
      expect(Number(list.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await bringBack();
    }
    await app.eventually(async () => expect((await app.http('GET', '/health/ready')).status).toBe(200), {
      within: 30_000,
    });
    expect(await app.http('GET', '/api/prospects', { token: owner.token })).toMatchObject({ status: 200 });
  });
});

describe('/metrics', () => {
  it('counts requests by route, and shows neither ids, tokens nor addresses', async () => {
    const secret = 'a-token-that-must-not-be-shown';
    await app.http('POST', `/api/calendly/webhook/${secret}`, { body: {} });
    await app.http('GET', `/api/prospects/${owner.organizationId}`, { token: owner.token });
    const { status, headers, text } = await app.http('GET', '/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('/api/calendly/webhook/:token');
    expect(text).toContain('/api/prospects/:id');
    for (const hidden of [secret, owner.organizationId, owner.email]) expect(text).not.toContain(hidden);
    // Prometheus’ own grammar, line by line.
    for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
      expect(line).toMatch(/^[a-zA-Z_:][\w:]*(\{.*\})? (-?[\d.e+-]+|NaN|\+Inf)$/);
    }
  });
});

describe('every answer', () => {
  it('carries the headers that keep browsers from guessing', async () => {
    for (const path of ['/health/live', '/api/auth/me', '/nowhere']) {
      const { headers } = await app.http('GET', path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-request-id': expect.stringMatching(/^[\w-]{8,64}$/),
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['server']).toBeUndefined();
    }
  });

  it('takes over a caller’s request id when it is harmless, and makes its own when it is not', async () => {
    const given = await app.http('GET', '/api/auth/me', { headers: { 'x-request-id': 'caller-0001' } });
    expect(given.headers['x-request-id']).toBe('caller-0001');
    expect(given.body.request_id).toBe('caller-0001');
    for (const bad of ['short', 'x'.repeat(65), 'with space 1', '{"a":"b"}--', '../../../../etc']) {
      const answer = await app.http('GET', '/api/auth/me', { headers: { 'x-request-id': bad } });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('is readable from the front end’s origin, and from no other', async () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
    const allowed = await app.http('OPTIONS', '/api/prospects', {
      headers: { origin: 'https://crm.example', ...preflight },
    });
    expect(allowed.headers['access-control-allow-origin']).toBe('https://crm.example');
    for (const origin of ['https://evil.example', 'https://crm.example.evil.example', 'null']) {
      const refused = await app.http('OPTIONS', '/api/prospects', { headers: { origin, ...preflight } });
      expect(refused.headers['access-control-allow-origin']).not.toBe(origin);
      expect(refused.headers['access-control-allow-origin']).not.toBe('*');
    }
  });
});
