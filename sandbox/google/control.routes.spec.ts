import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import { emptyEmail, GoogleSession, hour, mainEmail, reasonOf } from './testing/google-session.js';

const lesson = { summary: 'Formation', ...hour(10, '09:00', '12:30') };

describe('the controls over HTTP', () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
  });
  afterEach(() => sandbox.close());

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${sandbox.url}/_sandbox/google${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: (await response.json()) as { field?: string; id?: string } };
  };

  it.each([
    ['POST', '/events', { event: {} }, 400, 'event'],
    ['POST', '/events', { evnt: {} }, 400, 'event'],
    ['POST', '/events', { account: 'none@example.test', event: lesson }, 404, 'account'],
    ['POST', '/events', { calendar: 'none', event: lesson }, 404, 'calendar'],
    ['PATCH', '/events', { event: 'none0', changes: {} }, 404, 'event'],
    ['PATCH', '/events', { event: 'none0', changes: {}, scope: 'some' }, 400, 'scope'],
    ['DELETE', '/events', { event: 'none0' }, 404, 'event'],
    ['POST', '/seed', { events: 0 }, 400, 'events'],
    ['POST', '/accounts', { name: 'Ana', email: 'ana' }, 400, 'email'],
    ['POST', '/accounts', { name: 'Ana', email: mainEmail }, 409, 'email'],
    ['POST', '/consent', { authorize_url: 'https://example.test/?client_id=x' }, 400, 'authorize_url'],
    ['POST', '/clock/advance', { seconds: -1 }, 400, 'seconds'],
    ['POST', '/faults', { status: 200 }, 400, 'status'],
    ['PUT', '/settings', { publishing_status: 'draft' }, 400, 'publishing_status'],
    ['PUT', '/settings', { unknown: 1 }, 400, 'unknown'],
    ['PUT', '/redirect-uris', {}, 400, 'redirect_uris'],
    ['POST', '/pushes/repeat', { push: 7 }, 404, 'push'],
    ['POST', '/nothing', {}, 404, 'path'],
  ])('%s %s %j answers %i and names %s', async (method, path, order, status, field) => {
    const answer = await call(method, path, order);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it('add, change, show and delete events', async () => {
    const { body: made } = await call('POST', '/events', { account: emptyEmail, event: lesson });
    await call('PATCH', '/events', { account: emptyEmail, event: made.id, changes: { summary: 'Autre' } });
    expect((await call('GET', `/events?account=${emptyEmail}`)).body).toMatchObject([{ summary: 'Autre' }]);
    await call('DELETE', '/events', { account: emptyEmail, event: made.id });
    expect((await call('GET', `/events?account=${emptyEmail}`)).body).toEqual([]);
    const { body } = await call('GET', `/event?account=${emptyEmail}&event=${made.id}`);
    expect(body).toMatchObject({ status: 'cancelled', summary: 'Autre' });
  });

  it('list calls decoded, with their status and without secrets', async () => {
    const session = await GoogleSession.connect(sandbox);
    sandbox.control.clearCalls();
    await session.refresh();
    await session.events(mainEmail).list({ eventTypes: ['default', 'focusTime'], maxResults: '1' });
    const { body } = await call('GET', '/calls');
    expect(body).toMatchObject([
      { base: 'auth', method: 'POST', path: '/token', status: 200 },
      {
        base: 'api',
        path: `/calendars/${mainEmail}/events`,
        query: { maxResults: '1', eventTypes: ['default', 'focusTime'] },
        status: 200,
        account: mainEmail,
      },
    ]);
    expect(JSON.stringify(body)).not.toContain(session.tokens.access_token);
    await call('DELETE', '/calls');
    expect((await call('GET', '/calls')).body).toEqual([]);
  });

  describe('faults', () => {
    it('fail as many matching calls as ordered, by path, method and account', async () => {
      const [camille, alex] = [await GoogleSession.connect(sandbox), await GoogleSession.connect(sandbox, emptyEmail)];
      const fault = { path_prefix: `/calendars/${mainEmail}/events`, method: 'GET', account: mainEmail, times: 2 };
      await call('POST', '/faults', { ...fault, status: 403, reason: 'quotaExceeded', retry_after: 7 });
      const list = async () => {
        const answer = await camille.events(mainEmail).list();
        return `${reasonOf(answer)} ${answer.headers.get('retry-after')}`;
      };
      expect((await alex.events().list()).status).toBe(200);
      expect((await camille.events(mainEmail).insert(lesson)).status).toBe(200);
      expect(await list()).toBe('403 quotaExceeded 7');
      expect(await list()).toBe('403 quotaExceeded 7');
      expect(await list()).toBe('200 null');
    });

    it.each([
      [{ status: 401 }, '401 authError'],
      [{ status: 403 }, '403 rateLimitExceeded'],
      [{ status: 429 }, '429 rateLimitExceeded'],
      [{ status: 403, reason: 'userRateLimitExceeded' }, '403 userRateLimitExceeded'],
      [{ status: 410 }, '410 fullSyncRequired'],
      [{ status: 503 }, '503 backendError'],
      [{ status: 500, body: { error: { errors: [{ reason: 'odd' }] } } }, '500 odd'],
    ])('ordered as %j answer %s', async (fault, refusal) => {
      const session = await GoogleSession.connect(sandbox);
      await call('POST', '/faults', fault);
      expect(reasonOf(await session.events().list())).toBe(refusal);
    });

    it('lose the answer to a write that took effect', async () => {
      const session = await GoogleSession.connect(sandbox, emptyEmail);
      await call('POST', '/faults', { method: 'POST', base: 'api', mode: 'lose-answer' });
      await expect(session.events().insert({ ...lesson, id: 'lesson1' })).rejects.toThrow('fetch failed');
      expect(reasonOf(await session.events().insert({ ...lesson, id: 'lesson1' }))).toBe('409 duplicate');
    });

    it('reset a connection, or leave it hanging until the caller gives up', async () => {
      const { tokens, ...session } = await GoogleSession.connect(sandbox);
      expect(session.sandbox).toBe(sandbox);
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      const ask = () => fetch(`${sandbox.apiUrl}/colors`, { headers, signal: AbortSignal.timeout(100) });
      await call('POST', '/faults', { mode: 'reset' });
      await expect(ask()).rejects.toThrow('fetch failed');
      await call('POST', '/faults', { mode: 'hang' });
      await expect(ask()).rejects.toThrow('timeout');
      expect(sandbox.control.calls().at(-1)).toMatchObject({ path: '/colors', status: null });
    });
  });

  describe('budgets', () => {
    const ask = async (session: GoogleSession, times: number) => {
      const outcomes = [];
      for (let count = 0; count < times; count += 1) outcomes.push(reasonOf(await session.get('/colors')));
      return outcomes;
    };

    it('are each account’s own, and come back as the minute slides on', async () => {
      sandbox.control.changeSettings({ requests_per_minute_per_user: 2 });
      const [camille, alex] = [await GoogleSession.connect(sandbox), await GoogleSession.connect(sandbox, emptyEmail)];
      expect(await ask(camille, 1)).toEqual(['200']);
      await sandbox.control.advance({ seconds: 30 });
      expect(await ask(camille, 2)).toEqual(['200', '403 rateLimitExceeded']);
      expect(await ask(alex, 1)).toEqual(['200']);
      await sandbox.control.advance({ seconds: 30 });
      expect(await ask(camille, 2)).toEqual(['200', '403 rateLimitExceeded']);
    });

    it('are charged three for a PATCH', async () => {
      const session = await GoogleSession.connect(sandbox, emptyEmail);
      const { body } = await session.events().insert(lesson);
      await sandbox.control.advance({ seconds: 60 });
      sandbox.control.changeSettings({ requests_per_minute_per_user: 5 });
      expect(reasonOf(await session.events().patch(body.id, { summary: 'a' }))).toBe('200');
      expect(reasonOf(await session.events().patch(body.id, { summary: 'b' }))).toBe('403 rateLimitExceeded');
      expect(await ask(session, 3)).toEqual(['200', '200', '403 rateLimitExceeded']);
    });

    it('are refused as the settings say, and the project has one too', async () => {
      sandbox.control.changeSettings({ requests_per_minute: 1, quota_status: 429, quota_retry_after_seconds: 12 });
      const session = await GoogleSession.connect(sandbox);
      await session.get('/colors');
      const refused = await session.get('/colors');
      expect([reasonOf(refused), refused.headers.get('retry-after')]).toEqual(['429 rateLimitExceeded', '12']);
      expect(refused.body.error.errors[0]?.domain).toBe('usageLimits');
    });
  });

  it('tell how many calls were under way at once', async () => {
    const [camille, alex] = [await GoogleSession.connect(sandbox), await GoogleSession.connect(sandbox, emptyEmail)];
    await call('PUT', '/settings', { latency_ms: 50 });
    await Promise.all([1, 2, 3].map(() => camille.get('/colors')));
    await alex.get('/colors');
    await alex.get('/colors');
    expect((await call('GET', '/peak-concurrency')).body).toEqual({ [mainEmail]: 3, [emptyEmail]: 1 });
    await call('DELETE', '/calls');
    expect((await call('GET', '/peak-concurrency')).body).toEqual({});
  });

  it('start over: events as at first, tokens and settings gone', async () => {
    const session = await GoogleSession.connect(sandbox);
    const before = sandbox.control.events().map(({ id }) => id);
    await call('POST', '/seed', { events: 5 });
    await call('PUT', '/settings', { requests_per_minute: 3 });
    await call('POST', '/clock/advance', { seconds: 60 });
    await call('POST', '/reset');
    expect(sandbox.control.events().map(({ id }) => id)).toEqual(before);
    expect(sandbox.control.settings().requests_per_minute).toBe(10_000);
    expect((await call('GET', '/clock')).body).toEqual({ now: '2026-03-02T08:00:00.000Z' });
    expect((await session.events().list()).status).toBe(401);
  });

  it('keep two instances apart, whose seeds have the same ids', async () => {
    const other = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
    try {
      const ids = (one: GoogleSandbox) => one.control.events().map(({ id }) => id);
      expect(ids(other)).toEqual(ids(sandbox));
      other.control.seed({ events: 3 });
      expect(ids(other).length).toBe(ids(sandbox).length + 3);
      expect(other.clientSecret).not.toBe(sandbox.clientSecret);
    } finally {
      await other.close();
    }
  });

  it('add people, who begin with a calendar of their own', async () => {
    await call('POST', '/accounts', { name: 'Ana Costa', email: 'ana@example.test' });
    const ana = await GoogleSession.connect(sandbox, 'ana@example.test');
    expect((await ana.events().list()).body).toMatchObject({ summary: 'ana@example.test', items: [] });
  });
});
