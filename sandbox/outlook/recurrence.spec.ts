import { describe, expect, it } from '@jest/globals';
import { recurrenceBody } from './event-body.js';
import type { Recurrence } from './model.js';
import { findDateAfter, findDateBefore, findDateFrom, isDate, listDates } from './recurrence.js';

function recurrenceOf(pattern: object, range: object): Recurrence {
  const read = recurrenceBody.parse({ pattern: { interval: 1, ...pattern }, range });
  return {
    pattern: read.pattern,
    range: { ...read.range, endDate: read.range.endDate ?? null, recurrenceTimeZone: 'UTC' },
  };
}
const numbered = (startDate: string, numberOfOccurrences: number) => ({
  type: 'numbered',
  startDate,
  numberOfOccurrences,
});
const all = (recurrence: Recurrence) => listDates(recurrence, '2020-01-01', '2040-01-01');

describe('the dates of a series', () => {
  it.each<[string, object, object, string[]]>([
    [
      'every other day',
      { type: 'daily', interval: 2 },
      numbered('2026-02-27', 3),
      ['2026-02-27', '2026-03-01', '2026-03-03'],
    ],
    [
      'every second week on two days, the week beginning on Monday',
      { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'sunday'], firstDayOfWeek: 'monday' },
      numbered('2026-03-02', 4),
      ['2026-03-02', '2026-03-08', '2026-03-16', '2026-03-22'],
    ],
    [
      'every second week on two days, the week beginning on Sunday',
      { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'sunday'] },
      numbered('2026-03-02', 4),
      ['2026-03-02', '2026-03-15', '2026-03-16', '2026-03-29'],
    ],
    [
      'the 31st, or the last day of a shorter month',
      { type: 'absoluteMonthly', dayOfMonth: 31 },
      numbered('2026-01-31', 4),
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'],
    ],
    [
      'the second Tuesday',
      { type: 'relativeMonthly', daysOfWeek: ['tuesday'], index: 'second' },
      numbered('2026-03-10', 3),
      ['2026-03-10', '2026-04-14', '2026-05-12'],
    ],
    [
      'the last working day',
      { type: 'relativeMonthly', daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], index: 'last' },
      numbered('2026-01-30', 3),
      ['2026-01-30', '2026-02-27', '2026-03-31'],
    ],
    [
      'a day of the year, the 29th of February among them',
      { type: 'absoluteYearly', month: 2, dayOfMonth: 29 },
      numbered('2024-02-29', 3),
      ['2024-02-29', '2025-02-28', '2026-02-28'],
    ],
    [
      'the first Monday of September',
      { type: 'relativeYearly', month: 9, daysOfWeek: ['monday'], index: 'first' },
      numbered('2026-09-07', 2),
      ['2026-09-07', '2027-09-06'],
    ],
    [
      'until a date, that date included',
      { type: 'daily' },
      { type: 'endDate', startDate: '2026-03-01', endDate: '2026-03-03' },
      ['2026-03-01', '2026-03-02', '2026-03-03'],
    ],
  ])('%s', (_, pattern, range, expected) => {
    expect(all(recurrenceOf(pattern, range))).toEqual(expected);
  });

  it('goes on without end, years after it began', () => {
    const endless = recurrenceOf({ type: 'daily' }, { type: 'noEnd', startDate: '1995-01-01' });
    expect(listDates(endless, '2026-03-01', '2026-03-02')).toEqual(['2026-03-01', '2026-03-02']);
    expect(findDateBefore(endless, '1995-01-01')).toBeNull();
  });

  it('counts from the start, wherever one looks', () => {
    const three = recurrenceOf({ type: 'weekly', daysOfWeek: ['tuesday'] }, numbered('2026-03-03', 3));
    expect(listDates(three, '2026-03-10', '2027-01-01')).toEqual(['2026-03-10', '2026-03-17']);
    expect([isDate(three, '2026-03-17'), isDate(three, '2026-03-24'), isDate(three, '2026-03-16')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([findDateAfter(three, '2026-03-17'), findDateBefore(three, '2026-03-17')]).toEqual([null, '2026-03-10']);
    expect([findDateFrom(three, '2026-03-04'), findDateFrom(three, '2026-03-17')]).toEqual([
      '2026-03-10',
      '2026-03-17',
    ]);
  });
});
