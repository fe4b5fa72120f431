import { toDayKey } from '@/i18n/instants';

const HOUR_MS = 3_600_000;

/** The bounds of the day that `now` falls on in a zone, as instants. A day may have 23 or 25 hours. */
export function dayOf(now: Date, zone: string): { from: string; to: string } {
  const day = toDayKey(now, zone);
  const from = firstInstantOf(day, zone, now);
  const tomorrow = toDayKey(new Date(from.getTime() + 30 * HOUR_MS), zone);
  const to = firstInstantOf(tomorrow, zone, new Date(from.getTime() + 30 * HOUR_MS));
  return { from: from.toISOString(), to: to.toISOString() };
}

/** Walks back from an instant of the day to where the day begins: zones differ from UTC by quarters of an hour. */
function firstInstantOf(day: string, zone: string, within: Date): Date {
  const quarter = HOUR_MS / 4;
  let at = Math.floor(within.getTime() / quarter) * quarter;
  while (toDayKey(new Date(at - quarter), zone) === day) at -= quarter;
  return new Date(at);
}
