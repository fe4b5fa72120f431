import { DateTime, IANAZone } from 'luxon';
import { findIana, findWindows } from 'windows-iana';
import type { EventTimes, SetAsideReason } from '../calendars/index.js';
import type { EventWire, WallTimeWire } from './outlook.wire.js';
import { isZoneName } from '../platform/clock/zone-names.js';

const WALL_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;

/** When an event takes place, or why that cannot be said. */
export function toTimes(
  event: Pick<EventWire, 'start' | 'end' | 'isAllDay' | 'originalStartTimeZone'>,
): EventTimes | SetAsideReason {
  const { start, end } = event;
  if (!start || !end || !WALL_TIME.test(start.dateTime) || !WALL_TIME.test(end.dateTime)) return 'unreadable-times';
  return event.isAllDay ? toDates(start, end) : toInstants(start, end, event.originalStartTimeZone ?? '');
}

/** Whole days come as midnights in whatever zone was asked for. They are dates, and converting them would move them. */
function toDates(start: WallTimeWire, end: WallTimeWire): EventTimes | SetAsideReason {
  const [startDate, endDate] = [start.dateTime.slice(0, 10), end.dateTime.slice(0, 10)];
  const isReadable = DateTime.fromISO(startDate).isValid && DateTime.fromISO(endDate).isValid && startDate < endDate;
  return isReadable ? { allDay: true, startDate, endDate } : 'unreadable-times';
}

function toInstants(start: WallTimeWire, end: WallTimeWire, plannedIn: string): EventTimes | SetAsideReason {
  const [startZone, endZone] = [findZone(start.timeZone ?? ''), findZone(end.timeZone ?? '')];
  if (startZone === null || endZone === null) return 'unknown-time-zone';
  const [startsAt, endsAt] = [toInstant(start.dateTime, startZone), toInstant(end.dateTime, endZone)];
  if (!startsAt || !endsAt || endsAt < startsAt) return 'unreadable-times';
  return { allDay: false, startsAt, endsAt, timeZone: findZone(plannedIn) };
}

function toInstant(wall: string, zone: string): Date | null {
  const time = DateTime.fromISO(wall, { zone: IANAZone.create(zone) });
  return time.isValid ? time.toJSDate() : null;
}

/** The IANA name of a zone that Exchange names, which it mostly does in the words of Windows. */
export function findZone(name: string): string | null {
  if (name === 'tzone://Microsoft/Utc') return 'UTC';
  if (isZoneName(name)) return name;
  return findIana(name)[0] ?? null;
}

/**
 * Times as Graph wants them. The wall and a Windows name, which every mailbox knows, as long as the two mean exactly
 * this instant: an hour that the wall shows twice, or a zone of which Windows has no name, is said in UTC.
 */
export function toWireTimes(
  startsAt: Date,
  endsAt: Date,
  timeZone: string,
): { start: WallTimeWire; end: WallTimeWire } {
  const zone = findExactZone([startsAt, endsAt], timeZone) ?? { windows: 'UTC', iana: 'UTC' };
  const toWall = (instant: Date) => ({
    dateTime: DateTime.fromJSDate(instant, { zone: zone.iana }).toISO({
      includeOffset: false,
      suppressMilliseconds: true,
    })!,
    timeZone: zone.windows,
  });
  return { start: toWall(startsAt), end: toWall(endsAt) };
}

function findExactZone(instants: readonly Date[], timeZone: string): { windows: string; iana: string } | null {
  const [windows] = findWindows(canonical(timeZone));
  const [iana] = windows === undefined ? [] : findIana(windows);
  if (windows === undefined || iana === undefined) return null;
  const isExact = instants.every((instant) => {
    const meant = DateTime.fromJSDate(instant, { zone: timeZone });
    const understood = DateTime.fromJSDate(instant, { zone: iana });
    return meant.isValid && meant.offset === understood.offset && understood.getPossibleOffsets().length === 1;
  });
  return isExact ? { windows, iana } : null;
}

/** Names come and go (`Europe/Kyiv`); the table of Windows knows the older ones. */
function canonical(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone;
  }
}
