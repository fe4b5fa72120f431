import { describe, expect, it } from 'vitest';
import { datesOf, instantOf, MOST_DATES, type Recurrence } from '@/screens/formations/recurrence';

const TUESDAY = 2;
const THURSDAY = 4;

const dates = (change: Partial<Recurrence> = {}) =>
  datesOf({
    from: '2026-03-10',
    everyWeeks: 1,
    weekdays: new Set([TUESDAY, THURSDAY]),
    begin: '09:00',
    end: '12:00',
    ends: { count: 5 },
    without: new Set(),
    ...change,
  });
const days = (change: Partial<Recurrence> = {}) => dates(change).map(({ startsAt }) => startsAt.slice(0, 10));

describe('the dates of a recurrence', () => {
  it('fall on the chosen weekdays, from the first day on', () => {
    expect(dates({ ends: { count: 3 } })).toEqual([
      { startsAt: '2026-03-10T09:00', endsAt: '2026-03-10T12:00' },
      { startsAt: '2026-03-12T09:00', endsAt: '2026-03-12T12:00' },
      { startsAt: '2026-03-17T09:00', endsAt: '2026-03-17T12:00' },
    ]);
    expect(days({ from: '2026-03-11', ends: { count: 2 } })).toEqual(['2026-03-12', '2026-03-17']);
  });

  it('are as many as wanted, without those that are left out', () => {
    expect(days({ without: new Set(['2026-03-12', '2026-03-24']) })).toEqual([
      '2026-03-10',
      '2026-03-17',
      '2026-03-19',
      '2026-03-26',
      '2026-03-31',
    ]);
  });

  it('last as long as the last day is not passed, that day included', () => {
    expect(days({ ends: { until: '2026-03-19' } })).toEqual(['2026-03-10', '2026-03-12', '2026-03-17', '2026-03-19']);
    expect(days({ ends: { until: '2026-03-18' } })).toHaveLength(3);
    expect(days({ ends: { until: '2026-03-09' } })).toEqual([]);
  });

  it('skip whole weeks, counted from Mondays', () => {
    // The tenth is a Tuesday: its week has the Thursday too, the next one has none.
    expect(days({ everyWeeks: 2 })).toEqual(['2026-03-10', '2026-03-12', '2026-03-24', '2026-03-26', '2026-04-07']);
    expect(days({ everyWeeks: 2, from: '2026-03-15', weekdays: new Set([1, 7]), ends: { count: 3 } })).toEqual([
      '2026-03-15',
      '2026-03-23',
      '2026-03-29',
    ]);
  });

  it('end on the next day when the night lies between', () => {
    expect(dates({ begin: '22:00', end: '02:00', ends: { count: 1 } })).toEqual([
      { startsAt: '2026-03-10T22:00', endsAt: '2026-03-11T02:00' },
    ]);
  });

  it('go over the end of a month, of a year, and 29 February', () => {
    expect(days({ from: '2027-12-28', ends: { count: 3 } })).toEqual(['2027-12-28', '2027-12-30', '2028-01-04']);
    expect(days({ from: '2028-02-28', ends: { count: 1 } })).toEqual(['2028-02-29']);
  });

  it('are none while something is missing, and never more than a training can have', () => {
    expect(days({ from: '' })).toEqual([]);
    expect(days({ begin: '' })).toEqual([]);
    expect(days({ weekdays: new Set() })).toEqual([]);
    expect(days({ everyWeeks: Number.NaN })).toEqual([]);
    expect(days({ ends: { count: 10_000 } })).toHaveLength(MOST_DATES);
    expect(days({ ends: { until: '2199-01-01' } })).toHaveLength(MOST_DATES);
  });

  it('keep their local hour when the clocks change', () => {
    const instants = dates({ ends: { count: 6 } }).map(({ startsAt }) =>
      instantOf(startsAt, 'Europe/Paris')?.toISOString(),
    );
    expect(instants.slice(-2)).toEqual(['2026-03-24T08:00:00.000Z', '2026-03-26T08:00:00.000Z']);
    const [after] = dates({ from: '2026-03-31' });
    expect(instantOf(after!.startsAt, 'Europe/Paris')?.toISOString()).toBe('2026-03-31T07:00:00.000Z');
  });
});

describe('the instant of a local time', () => {
  it.each([
    ['2026-01-15T09:00', 'Europe/Paris', '2026-01-15T08:00:00.000Z'],
    ['2026-07-15T09:00', 'America/New_York', '2026-07-15T13:00:00.000Z'],
    ['2026-07-15T09:00', 'Asia/Kathmandu', '2026-07-15T03:15:00.000Z'],
    // Clocks show it twice: the earlier, as the server has it.
    ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00', 'Europe/Paris', '2026-10-25T02:00:00.000Z'],
    ['2026-03-29T01:59', 'Europe/Paris', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', 'Europe/Paris', '2026-03-29T01:00:00.000Z'],
  ])('%s in %s is %s', (localTime, zone, instant) => {
    expect(instantOf(localTime, zone)?.toISOString()).toBe(instant);
  });

  it('is none where clocks skip it, and where there is no time', () => {
    expect(instantOf('2026-03-29T02:30', 'Europe/Paris')).toBeNull();
    expect(instantOf('', 'Europe/Paris')).toBeNull();
  });
});
