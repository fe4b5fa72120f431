import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { demand, type Person } from '../support/app.js';
import { ACCOUNTS, type CalendarApp, CALENDAR_TYPES, startCalendarApp } from '../support/calendar-app.js';
import { type CalendarPerson, personAt } from '../support/calendar-person.js';
import { IS_LONG } from '../support/long-tests.js';

const HOUR = 3_600_000;
const FORMATIONS = 12;
/** `CONVERGENCE_EDITS=2000 CONVERGENCE_SEED=7 npm test test/e2e/calendar-convergence` tries more, or others. */
const EDITS = Number(process.env['CONVERGENCE_EDITS'] ?? (IS_LONG ? 500 : 150));
const SEED = Number(process.env['CONVERGENCE_SEED'] ?? 1);

const SIDES = ['here', 'google', 'outlook'] as const;

interface Edit {
  side: (typeof SIDES)[number];
  formation: number;
  field: 'title' | 'time';
  /** What the title or the hour becomes; few enough that sides often choose the same. */
  value: number;
  /** What happens before the next edit. */
  next: 'nothing' | 'read google' | 'read outlook' | 'work' | 'fault google' | 'fault outlook';
}

const edits = fc.array(
  fc.record<Edit>({
    side: fc.constantFrom(...SIDES),
    formation: fc.nat(FORMATIONS - 1),
    field: fc.constantFrom('title', 'time'),
    value: fc.nat(40),
    next: fc.oneof(
      { weight: 12, arbitrary: fc.constant('nothing' as const) },
      {
        weight: 4,
        arbitrary: fc.constantFrom('read google', 'read outlook', 'work', 'fault google', 'fault outlook'),
      },
    ),
  }),
  { minLength: EDITS, maxLength: EDITS },
);

interface Session {
  id: string;
  formationId: string;
  title: string;
  starts_at: string;
}

