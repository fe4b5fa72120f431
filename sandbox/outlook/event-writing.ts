import { ControlError } from '../control-errors.js';
import { type Entry, findNeighbours, findOccurrence, wholeEntry } from './entries.js';
import type { EventBody } from './event-body.js';
import { atWall, type Author, contentWith, namesIn, newContent, readRecurrence } from './event-content.js';
import { badRequest, GraphError, invalidProperty } from './graph-error.js';
import type { Mailbox } from './mailbox.js';
import type { CalendarItem, EventContent, Exception, Recurrence, Series } from './model.js';
import { findDateAfter, findDateBefore, findDateFrom, isDate } from './recurrence.js';
import { dateOf, localIn, plusWall, wallDistance } from './times.js';
import { findZone } from './zones.js';

/** What subscriptions may want to hear of. */
export interface Happening {
  mailbox: Mailbox;
  kind: 'created' | 'updated' | 'deleted' | 'moved';
  entry: Entry;
  /** For a move: the item where it was. */
  from: CalendarItem | null;
}

/** How an event comes to be, beside what its content says. */
export interface Origins {
  calendarId: string;
  seed: string | null;
  transactionId: string | null;
  creationDigest: string | null;
  content?: Partial<EventContent>;
}

const crossing = () =>
  new GraphError(
    400,
    'ErrorOccurrenceCrossingBoundary',
    'Modified occurrence is crossing or overlapping adjacent occurrence.',
  );

/**
 * Everything that can happen to events, whoever does it: an application through the API, or a person through the controls.
 *
 * A series is one record: the pattern, the occurrences that depart from it, the dates that were deleted. Changing the
 * pattern or the time of day forgets the latter two, as Outlook does; changing only how far it reaches keeps those that
 * are still within.
 */
export class EventWriting {
  constructor(private readonly announce: (happening: Happening) => void) {}

  create(mailbox: Mailbox, body: EventBody, author: Author, origins: Origins): CalendarItem {
    const plain = { ...newContent(body, author), ...origins.content };
    const { content, series } = this.#seriesOf(plain, body, author, null);
    const ids = mailbox.newIds(origins.seed);
    const item = mailbox.write((version, at) => ({
      ...ids,
      calendarId: origins.calendarId,
      createdAt: at,
      modifiedAt: at,
      version,
      contentVersion: version,
      content,
      series,
      transactionId: origins.transactionId,
      creationDigest: origins.creationDigest,
    }));
    this.#tell(mailbox, 'created', wholeEntry(item));
    return item;
  }

  /** A single event, a series, or one of its occurrences; which, the entry says. */
  change(mailbox: Mailbox, entry: Entry, body: EventBody, author: Author): Entry {
    const changed =
      entry.date === null
        ? this.#changeWhole(mailbox, entry.item, body, author)
        : this.#changeOccurrence(mailbox, entry, entry.date, body, author);
    this.#tell(mailbox, 'updated', changed);
    return changed;
  }

  /** Fields that no body can set: an answer to an invitation, a cancellation that arrived. */
  amend(mailbox: Mailbox, entry: Entry, changes: Partial<EventContent>): Entry {
    const amended =
      entry.date === null
        ? this.#write(mailbox, entry.item, { content: { ...entry.item.content, ...changes } }, true)
        : this.#writeException(mailbox, entry.item, entry.date, changes);
    this.#tell(mailbox, 'updated', amended);
    return amended;
  }

  /** A deleted occurrence is told of as a change of its series. */
  remove(mailbox: Mailbox, entry: Entry): void {
    const { item, date } = entry;
    if (date === null || item.series === null) {
      mailbox.delete(item);
      this.#tell(mailbox, 'deleted', entry);
      return;
    }
    const exceptions = new Map(item.series.exceptions);
    exceptions.delete(date);
    const cancelled = new Set(item.series.cancelled).add(date);
    const master = this.#write(mailbox, item, { series: { ...item.series, exceptions, cancelled } }, false);
    this.#tell(mailbox, 'updated', master);
  }

