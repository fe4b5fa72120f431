import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { EventContent, EventDraft, EventFacts, EventTimes } from '../../src/calendars/index.js';
import { IS_LONG } from '../support/long-tests.js';
import { CALENDAR_WINDOW } from './calendar-provider.suite.js';
import type { CalendarBench } from './support/calendar-bench.js';
import { inOrder, Picture } from './support/calendar-picture.js';
import { startGoogle } from './support/google-bench.js';
import { startOutlook } from './support/outlook-bench.js';

/**
 * A fifth of what is promised, which every run of the tests can bear. All of it takes a minute for each provider:
 * `LONG_TESTS=1 node scripts/test.mjs test/contract/calendar-round-trip --selectProjects contract`
 */
const EVENTS = IS_LONG ? 1_000 : 200;
/** Written one by one and read in one go. */
const AT_ONCE = 50;

/** On both sides of the equator, by halves of an hour, by hours of their own, and never. */
const ZONES = [
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Jerusalem',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MARGIN = 60 * DAY;

interface Planned {
  kind: 'ours' | 'timed' | 'all-day';
  timeZone: string;
  /** Where it begins, as an instant: within a day and a half of a change of clocks, where the zone has any. */
  startsAt: number;
  minutes: number;
  days: number;
  weeks: number;
}

const planned: fc.Arbitrary<Planned> = fc.constantFrom(...ZONES).chain((timeZone) =>
  fc.record({
    kind: fc.constantFrom('ours' as const, 'timed' as const, 'all-day' as const),
    timeZone: fc.constant(timeZone),
    startsAt: fc
      .tuple(fc.constantFrom(...changesOfClocks(timeZone)), fc.integer({ min: -36 * 60, max: 36 * 60 }))
      .map(([change, minutes]) => change + minutes * MINUTE),
    minutes: fc.integer({ min: 1, max: 3 * 24 * 60 }),
    days: fc.integer({ min: 1, max: 5 }),
    weeks: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 5 })),
  }),
);

// Nothing is computed here the way the product or its stand-ins compute it: these are told by Luxon, the test by Temporal.
describe.each([
  ['google-calendar', startGoogle],
  ['outlook', startOutlook],
])('on the way through %s and back', (_, start) => {
  let bench: CalendarBench;
  const picture = new Picture();
  beforeAll(async () => {
    bench = await start();
    await picture.read(readPage, null);
  });
  afterAll(() => bench?.close());

  const readPage = (cursor: string | null, pageToken: string | null = null) =>
    bench.provider.readChanges(bench.access, {
      calendarId: bench.calendarId,
      window: CALENDAR_WINDOW,
      cursor,
      pageToken,
    });
  const export_ = (draft: EventDraft) => bench.provider.createEvent(bench.access, bench.calendarId, draft);

  it(`dates do not wander, nor is anything written twice: ${EVENTS} events`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(planned, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (events) => {
        const checks: (() => void)[] = [];
        const drafts: { draft: EventDraft; externalId: string }[] = [];
        for (const event of events) {
          if (event.kind === 'ours') {
            const draft = newDraft(event);
            const { externalId } = await export_(draft);
            drafts.push({ draft, externalId });
            checks.push(() => expectInstants(picture.get(externalId), draft.content));
          } else {
            const id = await bench.add(toPersonEvent(event));
            checks.push(() => expectDates(event.weeks > 1 ? picture.ofSeries(id) : [picture.get(id)], event));
          }
        }
        await picture.readOn(readPage);
        for (const check of checks) check();

        const before = bench.edits();
        for (const { draft, externalId } of drafts) {
          const read = picture.get(externalId);
          const again = await export_({ ...draft, content: asRead(read, draft.content) });
          expect(again).toMatchObject({ externalId, times: read.times, etag: read.etag });
        }
        expect(bench.edits()).toBe(before);
        expect((await readPage(picture.cursor)).changes).toEqual([]);
      }),
      // What failed says enough; to make it smaller would take longer than anybody waits.
      { numRuns: EVENTS / AT_ONCE, endOnFailure: true },
    );
  }, 600_000);

  it('and a reading from the beginning shows the same', async () => {
    const anew = new Picture();
    await anew.read(readPage, null);
    expect(anew.shown(CALENDAR_WINDOW)).toEqual(picture.shown(CALENDAR_WINDOW));
    expect(anew.shown(CALENDAR_WINDOW)).toEqual(inOrder(await bench.truth(CALENDAR_WINDOW)));
  }, 300_000);
});

