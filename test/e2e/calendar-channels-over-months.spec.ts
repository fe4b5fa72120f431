import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DeliveriesSchedule } from '../../src/deliveries/deliveries.schedule.js';
import { SyncSchedule } from '../../src/sync/sync.schedule.js';
import type { Person } from '../support/app.js';
import { type CalendarApp, CALENDAR_TYPES, type CalendarType, startCalendarApp } from '../support/calendar-app.js';
import { type CalendarPerson, personAt } from '../support/calendar-person.js';
import { IS_LONG } from '../support/long-tests.js';
import { MovableClock } from '../support/movable-clock.js';

const HOUR = 3_600_000;
const STEP_HOURS = 12;
/** `CHANNEL_DAYS=365 npm test test/e2e/calendar-channels-over-months` runs a year. */
const DAYS = Number(process.env['CHANNEL_DAYS'] ?? (IS_LONG ? 60 : 21));
const STEPS = (DAYS * 24) / STEP_HOURS;
const SEED = 11;

/** A little less than what is read ahead. */
const AHEAD_DAYS = { google: 365, outlook: 170 };

const ACCOUNT = 'eva@example.test';

describe.each(CALENDAR_TYPES)('the channel of a %s calendar', (type: CalendarType) => {
  let app: CalendarApp;
  let person: Person;
  let calendar: CalendarPerson;
  const clock = new MovableClock();

  beforeAll(async () => {
    app = await startCalendarApp({ clock });
    control().addAccount({ name: 'Eva', email: ACCOUNT });
    person = await app.registerConnected(type, { account: ACCOUNT });
    calendar = personAt(app, type, ACCOUNT);
  });
  afterAll(() => app.close());

  const control = () => (type === 'google' ? app.google : app.outlook).control;
  const live = () =>
    type === 'google'
      ? app.google.control.channels().filter(({ is_live }) => is_live).length
      : app.outlook.control.subscriptions().length;
  const failNext = () =>
    type === 'google'
      ? app.google.control.failNext({ base: 'api', method: 'POST', path_prefix: '/', status: 503 })
      : app.outlook.control.failNext({ path_prefix: '/subscriptions', status: 503 });

  const losePush = () =>
    type === 'google'
      ? app.google.control.dropPushes({ times: 1 })
      : app.outlook.control.dropNotifications({ times: 1 });

  async function pass(seconds: number) {
    await control().advance({ seconds });
    clock.moveAhead(seconds);
    // The database's own clock stands still: what it compares with is made due.
    await app.database.query(`UPDATE integrations SET next_channel_check_at = now(), next_sync_at = now()`);
    await app.database.query(`UPDATE channels SET created_at = created_at - make_interval(secs => ${seconds})`);
  }

  async function work(seen: number[]) {
    await app.get(DeliveriesSchedule).claimChannelChecks();
    await app.get(SyncSchedule).claimDue();
    await app.eventually(
      async () => {
        await app.hurryJobs();
        seen.push(live());
        const [{ open }] = (await app.database.query(
          `SELECT count(*)::int AS open FROM graphile_worker._private_jobs j
           JOIN graphile_worker._private_tasks t ON t.id = j.task_id
           WHERE t.identifier IN ('deliveries.keep-channel', 'sync.begin-pass', 'sync.read-calendar')`,
        )) as [{ open: number }];
        expect(open).toBe(0);
      },
      { within: 30_000 },
    );
  }

  it(`is one or, for a moment, two on each of ${DAYS} days although a tenth of the calls fail; no event is missed`, async () => {
    const [rolls] = fc.sample(
      fc.array(fc.record({ fails: fc.nat(9).map((n) => n === 0), loses: fc.nat(2).map((n) => n === 0) }), {
        minLength: STEPS,
        maxLength: STEPS,
      }),
      { seed: SEED, numRuns: 1 },
    );
    const seen: number[] = [];
    const titles: string[] = [];
    let renewals = 0;
    for (const [step, { fails, loses }] of rolls!.entries()) {
      if (fails) failNext();
      if (loses) losePush();
      titles.push(`Jour ${step}`);
      calendar.add({ title: titles.at(-1)!, startsAt: new Date(clock.now().getTime() + 24 * HOUR) });
      await pass(STEP_HOURS * 3_600);
      expect(live()).toBeGreaterThanOrEqual(1);
      await work(seen);
      expect(live()).toBe(1);
    }
    // Beyond what the first reading's window reached, and within that of today.
    titles.push('Loin');
    calendar.add({ title: 'Loin', startsAt: new Date(clock.now().getTime() + AHEAD_DAYS[type] * 24 * HOUR) });
    await pass(STEP_HOURS * 3_600);
    await work(seen);
    const [channels] = await app.database.query<{ count: number }>('SELECT count(*)::int FROM channels');
    renewals =
      type === 'google'
        ? channels!.count
        : control()
            .calls()
            .filter(({ method }) => method === 'PATCH').length;
    expect(renewals).toBeGreaterThan(DAYS / 7);
    expect([Math.min(...seen) >= 1, Math.max(...seen) <= 2]).toEqual([true, true]);
    const kept = await app.database.query<{ title: string }>(
      'SELECT title FROM calendar_events WHERE organization_id = $1',
      [person.organizationId],
    );
    expect(new Set(kept.map(({ title }) => title))).toEqual(new Set(titles));
  }, 300_000);
});
