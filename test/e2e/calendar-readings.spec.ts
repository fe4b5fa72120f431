import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { CalendarCursors } from '../../src/sync/calendar-cursors.js';
import { DeliveriesSchedule } from '../../src/deliveries/deliveries.schedule.js';
import { demand, type Person } from '../support/app.js';
import {
  ACCOUNTS,
  type CalendarApp,
  CALENDAR_TYPES,
  type CalendarType,
  startCalendarApp,
} from '../support/calendar-app.js';
import { type CalendarPerson, personAt } from '../support/calendar-person.js';

const HOUR = 3_600_000;

interface Listed {
  id: string;
  title: string | null;
  starts_at: string | null;
  start_date: string | null;
  end_date: string | null;
  all_day: boolean;
  status: string;
  visibility: string;
  description: string | null;
}

/** Of a lost cursor, and of any answer: Graph names its answers, Google does not. */
const TRACES = {
  google: { refusal: { said: 'fullSyncRequired', status: 410 }, answer: {} },
  outlook: {
    refusal: {
      said: expect.stringMatching(/^(syncStateNotFound|resyncRequired)$/i),
      status: 410,
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
    answer: { request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  },
};

interface Reading {
  mode: string;
  full_reason: string | null;
  integration_id: string;
  next_run_at: string;
  steps: Record<string, unknown>[];
}

describe.each(CALENDAR_TYPES)('a %s calendar that is read', (type: CalendarType) => {
  let app: CalendarApp;
  let person: Person;
  let calendar: CalendarPerson;

  beforeAll(async () => {
    app = await startCalendarApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await control().reset();
  });

  const control = () => (type === 'google' ? app.google : app.outlook).control;
  const start = new Date(Math.ceil(Date.now() / (24 * HOUR)) * 24 * HOUR + 3 * 24 * HOUR + 9 * HOUR);
  const at = (hours: number) => new Date(start.getTime() + hours * HOUR);
  /** Whose calendar is empty. */
  const EMPTY = 'eva@example.test';
  const connect = async (account: string = EMPTY) => {
    if (account === EMPTY) control().addAccount({ name: 'Eva', email: EMPTY });
    person = await app.registerConnected(type, { account });
    calendar = personAt(app, type, account);
  };
  const listed = async (query = ''): Promise<Listed[]> => (await app.listEvents(person, query)) as unknown as Listed[];
  const fill = (count: number) => {
    for (let index = 0; index < count; index += 1) calendar.add({ title: `Réunion ${index}`, startsAt: at(index * 2) });
  };
  const forgetCursors = () => {
    if (type === 'google') {
      app.google.control.forgetDeletions();
      app.google.control.invalidateSyncTokens();
    } else app.outlook.control.invalidateDeltaTokens();
  };
  /** Its cursor is as good as before; the window that it covers has had its time. */
  const ageWindow = async (integrationId: string) => {
    const cursors = app.get(CalendarCursors);
    await app.get(UnitOfWork).inOrganization({ organizationId: person.organizationId }, async (tx) => {
      const [row] = await tx.query<{ resource: string }>(
        'SELECT resource FROM cursors WHERE organization_id = $1 AND integration_id = $2',
        [tx.organizationId, integrationId],
      );
      const calendarId = row!.resource.replace(/^calendar:/, '');
      const cursor = (await cursors.find(tx, integrationId, calendarId))!;
      await cursors.put(tx, integrationId, calendarId, { ...cursor, rebaseAt: new Date(Date.now() - 1_000) });
    });
  };
  /** As its page shows it. */
  const readingOf = async (run: Record<string, unknown>, { token } = person): Promise<Reading> =>
    demand(200, await app.http('GET', `/api/sync-runs/${String(run['run_id'])}`, { token })).body;
  const asShown = () =>
    calendar
      .events()
      .map(({ title, startsAt }) => `${title} ${startsAt}`)
      .toSorted();
  const asKept = async () => (await listed()).map(({ title, starts_at }) => `${title} ${starts_at}`).toSorted();

  it('shows what was deleted while its cursor was lost as cancelled, and leaves the rest as it was', async () => {
    await connect();
    fill(30);
    await app.importNow(person, type);
    const before = await listed();
    expect(before).toHaveLength(30);
    for (const { id } of calendar.events().slice(0, 5)) calendar.delete(id);
    forgetCursors();
    const run = await app.importNow(person, type);
    expect(run).toMatchObject({ success: true, removed: 5 });
    const after = await listed();
    expect(after.map(({ id }) => id)).toEqual(before.slice(5).map(({ id }) => id));
    expect(await listed('&status=cancelled')).toHaveLength(5);
    const told = await readingOf(run);
    expect(told).toMatchObject({ mode: 'full', full_reason: 'cursor_expired', counts: { removed: 5 } });
    const { refusal, answer } = TRACES[type];
    expect(told.steps).toMatchObject([
      { kind: 'started', mode: 'changes' },
      { kind: 'restarted', full_reason: 'cursor_expired', ...refusal },
      { kind: 'page_read', page: 1, counts: { listed: 25, created: 0, unchanged: 25 }, ...answer },
      { kind: 'removals_checked', counts: { read: 5, alive: 0 } },
      { kind: 'removals_applied', counts: { removed: 5 } },
      { kind: 'cursor_kept' },
      { kind: 'succeeded' },
    ]);
  });

  it('says why it read everything: a first time, a person, another window', async () => {
    await connect();
    fill(3);
    const runs = async () => demand(200, await app.http('GET', '/api/sync-runs', { token: person.token })).body;
    const first = (await runs()).at(-1);
    expect(first).toMatchObject({ trigger: 'initial', mode: 'full', full_reason: 'first_import' });
    expect((await readingOf({ run_id: first.id })).steps[0]).toMatchObject({
      kind: 'started',
      mode: 'full',
      full_reason: 'first_import',
    });

    const usual = await readingOf(await app.importNow(person, type));
    expect(usual).toMatchObject({ mode: 'changes', full_reason: null });

    const { integration_id: id } = usual;
    demand(202, await app.http('POST', `/api/integrations/${id}/sync?mode=full`, { token: person.token }));
    await app.eventually(async () =>
      expect((await runs())[0]).toMatchObject({ state: 'succeeded', mode: 'full', full_reason: 'requested' }),
    );

    await ageWindow(id);
    const rebased = await readingOf(await app.importNow(person, type));
    expect(rebased).toMatchObject({ mode: 'full', full_reason: 'window_aged' });
    expect(await listed()).toHaveLength(3);
  });

  it('says when it is read again, and not when it is not', async () => {
    await connect();
    const run = await app.importNow(person, type);
    const { next_run_at: nextRunAt, integration_id: id } = await readingOf(run);
    expect(Date.parse(nextRunAt) - Date.now()).toBeGreaterThan(0);
    demand(200, await app.http('POST', `/api/integrations/${id}/pause`, { token: person.token }));
    expect(await readingOf(run)).toMatchObject({ next_run_at: null });
  });

  it('tells of nobody in its log', async () => {
    await connect();
    calendar.add({ title: 'Dentiste', startsAt: at(1) });
    const { steps } = await readingOf(await app.importNow(person, type));
    expect(steps.length).toBeGreaterThan(2);
    expect(JSON.stringify(steps)).not.toMatch(/dentiste|example\.test/i);
  });

  it('stops before it removes more than a person would, and goes on when they agree', async () => {
    await connect();
    fill(40);
    await app.importNow(person, type);
    for (const { id } of calendar.events().slice(0, 15)) calendar.delete(id);
    const run = await app.importNow(person, type);
    expect(run).toMatchObject({ success: false, state: 'needs_approval' });
    expect(await listed()).toHaveLength(40);
    const { steps } = await readingOf(run);
    expect(steps.at(-1)).toMatchObject({ kind: 'approval_awaited', counts: { removals: 15, live: 40 } });
    // Again is not twice the news.
    const again = await app.importNow(person, type);
    const { body: notifications } = await app.http('GET', '/api/notifications', { token: person.token });
    expect(notifications.filter((one: { type: string }) => one.type === 'sync_needs_approval')).toHaveLength(1);

    const path = `/api/sync-runs/${String(again['run_id'])}`;
    const removals = demand(200, await app.http('GET', `${path}/removals`, { token: person.token })).body;
    expect(removals).toHaveLength(15);
    expect(removals[0]).toMatchObject({ kind: 'event', title: 'Réunion 0', starts_at: at(0).toISOString() });
    const stranger = await app.registerOrganization();
    expect((await app.http('POST', `${path}/approve`, { token: stranger.token })).status).toBe(404);
    demand(200, await app.http('POST', `${path}/approve`, { token: person.token }));
    expect(await listed()).toHaveLength(25);
    expect((await readingOf(again)).steps.map(({ kind }) => kind).slice(-3)).toEqual([
      'approval_awaited',
      'approved',
      'succeeded',
    ]);
    expect((await readingOf(run)).steps.at(-1)).toMatchObject({ kind: 'canceled', code: 'superseded' });
    expect((await app.http('POST', `${path}/approve`, { token: person.token })).status).toBe(409);
    expect(await app.importNow(person, type)).toMatchObject({ success: true });
  });

  it('does not believe an empty calendar', async () => {
    await connect();
    fill(8);
    await app.importNow(person, type);
    forgetCursors();
    if (type === 'google') {
      app.google.control.failNext({
        base: 'api',
        method: 'GET',
        path_prefix: '/calendars',
        times: 1,
        status: 410,
        reason: 'fullSyncRequired',
      });
      app.google.control.nextPageEmpty();
    } else app.outlook.control.nextPageEmpty({ mode: 'end' });
    await app.importNow(person, type);
    expect(await listed()).toHaveLength(8);
  });

  it('shows a series as its calendar does: moved, cancelled and split', async () => {
    await connect();
    calendar.addSeries({ title: 'Série', startsAt: at(0), times: 10 });
    await app.importNow(person, type);
    expect(await asKept()).toEqual(asShown());
    expect(await listed()).toHaveLength(10);

    const occurrences = () => calendar.events().toSorted((one, other) => one.startsAt.localeCompare(other.startsAt));
    calendar.move(occurrences()[2]!.id, at(2 * 24 + 3));
    calendar.delete(occurrences()[4]!.id);
    calendar.moveFollowing(occurrences().at(-3)!.id, at(7 * 24 + 1), 'Série bis');
    await app.importNow(person, type);
    expect(await asKept()).toEqual(asShown());
    expect((await listed()).filter(({ title }) => title === 'Série bis')).toHaveLength(3);

    forgetCursors();
    await app.importNow(person, type);
    expect(await asKept()).toEqual(asShown());
  });

  it('keeps an all-day event on its dates and of a private one nothing but the time', async () => {
    await connect();
    calendar.addAllDay({ title: 'Salon', from: '2026-12-08', to: '2026-12-10' });
    calendar.addPrivate({ title: 'CANARI', startsAt: at(1) });
    await app.importNow(person, type);
    const events = await listed();
    expect(events.find(({ all_day }) => all_day)).toMatchObject({
      title: 'Salon',
      start_date: '2026-12-08',
      end_date: '2026-12-10',
      starts_at: null,
    });
    expect(events.find(({ visibility }) => visibility === 'private')).toMatchObject({
      title: null,
      description: null,
      starts_at: at(1).toISOString(),
    });
    const [row] = await app.database.query(
      `SELECT (SELECT count(*) FROM calendar_events e WHERE e::text ILIKE '%canari%')::int AS found`,
    );
    expect(row).toEqual({ found: 0 });
    expect(JSON.stringify(app.log)).not.toContain('CANARI');
  });

  it('is followed by pushes alone', async () => {
    await connect();
    calendar.add({ title: 'Poussée', startsAt: at(0) });
    await app.eventually(
      async () => {
        await app.hurryJobs();
        expect(await asKept()).toEqual(asShown());
      },
      { within: 15_000 },
    );
    const runs = await app.database.query(`SELECT trigger FROM sync_runs WHERE organization_id = $1`, [
      person.organizationId,
    ]);
    expect(runs).toContainEqual({ trigger: 'push' });
    expect(runs).not.toContainEqual({ trigger: 'manual' });
  });

  it('costs one call when nothing has changed', async () => {
    await connect();
    fill(50);
    await app.importNow(person, type);
    await app.importNow(person, type);
    control().clearCalls();
    await app.importNow(person, type);
    expect(control().calls()).toHaveLength(1);
  });

  it('waits as long as it is told, and lets others go on', async () => {
    await connect();
    const [limited, limitedCalendar] = [person, calendar];
    await connect(ACCOUNTS[type][0]);
    limitedCalendar.add({ title: 'Limitée', startsAt: at(0) });
    const [path, reason] = type === 'google' ? ['/calendars', { reason: 'rateLimitExceeded' }] : ['/me', {}];
    control().failNext({
      account: EMPTY,
      method: 'GET',
      path_prefix: path,
      status: 429,
      retry_after: 3,
      ...reason,
    });
    control().clearCalls();
    const refusedAt = Date.now();
    const waiting = app.importNow(limited, type);
    await app.eventually(() =>
      expect(
        control()
          .calls()
          .some(({ status }) => status === 429),
      ).toBe(true),
    );
    calendar.add({ title: 'Libre', startsAt: at(0) });
    await app.importNow(person, type);
    expect(Date.now() - refusedAt).toBeLessThan(2_900);
    expect(await listed()).toContainEqual(expect.objectContaining({ title: 'Libre' }));
    const { steps } = await readingOf(await waiting, limited);
    const throttled = steps.findIndex(({ kind }) => kind === 'throttled');
    expect(steps[throttled]).toMatchObject({ kind: 'throttled', status: 429 });
    expect(Date.parse(String(steps[throttled]!['until'])) - refusedAt).toBeGreaterThanOrEqual(2_000);
    expect(steps[throttled + 1]).toMatchObject({ kind: 'resumed' });
    expect(steps.at(-1)).toMatchObject({ kind: 'succeeded' });
    const calls = control()
      .calls()
      .filter(({ account }) => account === EMPTY);
    const [first, second] = calls.map(({ at: when }) => Date.parse(when));
    expect(second! - first!).toBeGreaterThanOrEqual(2_990);
  });

  it('is connected again ten times without a second row, and always ends', async () => {
    await connect();
    fill(3);
    await app.importNow(person, type);
    const ids = (await listed()).map(({ id }) => id);
    for (let round = 0; round < 10; round += 1) {
      if (round === 3) control().revokeGrants();
      if (round === 5) control().failNext({ status: 503, times: 5 });
      demand(200, await app.http('DELETE', `/api/calendar-integration/integrations/${type}`, { token: person.token }));
      control().clearFaults();
      await app.database.query('DELETE FROM oauth_transactions');
      await app.connect(person, type, { account: EMPTY });
      await app.importNow(person, type);
    }
    expect((await listed()).map(({ id }) => id)).toEqual(ids);
    const [{ count }] = (await app.database.query(
      `SELECT count(*)::int AS count FROM integrations WHERE organization_id = $1`,
      [person.organizationId],
    )) as [{ count: number }];
    expect(count).toBe(1);
  });

  it('renews its channel before that ends, and leaves one', async () => {
    await connect();
    const live = () =>
      type === 'google'
        ? app.google.control.channels().filter(({ is_live }) => is_live)
        : app.outlook.control.subscriptions();
    await app.eventually(() => expect(live()).toHaveLength(1));
    for (let round = 0; round < 3; round += 1) {
      await app.database.query(`UPDATE channels SET renew_at = now() - interval '1 second'`);
      await app.database.query(`UPDATE integrations SET next_channel_check_at = now()`);
      await app.get(DeliveriesSchedule).claimChannelChecks();
      await app.eventually(async () => {
        await app.hurryJobs();
        const [row] = await app.database.query(
          `SELECT count(*)::int AS open, bool_and(renew_at > now()) AS fresh FROM channels
           WHERE organization_id = $1 AND state = 'open'`,
          [person.organizationId],
        );
        expect(row).toEqual({ open: 1, fresh: true });
      });
      await app.eventually(() => expect(live()).toHaveLength(1));
    }
  });

  it('says once that access has ended, and asks nothing more', async () => {
    await connect();
    control().revokeGrants();
    await app.http('POST', `/api/calendar-integration/${type}/import`, { token: person.token });
    const { body } = await app.http('GET', '/api/calendar-integration/integrations', { token: person.token });
    expect(body.find((one: { type: string }) => one.type === type)).toMatchObject({
      connected: false,
      status: 'needs_reauth',
    });
    control().clearCalls();
    for (let cycle = 0; cycle < 3; cycle += 1) {
      await app.http('POST', `/api/calendar-integration/${type}/import`, { token: person.token });
    }
    expect(control().calls()).toEqual([]);
    const { body: told } = await app.http('GET', '/api/notifications', { token: person.token });
    expect(told.filter((one: { type: string }) => one.type.endsWith('connection_broken'))).toHaveLength(1);
  });
});
