import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Sync } from '../../src/sync/index.js';
import { type Answer, demand, LEO, NORA, type Person, startApp, type TestApp } from '../support/app.js';

const DAY_MS = 86_400_000;
const UNKNOWN_ID = '01990000-0000-7000-8000-000000000000';

let app: TestApp;
let accounts = 0;

beforeAll(async () => {
  app = await startApp({ sandbox: { settings: { rate_limit_paid: 1_000_000, rate_limit_free: 1_000_000 } } });
});

afterAll(async () => {
  await app.close();
});

describe('the first reading of an account', () => {
  it('takes over its past and future in silence, and tells of them in one sentence', async () => {
    const owner = await app.registerConnected({ account: NORA });
    expect(await told(owner)).toEqual([
      {
        type: 'calendly_import_finished',
        title: 'Import Calendly terminé',
        message: '15 rendez-vous importés, 13 nouveaux prospects',
      },
    ]);
    expect(await events(owner)).toHaveLength(15);
    expect(await prospects(owner)).toHaveLength(13);
    expect(await runs(owner)).toMatchObject([
      {
        trigger: 'initial',
        state: 'succeeded',
        mode: 'full',
        full_reason: 'first_import',
        counts: { listed: 13, read: 13, created: 15, updated: 0, prospects_created: 13 },
        error_code: null,
      },
    ]);
  });

  it('keeps what each booking had become before we came', async () => {
    const owner = await app.registerConnected({ account: NORA });
    const statuses = new Map((await events(owner)).map(({ invitee_email: email, ...event }) => [email, event]));
    expect(statuses.get('chloe.faure@example.test')).toMatchObject({ event_status: 'no_show' });
    expect(statuses.get('hugo.blanc@example.test')).toMatchObject({ event_status: 'canceled' });
    expect(statuses.get('eric.moreau@example.test')).toMatchObject({ event_status: 'canceled' });
    const moved = (await events(owner)).filter(({ invitee_email }) => invitee_email === 'sofia.costa@example.test');
    expect(moved.map(({ event_status }) => event_status).toSorted()).toEqual(['active', 'rescheduled']);
  });

  it('is followed by readings that tell of each new booking', async () => {
    const { owner, account } = await connectNewAccount();
    unheard();
    book(account, 'ada@example.test');
    unheard();
    book(account, 'bo@example.test');
    expect(await read(owner)).toMatchObject({ trigger: 'manual', counts: { created: 2, prospects_created: 2 } });
    const types = (await told(owner)).map(({ type }) => type);
    expect(types).toEqual(['calendly_prospect_created', 'calendly_prospect_created']);
  });

  it('says nothing where there is nothing to take over', async () => {
    const { owner } = await connectNewAccount();
    expect(await runs(owner)).toMatchObject([{ trigger: 'initial', state: 'succeeded', counts: { created: 0 } }]);
    expect(await told(owner)).toEqual([]);
  });

  it('reaches further back when that is asked for, in one sentence as well', async () => {
    const account = newAccount();
    const { invitees } = app.sandbox.control.book({
      account,
      start_time: inDays(-200),
      invitees: [{ name: 'Vieille Connaissance', email: 'vieille@example.test' }],
    });
    expect(invitees).toHaveLength(1);
    const owner = await app.registerConnected({ account });
    expect(await events(owner)).toEqual([]);
    const patch = await app.http('PATCH', '/calendly/settings', { token: owner.token, body: { import_days: 365 } });
    demand(200, patch);
    await app.eventually(async () => expect(await events(owner)).toHaveLength(1));
    expect((await runs(owner))[0]).toMatchObject({ trigger: 'backfill', mode: 'full', full_reason: 'requested' });
    await app.eventually(async () =>
      expect((await told(owner)).map(({ message }) => message)).toEqual(['1 rendez-vous importé, 1 nouveau prospect']),
    );
  });
});

