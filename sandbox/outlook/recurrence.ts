import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { DayOfWeek, Recurrence, WeekIndex } from './model.js';

const dayCodes: Record<DayOfWeek, string> = {
  sunday: 'SU',
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
};
const positions: Record<WeekIndex, number> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };

const rules = new WeakMap<Recurrence, RRuleTemporal>();

/**
 * The dates of a series. Dates only: they are found in UTC, where no day lacks an hour, and get their time of day in the
 * series' own zone afterwards. A rule run in that zone would leave out an occurrence that falls into a spring gap.
 */
export function listDates(recurrence: Recurrence, from: string, to: string): string[] {
  if (from > to) return [];
  return ruleOf(recurrence).between(toDate(from), toDate(to), true).map(toText);
}

export function isDate(recurrence: Recurrence, date: string): boolean {
  return listDates(recurrence, date, date).length === 1;
}

/** The first date on or after the one given. */
export function findDateFrom(recurrence: Recurrence, date: string): string | null {
  const found = ruleOf(recurrence).next(toDate(date), true);
  return found && toText(found);
}

export function findDateAfter(recurrence: Recurrence, date: string): string | null {
  const found = ruleOf(recurrence).next(toDate(date), false);
  return found && toText(found);
}

export function findDateBefore(recurrence: Recurrence, date: string): string | null {
  const found = ruleOf(recurrence).previous(toDate(date), false);
  return found && toText(found);
}

function ruleOf(recurrence: Recurrence): RRuleTemporal {
  const found = rules.get(recurrence);
  if (found) return found;
  const { range } = recurrence;
  const rule = new RRuleTemporal({
    ...toParts(recurrence),
    dtstart: midnight(range.startDate),
    tzid: 'UTC',
    maxIterations: 100_000,
    ...(range.type === 'endDate' && range.endDate !== null ? { until: midnight(range.endDate) } : {}),
    ...(range.type === 'numbered' ? { count: range.numberOfOccurrences } : {}),
  });
  rules.set(recurrence, rule);
  return rule;
}

function toParts({ pattern }: Recurrence) {
  const { interval } = pattern;
  const byDay = pattern.daysOfWeek.map((day) => dayCodes[day]);
  const atIndex = { byDay, bySetPos: [positions[pattern.index]] };
  switch (pattern.type) {
    case 'daily':
      return { freq: 'DAILY' as const, interval };
    case 'weekly':
      return { freq: 'WEEKLY' as const, interval, byDay, wkst: dayCodes[pattern.firstDayOfWeek] };
    case 'absoluteMonthly':
      return { freq: 'MONTHLY' as const, interval, ...onDay(pattern.dayOfMonth) };
    case 'relativeMonthly':
      return { freq: 'MONTHLY' as const, interval, ...atIndex };
    case 'absoluteYearly':
      return { freq: 'YEARLY' as const, interval, byMonth: [pattern.month], ...onDay(pattern.dayOfMonth) };
    case 'relativeYearly':
      return { freq: 'YEARLY' as const, interval, byMonth: [pattern.month], ...atIndex };
  }
}

/** The 31st of a shorter month is its last day at Exchange's, where RFC 5545 would leave the month out. */
function onDay(day: number) {
  if (day <= 28) return { byMonthDay: [day] };
  return { byMonthDay: Array.from({ length: day - 27 }, (_, offset) => 28 + offset), bySetPos: [-1] };
}

function midnight(date: string): Temporal.ZonedDateTime {
  return Temporal.PlainDate.from(date).toZonedDateTime('UTC');
}

function toDate(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function toText(found: { toString(): string }): string {
  return found.toString().slice(0, 10);
}
