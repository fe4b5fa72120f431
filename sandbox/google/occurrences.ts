import { DateTime } from 'luxon';
import type { EventFields, EventTimeFields } from './event-body.js';
import { toMillis } from './event-time.js';
import type { Calendar, StoredEvent } from './model.js';
import { expand, type Series, seriesOf, toOriginalStart, toStamp } from './recurrence.js';

const dayMs = 86_400_000;

/** Expansions already made, and how far. A change of an event replaces its fields, so these never go stale. */
const expansions = new WeakMap<EventFields, { untilMs: number; starts: number[] }>();

/**
 * The occurrences of a series as events of their own: exceptions as they are kept, the others made up from their series.
 *
 * An occurrence has the series' id and its original start for an id, and the series' etag until it becomes an exception.
 * Those of a deleted series are deleted.
 */
export function occurrencesOf(calendar: Calendar, master: StoredEvent, untilMs: number): StoredEvent[] {
  const series = seriesOf(master.fields);
  if (!series) return [];
  return expansionOf(master, series, untilMs).map((at) => occurrenceAt(calendar, master, series, at));
}

/** The exceptions of a series that still belong to it, canceled ones among them. */
export function exceptionsOf(calendar: Calendar, master: StoredEvent): StoredEvent[] {
  return [...calendar.events.values()].filter(
    (event) => event.place?.masterId === master.id && !event.isOrphaned && !event.isForgotten,
  );
}

export function findMaster(calendar: Calendar, event: StoredEvent): StoredEvent | null {
  return event.place === null ? null : (calendar.events.get(event.place.masterId) ?? null);
}

/** An event by its id: one that is kept, or an occurrence of a series. Forgotten ones are not found. */
export function findEvent(calendar: Calendar, id: string): StoredEvent | null {
  const kept = calendar.events.get(id);
  if (kept && !kept.isOrphaned) return kept.isForgotten ? null : withFateOfSeries(calendar, kept);
  const [, masterId = '', stamp = ''] = /^(.+)_(\d{8}(?:T\d{6}Z)?)$/.exec(id) ?? [];
  const master = calendar.events.get(masterId);
  const series = master && !master.isForgotten ? seriesOf(master.fields) : null;
  if (!master || !series) return kept ?? null;
  const at = millisOf(stamp);
  const isOccurrence = toStamp(series, at) === stamp && expansionOf(master, series, at).includes(at);
  return isOccurrence ? occurrenceAt(calendar, master, series, at) : (kept ?? null);
}

/** Whether an event came from an expansion and is not kept by itself. */
export function isMadeUp(calendar: Calendar, event: StoredEvent): boolean {
  return event.place !== null && (calendar.events.get(event.id)?.isOrphaned ?? true);
}

/** The original starts that a series comes by, up to an instant. */
export function originalStartsOf(event: StoredEvent, untilMs: number): Map<string, EventTimeFields> {
  const series = seriesOf(event.fields);
  if (!series || event.status === 'cancelled') return new Map();
  return new Map(
    expansionOf(event, series, untilMs).map((at) => [
      `${event.id}_${toStamp(series, at)}`,
      toOriginalStart(series, at),
    ]),
  );
}

/** Where an occurrence stands in the time of its series, whatever became of it since. */
export function originalMillis(event: StoredEvent): number {
  return event.place === null ? NaN : toMillis(event.place.originalStart, 'UTC');
}

function withFateOfSeries(calendar: Calendar, event: StoredEvent): StoredEvent {
  return findMaster(calendar, event)?.status === 'cancelled' ? { ...event, status: 'cancelled' } : event;
}

function expansionOf(master: StoredEvent, series: Series, untilMs: number): number[] {
  const known = expansions.get(master.fields);
  if (known && known.untilMs >= untilMs) return known.starts.filter((at) => at <= untilMs);
  const starts = expand(series, untilMs);
  expansions.set(master.fields, { untilMs, starts });
  return starts;
}

function occurrenceAt(calendar: Calendar, master: StoredEvent, series: Series, at: number): StoredEvent {
  const id = `${master.id}_${toStamp(series, at)}`;
  const exception = calendar.events.get(id);
  if (exception && !exception.isOrphaned) return withFateOfSeries(calendar, exception);
  const { recurrence: _recurrence, ...fields } = master.fields;
  const start = toOriginalStart(series, at);
  return {
    ...master,
    id,
    fields: { ...fields, start, end: endAt(master.fields, at) },
    place: { masterId: master.id, originalStart: start },
    conferenceReadyAt: null,
  };
}

/** Every occurrence lasts exactly as long as the first. */
function endAt({ start, end }: EventFields, at: number): EventTimeFields {
  const lengthMs = toMillis(end, 'UTC') - toMillis(start, 'UTC');
  const last = DateTime.fromMillis(at + lengthMs, { zone: 'UTC' });
  if (start.date !== undefined) return { date: last.toISODate() ?? '' };
  return {
    dateTime: last.toISO({ suppressMilliseconds: true }) ?? '',
    ...(end.timeZone !== undefined && { timeZone: end.timeZone }),
  };
}

function millisOf(stamp: string): number {
  const format = stamp.length === 8 ? 'yyyyMMdd' : "yyyyMMdd'T'HHmmss'Z'";
  const at = DateTime.fromFormat(stamp, format, { zone: 'UTC' });
  return at.isValid ? at.toMillis() : 0;
}

/** As far as endless series are looked at when nothing else says where to stop. */
export function horizonOf(now: Date, days: number): number {
  return now.getTime() + days * dayMs;
}