describe('a longer past that is asked for', () => {
  const reachBack = async (owner: Person, body: object = { import_days: 365 }) =>
    demand(200, await app.http('PATCH', '/calendly/settings', { token: owner.token, body }));
  const oneImported = ['1 rendez-vous importé, 1 nouveau prospect'];
  let account: string;
  beforeEach(() => {
    account = newAccount();
    const invitees = [{ name: 'Vieille Connaissance', email: 'vieille@example.test' }];
    app.sandbox.control.book({ account, start_time: inDays(-200), invitees });
  });

  it('is read although the first reading is under way, which then ends for it', async () => {
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/scheduled_events', delay_ms: 9_000 });
    const owner = await app.registerOrganization();
    demand(200, await app.connectCalendly(owner, { account }));
    await app.eventually(() => expect(app.sandbox.control.faults()).toEqual([]));
    await reachBack(owner);
    app.sandbox.control.clearFaults();
    await app.eventually(async () => expect(await events(owner)).toHaveLength(1));
    await app.eventually(async () =>
      expect(await runs(owner)).toMatchObject([
        { trigger: 'backfill', state: 'succeeded' },
        { trigger: 'initial', state: 'canceled', error_code: 'superseded' },
      ]),
    );
    expect((await told(owner)).map(({ message }) => message)).toEqual(oneImported);
  });

  it('is told in one sentence with what the first reading had brought in by then', async () => {
    app.sandbox.control.seed({ account, bookings: 30 });
    const { scheduled_event: last } = app.sandbox.control.book({
      account,
      start_time: inDays(390),
      invitees: [{ name: 'Dernière', email: 'derniere@example.test' }],
    });
    const { pathname } = new URL((last as { uri: string }).uri);
    app.sandbox.control.failNext({
      base: 'api',
      path_prefix: pathname.slice(pathname.lastIndexOf('/scheduled_events')),
      delay_ms: 9_000,
    });
    const owner = await app.registerOrganization();
    demand(200, await app.connectCalendly(owner, { account }));
    await app.eventually(() => expect(app.sandbox.control.faults()).toEqual([]));
    expect((await events(owner)).length).toBeGreaterThan(0);
    await reachBack(owner);
    app.sandbox.control.clearFaults();
    await app.eventually(async () =>
      expect((await told(owner)).map(({ message }) => message)).toEqual([
        '32 rendez-vous importés, 32 nouveaux prospects',
      ]),
    );
    expect(await events(owner)).toHaveLength(32);
  });

  it('is not a reason to begin the first reading again when it reaches as far', async () => {
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/scheduled_events', delay_ms: 9_000 });
    const owner = await app.registerOrganization();
    demand(200, await app.connectCalendly(owner, { account }));
    await app.eventually(() => expect(app.sandbox.control.faults()).toEqual([]));
    await reachBack(owner, { import_days: 30 });
    app.sandbox.control.clearFaults();
    await app.eventually(async () =>
      expect(await runs(owner)).toMatchObject([{ trigger: 'initial', state: 'succeeded' }]),
    );
  });

  it('is taken over in silence also where the same request switches the connection on', async () => {
    const owner = await app.registerConnected({ account });
    await reachBack(owner, { enabled: true, import_days: 365 });
    await app.eventually(async () => expect((await runs(owner))[0]).toMatchObject({ state: 'succeeded' }));
    expect(await events(owner)).toHaveLength(1);
    expect((await told(owner)).map(({ message }) => message)).toEqual(oneImported);
  });
});

