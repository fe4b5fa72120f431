import { DateTime, IANAZone } from 'luxon';
import { invalid, required } from './api-error.js';
import type { EventTimeFields } from './event-body.js';

const localPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const absolutePattern = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

interface GivenTime {
  date?: string | null | undefined;
  dateTime?: string | null | undefined;
  timeZone?: string | null | undefined;
}

/** Checks a start or an end as it was given, after any merge, and keeps instants in UTC to the second. */
export function readEventTime(side: 'start' | 'end', given: GivenTime | null | undefined): EventTimeFields {
  const date = given?.date ?? null;
  const dateTime = given?.dateTime ?? null;
  const timeZone = given?.timeZone ?? null;
  if (timeZone !== null && !isZone(timeZone)) throw invalid(`Invalid time zone definition for ${side} time.`);
  // Both at once is what a change from timed to whole-day leaves when the other member was not set to null (contract 6).
  if (date !== null && dateTime !== null) throw invalid(`Invalid ${side} time.`);
  if (date !== null) {
    if (!isDay(date)) throw invalid(`Invalid ${side} time.`);
    return { date };
  }
  if (dateTime === null) throw required(`Missing ${side} time.`);
  return {
    dateTime: toInstant(side, dateTime, timeZone).toUTC().toISO({ suppressMilliseconds: true }) ?? '',
    ...(timeZone !== null && { timeZone }),
  };
}

export function isZone(name: string): boolean {
  return IANAZone.isValidZone(name) && (name.includes('/') || name === 'UTC');
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'UTC' }).isValid;
}

/** A query's time: RFC 3339, the offset mandatory, fractions ignored (contract 8). Null: not one. */
export function findInstant(text: string): number | null {
  const instant = absolutePattern.test(text) ? DateTime.fromISO(text.toUpperCase(), { setZone: true }) : null;
  return instant?.isValid ? Math.floor(instant.toMillis() / 1000) * 1000 : null;
}

/** When it begins or ends, in milliseconds. A whole day begins at midnight of the calendar it is looked at in. */
export function toMillis(time: EventTimeFields, zone: string): number {
  return time.date === undefined
    ? Date.parse(time.dateTime ?? '')
    : DateTime.fromISO(time.date, { zone }).startOf('day').toMillis();
}

/** As answered: instants in the zone of the answer, labelled with the event's own zone. */
export function toWireTime(time: EventTimeFields, zone: string, defaultZone: string): EventTimeFields {
  if (time.date !== undefined) return { date: time.date };
  return { dateTime: toWireInstant(toMillis(time, zone), zone), timeZone: time.timeZone ?? defaultZone };
}

export function toWireInstant(millis: number, zone: string): string {
  return DateTime.fromMillis(millis, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
}

export function isSameTime(one: EventTimeFields, other: EventTimeFields): boolean {
  return one.date === other.date && one.dateTime === other.dateTime && one.timeZone === other.timeZone;
}

function toInstant(side: 'start' | 'end', dateTime: string, timeZone: string | null): DateTime {
  const isAbsolute = absolutePattern.test(dateTime);
  if (!isAbsolute && !localPattern.test(dateTime)) throw invalid(`Invalid ${side} time.`);
  if (!isAbsolute && timeZone === null) throw required(`Missing time zone definition for ${side} time.`);
  const instant = DateTime.fromISO(dateTime.toUpperCase(), { zone: isAbsolute ? 'UTC' : (timeZone ?? 'UTC') });
  if (!instant.isValid) throw invalid(`Invalid ${side} time.`);
  return instant.startOf('second');
}
