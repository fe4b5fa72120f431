import { DateTime } from 'luxon';

const HOUR = 8;

/** The next eight o'clock in the morning on the clock of the zone, after `now`; also on the days that clock changes. */
export function nextDigestAt(now: Date, timeZone: string): Date {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const today = local.startOf('day').set({ hour: HOUR });
  return (today > local ? today : local.plus({ days: 1 }).startOf('day').set({ hour: HOUR })).toJSDate();
}
