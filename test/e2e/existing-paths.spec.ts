import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demand, type Person, startApp, type TestApp } from '../support/app.js';

const PAGE = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const JSON_CALLERS: [who: string, headers: Record<string, string>][] = [
  ['curl', { accept: '*/*' }],
  ['axios', { accept: 'application/json, text/plain, */*' }],
  ['a caller who says nothing', {}],
];

let app: TestApp;
let owner: Person;

beforeAll(async () => {
  app = await startApp();
  owner = await app.registerConnected();
});

afterAll(async () => {
  await app.close();
});

describe('a path that front ends know', () => {
  const reading: [existing: string, canonical: string][] = [
    ['/calendly/status', '/api/calendly/status'],
    ['/calendly/events', '/api/calendly/events'],
    ['/calendly/events?limit=2&status=active', '/api/calendly/events?limit=2&status=active'],
    ['/prospects', '/api/prospects'],
    ['/prospects?search=marc&limit=1', '/api/prospects?search=marc&limit=1'],
    ['/notifications', '/api/notifications'],
    ['/notifications/unread-count', '/api/notifications/unread-count'],
    ['/notifications?unread=true', '/api/notifications?unread=true'],
  ];

  it.each(reading)('%s answers like %s', async (existing, canonical) => {
    const [old, present] = await Promise.all(
      [existing, canonical].map((path) => app.http('GET', path, { token: owner.token })),
    );
    expect(old!.status).toBe(200);
    expect(old!.text).toBe(present!.text);
  });

  it.each(JSON_CALLERS)('is there for %s', async (_who, headers) => {
    for (const path of ['/prospects', '/notifications', '/calendly/status']) {
      expect(await app.http('GET', path, { token: owner.token, headers })).toMatchObject({ status: 200 });
    }
  });

  it('reaches single prospects and notifications too', async () => {
    const { token } = owner;
    const body = { firstname: 'Ada', email: 'ada@example.test' };
    const { id } = demand(201, await app.http('POST', '/prospects', { token, body })).body;
    expect(await app.http('GET', `/prospects/${id}`, { token })).toMatchObject({ status: 200, body: { id } });
    const changed = { lastname: 'Byron' };
    expect(await app.http('PATCH', `/prospects/${id}`, { token, body: changed })).toMatchObject({ body: changed });
    expect(await app.http('PUT', `/prospects/${id}`, { token, body: changed })).toMatchObject({ status: 200 });
    expect(await app.http('DELETE', `/prospects/${id}`, { token })).toMatchObject({ status: 204, text: '' });

    const [{ id: told }] = (await app.http('GET', '/notifications', { token })).body;
    expect(await app.http('POST', `/notifications/${told}/read`, { token })).toMatchObject({ body: { id: told } });
    expect(await app.http('POST', '/notifications/read-all', { token })).toMatchObject({ status: 200 });
  });

  it('starts a reading and ends a connection', async () => {
    const other = await app.registerConnected();
    const { token } = other;
    // As the documents of the existing application do it: with the type of a body, and none.
    const headers = { 'content-type': 'application/json' };
    const synced = await app.http('POST', '/calendly/sync', { token, headers });
    expect(synced).toMatchObject({ status: 202, body: { success: true, run_id: expect.any(String) } });
    expect(await app.http('POST', '/calendly/disconnect', { token, headers })).toMatchObject({
      status: 200,
      body: { success: true },
    });
  });

  it.each(['/calendly/webhook', '/api/calendly/webhook.php', '/api/calendly/webhook'])(
    '%s is Calendly’s: no session, but a signature',
    async (path) => {
      expect(await app.http('POST', path, { body: {} })).toMatchObject({
        status: 401,
        body: { code: 'delivery/signature-invalid' },
      });
    },
  );

  it.each(['/auth/calendly/callback', '/api/auth/calendly/callback', '/calendly/callback'])(
    '%s is there for a POST, and says so to whoever tries a GET',
    async (path) => {
      const answer = await app.http('GET', path);
      expect(answer).toMatchObject({ status: 405, body: { code: 'request/method-not-allowed' } });
      expect(answer.headers.allow).toBe('POST');
    },
  );
});

describe('a browser that opens such a path', () => {
  it.each(['/prospects', '/notifications'])(
    'is asking for a page of that name at %s, not for our list',
    async (path) => {
      const answer = await app.http('GET', path, { token: owner.token, headers: PAGE });
      expect(answer).toMatchObject({ status: 404, body: { code: 'request/not-found' } });
    },
  );

  it('finds a page at the callback, which keeps nothing of its address', async () => {
    const answer = await app.http('GET', '/auth/calendly/callback?code=abc&state=def', { headers: PAGE });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.text).not.toContain('abc');
  });
});

describe('a path that only looks like one of them', () => {
  it.each([
    '/prospectsx',
    '/notifications-old',
    '/calendlyx/status',
    '/calendly',
    '/calendly/',
    '/auth/calendly/callbackx',
  ])('%s is 404', async (path) => {
    expect(await app.http('GET', path, { token: owner.token })).toMatchObject({ status: 404 });
  });

  it.each(['//calendly/status', '/calendly/../prospects/', '/calendly/%2e%2e/prospects', '/%63alendly/status'])(
    '%s is no way around the session',
    async (path) => {
      const answer = await app.http('GET', path);
      expect([400, 401, 404]).toContain(answer.status);
    },
  );
});