describe('a reading in which nothing has changed', () => {
  it('of 500 bookings asks for five pages, and for nothing else', async () => {
    const account = newAccount();
    app.sandbox.control.seed({ account, bookings: 500 });
    const owner = await app.registerConnected({ account });
    expect(await told(owner)).toMatchObject([{ message: '500 rendez-vous importés, 500 nouveaux prospects' }]);
    const [imported] = await runs(owner);
    app.sandbox.control.clearCalls();

    const run = await read(owner);
    expect(run).toMatchObject({
      id: expect.not.stringMatching(imported.id),
      provider_calls: 5,
      counts: { listed: 500, read: 0, created: 0, updated: 0, unchanged: 0 },
    });
    // The click also has the channel looked at.
    const calls = callsOf(account).filter(({ path }) => !path.startsWith('/webhook_subscriptions/'));
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(5).fill('GET /scheduled_events'));
    expect(new Set(calls.map(({ query }) => query['count']))).toEqual(new Set(['100']));
  });

  it('changes nothing even when all is read again: no row, no word, no message', async () => {
    const owner = await app.registerConnected({ account: NORA });
    const before = await everythingOf(owner);
    const browser = await app.browse(owner);
    await app.database.query('DELETE FROM read_marks WHERE organization_id = $1', [owner.organizationId]);

    expect(await read(owner)).toMatchObject({
      counts: { listed: 13, read: 13, created: 0, updated: 0, prospects_created: 0 },
    });
    expect(await everythingOf(owner)).toEqual(before);
    expect(browser.heard.filter(({ name }) => name !== 'sync:progress')).toEqual([]);
  });
});

describe('a prospect who was deleted', () => {
  it('is not brought back by a reading, but by a new booking', async () => {
    const { owner, account } = await connectNewAccount();
    unheard();
    book(account, 'ada@example.test');
    await read(owner);
    const [{ id }] = await prospects(owner);
    // Booked before the deletion, and heard of only after it.
    unheard();
    book(account, 'Ada@example.test', 3);
    demand(204, await app.http('DELETE', `/prospects/${id}`, { token: owner.token }));

    await app.database.query('DELETE FROM read_marks WHERE organization_id = $1', [owner.organizationId]);
    expect(await read(owner)).toMatchObject({ counts: { read: 2, created: 1, prospects_created: 0 } });
    expect(await prospects(owner)).toEqual([]);

    book(account, 'ADA@example.test', 5);
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(1));
    const [returned] = await prospects(owner);
    expect(returned.id).not.toBe(id);
    // The old appointment went with the person; the new one is the only note.
    expect(returned.notes).toMatch(/^Rendez-vous Calendly prévu le [^\n]*$/);
  });
});

