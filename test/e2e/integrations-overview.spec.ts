import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Transaction } from '../../src/platform/database/transaction.js';
import { type Answer, demand, type Person, startApp, type TestApp } from '../support/app.js';
import { type CalendarApp, startCalendarApp } from '../support/calendar-app.js';

const ENGLISH = { 'accept-language': 'en' };

let accounts = 0;

describe('an account of the whole organization', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ sandbox: { settings: { signature_clock: 'wall', token_requests_per_minute: 10_000 } } });
  });

  afterAll(async () => {
    await app.close();
  });

  afterEach(() => {
    app.sandbox.control.clearFaults();
  });

  it('is one card from the consent page to the end: connected, cut off, connected again, ended', async () => {
    const owner = await app.registerOrganization();
    expect(await card(app, owner)).toMatchObject({
      provider: 'calendly',
      provider_name: 'Calendly',
      kind: 'booking',
      integration_id: null,
      state: 'not_connected',
      cause: null,
      action: { kind: 'connect' },
      scope: 'organization',
      is_shared: true,
      account_email: null,
      counts: { events: 0, prospects: 0 },
      progress: null,
      missing_variables: [],
      redirect_uri: 'https://crm.example/auth/calendly/callback',
    });

    const account = await connect(app, owner);
    app.sandbox.control.book({ account, invitees: [{ name: 'Ada', email: 'ada@example.test' }] });
    const connected = await app.eventually(async () => {
      const shown = await card(app, owner);
      expect(shown).toMatchObject({ state: 'connected', counts: { events: 1, prospects: 1 } });
      return shown;
    });
    expect(connected).toMatchObject({
      account_email: account,
      cause: null,
      action: { kind: 'sync' },
      is_real_time: true,
      real_time_until: null,
      since: connected.connected_at,
      last_synced_at: expect.any(String),
      next_sync_at: expect.any(String),
      settings: { enabled: true, auto_sync_enabled: true, sync_interval_minutes: 30, import_days: 30, import: null },
    });

    app.sandbox.control.revokeGrants({ account });
    demand(202, await sync(app, owner, connected.integration_id));
    const cut = await app.eventually(async () => {
      const shown = await card(app, owner);
      expect(shown).toMatchObject({ state: 'needs_reauth' });
      return shown;
    });
    expect(cut).toMatchObject({
      integration_id: connected.integration_id,
      cause: { code: 'revoked', title: 'Reconnexion nécessaire', detail: expect.stringContaining('n’arrivent plus') },
      action: { kind: 'reconnect' },
      is_real_time: false,
      next_sync_at: null,
      counts: { events: 1, prospects: 1 },
    });
    expect(Date.parse(cut.since)).toBeGreaterThanOrEqual(Date.parse(connected.since));
    expect((await card(app, owner, ENGLISH)).cause).toMatchObject({ title: 'Reconnection needed' });
    // There is nothing to read with: saying so beats a reading that fails.
    expect(await sync(app, owner, connected.integration_id)).toMatchObject({
      status: 409,
      body: { code: 'provider/reauthorize' },
    });

    demand(200, await app.connectCalendly(owner, { account }));
    await app.eventually(async () =>
      expect(await card(app, owner)).toMatchObject({
        integration_id: connected.integration_id,
        state: 'connected',
        cause: null,
        is_real_time: true,
        counts: { events: 1, prospects: 1 },
      }),
    );

    expect(await order(app, owner, connected.integration_id, 'disconnect')).toMatchObject({
      status: 200,
      body: { success: true, erased_events: 0 },
    });
    expect(await card(app, owner)).toMatchObject({ integration_id: null, state: 'not_connected' });
    // Its page stays, for its history.
    expect(await detail(app, owner, connected.integration_id)).toMatchObject({
      state: 'not_connected',
      account_email: null,
      action: { kind: 'connect' },
      counts: { events: 1, prospects: 1 },
      last_runs: expect.arrayContaining([expect.objectContaining({ trigger: 'initial' })]),
    });
  });

  it('that met a limit says when it is over, and is well again then', async () => {
    const owner = await app.registerOrganization();
    await connect(app, owner);
    const { integration_id: id } = await settled(app, owner);
    app.sandbox.control.failNext({ base: 'api', method: 'GET', path_prefix: '/scheduled_events', status: 429 });
    demand(202, await sync(app, owner, id));
    const limited = await app.eventually(async () => {
      const shown = await card(app, owner);
      expect(shown).toMatchObject({ state: 'rate_limited' });
      return shown;
    });
    expect(limited).toMatchObject({
      cause: { code: 'rate_limited', title: 'Limité par Calendly' },
      action: { kind: 'wait' },
      // The reading goes on where it is as soon as it may.
      progress: { done: 0, total: null },
    });
    expect(Date.parse(limited.resumes_at)).toBeGreaterThan(Date.now());
    await app.database.query('UPDATE integrations SET calls_not_before = NULL WHERE id = $1', [id]);
    await app.hurryJobs();
    await app.eventually(async () => expect(await card(app, owner)).toMatchObject({ state: 'connected' }));
  });

  it('rests when it is paused, says who wanted it so, and catches up when it is resumed', async () => {
    const owner = await app.registerOrganization();
    const account = await connect(app, owner);
    const { integration_id: id } = await settled(app, owner);
    expect(await order(app, owner, id, 'pause')).toMatchObject({
      status: 200,
      body: {
        state: 'paused',
        cause: { code: 'paused', detail: expect.stringContaining('par Camille Martin') },
        action: { kind: 'resume' },
        since: expect.any(String),
        next_sync_at: null,
        settings: { enabled: false },
      },
    });
    // One switch, whoever shows it.
    expect(demand(200, await app.http('GET', '/api/calendly/status', { token: owner.token })).body).toMatchObject({
      enabled: false,
    });
    app.sandbox.control.book({ account, invitees: [{ name: 'Bo', email: 'bo@example.test' }] });
    await app.eventually(async () =>
      expect((await app.http('GET', '/api/deliveries', { token: owner.token })).body).toMatchObject([
        { state: 'ignored' },
      ]),
    );
    expect(await card(app, owner)).toMatchObject({ state: 'paused', counts: { events: 0 } });

    expect((await order(app, owner, id, 'resume')).status).toBe(200);
    await app.eventually(async () =>
      expect(await card(app, owner)).toMatchObject({
        state: 'connected',
        counts: { events: 1, prospects: 1 },
        settings: { enabled: true },
      }),
    );
  });

  it('shows the same pause when an existing front end made it', async () => {
    const owner = await app.registerOrganization();
    await connect(app, owner);
    await settled(app, owner);
    const patch = { token: owner.token, body: { enabled: false } };
    demand(200, await app.http('PATCH', '/api/calendly/settings', patch));
    expect(await card(app, owner)).toMatchObject({
      state: 'paused',
      since: expect.any(String),
      cause: { detail: expect.stringContaining('par Camille Martin') },
    });
  });

  it('is read at intervals where it cannot be pushed to, and says which of the reasons it is', async () => {
    const owner = await app.registerOrganization();
    // What Calendly answers to an address that it cannot reach.
    app.sandbox.control.failNext({ method: 'POST', path_prefix: '/webhook_subscriptions', status: 400, times: 5 });
    await connect(app, owner);
    await app.eventually(async () =>
      expect(await card(app, owner)).toMatchObject({
        state: 'polling',
        cause: { code: 'public_url_local', detail: expect.stringContaining('toutes les 30 minutes') },
        action: { kind: 'sync' },
        is_real_time: false,
      }),
    );
    app.sandbox.control.clearFaults();

    const other = await app.registerOrganization();
    demand(200, await app.connectCalendly(other, { account: 'leo@example.test' }));
    await app.eventually(async () =>
      expect(await card(app, other)).toMatchObject({ state: 'polling', cause: { code: 'plan' } }),
    );
    // Neither pushed nor read at intervals: it rests, and resuming brings the intervals back.
    const patch = { token: other.token, body: { auto_sync_enabled: false } };
    demand(200, await app.http('PATCH', '/api/calendly/settings', patch));
    const { integration_id: id } = await card(app, other);
    expect(await card(app, other)).toMatchObject({ state: 'paused', action: { kind: 'resume' } });
    expect((await order(app, other, id, 'resume')).status).toBe(200);
    await app.eventually(async () =>
      expect(await card(app, other)).toMatchObject({ state: 'polling', settings: { auto_sync_enabled: true } }),
    );
  });

  it('that failed says why, and is tried again with one order', async () => {
    const owner = await app.registerOrganization();
    await connect(app, owner);
    const { integration_id: id } = await settled(app, owner);
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/scheduled_events', status: 403 });
    demand(202, await sync(app, owner, id));
    await app.eventually(async () =>
      expect(await card(app, owner)).toMatchObject({
        state: 'error',
        cause: { title: 'La synchronisation a échoué' },
        action: { kind: 'retry' },
      }),
    );
    demand(202, await sync(app, owner, id));
    await app.eventually(async () => expect(await card(app, owner)).toMatchObject({ state: 'connected' }));
  });

  it('that nobody has read for two intervals is behind', async () => {
    const owner = await app.registerOrganization();
    await connect(app, owner);
    const { integration_id: id } = await settled(app, owner);
    await app.database.query(
      `UPDATE integrations SET last_synced_at = now() - interval '61 minutes', next_sync_at = now() + interval '1 day'
       WHERE id = $1`,
      [id],
    );
    expect(await card(app, owner)).toMatchObject({
      state: 'stale',
      cause: { code: 'stale' },
      action: { kind: 'sync' },
    });
  });

  it('is read from its beginning when that is asked for, and changes nothing by it', async () => {
    const owner = await app.registerOrganization();
    const account = await connect(app, owner);
    app.sandbox.control.book({ account, invitees: [{ name: 'Ada', email: 'ada@example.test' }] });
    const { integration_id: id } = await settled(app, owner);
    await app.eventually(async () => expect(await card(app, owner)).toMatchObject({ counts: { events: 1 } }));
    const read = async (mode: string) => {
      const { run_id: runId } = demand(202, await sync(app, owner, id, mode)).body;
      return await app.eventually(async () => {
        const { body } = await app.http('GET', `/api/sync-runs/${runId}`, { token: owner.token });
        expect(body).toMatchObject({ id: runId, state: 'succeeded' });
        return body.counts;
      });
    };
    // The first sees what was delivered, the second that it has been seen.
    await read('changes');
    expect(await read('changes')).toMatchObject({ listed: 1, read: 0 });
    expect(await read('full')).toMatchObject({ listed: 1, read: 1, created: 0, unchanged: 1 });
  });

  it('has its readings in a log that can be asked for some of them', async () => {
    const owner = await app.registerOrganization();
    await connect(app, owner);
    const { integration_id: id } = await settled(app, owner);
    demand(202, await sync(app, owner, id));
    await settled(app, owner);
    const runs = async (query: string) => {
      const { body } = demand(200, await app.http('GET', `/api/sync-runs?${query}`, { token: owner.token }));
      return (body as Card[]).map(({ trigger, state, progress }) => ({ trigger, state, progress }));
    };
    const initial = { trigger: 'initial', state: 'succeeded', progress: null };
    const manual = { trigger: 'manual', state: 'succeeded', progress: null };
    expect(await runs('')).toEqual([manual, initial]);
    expect(await runs('provider=calendly&state=succeeded')).toEqual([manual, initial]);
    expect(await runs(`trigger=initial&integration_id=${id}`)).toEqual([initial]);
    for (const none of ['provider=outlook', 'state=failed', `integration_id=${crypto.randomUUID()}`]) {
      expect(await runs(none)).toEqual([]);
    }
    for (const wrong of ['state=other', 'trigger=other', 'integration_id=1']) {
      expect(await app.http('GET', `/api/sync-runs?${wrong}`, { token: owner.token })).toMatchObject({ status: 400 });
    }
  });

  it('tells in detail what was granted and how the access is doing, and never a token', async () => {
    const owner = await app.registerOrganization();
    await connect(app, owner);
    const { integration_id: id } = await settled(app, owner);
    const shown = await detail(app, owner, id);
    expect(shown).toMatchObject({
      integration_id: id,
      scopes: { required: expect.any(Array), missing: [] },
      access: { expires_at: expect.any(String), refreshed_at: expect.any(String), consented_at: expect.any(String) },
      channel: { state: 'open', refusal: null, last_checked_at: expect.any(String) },
    });
    expect(Date.parse(shown.access.expires_at)).toBeGreaterThan(Date.parse(shown.access.refreshed_at));
    expect(shown.last_runs.length).toBeGreaterThan(0);
    const stored = await app.database.query<{ secret: string }>(
      `SELECT unnest(ARRAY[access_token, refresh_token]) AS secret FROM integrations WHERE id = $1
       UNION ALL SELECT secret FROM channels WHERE integration_id = $1`,
      [id],
    );
    expect(stored.length).toBeGreaterThan(2);
    for (const { secret } of stored) expect(JSON.stringify(shown)).not.toContain(secret);
    expect(Object.keys(shown).filter((name) => /token|secret/i.test(name))).toEqual([]);
  });

  it('is seen by colleagues, and by nobody of another organization', async () => {
    const owner = await app.registerOrganization();
    await connect(app, owner);
    const { integration_id: id } = await settled(app, owner);
    const colleague = await app.addMember(owner);
    const stranger = await app.registerOrganization();
    expect(await card(app, colleague)).toMatchObject({ integration_id: id, state: 'connected' });
    expect(await card(app, stranger)).toMatchObject({ integration_id: null, state: 'not_connected' });
    for (const action of ['pause', 'resume', 'sync', 'disconnect']) {
      expect(await order(app, stranger, id, action)).toMatchObject({
        status: 404,
        body: { code: 'integration/not-found' },
      });
    }
    expect(await app.http('GET', `/api/integrations/${id}`, { token: stranger.token })).toMatchObject({ status: 404 });
    expect(await card(app, owner)).toMatchObject({ state: 'connected' });
  });

  it('costs the same number of statements however many there are', async () => {
    const owner = await app.registerOrganization();
    await connect(app, owner);
    await settled(app, owner);
    const few = await statements(app, owner);
    for (let more = 0; more < 3; more += 1) await connect(app, owner);
    await app.eventually(async () => {
      const shown = await list(app, owner);
      expect(shown.filter(({ state }) => state === 'connected')).toHaveLength(4);
    });
    expect(await statements(app, owner)).toBe(few);
  });
});

