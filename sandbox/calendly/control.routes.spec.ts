import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from './start-calendly-sandbox.js';
import { ApiSession } from './testing/api-session.js';

describe('the controls over HTTP', () => {
  let sandbox: CalendlySandbox;
  beforeEach(async () => {
    sandbox = await startCalendlySandbox();
  });
  afterEach(() => sandbox.close());

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${sandbox.url}/_sandbox/calendly${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: (await response.json()) as { field?: string } };
  };

  it.each([
    ['POST', '/book', { start_time: 'tomorrow' }, 400, 'start_time'],
    ['POST', '/book', { startTime: '2026-12-01T09:00:00Z' }, 400, 'startTime'],
    ['POST', '/book', { invitees: [{ email: 'nobody' }] }, 400, 'invitees.0.email'],
    ['POST', '/book', { event_type: 'none' }, 404, 'event_type'],
    ['POST', '/book', { account: 'none@example.test' }, 404, 'account'],
    ['POST', '/move', { invitee: 'none', start_time: '2026-12-01T09:00:00Z' }, 404, 'invitee'],
    ['POST', '/cancel', {}, 400, 'invitee'],
    ['POST', '/clock/advance', { seconds: -1 }, 400, 'seconds'],
    ['POST', '/faults', { status: 200 }, 400, 'status'],
    ['PUT', '/settings', { rate_limit_paid: 'many' }, 400, 'rate_limit_paid'],
    ['PUT', '/redirect-uris', {}, 400, 'redirect_uris'],
    ['POST', '/deliveries/repeat', { delivery: 'none' }, 404, 'delivery'],
    ['POST', '/nothing', {}, 404, 'path'],
  ])('%s %s %j answers %i and names %s', async (method, path, order, status, field) => {
    const answer = await call(method, path, order);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it('lists calls with their status and without secrets', async () => {
    const session = await ApiSession.connect(sandbox);
    await session.get('/scheduled_events', { user: session.tokens.owner, count: '1' });
    const { body } = await call('GET', '/calls');
    expect(body).toMatchObject([
      { base: 'auth', method: 'POST', path: '/oauth/token', status: 200 },
      { base: 'api', path: '/scheduled_events', query: { count: '1' }, status: 200, account: 'nora@example.test' },
    ]);
    expect(JSON.stringify(body)).not.toContain(session.tokens.access_token);
    await call('DELETE', '/calls');
    expect((await call('GET', '/calls')).body).toEqual([]);
  });

  it('fails as many matching calls as ordered', async () => {
    const session = await ApiSession.connect(sandbox);
    await call('POST', '/faults', { path_prefix: '/users', status: 429, times: 2, reset_seconds: 7 });
    const statuses = [];
    for (const path of ['/users/me', '/event_types', '/users/me', '/users/me']) {
      const { status, headers } = await session.get(path, { user: session.tokens.owner });
      statuses.push(status === 429 ? headers.get('x-ratelimit-reset') : status);
    }
    expect(statuses).toEqual(['7', 200, '7', 200]);
  });

  it('loses the answer to a refresh that took effect', async () => {
    const session = await ApiSession.connect(sandbox);
    await call('POST', '/faults', { path_prefix: '/oauth/token', mode: 'lose-answer' });
    await expect(session.refresh()).rejects.toThrow('fetch failed');
    expect((await session.refresh()).body.error).toBe('invalid_grant');
  });

  it('resets a connection', async () => {
    const session = await ApiSession.connect(sandbox);
    await call('POST', '/faults', { mode: 'reset' });
    await expect(session.get('/users/me')).rejects.toThrow('fetch failed');
    expect((await session.get('/users/me')).status).toBe(200);
  });

  it('leaves a call hanging until the caller gives up', async () => {
    const { tokens } = await ApiSession.connect(sandbox);
    await call('POST', '/faults', { mode: 'hang' });
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const asked = fetch(`${sandbox.apiUrl}/users/me`, { headers, signal: AbortSignal.timeout(100) });
    await expect(asked).rejects.toThrow('timeout');
    expect(sandbox.control.calls().at(-1)).toMatchObject({ path: '/users/me', status: null });
  });

  it('starts over: accounts and bookings as at first, tokens and settings gone', async () => {
    const session = await ApiSession.connect(sandbox);
    const before = sandbox.control.bookings().map(({ scheduled_event: event }) => event.uri);
    await call('POST', '/seed', { bookings: 5 });
    await call('PUT', '/settings', { rate_limit_paid: 3 });
    await call('POST', '/reset');
    expect(sandbox.control.bookings().map(({ scheduled_event: event }) => event.uri)).toEqual(before);
    expect(sandbox.control.settings().rate_limit_paid).toBe(500);
    expect((await session.get('/users/me')).status).toBe(401);
  });

  it('keeps two instances apart', async () => {
    const other = await startCalendlySandbox();
    try {
      other.control.seed({ bookings: 3 });
      expect(other.control.bookings()).toHaveLength(16);
      expect(sandbox.control.bookings()).toHaveLength(13);
      expect(other.clientSecret).not.toBe(sandbox.clientSecret);
    } finally {
      await other.close();
    }
  });
});
