import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
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

describe('the zones of Windows', () => {
  const names = [...new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName))];

  it('are read without exception, and so is every other name of the table', () => {
    expect(names.length).toBeGreaterThan(130);
    const unread = [...names, ...WINDOWS_TO_IANA_MAP.flatMap(({ iana }) => iana)].filter((timeZone) => {
      const at = (dateTime: string) => ({ dateTime, timeZone });
      const times = toTimes({
        start: at('2026-12-05T09:00:00.0000000'),
        end: at('2026-12-05T10:00:00.0000000'),
        isAllDay: false,
        originalStartTimeZone: timeZone,
      });
      return typeof times === 'string' || times.allDay || times.timeZone === null;
    });
    expect(unread).toEqual([]);
  });

  it('mean what Windows means by them where no territory is named', () => {
    const general = WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001');
    expect(general.map(({ windowsName }) => windowsName).sort()).toEqual(names.toSorted());
    const other = general.filter(
      ({ windowsName, iana }) => !(iana as readonly string[]).includes(findZone(windowsName)!),
    );
    // Which is a name of IANA's as well.
    expect(other.map(({ windowsName }) => windowsName)).toEqual(['UTC']);
  });

  // Minutes ahead of UTC in January and in July, from the time and date settings of Windows and not from any table here.
  it.each([
    ['Dateline Standard Time', -720, -720],
    ['Hawaiian Standard Time', -600, -600],
    ['Marquesas Standard Time', -570, -570],
    ['Pacific Standard Time', -480, -420],
    ['US Mountain Standard Time', -420, -420],
    ['Central Standard Time', -360, -300],
    ['Eastern Standard Time', -300, -240],
    ['Newfoundland Standard Time', -210, -150],
    ['E. South America Standard Time', -180, -180],
    ['UTC', 0, 0],
    ['Greenwich Standard Time', 0, 0],
    ['GMT Standard Time', 0, 60],
    ['W. Europe Standard Time', 60, 120],
    ['Romance Standard Time', 60, 120],
    ['South Africa Standard Time', 120, 120],
    ['FLE Standard Time', 120, 180],
    ['Russian Standard Time', 180, 180],
    ['Arabian Standard Time', 240, 240],
    ['India Standard Time', 330, 330],
    ['Nepal Standard Time', 345, 345],
    ['Aus Central W. Standard Time', 525, 525],
    ['Tokyo Standard Time', 540, 540],
    ['Cen. Australia Standard Time', 630, 570],
    ['E. Australia Standard Time', 600, 600],
    ['AUS Eastern Standard Time', 660, 600],
    ['Lord Howe Standard Time', 660, 630],
    ['New Zealand Standard Time', 780, 720],
    ['Chatham Islands Standard Time', 825, 765],
    ['Line Islands Standard Time', 840, 840],
  ])('have the hours of their clocks: %s', (name, january, july) => {
    const offsetIn = (month: string) => DateTime.fromISO(`2026-${month}-15T12:00:00`, { zone: findZone(name)! }).offset;
    expect([offsetIn('01'), offsetIn('07')]).toEqual([january, july]);
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