describe('accounts of people', () => {
  let app: CalendarApp;

  beforeAll(async () => {
    app = await startCalendarApp();
  });

  afterAll(async () => {
    await app.close();
  });

  it('are theirs alone: a colleague sees a card without one, and cannot touch it', async () => {
    const owner = await app.registerConnected('google');
    const { integration_id: id, ...shown } = await card(app, owner, {}, 'google-calendar');
    expect(shown).toMatchObject({
      kind: 'calendar',
      scope: 'person',
      is_shared: false,
      state: 'connected',
      is_real_time: true,
      real_time_until: expect.any(String),
      counts: { prospects: 0 },
      settings: { enabled: true, import: true, export: true, calendar_id: expect.any(String), import_days: null },
    });
    expect(shown.counts.events).toBeGreaterThan(0);
    const admin = await app.addMember(owner, 'admin');
    expect(await card(app, admin, {}, 'google-calendar')).toMatchObject({
      integration_id: null,
      state: 'not_connected',
    });
    expect(await order(app, admin, id, 'disconnect')).toMatchObject({ status: 404 });
  });

  it('rest and resume by the switch that the calendar’s own settings show', async () => {
    const owner = await app.registerConnected('outlook', { account: 'sacha@example.test' });
    const { integration_id: id } = await card(app, owner, {}, 'outlook');
    expect((await order(app, owner, id, 'pause')).body).toMatchObject({ state: 'paused', action: { kind: 'resume' } });
    const settings = async () => {
      const { body } = await app.http('GET', '/api/calendar-integration/integrations', { token: owner.token });
      return (body as { type: string; settings: object }[]).find(({ type }) => type === 'outlook')?.settings;
    };
    expect(await settings()).toMatchObject({ sync: false });
    expect((await order(app, owner, id, 'resume')).status).toBe(200);
    expect(await settings()).toMatchObject({ sync: true });
    await app.eventually(async () => {
      await app.hurryJobs();
      expect(await card(app, owner, {}, 'outlook')).toMatchObject({ state: 'connected', is_real_time: true });
    });
  });

  it('can leave with all that was imported', async () => {
    const owner = await app.registerConnected('google', { account: 'camille@example.test' });
    const { integration_id: id, counts } = await card(app, owner, {}, 'google-calendar');
    const ended = await app.http('POST', `/api/integrations/${id}/disconnect?data=erase`, { token: owner.token });
    expect(ended).toMatchObject({ status: 200, body: { success: true, erased_events: expect.any(Number) } });
    expect(ended.body.erased_events).toBeGreaterThanOrEqual(counts.events);
    expect(await detail(app, owner, id)).toMatchObject({ state: 'not_connected', counts: { events: 0 } });
  });
});