describe('an account on the free plan', () => {
  it('is connected, read at intervals, and the status says why and how often', async () => {
    const owner = await app.registerConnected({ account: LEO });
    expect((await app.http('GET', '/calendly/status', { token: owner.token })).body).toMatchObject({
      connected: true,
      status: 'connected',
      status_reason: expect.stringMatching(/abonnement Calendly ne comprend pas les webhooks.*intervalles réguliers/),
      webhook_active: false,
      delivery_mode: 'polling',
      sync_interval_minutes: 30,
      next_sync_at: expect.stringMatching(/Z$/),
    });
    const english = { token: owner.token, headers: { 'accept-language': 'en' } };
    expect((await app.http('GET', '/calendly/status', english)).body.status_reason).toMatch(
      /plan does not include webhooks.*regular intervals/,
    );

    book(LEO, 'ada@example.test');
    await read(owner);
    expect(await prospects(owner)).toHaveLength(1);
    expect((await told(owner)).map(({ type }) => type)).toEqual(['calendly_prospect_created']);
  });

  it('is not asked for a subscription again at every click', async () => {
    const owner = await app.registerConnected({ account: LEO });
    app.sandbox.control.clearCalls();
    await read(owner);
    await read(owner);
    expect(callsOf(LEO).filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('what Calendly does wrong during a reading', () => {
  it('does not lose what came before it, nor ask for that again', async () => {
    const account = newAccount();
    app.sandbox.control.seed({ account, bookings: 250 });
    const owner = await app.registerOrganization();
    const reading = { base: 'api', path_prefix: '/scheduled_events' } as const;
    // A hundred bookings with their page, then the next page with some of its bookings, and then a failure.
    app.sandbox.control.failNext({ ...reading, delay_ms: 1, times: 160 });
    app.sandbox.control.failNext({ ...reading, status: 500 });
    demand(200, await app.connectCalendly(owner, { account }));
    await app.eventually(() => expect(app.sandbox.control.faults()).toEqual([]));
    await app.eventually(async () =>
      expect(
        await app.database.query('SELECT FROM graphile_worker._private_jobs WHERE attempts = 1 AND locked_at IS NULL'),
      ).toHaveLength(1),
    );
    const [cut] = await runs(owner);
    expect(cut).toMatchObject({ state: 'running', finished_at: null });
    const page = { kind: 'page_read', page: 1, counts: { listed: 100, read: 100, created: 100 } };
    expect(await stepsOf(owner, cut.id)).toMatchObject([
      { kind: 'started', mode: 'full', full_reason: 'first_import' },
      page,
      { kind: 'interrupted', code: 'temporary', status: 500 },
    ]);
    expect(cut.counts.created).toBeGreaterThanOrEqual(125);
    expect(cut.counts.created).toBeLessThan(250);
    app.sandbox.control.clearCalls();

    await app.hurryJobs();
    await app.eventually(async () =>
      expect((await runs(owner))[0]).toMatchObject({
        id: cut.id,
        state: 'succeeded',
        counts: { created: 250, listed: 250 },
      }),
    );
    const invitees = callsOf(account).filter(({ path }) => path.endsWith('/invitees'));
    expect(invitees).toHaveLength(250 - cut.counts.created);
    expect(await told(owner)).toMatchObject([{ message: '250 rendez-vous importés, 250 nouveaux prospects' }]);
  });

  it('is waited out: after a 429 nothing is asked before its time', async () => {
    const { owner, account } = await connectNewAccount();
    app.sandbox.control.clearCalls();
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/scheduled_events', status: 429, reset_seconds: 2 });
    expect(await read(owner)).toMatchObject({ state: 'succeeded' });
    const [refused, next, ...more] = callsOf(account).filter(({ path }) => path.startsWith('/scheduled_events'));
    expect([refused?.status, next?.status, more.length]).toEqual([429, 200, 0]);
    expect(Date.parse(next!.at) - Date.parse(refused!.at)).toBeGreaterThanOrEqual(2_000);
    expect((await app.http('GET', '/calendly/status', { token: owner.token })).body.status).toBe('connected');
  });

  it('is told on the connection when it lasts, and taken back by the next good reading', async () => {
    const { owner } = await connectNewAccount();
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/scheduled_events', status: 500, times: 100 });
    const { run_id } = demand(202, await app.http('POST', '/calendly/sync', { token: owner.token })).body;
    await app.eventually(
      async () => {
        await app.hurryJobs();
        const { body } = await app.http('GET', `/api/sync-runs/${run_id}`, { token: owner.token });
        expect(body).toMatchObject({ state: 'failed', error_code: 'temporary' });
        const kinds = body.steps.map(({ kind }: { kind: string }) => kind);
        expect(kinds.join(' ')).toBe(`started${' interrupted resumed'.repeat(3)} failed`);
      },
      { within: 30_000 },
    );
    const status = async () => (await app.http('GET', '/calendly/status', { token: owner.token })).body;
    expect(await status()).toMatchObject({
      connected: true,
      status: 'error',
      status_reason: 'Calendly est en panne ou injoignable. La lecture reprendra d’elle-même.',
    });
    app.sandbox.control.clearFaults();
    await read(owner);
    expect(await status()).toMatchObject({ status: 'connected', status_reason: null });
    // What passes by itself interrupts nobody.
    expect(await told(owner)).toEqual([]);
  });
});

describe('the schedule', () => {
  it('reads a connection that is due, once, and moves its time', async () => {
    const { owner, account } = await connectNewAccount();
    unheard();
    book(account, 'ada@example.test');
    await makeDue(owner);
    const claimed = await Promise.all([app.get(Sync).claimDue(), app.get(Sync).claimDue()]);
    expect(claimed.toSorted()).toEqual([0, 1]);
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(1));
    const [run] = await runs(owner);
    expect(run).toMatchObject({ trigger: 'schedule' });
    const { body } = await app.http('GET', '/calendly/status', { token: owner.token });
    const minutes = (Date.parse(body.next_sync_at) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(28);
    expect(minutes).toBeLessThanOrEqual(30);
  });

  it('leaves alone what is switched off, paused or disconnected', async () => {
    const people = [await connectNewAccount(), await connectNewAccount(), await connectNewAccount()].map(
      ({ owner }) => owner,
    );
    const [off, paused, gone] = people as [Person, Person, Person];
    const patch = (person: Person, body: object) =>
      app.http('PATCH', '/calendly/settings', { token: person.token, body });
    expect(await patch(off, { auto_sync_enabled: false })).toMatchObject({ body: { auto_sync_enabled: false } });
    expect(await patch(paused, { enabled: false })).toMatchObject({ body: { enabled: false } });
    demand(200, await app.http('POST', '/calendly/disconnect', { token: gone.token }));
    for (const person of people) await makeDue(person);
    expect(await app.get(Sync).claimDue()).toBe(0);
  });

  it('takes over a shorter interval at once', async () => {
    const { owner } = await connectNewAccount();
    const body = { sync_interval_minutes: 5 };
    const answer = await app.http('PATCH', '/calendly/settings', { token: owner.token, body });
    expect(answer).toMatchObject({ status: 200, body });
    expect((Date.parse(answer.body.next_sync_at) - Date.now()) / 60_000).toBeLessThanOrEqual(5);
  });
});

describe('a paused connection', () => {
  it('takes in nothing, and everything once it is switched on again', async () => {
    const { owner, account } = await connectNewAccount();
    const switchTo = async (enabled: boolean) =>
      demand(200, await app.http('PATCH', '/calendly/settings', { token: owner.token, body: { enabled } }));
    await switchTo(false);
    book(account, 'ada@example.test');
    await app.eventually(async () => {
      const { body } = await app.http('GET', '/api/deliveries', { token: owner.token });
      expect(body).toMatchObject([{ state: 'ignored', error_code: 'paused' }]);
    });
    expect(await prospects(owner)).toEqual([]);

    await switchTo(true);
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(1));
  });
});

describe('the readings', () => {
  it('are shown to administrators, newest first, page by page', async () => {
    const { owner } = await connectNewAccount();
    const manual = await read(owner);
    const first = demand(200, await app.http('GET', '/api/sync-runs?limit=1', { token: owner.token }));
    expect(first.body).toMatchObject([{ id: manual.id, trigger: 'manual' }]);
    const [, next] = /^<(.+)>; rel="next"$/.exec(String(first.headers.link))!;
    const second = demand(200, await app.http('GET', next!, { token: owner.token }));
    expect(second.body).toMatchObject([{ trigger: 'initial' }]);
    expect(second.headers.link).toBeUndefined();
    const one = await app.http('GET', `/api/sync-runs/${manual.id}`, { token: owner.token });
    expect(one).toMatchObject({ status: 200, body: { id: manual.id } });
  });

  it('are not for members, nor for other organizations', async () => {
    const { owner } = await connectNewAccount();
    const member = await app.addMember(owner);
    const stranger = await app.registerOrganization();
    const [{ id }] = await runs(owner);
    for (const path of ['/api/sync-runs', `/api/sync-runs/${id}`]) {
      expect(await app.http('GET', path, { token: member.token })).toMatchObject({ status: 403 });
    }
    const headers = { 'x-request-id': 'same-request-id' };
    const answers: Answer[] = await Promise.all(
      [id, UNKNOWN_ID].map((wanted) => app.http('GET', `/api/sync-runs/${wanted}`, { token: stranger.token, headers })),
    );
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'sync-run/not-found' } });
    expect(answers[0]!.text).toBe(answers[1]!.text);
  });

  it('of one connection do not overlap: whoever asks meanwhile gets the one under way', async () => {
    const { owner } = await connectNewAccount();
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/scheduled_events', delay_ms: 700 });
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => app.http('POST', '/calendly/sync', { token: owner.token })),
    );
    expect(asked.map(({ status }) => status)).toEqual(Array(5).fill(202));
    expect(new Set(asked.map(({ body }) => body.run_id)).size).toBe(1);
    expect(asked[0]!.body).toEqual({ success: true, run_id: expect.any(String) });
  });

  it('of one connection end for the reading of everything that somebody asks for', async () => {
    const { owner } = await connectNewAccount();
    const [{ integration_id: id }] = await runs(owner);
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/scheduled_events', delay_ms: 9_000 });
    demand(202, await app.http('POST', '/calendly/sync', { token: owner.token }));
    await app.eventually(() => expect(app.sandbox.control.faults()).toEqual([]));
    demand(202, await app.http('POST', `/api/integrations/${id}/sync?mode=full`, { token: owner.token }));
    app.sandbox.control.clearFaults();
    await app.eventually(async () =>
      expect((await runs(owner)).slice(0, 2)).toMatchObject([
        { state: 'succeeded', mode: 'full', full_reason: 'requested' },
        { state: 'canceled', error_code: 'superseded' },
      ]),
    );
  });
});

