import { toLocalTime } from './local-time';

/** The server takes this many dates of one training. */
export const MOST_DATES = 200;

/** Nobody plans further; and where every day is left out, the search has to end. */
const MOST_DAYS = 366 * 10;

const DAY_MS = 86_400_000;

/** "Every week on Tuesday and Thursday, from nine to twelve, ten times." Days and hours are those of a clock on the wall. */
export interface Recurrence {
  /** "2026-03-10": nothing before it. */
  readonly from: string;
  /** 1: every week; 2: every other, counted from the week of `from`. */
  readonly everyWeeks: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** "09:00" */
  readonly begin: string;
  /** "12:00"; one that is not after `begin` is of the next day. */
  readonly end: string;
  /** That many dates, those left out not counted, or as long as a day is not passed. */
  readonly ends: { readonly count: number } | { readonly until: string };
  /** Days without a date. */
  readonly without: ReadonlySet<string>;
}

/** "2026-03-10T09:00": local times, as the server takes them. */
export interface Occurrence {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** The dates of it, in order and at most `MOST_DATES`. They keep their local hour whatever the clocks do. */
export function datesOf({ from, everyWeeks, weekdays, begin, end, ends, without }: Recurrence): Occurrence[] {
  const first = Date.parse(`${from}T00:00Z`);
  const isWhole = !Number.isNaN(first) && everyWeeks >= 1 && begin !== '' && end !== '';
  if (!isWhole) return [];
  const most = Math.min('count' in ends ? ends.count : MOST_DATES, MOST_DATES);
  // Days before `from` in its own week, so that "every other week" begins with that one.
  const intoWeek = weekdayOf(first) - 1;
  const dates: Occurrence[] = [];
  for (let index = 0; index < MOST_DAYS && dates.length < most; index += 1) {
    const at = first + index * DAY_MS;
    const day = dayOf(at);
    if ('until' in ends && day > ends.until) break;
    const isItsWeek = Math.floor((index + intoWeek) / 7) % everyWeeks === 0;
    if (!isItsWeek || !weekdays.has(weekdayOf(at)) || without.has(day)) continue;
    const lastDay = end > begin ? day : dayOf(at + DAY_MS);
    dates.push({ startsAt: `${day}T${begin}`, endsAt: `${lastDay}T${end}` });
  }
  return dates;
}

/** The instant that a clock in the zone shows like that, the earlier of two; null when clocks skip it. */
export function instantOf(localTime: string, zone: string): Date | null {
  const asUtc = Date.parse(`${localTime}Z`);
  if (Number.isNaN(asUtc)) return null;
  // Clocks change seldom: what they show a day before and a day after is all that they can be off by.
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((at) => offsetAt(at, zone));
  const found = offsets
    .map((offset) => asUtc - offset)
    .filter((at) => toLocalTime(new Date(at).toISOString(), zone) === localTime);
  return found.length === 0 ? null : new Date(Math.min(...found));
}

function offsetAt(at: number, zone: string): number {
  return Date.parse(`${toLocalTime(new Date(at).toISOString(), zone)}Z`) - Math.floor(at / 60_000) * 60_000;
}

function weekdayOf(at: number): number {
  return new Date(at).getUTCDay() || 7;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
