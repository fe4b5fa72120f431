import { createHash } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import { type Entry, findOccurrence, wholeEntry } from './entries.js';
import { type IdFormat, newCore, readId, swapCase, toId } from './ids.js';
import type { Account, Calendar, CalendarItem } from './model.js';
import type { Settings } from './settings.js';

/** One item, before and after. Null where it did not exist. */
export interface Change {
  key: string;
  at: Date;
  before: CalendarItem | null;
  after: CalendarItem | null;
}

/** What an id that a client sent turned out to name. */
export type Named = { kind: 'entry'; entry: Entry } | { kind: 'malformed' } | { kind: 'absent' };

/**
 * The calendars of one account.
 *
 * Every change is kept, in order: its position in that list is the mailbox' version after it. What the mailbox was at any
 * version can be told from the list, which is all that delta tokens need to remember.
 */
export class Mailbox {
  readonly calendars = new Map<string, Calendar>();
  readonly #items = new Map<string, CalendarItem>();
  readonly #changes: Change[] = [];
  readonly #keys = new Map<string, string>();
  #made = 0;
  #previous: { immutableCore: string; mutableCore: string } | null = null;

  constructor(
    readonly account: Account,
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
  ) {}

  get version(): number {
    return this.#changes.length;
  }

  get defaultCalendar(): Calendar {
    const found = [...this.calendars.values()].find(({ isDefault }) => isDefault);
    if (!found) throw new Error(`the mailbox of ${this.account.email} has no default calendar`);
    return found;
  }

  items(calendarId: string | null = null): CalendarItem[] {
    return [...this.#items.values()].filter((item) => calendarId === null || item.calendarId === calendarId);
  }

  find(key: string): CalendarItem | null {
    return this.#items.get(key) ?? null;
  }

  /** The version that was current so many seconds ago. */
  versionBefore(seconds: number): number {
    if (seconds === 0) return this.version;
    const latest = this.clock.in(-seconds).getTime();
    let version = this.version;
    while (version > 0 && this.#changes[version - 1]!.at.getTime() > latest) version -= 1;
    return version;
  }

  itemsAt(version: number): CalendarItem[] {
    const items = new Map(this.#items);
    for (let position = this.version; position > version; position -= 1) {
      const { key, before } = this.#changes[position - 1]!;
      if (before === null) items.delete(key);
      else items.set(key, before);
    }
    return [...items.values()];
  }

  /** Each item that changed on the way, once: as it was first, and as it came to be. */
  changesBetween(from: number, to: number): Change[] {
    const merged = new Map<string, Change>();
    for (const change of this.#changes.slice(from, to)) {
      const earlier = merged.get(change.key);
      merged.set(change.key, { ...change, before: earlier ? earlier.before : change.before });
    }
    return [...merged.values()];
  }

  /** New ids: all of them for a new item, the mutable one alone for one that moves. */
  newIds(seed: string | null = null): Pick<CalendarItem, 'key' | 'immutableCore' | 'mutableCore'> {
    this.#made += 1;
    const key = seed ?? `${this.account.id}/${this.#made}/${Math.random()}`;
    const previous = this.#previous;
    const isTwin = this.settings.ids_differ_by_case && previous !== null;
    const ids = {
      key,
      immutableCore: isTwin ? swapCase(previous.immutableCore) : newCore(`${key}/immutable`),
      mutableCore: isTwin ? swapCase(previous.mutableCore) : newCore(`${key}/mutable`),
    };
    this.#previous = isTwin ? null : ids;
    return ids;
  }

  newMutableCore(item: CalendarItem, calendarId: string): string {
    return newCore(`${item.key}/${calendarId}/${this.version}`);
  }

  /** `build` is told the version the change will make. */
  write(build: (version: number, at: Date) => CalendarItem): CalendarItem {
    const at = this.clock.now();
    const after = build(this.version + 1, at);
    const before = this.find(after.key);
    if (before) this.#forgetIds(before);
    this.#items.set(after.key, after);
    this.#keys.set(after.immutableCore, after.key).set(after.mutableCore, after.key);
    this.#changes.push({ key: after.key, at, before, after });
    return after;
  }

  delete(item: CalendarItem): void {
    this.#forgetIds(item);
    this.#items.delete(item.key);
    this.#changes.push({ key: item.key, at: this.clock.now(), before: item, after: null });
  }

  /** Ids of both formats are understood, whatever format the caller wants in answers. */
  named(id: string): Named {
    const read = readId(id);
    if (read === null) return { kind: 'malformed' };
    const item = this.find(this.#keys.get(read.core) ?? '');
    const isOfItem = item && (read.format === 'immutable' ? item.immutableCore : item.mutableCore) === read.core;
    if (!isOfItem) return { kind: 'absent' };
    const entry = read.date === null ? wholeEntry(item) : findOccurrence(item, read.date);
    return entry ? { kind: 'entry', entry } : { kind: 'absent' };
  }

  #forgetIds(item: CalendarItem): void {
    this.#keys.delete(item.immutableCore);
    this.#keys.delete(item.mutableCore);
  }
}

export function idOf({ item, date }: Pick<Entry, 'item' | 'date'>, format: IdFormat): string {
  return toId(format, format === 'immutable' ? item.immutableCore : item.mutableCore, date);
}

/** Changes with every write, and is the whole of the etag. */
export function changeKeyOf(entry: Entry): string {
  const owner = createHash('sha256').update(entry.item.key).digest().subarray(0, 9);
  const version = Buffer.alloc(6);
  version.writeUIntBE(entry.version, 0, 6);
  return Buffer.concat([owner, version]).toString('base64');
}

export function etagOf(entry: Entry): string {
  return `W/"${changeKeyOf(entry)}"`;
}
