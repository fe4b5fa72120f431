import { createHash } from 'node:crypto';
import { type Entry, entriesIn, type Window, wholeEntry } from './entries.js';
import { type IdFormat, toId } from './ids.js';
import { type Change, idOf, type Mailbox } from './mailbox.js';
import type { CalendarItem } from './model.js';
import type { Settings } from './settings.js';

/** One line of a round: an event as it now is, or the id of one that is no longer in the window. */
export type DeltaLine = { kind: 'shown'; entry: Entry } | { kind: 'removed'; item: CalendarItem; date: string | null };

export interface RoundOrder {
  calendarId: string;
  window: Window;
  /** The version the caller knows; null tells all. */
  known: number | null;
  target: number;
}

/**
 * What a round of delta says, from its first page to its last (contract 8).
 *
 * It follows from two versions of the mailbox alone, so that a page asked for again is the same page, and a token used
 * again leads to the same changes and those since. There is no order worth relying on: lines come sorted by a digest.
 */
export function listRound(mailbox: Mailbox, order: RoundOrder, settings: Settings): DeltaLine[] {
  const lines = order.known === null ? firstRound(mailbox, order, settings) : laterRound(mailbox, order, settings);
  const ranked = lines.map((line) => ({ line, rank: rankOf(line, order) }));
  const shuffled = ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).map(({ line }) => line);
  const twice = shuffled.slice(0, settings.delta_duplicates);
  return [...twice.map((line) => earlierState(mailbox, line, order)), ...shuffled];
}

export function lineId(line: DeltaLine, format: IdFormat): string {
  if (line.kind === 'shown') return idOf(line.entry, format);
  const { item, date } = line;
  return toId(format, format === 'immutable' ? item.immutableCore : item.mutableCore, date);
}

function firstRound(mailbox: Mailbox, order: RoundOrder, settings: Settings): DeltaLine[] {
  return mailbox
    .itemsAt(order.target)
    .filter(({ calendarId }) => calendarId === order.calendarId)
    .flatMap((item) => linesOf(item, order.window, settings.delta_includes_masters));
}

function laterRound(mailbox: Mailbox, order: RoundOrder, settings: Settings): DeltaLine[] {
  const changes = mailbox
    .changesBetween(order.known ?? 0, order.target)
    .map((change) => ({ ...change, before: inCalendar(change.before, order), after: inCalendar(change.after, order) }));
  const lines = changes.flatMap((change) => compare(change, order.window, settings));
  if (settings.delta_replays === 0) return lines;
  const changed = new Set(changes.map(({ key }) => key));
  const unchanged = firstRound(mailbox, order, settings).filter(
    (line) => line.kind === 'shown' && !changed.has(line.entry.item.key),
  );
  return [...lines, ...unchanged.slice(0, settings.delta_replays)];
}

function compare({ before, after }: Change, window: Window, settings: Settings): DeltaLine[] {
  const was = before ? entriesIn(before, window) : [];
  const is = after ? entriesIn(after, window) : [];
  const changed = is.filter((entry) => {
    const earlier = was.find(({ date }) => date === entry.date);
    return earlier?.version !== entry.version || earlier.type !== entry.type;
  });
  const gone = was.filter((entry) => !is.some(({ date }) => date === entry.date));
  // One deleted occurrence is not told of by its own id: the master that lacks it comes instead (contract 13).
  const isSilent = ({ date }: Entry) =>
    date !== null && after?.series?.cancelled.has(date) === true && !settings.delta_reports_deleted_occurrences;
  const removed = gone.filter((entry) => !isSilent(entry) && !(entry.date === null && after?.series));
  const lines: DeltaLine[] = [
    ...changed.map((entry) => ({ kind: 'shown' as const, entry })),
    ...removed.map(({ item, date }) => ({ kind: 'removed' as const, item, date })),
  ];
  return [...lines, ...masterLines({ before, after }, { was, is, isSilenced: gone.some(isSilent) }, settings)];
}

/** What is told of the item as a whole, beside its occurrences. */
function masterLines(
  { before, after }: Pick<Change, 'before' | 'after'>,
  { was, is, isSilenced }: { was: Entry[]; is: Entry[]; isSilenced: boolean },
  settings: Settings,
): DeltaLine[] {
  const item = after ?? before;
  if (!item) return [];
  const isSeen = was.length + is.length > 0;
  // A change outside the window is told as a removal, too (contract 8).
  if (!isSeen) return [{ kind: 'removed', item, date: null }];
  if (!after) return before?.series && settings.delta_includes_masters ? [{ kind: 'removed', item, date: null }] : [];
  if (!after.series) return [];
  if (is.length === 0 && !isSilenced)
    return settings.delta_includes_masters ? [{ kind: 'removed', item, date: null }] : [];
  const shows = settings.delta_includes_masters || isSilenced;
  return shows ? [{ kind: 'shown', entry: wholeEntry(after) }] : [];
}

function linesOf(item: CalendarItem, window: Window, withMasters: boolean): DeltaLine[] {
  const entries = entriesIn(item, window);
  const shown = entries.map((entry) => ({ kind: 'shown' as const, entry }));
  if (item.series === null || entries.length === 0 || !withMasters) return shown;
  return [...shown, { kind: 'shown', entry: wholeEntry(item) }];
}

/** The same event as it was before this round, where it was; a copy of the line otherwise. */
function earlierState(mailbox: Mailbox, line: DeltaLine, { known, target, window }: RoundOrder): DeltaLine {
  if (line.kind === 'removed' || known === null) return line;
  const { item, date } = line.entry;
  const before = mailbox.changesBetween(known, target).find(({ key }) => key === item.key)?.before ?? null;
  if (!before) return line;
  const found = [...entriesIn(before, window), wholeEntry(before)].find(
    (entry) => entry.date === date && entry.item.calendarId === item.calendarId,
  );
  return found ? { kind: 'shown', entry: found } : line;
}

function inCalendar(item: CalendarItem | null, { calendarId }: RoundOrder): CalendarItem | null {
  return item?.calendarId === calendarId ? item : null;
}

function rankOf(line: DeltaLine, { target }: RoundOrder): string {
  return createHash('md5')
    .update(`${target}/${lineId(line, 'immutable')}`)
    .digest('base64');
}
