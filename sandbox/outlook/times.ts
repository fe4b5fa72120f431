import { DateTime } from 'luxon';
import type { EventTime } from './model.js';

const wallTime = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(\.\d{1,9})?)?$/;

/** A wall time as an event keeps it: to the second, a fraction rounded away. Null when the text is none. */
export function readWallTime(text: string): string | null {
  const [, date, minutes, seconds = '00', fraction = '0'] = wallTime.exec(text) ?? [];
  const time = DateTime.fromISO(`${date}T${minutes}:${seconds}`, { zone: 'utc' });
  if (!time.isValid) return null;
  return toLocal(time.plus({ seconds: Math.round(Number(`0${fraction}`)) }));
}

/** `iana` is what the zone's name means, or what stands in for it where it means nothing. */
export function toEventTime(local: string, zone: string, iana: string): EventTime {
  return { local, zone, at: instantOf(local, iana) };
}

export function instantOf(local: string, iana: string): number {
  if (iana === 'Etc/UTC') return Date.parse(`${local}Z`);
  return DateTime.fromISO(local, { zone: iana }).toMillis();
}

export function localIn(at: number, iana: string): string {
  if (iana === 'Etc/UTC') return new Date(at).toISOString().slice(0, 19);
  return toLocal(DateTime.fromMillis(at, { zone: iana }));
}

/** Walks on the clock on the wall, where every day has twenty-four hours. */
export function plusWall(local: string, milliseconds: number): string {
  return new Date(Date.parse(`${local}Z`) + milliseconds).toISOString().slice(0, 19);
}

export function wallDistance(from: string, to: string): number {
  return Date.parse(`${to}Z`) - Date.parse(`${from}Z`);
}

export function dateOf(local: string): string {
  return local.slice(0, 10);
}

export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function isMidnight(local: string): boolean {
  return local.endsWith('T00:00:00');
}

/** Seven digits, as .NET writes ticks. */
export function toTicks(local: string): string {
  return `${local}.0000000`;
}

export function toWireInstant(instant: Date): string {
  return instant.toISOString().replace('Z', '0000Z');
}

function toLocal(time: DateTime): string {
  return time.toFormat("yyyy-MM-dd'T'HH:mm:ss");
}