  /** "This and following", as Outlook does it: the series ends before, and a new one goes on from here. */
  split(mailbox: Mailbox, entry: Entry, body: EventBody, author: Author): CalendarItem {
    const { item, date } = entry;
    if (date === null || item.series === null) throw new ControlError('event', 'is not an occurrence of a series');
    const { recurrence, iana } = item.series;
    const rest = restOf(recurrence, date);
    const { start, end } = entry.content;
    const content: EventContent = { ...item.content, start, end };
    const changed = contentWith(content, body, author);
    const startDate = dateOf(localIn(changed.start.at, iana));
    const series: Series = {
      recurrence: { ...rest, range: { ...rest.range, startDate } },
      iana,
      exceptions: new Map(),
      cancelled: new Set(),
    };
    const settled = settle(changed, body.recurrence ? this.#newSeries(changed, body, author) : series);
    this.truncate(mailbox, entry);
    const ids = mailbox.newIds();
    const next = mailbox.write((version, at) => ({
      ...item,
      ...ids,
      ...settled,
      createdAt: at,
      modifiedAt: at,
      version,
      contentVersion: version,
      transactionId: null,
      creationDigest: null,
    }));
    this.#tell(mailbox, 'created', wholeEntry(next));
    return next;
  }

  /** Ends a series before one of its occurrences. One that would have no occurrence left is deleted. */
  truncate(mailbox: Mailbox, entry: Entry): void {
    const { item, date } = entry;
    if (date === null || item.series === null) throw new ControlError('event', 'is not an occurrence of a series');
    const last = findDateBefore(item.series.recurrence, date);
    if (last === null) {
      this.remove(mailbox, wholeEntry(item));
      return;
    }
    const { recurrence } = item.series;
    const range = { ...recurrence.range, type: 'endDate' as const, endDate: last, numberOfOccurrences: 0 };
    const series = within({ ...item.series, recurrence: { ...recurrence, range } });
    this.#tell(mailbox, 'updated', this.#write(mailbox, item, { series }, true));
  }

  /** Its mutable id is another one afterwards; the immutable id stays (contract 5). */
  moveTo(mailbox: Mailbox, item: CalendarItem, calendarId: string): CalendarItem {
    const mutableCore = mailbox.newMutableCore(item, calendarId);
    const moved = this.#write(mailbox, item, { calendarId, mutableCore }, true);
    this.announce({ mailbox, kind: 'moved', entry: moved, from: item });
    return moved.item;
  }

  #changeWhole(mailbox: Mailbox, item: CalendarItem, body: EventBody, author: Author): Entry {
    const plain = contentWith(item.content, body, author);
    return this.#write(mailbox, item, this.#seriesOf(plain, body, author, item), true);
  }

  #changeOccurrence(mailbox: Mailbox, entry: Entry, date: string, body: EventBody, author: Author): Entry {
    if (body.recurrence) throw invalidProperty('The recurrence of an occurrence cannot be set.');
    const content = contentWith(entry.content, body, author);
    if (content.start.at !== entry.content.start.at) checkNeighbours(entry, date, content);
    const names = new Set(namesIn(body));
    if (names.has('start') || names.has('end')) names.add('start').add('end');
    const changes = Object.fromEntries([...names].map((name) => [name, content[name]]));
    return this.#writeException(mailbox, entry.item, date, changes);
  }

  #writeException(mailbox: Mailbox, item: CalendarItem, date: string, changes: Partial<EventContent>): Entry {
    const { series } = item;
    if (series === null) throw new Error('only a series has exceptions');
    const master = mailbox.write((version, at) => {
      const earlier = series.exceptions.get(date)?.changes ?? {};
      const exception: Exception = { changes: { ...earlier, ...changes }, version, modifiedAt: at };
      const exceptions = new Map(series.exceptions).set(date, exception);
      return { ...item, version, modifiedAt: at, series: { ...series, exceptions } };
    });
    const exception = findOccurrence(master, date);
    if (!exception) throw new Error(`the series lost its occurrence of ${date}`);
    return exception;
  }

  #write(mailbox: Mailbox, item: CalendarItem, changes: Partial<CalendarItem>, isOfAll: boolean): Entry {
    const written = mailbox.write((version, at) => ({
      ...item,
      ...changes,
      version,
      modifiedAt: at,
      contentVersion: isOfAll ? version : item.contentVersion,
    }));
    return wholeEntry(written);
  }

  #seriesOf(content: EventContent, body: EventBody, author: Author, item: CalendarItem | null) {
    if (body.recurrence === null) return { content, series: null };
    const before = item?.series ?? null;
    if (body.recurrence === undefined) {
      if (item === null || before === null) return { content, series: before };
      return settle(content, retimed(before, item.content, content));
    }
    const next = this.#newSeries(content, body, author);
    const keepsTimes = item !== null && isSameTime(item.content, content);
    const isOnlyRange = before !== null && keepsTimes && hasSamePattern(before.recurrence, next.recurrence);
    return settle(content, isOnlyRange ? within({ ...before, recurrence: next.recurrence }) : next);
  }

  #newSeries(content: EventContent, body: EventBody, author: Author): Series {
    if (!body.recurrence) throw new Error('the body has no recurrence');
    const read = readRecurrence(body.recurrence, content.start, author);
    return { ...read, exceptions: new Map(), cancelled: new Set() };
  }

  #tell(mailbox: Mailbox, kind: Happening['kind'], entry: Entry): void {
    this.announce({ mailbox, kind, entry, from: null });
  }
}