function changesOfClocks(timeZone: string): number[] {
  const changes: number[] = [];
  const last = CALENDAR_WINDOW.to.getTime() - MARGIN;
  let at = Temporal.Instant.fromEpochMilliseconds(CALENDAR_WINDOW.from.getTime() + DAY).toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > last) break;
    changes.push(next.epochMilliseconds);
    at = next;
  }
  return changes.length > 0 ? changes : [Date.parse('2027-02-28T12:00:00Z')];
}

function newDraft({ startsAt, minutes, timeZone }: Planned): EventDraft {
  const content = {
    title: 'Formation',
    description: null,
    location: null,
    startsAt: new Date(startsAt),
    endsAt: new Date(startsAt + minutes * MINUTE),
    timeZone,
  };
  return { copyId: randomUUID(), key: randomUUID(), content, guests: [], notify: false };
}

/** What was read, to be written again. */
function asRead({ times, title }: EventFacts, { timeZone }: EventContent): EventContent {
  if (times.allDay) throw new Error('It was an event of hours');
  const { startsAt, endsAt } = times;
  return { title: title ?? '', description: null, location: null, startsAt, endsAt, timeZone };
}

function toPersonEvent(event: Planned) {
  const { start, end } = wallOf(event);
  const weeks = event.weeks > 1 ? { weeks: event.weeks } : {};
  if (event.kind === 'all-day') {
    const date = start.toPlainDate();
    return { title: 'Journée', start: date.toString(), end: date.add({ days: event.days }).toString(), ...weeks };
  }
  const say = (time: Temporal.PlainDateTime) => time.toString({ smallestUnit: 'minute' });
  return { title: 'Heures', start: say(start), end: say(end), timeZone: event.timeZone, ...weeks };
}

function wallOf({ startsAt, minutes, timeZone }: Planned) {
  const start = Temporal.Instant.fromEpochMilliseconds(startsAt).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return { start, end: start.add({ minutes }) };
}

function expectInstants({ times }: EventFacts, { startsAt, endsAt }: EventContent): void {
  expect(times).toMatchObject({ allDay: false, startsAt, endsAt });
}

/** Each week the same dates, or the same hour on the wall: either of two where it is shown twice. */
function expectDates(occurrences: readonly EventFacts[], event: Planned): void {
  expect(occurrences).toHaveLength(event.weeks);
  const wandered = occurrences.filter(({ times }, week) => !isAsPlanned(times, week, event));
  expect({ event, wandered }).toEqual({ event, wandered: [] });
}

function isAsPlanned(times: EventTimes, week: number, event: Planned): boolean {
  const { start, end } = wallOf(event);
  const from = start.add({ weeks: week });
  if (times.allDay !== (event.kind === 'all-day')) return false;
  if (times.allDay) {
    const date = from.toPlainDate();
    return times.startDate === date.toString() && times.endDate === date.add({ days: event.days }).toString();
  }
  const mayBegin = meaningsOf(from, event.timeZone).includes(times.startsAt.getTime());
  // Whether those that follow last as long by the clock or on the wall is up to the provider.
  return mayBegin && (week > 0 || meaningsOf(end, event.timeZone).includes(times.endsAt.getTime()));
}

function meaningsOf(wall: Temporal.PlainDateTime, timeZone: string): number[] {
  const [earlier, later, usual] = (['earlier', 'later', 'compatible'] as const).map((disambiguation) =>
    wall.toZonedDateTime(timeZone, { disambiguation }),
  );
  const isShown = usual!.toPlainDateTime().equals(wall);
  return (isShown ? [earlier!, later!] : [usual!]).map(({ epochMilliseconds }) => epochMilliseconds);
}