describe('a provider without credentials', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ sandbox: false });
  });

  afterAll(async () => {
    await app.close();
  });

  it('is shown with the variables that are missing and the address to register', async () => {
    const owner = await app.registerOrganization();
    const shown = await list(app, owner);
    expect(shown.map(({ provider }) => provider)).toEqual(
      expect.arrayContaining(['calendly', 'google-calendar', 'outlook']),
    );
    for (const { state, missing_variables: missing, redirect_uri: redirect, cause, action } of shown) {
      expect({ state, action }).toEqual({ state: 'not_configured', action: { kind: 'none' } });
      expect(missing.length).toBeGreaterThan(0);
      for (const name of missing) expect(cause.detail).toContain(name);
      expect(redirect).toMatch(/^https?:\/\//);
    }
  });
});

type App = Pick<TestApp, 'http' | 'eventually'>;
type Card = Answer['body'];

async function list(app: App, { token }: Person, headers = {}): Promise<Card[]> {
  return demand(200, await app.http('GET', '/api/integrations', { token, headers })).body;
}

/** Of a provider with one account, or none. */
async function card(app: App, person: Person, headers = {}, provider = 'calendly'): Promise<Card> {
  const own = (await list(app, person, headers)).filter((shown) => shown.provider === provider);
  expect(own).toHaveLength(1);
  return own[0];
}

