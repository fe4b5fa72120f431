import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import { eventAt, eventPath, GraphSession, personalEmail, workEmail } from './testing/graph-session.js';

describe('limits and faults', () => {
  let sandbox: OutlookSandbox;
  let session: GraphSession;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox({
      frozenAt: new Date('2026-03-01T09:00:00Z'),
      settings: { access_token_seconds: 86_400 },
    });
    session = await GraphSession.connect(sandbox);
  });
  afterEach(() => sandbox.close());

  const loadOf = (account: string) => sandbox.control.throttle().find((load) => load.account === account);

  it('refuses the fifth request at once for a mailbox, and counts how many there were', async () => {
    sandbox.control.changeSettings({ latency_ms: 150 });
    const other = await GraphSession.connect(sandbox, personalEmail);
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => session.get('/me/events')),
      other.get('/me/events'),
      session.get('/me'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.error.code).toBe('ApplicationThrottled');
    expect(refused?.body.error.message).toContain('MailboxConcurrency');
    expect(refused?.headers.get('retry-after')).toBe('1.128');
    expect(loadOf(workEmail)).toMatchObject({ active: 0, peak_concurrency: 4, refused: 1 });
    expect(loadOf(personalEmail)).toMatchObject({ peak_concurrency: 1 });
    sandbox.control.forgetThrottle();
    expect(loadOf(workEmail)).toMatchObject({ peak_concurrency: 0 });
  });

  it('frees its place when a caller goes away or its line is cut', async () => {
    sandbox.control.failNext({ mode: 'reset', times: 2 });
    await expect(session.get('/me/events')).rejects.toThrow('fetch failed');
    await expect(session.get('/me/events')).rejects.toThrow('fetch failed');
    sandbox.control.failNext({ mode: 'hang' });
    await expect(
      fetch(`${sandbox.graphUrl}/me/events`, {
        headers: { authorization: `Bearer ${session.tokens.access_token}` },
        signal: AbortSignal.timeout(100),
      }),
    ).rejects.toThrow('timeout');
    expect((await session.get('/me/events')).status).toBe(200);
    expect(loadOf(workEmail)?.active).toBe(0);
  });

  it('refuses more requests than the window holds, and tells for how long', async () => {
    sandbox.control.changeSettings({ request_limit: 3, request_window_seconds: 600 });
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await session.get('/me/events')).status).toBe(200);
      await sandbox.control.advance({ seconds: 10 });
    }
    const refused = await session.get('/me/events');
    expect([refused.status, refused.body.error.code, refused.headers.get('retry-after')]).toEqual([
      429,
      'TooManyRequests',
      '580.128',
    ]);
    expect((await session.get('/me')).status).toBe(200);
    expect(loadOf(workEmail)).toMatchObject({ requests_before_retry_after: 0 });
    sandbox.control.changeSettings({ fractional_retry_after: false });
    // Coming back early counts: the wait is longer than it was.
    const again = await session.get('/me/events');
    expect([again.status, again.headers.get('retry-after')]).toEqual([429, '590']);
    expect(loadOf(workEmail)).toMatchObject({ requests_before_retry_after: 1 });
    await sandbox.control.advance({ seconds: 590 });
    expect((await session.get('/me/events')).status).toBe(200);
    expect(loadOf(workEmail)).toMatchObject({ requests_before_retry_after: 1 });
  });

  describe('a batch', () => {
    const batch = (requests: object[]) => session.post('/$batch', { requests });
    const json = { 'content-type': 'application/json' };

    it('answers each part by itself, four at a time', async () => {
      const id = sandbox.control.events()[0]?.id ?? '';
      const { status, body } = await batch([
        { id: '1', method: 'GET', url: '/me/calendars' },
        { id: '2', method: 'PATCH', url: eventPath(id), headers: json, body: { subject: 'Par lot' } },
        { id: '3', method: 'GET', url: '/me/events/nonsense' },
        { id: '4', method: 'POST', url: '/me/events', headers: json, body: eventAt('2026-03-10', '09:00', '10:00') },
        { id: '5', method: 'DELETE', url: '/me/events/nonsense' },
        { id: '6', method: 'GET', url: '/me' },
      ]);
      expect(status).toBe(200);
      const byId = new Map(body.responses.map((part) => [part.id, part]));
      expect(['1', '2', '3', '4', '5', '6'].map((part) => byId.get(part)?.status)).toEqual([
        200, 200, 400, 201, 400, 200,
      ]);
      expect(byId.get('2')?.body.subject).toBe('Par lot');
      expect(loadOf(workEmail)?.peak_concurrency).toBeLessThanOrEqual(4);
      expect(sandbox.control.calls().filter(({ base }) => base === 'batch')).toHaveLength(6);
    });

    it('has at most twenty parts, under ids of their own', async () => {
      const part = (id: string) => ({ id, method: 'GET', url: '/me' });
      const many = (count: number) => Array.from({ length: count }, (_, n) => part(String(n)));
      expect((await batch(many(20))).status).toBe(200);
      expect((await batch(many(21))).status).toBe(400);
      expect((await batch([part('1'), part('1')])).status).toBe(400);
      expect((await batch([{ ...part('1'), dependsOn: ['2'] }, part('2')])).status).toBe(400);
      expect((await batch([{ id: '1', method: 'POST', url: '/me/events', body: {} }])).status).toBe(400);
    });

    it('throttles parts one by one, and fails those that depend on them', async () => {
      sandbox.control.failNext({ path_prefix: '/me/calendars', status: 429, retry_after: 2.128 });
      const { status, body } = await batch([
        { id: '1', method: 'GET', url: '/me/calendars' },
        { id: '2', method: 'GET', url: '/me', dependsOn: ['1'] },
        { id: '3', method: 'GET', url: '/me', dependsOn: ['2'] },
        { id: '4', method: 'GET', url: '/me' },
      ]);
      const parts = new Map(body.responses.map((part) => [part.id, part]));
      expect([status, ...['1', '2', '3', '4'].map((id) => parts.get(id)?.status)]).toEqual([200, 429, 424, 424, 200]);
      expect(parts.get('1')?.headers['retry-after']).toBe('2.128');
    });

    it('loses no batch over one part', async () => {
      sandbox.control.failNext({ path_prefix: '/me/calendars', mode: 'hang' });
      const { body } = await batch([{ id: '1', method: 'GET', url: '/me/calendars' }]);
      expect(body.responses[0]?.status).toBe(504);
    });
  });

  describe('faults', () => {
    it('take the calls they match, so many times, with the body and headers wanted', async () => {
      sandbox.control.failNext({
        base: 'graph',
        method: 'GET',
        path_prefix: '/me/events',
        account: workEmail,
        status: 503,
        times: 2,
        retry_after: '7',
      });
      const other = await GraphSession.connect(sandbox, personalEmail);
      expect((await other.get('/me/events')).status).toBe(200);
      const first = await session.get('/me/events');
      expect([first.status, first.headers.get('retry-after'), first.body.error.code]).toEqual([
        503,
        '7',
        'serviceNotAvailable',
      ]);
      expect((await session.get('/me/events')).status).toBe(503);
      expect((await session.get('/me/events')).status).toBe(200);
      sandbox.control.failNext({
        status: 401,
        headers: { 'www-authenticate': 'Bearer error="insufficient_claims", claims="e30="' },
      });
      expect((await session.get('/me')).headers.get('www-authenticate')).toContain('claims=');
      sandbox.control.failNext({ status: 412, code: 'resourceModified', message: 'Autre', body: undefined });
      expect((await session.get('/me')).body.error).toMatchObject({ code: 'resourceModified', message: 'Autre' });
      sandbox.control.failNext({ status: 500, body: 'broken' });
      expect((await session.get('/me')).text).toBe('broken');
    });

    it('reach the token endpoint', async () => {
      sandbox.control.failNext({ base: 'login', path_prefix: '/common/oauth2/v2.0/token', status: 503 });
      const failed = await session.refresh();
      expect([failed.status, failed.body.error]).toEqual([503, 'temporarily_unavailable']);
      sandbox.control.failNext({ base: 'login', mode: 'lose-answer' });
      await expect(session.refresh()).rejects.toThrow('fetch failed');
      expect((await session.refresh()).status).toBe(200);
    });

    it('are noted as requests before Retry-After when the caller does not wait', async () => {
      sandbox.control.failNext({ status: 429, retry_after: 20 });
      await session.get('/me/events');
      await sandbox.control.advance({ seconds: 19 });
      await session.get('/me/events');
      await sandbox.control.advance({ seconds: 1 });
      await session.get('/me/events');
      expect(loadOf(workEmail)).toMatchObject({ requests_before_retry_after: 1 });
    });
  });

  it('says who asked: request ids of both sides', async () => {
    const answer = await session.get('/me/events/nonsense', { 'client-request-id': 'ours-1' });
    expect(answer.headers.get('client-request-id')).toBe('ours-1');
    expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.body.error).toMatchObject({
      innerError: { 'client-request-id': 'ours-1', date: '2026-03-01T09:00:00' },
    });
  });

  it.each([
    ['no token', { authorization: '' }, 401],
    ['a token it never gave', { authorization: 'Bearer eyJ0.e30.x' }, 401],
  ])('answers %s with 401', async (_, headers, status) => {
    const answer = await session.get('/me', headers);
    expect([answer.status, answer.body.error.code]).toEqual([status, 'InvalidAuthenticationToken']);
  });

  it('knows no other version, path or method', async () => {
    expect((await session.get('/me/unknown')).status).toBe(400);
    expect((await session.send('DELETE', '/me/events')).status).toBe(405);
    expect((await session.get(`${sandbox.url}/outlook/graph/beta/me`)).status).toBe(404);
    expect((await session.send('POST', '/me/events', undefined)).status).toBe(400);
    const text = await session.post('/me/events', eventAt('2026-03-10', '09:00', '10:00'), {
      'content-type': 'text/plain',
    });
    expect(text.status).toBe(415);
  });
});
