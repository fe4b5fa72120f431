import type { CalendarItem, EventContent, Series } from './model.js';
import { findDateAfter, findDateBefore, isDate, listDates } from './recurrence.js';
import { dateOf, instantOf, localIn, plusDays, plusWall, toEventTime, wallDistance } from './times.js';

/** A span of instants, in milliseconds. The end is outside. */
export interface Window {
  from: number;
  to: number;
}

export type EntryType = 'singleInstance' | 'occurrence' | 'exception' | 'seriesMaster';

/** What a calendar shows: a single event, one occurrence of a series, or the series as a whole. */
export interface Entry {
  readonly item: CalendarItem;
  readonly type: EntryType;
  /** The date the pattern gives an occurrence; null otherwise. */
  readonly date: string | null;
  readonly content: EventContent;
  readonly version: number;
  readonly modifiedAt: Date;
  /** Where the pattern puts an occurrence, wherever it was moved to. */
  readonly originalStart: Date | null;
}

const expanded = new WeakMap<CalendarItem, Map<string, Entry[]>>();

/** The item itself: a single event, or the master of a series. */
export function wholeEntry(item: CalendarItem): Entry {
  const { content, version, modifiedAt } = item;
  const type = item.series === null ? 'singleInstance' : 'seriesMaster';
  return { item, type, date: null, content, version, modifiedAt, originalStart: null };
}

/** Single events, occurrences and exceptions that overlap the window; never a master (contract 7). */
export function entriesIn(item: CalendarItem, window: Window): Entry[] {
  const { series } = item;
  if (series === null) return overlaps(item.content, window) ? [wholeEntry(item)] : [];
  const key = `${window.from}/${window.to}`;
  const found = expanded.get(item)?.get(key);
  if (found) return found;
  const entries = expand(item, series, window);
  expanded.set(item, (expanded.get(item) ?? new Map<string, Entry[]>()).set(key, entries));
  return entries;
}

/** Null when the series has no such date, or the occurrence was deleted. */
export function findOccurrence(item: CalendarItem, date: string): Entry | null {
  const { series } = item;
  if (series === null || series.cancelled.has(date) || !isDate(series.recurrence, date)) return null;
  return occurrenceOn(item, series, date);
}

/** The occurrences before and after, as they stand now: deleted ones are nobody's neighbours. */
export function findNeighbours(item: CalendarItem, date: string): { before: Entry | null; after: Entry | null } {
  const { series } = item;
  if (series === null) return { before: null, after: null };
  const seek = (next: (date: string) => string | null) => {
    let found = next(date);
    while (found !== null && series.cancelled.has(found)) found = next(found);
    return found === null ? null : occurrenceOn(item, series, found);
  };
  return {
    before: seek((from) => findDateBefore(series.recurrence, from)),
    after: seek((from) => findDateAfter(series.recurrence, from)),
  };
}

/** The start the pattern gives a date: the series' time of day, on the wall of the series' zone. */
function patternStart(item: CalendarItem, series: Series, date: string): string {
  return `${date}${localIn(item.content.start.at, series.iana).slice(10)}`;
}

function expand(item: CalendarItem, series: Series, window: Window): Entry[] {
  const lengthMs = item.content.end.at - item.content.start.at;
  // A day more on either side, for zones and for the hour that summer time adds or takes.
  const from = plusDays(dateOf(localIn(window.from - lengthMs, series.iana)), -1);
  const to = plusDays(dateOf(localIn(window.to, series.iana)), 1);
  const dates = listDates(series.recurrence, from, to).filter((date) => !series.cancelled.has(date));
  const moved = [...series.exceptions.keys()].filter((date) => !dates.includes(date));
  return [...dates, ...moved]
    .map((date) => occurrenceOn(item, series, date))
    .filter(({ content }) => overlaps(content, window))
    .sort((one, other) => one.content.start.at - other.content.start.at);
}

function occurrenceOn(item: CalendarItem, series: Series, date: string): Entry {
  const { content } = item;
  const { recurrenceTimeZone: zone } = series.recurrence.range;
  const startLocal = patternStart(item, series, date);
  const lengthOnWall = wallDistance(localIn(content.start.at, series.iana), localIn(content.end.at, series.iana));
  const start = toEventTime(startLocal, zone, series.iana);
  const end = toEventTime(plusWall(startLocal, lengthOnWall), zone, series.iana);
  const originalStart = new Date(instantOf(startLocal, series.iana));
  const exception = series.exceptions.get(date);
  const common = { item, date, originalStart };
  if (exception === undefined) {
    const { contentVersion: version, modifiedAt } = item;
    return { ...common, type: 'occurrence', content: { ...content, start, end }, version, modifiedAt };
  }
  const { changes, modifiedAt } = exception;
  // A change of the series shows in its exceptions too, wherever they have nothing of their own.
  const version = Math.max(exception.version, item.contentVersion);
  return { ...common, type: 'exception', content: { ...content, start, end, ...changes }, version, modifiedAt };
}

/** An event without length counts at its moment. */
function overlaps({ start, end }: EventContent, window: Window): boolean {
  if (start.at === end.at) return start.at >= window.from && start.at < window.to;
  return start.at < window.to && end.at > window.from;
}