async function detail(app: App, { token }: Person, id: string): Promise<Card> {
  return demand(200, await app.http('GET', `/api/integrations/${id}`, { token })).body;
}

function order(app: App, { token }: Person, id: string, action: string): Promise<Answer> {
  return app.http('POST', `/api/integrations/${id}/${action}`, { token });
}

function sync(app: App, { token }: Person, id: string, mode = 'changes'): Promise<Answer> {
  return app.http('POST', `/api/integrations/${id}/sync?mode=${mode}`, { token });
}

/** An account that no other case has. */
async function connect(app: TestApp, person: Person): Promise<string> {
  accounts += 1;
  const email = `camille.${accounts}@overview.example`;
  app.sandbox.control.addAccount({ name: `Hôte ${accounts}`, email });
  demand(200, await app.connectCalendly(person, { account: email }));
  return email;
}

function settled(app: TestApp, person: Person): Promise<Card> {
  return app.eventually(async () => {
    const shown = await card(app, person);
    expect(shown).toMatchObject({ state: 'connected' });
    return shown;
  });
}

/** How many statements the list takes. Others may be at work meanwhile: only those of its own transaction count. */
async function statements(app: App, person: Person): Promise<number> {
  const spy = jest.spyOn(Transaction.prototype, 'query');
  try {
    await list(app, person);
    const { calls, contexts } = spy.mock;
    const own = contexts[calls.findIndex(([sql]) => sql.includes('DISTINCT ON (integration_id)'))];
    expect(own).toBeInstanceOf(Transaction);
    return contexts.filter((context) => context === own).length;
  } finally {
    spy.mockRestore();
  }
}
