import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { findZone, toTimes, toWireTimes } from './outlook.times.js';

const utc = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });

describe('the times of an Outlook event', () => {
  const timed = {
    start: utc('2026-03-10T08:00:00.0000000'),
    end: utc('2026-03-10T11:30:00.0000000'),
    isAllDay: false,
    originalStartTimeZone: 'Romance Standard Time',
  };

  it('are the instants that wall and zone mean together, in the zone that the event was planned in', () => {
    expect(toTimes(timed)).toEqual({
      allDay: false,
      startsAt: new Date('2026-03-10T08:00:00Z'),
      endsAt: new Date('2026-03-10T11:30:00Z'),
      timeZone: 'Europe/Paris',
    });
  });

  it.each([
    ['a Windows name', 'Eastern Standard Time', '2026-03-10T12:00:00.000Z'],
    ['an IANA name', 'America/New_York', '2026-03-10T12:00:00.000Z'],
    ['UTC', 'UTC', '2026-03-10T08:00:00.000Z'],
    ['UTC in the words of Exchange', 'tzone://Microsoft/Utc', '2026-03-10T08:00:00.000Z'],
  ])('may come in %s, whatever was asked for', (_, timeZone, instant) => {
    const start = { dateTime: '2026-03-10T08:00:00.0000000', timeZone };
    const end = { dateTime: '2026-03-10T09:00:00.0000000', timeZone };
    expect(toTimes({ ...timed, start, end })).toMatchObject({ startsAt: new Date(instant) });
  });

  it.each(['Customized Time Zone', 'tzone://Microsoft/Custom', '', '+02:00', '(UTC+01:00) Paris', null, undefined])(
    'cannot be said where the zone is %j',
    (timeZone) => {
      expect(toTimes({ ...timed, start: { dateTime: '2026-03-10T08:00:00.0000000', timeZone } })).toBe(
        'unknown-time-zone',
      );
    },
  );

  it.each(['tzone://Microsoft/Custom', 'Customized Time Zone', '', null, undefined])(
    'are the same where nobody knows what zone %j it was planned in',
    (originalStartTimeZone) => {
      expect(toTimes({ ...timed, originalStartTimeZone })).toMatchObject({
        startsAt: new Date('2026-03-10T08:00:00Z'),
        timeZone: null,
      });
    },
  );

  it.each([
    [null, null],
    [undefined, undefined],
    [utc(''), utc('2026-03-10T09:00:00')],
    [utc('tomorrow'), utc('2026-03-10T09:00:00')],
    [utc('2026-02-30T09:00:00'), utc('2026-03-10T09:00:00')],
    // An offset would say twice where it is.
    [utc('2026-03-10T08:00:00Z'), utc('2026-03-10T09:00:00Z')],
    [utc('2026-03-10T10:00:00'), utc('2026-03-10T09:00:00')],
  ])('cannot be read from %j and %j', (start, end) => {
    expect(toTimes({ ...timed, start, end })).toBe('unreadable-times');
  });

  it.each([
    ['UTC', '2027-03-27', '2027-03-30'],
    ['Romance Standard Time', '2027-03-27', '2027-03-30'],
    ['Customized Time Zone', '2026-12-31', '2027-01-01'],
  ])('are dates for whole days, and the same in %s', (timeZone, startDate, endDate) => {
    const at = (date: string) => ({ dateTime: `${date}T00:00:00.0000000`, timeZone });
    const event = { ...timed, isAllDay: true, start: at(startDate), end: at(endDate) };
    expect(toTimes(event)).toEqual({ allDay: true, startDate, endDate });
  });

  it.each([
    ['2027-03-27T00:00:00', '2027-03-27T00:00:00'],
    ['2027-03-28T00:00:00', '2027-03-27T00:00:00'],
    ['2027-02-30T00:00:00', '2027-03-27T00:00:00'],
  ])('are no days from %s to %s', (start, end) => {
    expect(toTimes({ ...timed, isAllDay: true, start: utc(start), end: utc(end) })).toBe('unreadable-times');
  });
});

describe('times for Graph', () => {
  const write = (from: string, to: string, timeZone: string) => toWireTimes(new Date(from), new Date(to), timeZone);

  it('are said on the wall of the zone they are planned in, under the name Windows has for it', () => {
    expect(write('2027-01-11T08:00:00Z', '2027-01-11T11:30:00Z', 'Europe/Paris')).toEqual({
      start: { dateTime: '2027-01-11T09:00:00', timeZone: 'Romance Standard Time' },
      end: { dateTime: '2027-01-11T12:30:00', timeZone: 'Romance Standard Time' },
    });
  });

  it('know zones under their newer names', () => {
    expect(write('2027-01-11T08:00:00Z', '2027-01-11T09:00:00Z', 'Europe/Kyiv').start).toEqual({
      dateTime: '2027-01-11T10:00:00',
      timeZone: 'FLE Standard Time',
    });
  });

  it.each([
    ['the hour that the wall shows twice', '2027-10-31T00:30:00Z', '2027-10-31T02:30:00Z', 'Europe/Paris'],
    ['an end in the hour that the wall shows twice', '2027-10-30T22:00:00Z', '2027-10-31T01:30:00Z', 'Europe/Paris'],
    ['a zone that Windows has no name for', '2027-01-11T08:00:00Z', '2027-01-11T09:00:00Z', 'Antarctica/Troll'],
    ['a zone that does not exist', '2027-01-11T08:00:00Z', '2027-01-11T09:00:00Z', 'Nowhere/None'],
  ])('are said in UTC for %s', (_, from, to, timeZone) => {
    expect(write(from, to, timeZone)).toEqual({
      start: { dateTime: from.slice(0, 19), timeZone: 'UTC' },
      end: { dateTime: to.slice(0, 19), timeZone: 'UTC' },
    });
  });

  it('mean exactly the instants that were meant, in every zone and at every minute', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const first = Date.parse('2026-01-01T00:00:00Z');
    const minutes = fc.integer({ min: 0, max: 3 * 366 * 24 * 60 });
    fc.assert(
      fc.property(zones, minutes, fc.integer({ min: 1, max: 10_000 }), (timeZone, minute, length) => {
        const startsAt = new Date(first + minute * 60_000);
        const endsAt = new Date(startsAt.getTime() + length * 60_000);
        const { start, end } = toWireTimes(startsAt, endsAt, timeZone);
        for (const [wall, instant] of [[start, startsAt] as const, [end, endsAt] as const]) {
          const understood = DateTime.fromISO(wall.dateTime, { zone: findZone(wall.timeZone!)! });
          expect(understood.getPossibleOffsets().map((one) => one.toMillis())).toEqual([instant.getTime()]);
        }
        expect(toTimes({ start, end })).toMatchObject({ allDay: false, startsAt, endsAt });
      }),
      { numRuns: 500 },
    );
  });
});