/** The start of a series whose pattern does not name that day is its first day that the pattern names. */
function settle(content: EventContent, series: Series): { content: EventContent; series: Series } {
  const { recurrence, iana } = series;
  const { startDate } = recurrence.range;
  const first = findDateFrom(recurrence, startDate);
  if (first === null) throw badRequest('The recurrence has no occurrence.', 'ErrorRecurrenceHasNoOccurrence');
  if (first === startDate) return { content, series };
  const shift = wallDistance(`${startDate}T00:00:00`, `${first}T00:00:00`);
  const moved = (time: EventContent['start']) =>
    atWall(plusWall(time.local, shift), time.zone, findZone(time.zone) ?? iana);
  return {
    content: { ...content, start: moved(content.start), end: moved(content.end) },
    series: { ...series, recurrence: { ...recurrence, range: { ...recurrence.range, startDate: first } } },
  };
}

function retimed(series: Series, before: EventContent, after: EventContent): Series {
  if (isSameTime(before, after)) return series;
  const { recurrence, iana } = series;
  const startDate = dateOf(localIn(after.start.at, iana));
  const range = { ...recurrence.range, startDate };
  return { iana, recurrence: { ...recurrence, range }, exceptions: new Map(), cancelled: new Set() };
}

function within(series: Series): Series {
  const isWithin = (date: string) => isDate(series.recurrence, date);
  return {
    ...series,
    exceptions: new Map([...series.exceptions].filter(([date]) => isWithin(date))),
    cancelled: new Set([...series.cancelled].filter(isWithin)),
  };
}

/** What of a recurrence remains from one of its dates on. */
function restOf(recurrence: Recurrence, date: string): Recurrence {
  const { range } = recurrence;
  if (range.type !== 'numbered') return recurrence;
  let left = 1;
  for (let next = findDateAfter(recurrence, date); next !== null; next = findDateAfter(recurrence, next)) left += 1;
  return { ...recurrence, range: { ...range, numberOfOccurrences: left } };
}

function isSameTime(one: EventContent, other: EventContent): boolean {
  return one.start.at === other.start.at && one.end.at === other.end.at && one.isAllDay === other.isAllDay;
}

function hasSamePattern(one: Recurrence, other: Recurrence): boolean {
  const essence = ({ pattern, range }: Recurrence) =>
    JSON.stringify([Object.entries(pattern).sort(), range.startDate, range.recurrenceTimeZone]);
  return essence(one) === essence(other);
}

/** An occurrence stays strictly between the days of its neighbours (contract 5). */
function checkNeighbours(entry: Entry, date: string, content: EventContent): void {
  const iana = entry.item.series?.iana ?? 'Etc/UTC';
  const dayOf = ({ start }: EventContent) => dateOf(localIn(start.at, iana));
  const { before, after } = findNeighbours(entry.item, date);
  const day = dayOf(content);
  if (before && day <= dayOf(before.content)) throw crossing();
  if (after && day >= dayOf(after.content)) throw crossing();
}
