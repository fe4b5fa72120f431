import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from './start-cal-com-sandbox.js';
import { type Answer, ApiCaller, ManagedUser, usersPath } from './testing/api-caller.js';

const frozenAt = new Date('2026-11-20T10:00:00Z');

describe('the API', () => {
  let sandbox: CalComSandbox;
  beforeEach(async () => {
    sandbox = await startCalComSandbox({ frozenAt });
  });
  afterEach(() => sandbox.close());

  it('refuses in one shape, with the address as the service shows it', async () => {
    const { status, headers, body } = await new ApiCaller(sandbox).get('/rien', { a: 'b' });
    expect(status).toBe(404);
    expect(body).toEqual({
      status: 'error',
      timestamp: '2026-11-20T10:00:00.000Z',
      path: '/v2/rien?a=b',
      error: {
        code: 'NotFoundException',
        message: 'Cannot GET /v2/rien?a=b',
        details: { message: 'Cannot GET /v2/rien?a=b', error: 'Not Found', statusCode: 404 },
      },
    });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('may be called and read by any page, preflights included', async () => {
    const origin = 'https://ailleurs.exemple.fr';
    const asked = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
    const preflight = await fetch(`${sandbox.apiUrl}/calendars`, { method: 'OPTIONS', headers: { origin, ...asked } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-cal-client-id');
    const answer = await new ApiCaller(sandbox).send('GET', '/me', { headers: { origin } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
    expect(sandbox.control.calls()).toHaveLength(1);
  });

  it('knows an API key, a revoked one no more', async () => {
    const key = ApiCaller.withApiKey(sandbox);
    expect((await key.get('/me')).body.data).toMatchObject({ email: 'nora@example.test', organizationId: 12 });
    sandbox.control.revoke();
    expect((await key.get('/me')).status).toBe(401);
  });

  describe('without the version it is for', () => {
    let key: ApiCaller;
    beforeEach(() => {
      key = ApiCaller.withApiKey(sandbox);
    });
    const older = (method: string, path: string, body?: unknown) =>
      key.send(method, path, { headers: { 'cal-api-version': '2024-04-15' }, body });

    it('lists bookings in another envelope, under other names, and ignores the filters', async () => {
      const { status, body } = await older('GET', '/bookings?afterUpdatedAt=2030-01-01');
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('pagination');
      const { bookings } = body.data as unknown as { bookings: Record<string, unknown>[] };
      expect(bookings[0]).toMatchObject({ startTime: expect.any(String) as unknown, status: 'ACCEPTED' });
      expect(bookings[0]).not.toHaveProperty('start');
      expect((await key.send('GET', '/bookings', { headers: { 'cal-api-version': '' } })).body.data).toMatchObject({
        bookings,
      });
    });

    it('wants other fields to book, and answers in other words', async () => {
      const [{ id: eventTypeId } = { id: 0 }] = sandbox.control.accounts()[0]?.event_types ?? [];
      const start = '2026-11-24T09:00:00Z';
      const attendee = { name: 'Zoé', email: 'zoe@exemple.fr', timeZone: 'Europe/Paris' };
      expect((await older('POST', '/bookings', { start, eventTypeId, attendee })).status).toBe(400);
      const responses = { name: 'Zoé', email: 'zoe@exemple.fr' };
      const order = { start, eventTypeId, timeZone: 'Europe/Paris', language: 'fr', responses };
      const { status, body } = await older('POST', '/bookings', order);
      expect([status, body.data['startTime']]).toEqual([201, '2026-11-24T09:00:00.000Z']);
    });

    it('has no address for what came later', async () => {
      const { uid } = sandbox.control.book();
      for (const action of ['reschedule', 'confirm', 'decline', 'mark-absent']) {
        expect((await older('POST', `/bookings/${uid}/${action}`, { start: '2026-11-24T09:00:00Z' })).status).toBe(404);
      }
      expect((await key.get('/slots')).status).toBe(404);
    });

    it('shows event types and schedules as they were', async () => {
      const types = (await key.get('/event-types')).body.data as unknown as {
        eventTypeGroups: { eventTypes: object[] }[];
      };
      expect(types.eventTypeGroups[0]?.eventTypes[0]).toMatchObject({ slug: '30min', length: 30 });
      const schedules = (await key.get('/schedules')).body.data as unknown as object[];
      expect(schedules[0]).toHaveProperty('workingHours');
    });
  });

  describe('counts calls', () => {
    const figures = ({ headers }: Answer) =>
      ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}-default`)));

    it('by API key, by client header, by bearer, else by address', async () => {
      const user = await ManagedUser.create(sandbox);
      const path = usersPath(sandbox);
      expect(figures(await ApiCaller.withApiKey(sandbox).get('/me'))).toEqual([120, 119, 60]);
      expect(figures(await user.get('/me'))).toEqual([500, 499, 60]);
      expect(figures(await ApiCaller.asClient(sandbox).get(path))).toEqual([500, 498, 60]);
      const secretAlone = new ApiCaller(sandbox, { 'x-cal-secret-key': sandbox.clientSecret });
      expect(figures(await secretAlone.get(path))).toEqual([120, 119, 60]);
      expect(figures(await new ApiCaller(sandbox).get(`/provider/${sandbox.clientId}`))).toEqual([120, 118, 60]);
    });

    it('and blocks for a minute after one too many', async () => {
      const { api_key: apiKey } = sandbox.control.issueApiKey({ limit: 2 });
      const key = ApiCaller.withBearer(sandbox, apiKey);
      await key.get('/me');
      await sandbox.control.advance({ seconds: 50 });
      await key.get('/me');
      const blocked = await key.get('/me');
      expect([blocked.status, blocked.body.error.code]).toEqual([429, 'ThrottlerException']);
      expect(figures(blocked)).toEqual([2, 0, 60]);
      expect(blocked.headers.get('retry-after')).toBeNull();
      sandbox.control.changeSettings({ answers_retry_after: true });
      await sandbox.control.advance({ seconds: 59 });
      expect((await key.get('/me')).headers.get('retry-after')).toBe('1');
      await sandbox.control.advance({ seconds: 1 });
      expect((await key.get('/me')).status).toBe(200);
    });
  });

  describe('under orders', () => {
    it('fails as many matching calls as ordered', async () => {
      const key = ApiCaller.withApiKey(sandbox);
      sandbox.control.failNext({ path_prefix: '/me', status: 429, times: 2, reset_seconds: 7 });
      const seen: unknown[] = [];
      for (const path of ['/me', '/schedules', '/me', '/me']) {
        const { status, headers } = await key.get(path);
        seen.push(status === 429 ? headers.get('x-ratelimit-reset-default') : status);
      }
      expect(seen).toEqual(['7', 200, '7', 200]);
      sandbox.control.failNext({ status: 503, body: { message: 'maintenance' } });
      expect(await key.get('/me')).toMatchObject({ status: 503, body: { message: 'maintenance' } });
    });

    it('loses the answer to a refresh that took effect', async () => {
      const { data } = await ManagedUser.create(sandbox);
      const refresh = () =>
        ApiCaller.asClient(sandbox).post(`/oauth/${sandbox.clientId}/refresh`, { refreshToken: data.refreshToken });
      sandbox.control.failNext({ path_prefix: '/oauth/', mode: 'lose-answer' });
      await expect(refresh()).rejects.toThrow('fetch failed');
      expect((await refresh()).body.error.message).toBe('Invalid refresh token');
    });

    it('resets a connection, or leaves a call hanging', async () => {
      const key = ApiCaller.withApiKey(sandbox);
      sandbox.control.failNext({ mode: 'reset' });
      await expect(key.get('/me')).rejects.toThrow('fetch failed');
      sandbox.control.failNext({ mode: 'hang' });
      const asked = fetch(`${sandbox.apiUrl}/me`, { headers: key.credentials, signal: AbortSignal.timeout(100) });
      await expect(asked).rejects.toThrow('timeout');
      expect(sandbox.control.calls().at(-1)).toMatchObject({ path: '/me', status: null });
    });
  });

  it('lists the calls it had, without a token in them', async () => {
    const user = await ManagedUser.create(sandbox);
    await user.linkCalendar();
    await user.get('/bookings', { take: '5' });
    const calls = sandbox.control.calls();
    expect(calls.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      `POST ${usersPath(sandbox)} 201`,
      'GET /calendars/google/connect 200',
      'GET /gcal/oauth/save 301',
      'GET /calendars/google/save 301',
      'GET /bookings 200',
    ]);
    expect(calls.at(-1)).toMatchObject({ base: 'api', query: { take: '5' }, account: user.data.user.email });
    expect(JSON.stringify(calls)).not.toContain(user.data.accessToken);
    sandbox.control.clearCalls();
    expect(sandbox.control.calls()).toEqual([]);
  });
});
