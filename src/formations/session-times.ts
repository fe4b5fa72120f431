import { DateTime } from 'luxon';
import { requestInvalid } from '../platform/errors/platform.problems.js';
import { type Bilingual, type FieldError, Problem } from '../platform/errors/problem.js';
import { MAX_SESSION_DAYS } from './formation-limits.js';
import { localTimeSkipped } from './formations.problems.js';
import { type Moment, toInstant, toMoment } from './moment-text.js';

export interface SessionTimes {
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly time_zone: string;
}

/** As a person writes them; what is left out stays as it is known. */
export interface TimesWriting {
  readonly starts_at?: string;
  readonly ends_at?: string;
  readonly time_zone?: string;
}

/** Of a new date only the zone is known, its formation's. */
export type KnownTimes = Pick<SessionTimes, 'time_zone'> & Partial<SessionTimes>;

/** Why times are none that a session can have. */
export type TimesFault = 'skipped' | 'not-after' | 'too-long';

export interface FaultyField {
  readonly field: 'starts_at' | 'ends_at';
  readonly fault: TimesFault;
}

export type TimesReading =
  | { readonly times: SessionTimes; readonly faults?: never }
  | { readonly faults: readonly FaultyField[]; readonly times?: never };

/** Local times are read in the zone that is written beside them, else in the one that is known. */
export function readTimes(writing: TimesWriting, known: KnownTimes): TimesReading {
  const timeZone = writing.time_zone ?? known.time_zone;
  const startsAt = readTime(writing.starts_at, known.starts_at, timeZone);
  const endsAt = readTime(writing.ends_at, known.ends_at, timeZone);
  if (startsAt === null || endsAt === null) {
    const skipped = [startsAt === null && 'starts_at', endsAt === null && 'ends_at'] as const;
    return { faults: skipped.flatMap((field) => (field ? { field, fault: 'skipped' } : [])) };
  }
  const times = { starts_at: startsAt, ends_at: endsAt, time_zone: timeZone };
  const fault = findFault(times);
  // Said of the field that was written.
  const field = writing.ends_at === undefined && writing.starts_at !== undefined ? 'starts_at' : 'ends_at';
  return fault === null ? { times } : { faults: [{ field, fault }] };
}

/** What a session cannot be: ended before it began, or longer than a month. */
export function findFault({ starts_at: startsAt, ends_at: endsAt, time_zone: timeZone }: SessionTimes) {
  if (endsAt <= startsAt) return 'not-after';
  // Days of the calendar: one of them has 25 hours when clocks go back.
  const latest = DateTime.fromJSDate(startsAt, { zone: timeZone }).plus({ days: MAX_SESSION_DAYS });
  return endsAt.getTime() > latest.toMillis() ? 'too-long' : null;
}

/** Every faulty field by its pointer. A skipped hour is told first: it is why the rest could not be looked at. */
export function assertTimes(faulty: readonly (FaultyField & { readonly parent: string })[]): void {
  const skipped = faulty.filter(({ fault }) => fault === 'skipped');
  if (skipped.length > 0) throw new Problem(localTimeSkipped, { errors: skipped.map(toFieldError) });
  if (faulty.length > 0) throw new Problem(requestInvalid, { errors: faulty.map(toFieldError) });
}

function readTime(written: string | undefined, known: Date | undefined, timeZone: string): Date | null {
  if (written === undefined) return getKnown(known);
  return toInstant(getMoment(written), timeZone);
}

function getKnown(known: Date | undefined): Date {
  if (known === undefined) throw new Error('A new session was to be planned without its times');
  return known;
}

function getMoment(written: string): Moment {
  const moment = toMoment(written);
  if (moment === null) throw new Error('Times were to be read that validation had not seen');
  return moment;
}

const SENTENCE: Record<TimesFault, Bilingual> = {
  skipped: {
    fr: 'N’existe pas dans son fuseau : les horloges sautent cette heure en changeant',
    en: 'does not exist in its time zone: clocks skip this hour when they change',
  },
  'not-after': {
    fr: 'Doit laisser la fin après le début',
    en: 'must leave the end after the begin',
  },
  'too-long': {
    fr: `Doit laisser à la session ${MAX_SESSION_DAYS} jours au plus`,
    en: `must leave the session at most ${MAX_SESSION_DAYS} days long`,
  },
};

function toFieldError({ parent, field, fault }: FaultyField & { readonly parent: string }): FieldError {
  const { fr, en } = SENTENCE[fault];
  return { pointer: `${parent}/${field}`, message: { fr, en: `${field} ${en}` } };
}