function newAccount(): string {
  accounts += 1;
  const account = `host.${accounts}@example.test`;
  app.sandbox.control.addAccount({ name: `Hôte ${accounts}`, email: account });
  return account;
}

async function connectNewAccount(): Promise<{ owner: Person; account: string }> {
  const account = newAccount();
  return { owner: await app.registerConnected({ account }), account };
}

/** The next delivery is lost on its way: only a reading finds what it would have told. */
function unheard(): void {
  app.sandbox.control.dropDeliveries();
}

function book(account: string, email: string, days = 2): void {
  app.sandbox.control.book({ account, start_time: inDays(days), invitees: [{ name: 'Ada Byron', email }] });
}

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

async function read(owner: Person) {
  const answer = await app.http('POST', '/calendly/sync?wait=true', { token: owner.token });
  const { body } = demand(200, answer);
  expect(body).toMatchObject({ success: true, state: 'succeeded', run_id: body.id });
  return body;
}

async function makeDue({ organizationId }: Person): Promise<void> {
  await app.database.query(
    `UPDATE integrations SET next_sync_at = now() - interval '1 second' WHERE organization_id = $1`,
    [organizationId],
  );
}

function callsOf(account: string) {
  return app.sandbox.control.calls().filter((call) => call.account === account);
}

/** In the order in which it was told. */
async function told({ token }: Person): Promise<{ type: string; title: string; message: string }[]> {
  const { body } = demand(200, await app.http('GET', '/notifications?limit=200', { token }));
  return body.map(({ type, title, message }: Record<string, string>) => ({ type, title, message })).toReversed();
}

async function prospects({ token }: Person) {
  return demand(200, await app.http('GET', '/prospects?limit=200', { token })).body;
}

async function events({ token }: Person): Promise<Record<string, unknown>[]> {
  return demand(200, await app.http('GET', '/calendly/events?limit=200', { token })).body;
}

async function stepsOf({ token }: Person, runId: string): Promise<Record<string, unknown>[]> {
  return demand(200, await app.http('GET', `/api/sync-runs/${runId}`, { token })).body.steps;
}

async function runs({ token }: Person) {
  return demand(200, await app.http('GET', '/api/sync-runs', { token })).body;
}

async function everythingOf({ organizationId }: Person) {
  const tables = ['bookings', 'prospects', 'prospect_notes', 'notifications'];
  return await Promise.all(
    tables.map((table) =>
      app.database.query(`SELECT * FROM ${table} WHERE organization_id = $1 ORDER BY 1`, [organizationId]),
    ),
  );
}
