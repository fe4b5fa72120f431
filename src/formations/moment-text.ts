import { DateTime } from 'luxon';

const DATE = String.raw`(?:19[7-9]\d|20\d\d|21\d\d)-\d\d-\d\d`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;
const OFFSET = String.raw`(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)`;
const MOMENT = new RegExp(`^(${DATE}T${TIME})(${OFFSET})?$`);

/** The years in which anything takes place: what other calendars and PostgreSQL can hold is beyond doubt there. */
export const FIRST_YEAR = 1970;
export const LAST_YEAR = 2199;

/** An instant, or what a clock on the wall shows. */
export type Moment =
  | { readonly kind: 'instant'; readonly at: Date }
  /** To be read in a time zone; without one it is no instant yet. */
  | { readonly kind: 'local'; readonly clock: string };

/** Reads `2026-03-10T09:00:00+01:00` or `2026-03-10T09:00`, to the second. Null for anything else, also 30 February. */
export function toMoment(text: string): Moment | null {
  const [, clock, offset] = MOMENT.exec(text) ?? [];
  if (clock === undefined) return null;
  const read = DateTime.fromISO(clock + (offset ?? 'Z'), { zone: 'utc' }).startOf('second');
  if (!read.isValid) return null;
  if (offset !== undefined) return { kind: 'instant', at: read.toJSDate() };
  return { kind: 'local', clock: read.toFormat(CLOCK_FORMAT) };
}

/** Null when clocks in the zone skip this time. One that they show twice is the earlier of the two. */
export function toInstant(moment: Moment, timeZone: string): Date | null {
  if (moment.kind === 'instant') return moment.at;
  const read = DateTime.fromISO(moment.clock, { zone: timeZone });
  // A skipped time is moved on by the library instead of refused.
  if (read.toFormat(CLOCK_FORMAT) !== moment.clock) return null;
  return new Date(Math.min(...read.getPossibleOffsets().map((possible) => possible.toMillis())));
}

const CLOCK_FORMAT = "yyyy-MM-dd'T'HH:mm:ss";