describe('formations that stand in two calendars of one person', () => {
  let app: CalendarApp;
  let owner: Person;
  let calendars: Record<'google' | 'outlook', CalendarPerson>;
  const formationIds: string[] = [];
  const begin = new Date(Math.ceil(Date.now() / HOUR) * HOUR + 7 * 24 * HOUR).getTime();
  const hourOf = (formation: number, value: number) => new Date(begin + (formation * 50 + value) * HOUR);

  beforeAll(async () => {
    app = await startCalendarApp();
    // An hour of edits in a minute is more than an account's budget; being throttled is another test's subject.
    app.google.control.changeSettings({ requests_per_minute_per_user: 1_000_000, requests_per_minute: 1_000_000 });
    app.outlook.control.changeSettings({ request_limit: 1_000_000 });
    owner = await app.registerConnected('google');
    await app.connect(owner, 'outlook');
    calendars = {
      google: personAt(app, 'google', ACCOUNTS.google[0]),
      outlook: personAt(app, 'outlook', ACCOUNTS.outlook[0]),
    };
    for (let index = 0; index < FORMATIONS; index += 1) {
      const session = { starts_at: hourOf(index, 0), ends_at: hourOf(index, 1) };
      const body = { title: `Stage ${index}/0`, sessions: [session] };
      const { id } = demand(201, await app.http('POST', '/api/formations', { token: owner.token, body })).body;
      formationIds.push(id);
      for (const type of CALENDAR_TYPES) {
        const path = `/api/calendar-integration/${type}/export-formation`;
        demand(200, await app.http('POST', path, { token: owner.token, body: { formationId: id } }));
      }
    }
  });
  afterAll(() => app.close());

  async function sessions(): Promise<Session[]> {
    return await Promise.all(
      formationIds.map(async (formationId) => {
        const { body } = demand(200, await app.http('GET', `/api/formations/${formationId}`, { token: owner.token }));
        const [session] = body.sessions;
        // Who renames one event in a calendar renames that session, and not the whole formation.
        return { id: session.id, formationId, title: session.title ?? body.title, starts_at: session.starts_at };
      }),
    );
  }
  async function externalIds(type: 'google' | 'outlook'): Promise<Map<string, string>> {
    const rows = await app.database.query<{ session_id: string; external_id: string }>(
      `SELECT c.session_id, c.external_id FROM copies c JOIN integrations i ON i.id = c.integration_id
       WHERE i.provider = $1`,
      [type === 'google' ? 'google-calendar' : 'outlook'],
    );
    return new Map(rows.map((row) => [row.session_id, row.external_id]));
  }
  const asShown = (type: 'google' | 'outlook') =>
    calendars[type]
      .events()
      .filter(({ title }) => title?.startsWith('Stage '))
      .map(({ title, startsAt }) => `${title} ${startsAt}`)
      .toSorted();
  const asKept = async () => (await sessions()).map(({ title, starts_at }) => `${title} ${starts_at}`).toSorted();
  const writes = () => calendars.google.writes() + calendars.outlook.writes();
  const mails = () => [...calendars.google.mails(), ...calendars.outlook.mails()];

  async function apply(edit: Edit, all: Session[], ids: Record<'google' | 'outlook', Map<string, string>>) {
    const session = all[edit.formation]!;
    const title = `Stage ${edit.formation}/${edit.value}`;
    const startsAt = hourOf(edit.formation, edit.value);
    if (edit.side !== 'here') {
      const id = ids[edit.side].get(session.id)!;
      if (edit.field === 'title') calendars[edit.side].retitle(id, title);
      else calendars[edit.side].move(id, startsAt);
    } else {
      const path = `/api/formations/${session.formationId}/sessions/${session.id}`;
      const ends_at = new Date(startsAt.getTime() + HOUR);
      const body = edit.field === 'title' ? { title } : { starts_at: startsAt, ends_at };
      demand(200, await app.http('PATCH', path, { token: owner.token, body }));
    }
    if (edit.next === 'work') await app.hurryJobs();
    if (edit.next === 'read google') await read('google');
    if (edit.next === 'read outlook') await read('outlook');
    if (edit.next === 'fault google') app.google.control.failNext({ base: 'api', status: 503, times: 2 });
    if (edit.next === 'fault outlook') app.outlook.control.failNext({ status: 503, times: 2 });
  }

  /** A reading that met a fault is repeated later; here later is now. */
  async function read(type: 'google' | 'outlook') {
    const hurry = new AbortController();
    const hurrying = (async () => {
      while (!hurry.signal.aborted) {
        await app.hurryJobs();
        await pause(100);
      }
    })();
    await app.importNow(owner, type).finally(() => hurry.abort());
    await hurrying;
  }

  /** Read on both sides, and every job that wants to run has run. */
  async function cycle() {
    for (const type of CALENDAR_TYPES) await read(type);
    await app.eventually(
      async () => {
        await app.hurryJobs();
        const [{ open }] = (await app.database.query<{ open: number }>(
          `SELECT count(*)::int AS open FROM graphile_worker._private_jobs j
           JOIN graphile_worker._private_tasks t ON t.id = j.task_id
           WHERE t.identifier IN ('calendars.settle-copy', 'sync.begin-pass', 'sync.read-calendar',
                                  'calendars.plan-exports')`,
        )) as [{ open: number }];
        expect(open).toBe(0);
      },
      { within: 60_000 },
    );
  }

  it(`are the same on all three sides after ${EDITS} edits at random, and then rest`, async () => {
    const all = await sessions();
    const ids = { google: await externalIds('google'), outlook: await externalIds('outlook') };
    expect([ids.google.size, ids.outlook.size]).toEqual([FORMATIONS, FORMATIONS]);
    const [sequence] = fc.sample(edits, { seed: SEED, numRuns: 1 });
    for (const edit of sequence!) await apply(edit, all, ids);
    app.google.control.clearFaults();
    app.outlook.control.clearFaults();

    // What one side taught the other comes back once; after that there is nothing to say.
    await cycle();
    await cycle();
    const kept = await asKept();
    expect(asShown('google')).toEqual(kept);
    expect(asShown('outlook')).toEqual(kept);
    expect(kept).toHaveLength(FORMATIONS);
    expect(mails()).toEqual([]);
    const { body: notifications } = await app.http('GET', '/api/notifications', { token: owner.token });
    expect(notifications.filter(({ type }: { type: string }) => type === 'dead_letter')).toEqual([]);

    for (const type of CALENDAR_TYPES) calendars[type].clearCalls();
    for (let round = 0; round < 5; round += 1) await cycle();
    expect(writes()).toBe(0);
    expect(await asKept()).toEqual(kept);
  }, 300_000);

  it('cost no write in a hundred readings without an edit', async () => {
    for (let round = 0; round < 2; round += 1) await cycle();
    for (const type of CALENDAR_TYPES) calendars[type].clearCalls();
    for (let round = 0; round < 98; round += 1)
      await Promise.all(CALENDAR_TYPES.map((type) => app.importNow(owner, type)));
    await cycle();
    expect(writes()).toBe(0);
  }, 120_000);
});
