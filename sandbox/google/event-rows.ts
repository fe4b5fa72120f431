import { toMillis } from './event-time.js';
import type { View } from './event-wire.js';
import type { PlaceInSeries, StoredEvent } from './model.js';
import { occurrencesOf } from './occurrences.js';

export interface RowQuery {
  singleEvents: boolean;
  showDeleted: boolean;
  orderBy: 'startTime' | 'updated' | null;
  timeMin: number | null;
  timeMax: number | null;
  updatedMin: number | null;
  /** How far endless series are followed when `timeMax` does not say. */
  horizon: number;
  eventTypes: readonly string[];
  matches: (event: StoredEvent) => boolean;
}

/** One line of a list, with the key that says where it stands. Without an event it is an occurrence that vanished. */
export interface EventRow {
  id: string;
  key: string;
  event: StoredEvent | null;
  place: PlaceInSeries | null;
}

const dayMs = 86_400_000;

/** Which events of a calendar a query comes by, whole or since a revision, in their order. */
export class EventRows {
  readonly #kept: StoredEvent[];
  readonly #exceptions = new Map<string, StoredEvent[]>();
  readonly #untilMs: number;

  constructor(
    private readonly view: View,
    private readonly query: RowQuery,
  ) {
    this.#kept = [...view.calendar.events.values()].filter((event) => !event.isForgotten);
    for (const event of this.#kept) {
      if (event.place === null || event.isOrphaned) continue;
      const siblings = this.#exceptions.get(event.place.masterId) ?? [];
      this.#exceptions.set(event.place.masterId, [...siblings, event]);
    }
    this.#untilMs = query.timeMax ?? Math.max(query.horizon, (query.timeMin ?? 0) + 366 * dayMs);
  }

  full(): EventRow[] {
    const events = this.#kept.flatMap((event) => {
      if (event.place !== null) return [];
      if (event.fields.recurrence === undefined) return this.#isShown(event) && this.#isInWindow(event) ? [event] : [];
      return this.query.singleEvents ? this.#occurrences(event) : this.#series(event);
    });
    return this.#toRows(events);
  }

  /** Windows play no part: a list that began with one goes on without (contract 8). */
  changedSince(revision: number): EventRow[] {
    const changed = this.#kept.filter((event) => event.revision > revision);
    if (!this.query.singleEvents) {
      // Who loses a series loses what belongs to it, without being told of each.
      return this.#toRows(changed.filter((event) => this.#masterOf(event)?.status !== 'cancelled'));
    }
    const byId = new Map<string, StoredEvent>();
    for (const event of changed) {
      if (event.isOrphaned) continue;
      const isSeries = event.place === null && event.fields.recurrence !== undefined;
      const touched = isSeries ? this.#allOccurrences(event) : [event];
      for (const one of touched) if (this.#masterOf(one)?.status !== 'cancelled') byId.set(one.id, one);
    }
    const { eventTypes } = this.query;
    const vanished = [...this.view.calendar.vanished.values()]
      .filter((gone) => gone.revision > revision && !byId.has(gone.id))
      .filter((gone) => eventTypes.length === 0 || eventTypes.includes(gone.eventType))
      .map(({ id, place }): EventRow => ({ id, place, event: null, key: spread(id) }));
    return [...this.#toRows([...byId.values()]), ...vanished].sort(byKey);
  }

  /** The series itself where one of its occurrences is wanted, with its exceptions, those that are off included. */
  #series(master: StoredEvent): StoredEvent[] {
    if (!this.#isShown(master)) return [];
    const isWanted = this.#allOccurrences(master).some((event) => this.#isInWindow(event));
    if (master.status === 'cancelled') return isWanted ? [master] : [];
    const exceptions = this.#exceptionsOf(master).filter(
      (event) => this.#isInWindow(event) || this.#isInWindow(event, event.place?.originalStart),
    );
    return [...(isWanted ? [master] : []), ...exceptions];
  }

  #occurrences(master: StoredEvent): StoredEvent[] {
    return this.#allOccurrences(master).filter((event) => this.#isShown(event) && this.#isInWindow(event));
  }

  /** Exceptions first by themselves: one may have been moved here from beyond. */
  #allOccurrences(master: StoredEvent): StoredEvent[] {
    const exceptions = master.status === 'cancelled' ? [] : this.#exceptionsOf(master);
    const own = new Set(exceptions.map(({ id }) => id));
    const others = occurrencesOf(this.view.calendar, master, this.#untilMs).filter(({ id }) => !own.has(id));
    return [...exceptions, ...others];
  }

  #exceptionsOf(master: StoredEvent): StoredEvent[] {
    return this.#exceptions.get(master.id) ?? [];
  }

  #masterOf(event: StoredEvent): StoredEvent | null {
    return event.place === null ? null : (this.view.calendar.events.get(event.place.masterId) ?? null);
  }

  /** Deleted ones only where asked for, or where `updatedMin` asks for whatever changed since. */
  #isShown(event: StoredEvent): boolean {
    const { showDeleted, updatedMin } = this.query;
    return event.status !== 'cancelled' || showDeleted || updatedMin !== null;
  }

  /** Both bounds leave themselves out: `timeMin` is compared with the end, `timeMax` with the start. */
  #isInWindow(event: StoredEvent, start = event.fields.start): boolean {
    const { timeMin, timeMax } = this.query;
    const { zone } = this.view;
    const startMs = toMillis(start, zone);
    const lengthMs = toMillis(event.fields.end, zone) - toMillis(event.fields.start, zone);
    return (timeMin === null || startMs + lengthMs > timeMin) && (timeMax === null || startMs < timeMax);
  }

  #toRows(events: StoredEvent[]): EventRow[] {
    const { eventTypes, matches, updatedMin } = this.query;
    return events
      .filter((event) => eventTypes.length === 0 || eventTypes.includes(event.fields.eventType))
      .filter((event) => updatedMin === null || event.updatedAt.getTime() >= updatedMin)
      .filter(matches)
      .map((event) => ({ id: event.id, place: event.place, event, key: this.#keyOf(event) }))
      .sort(byKey);
  }

  #keyOf(event: StoredEvent): string {
    const { orderBy } = this.query;
    if (orderBy === 'updated') return `${event.updatedAt.toISOString()} ${event.id}`;
    if (orderBy === 'startTime') {
      return `${new Date(toMillis(event.fields.start, this.view.zone)).toISOString()} ${event.id}`;
    }
    return spread(event.id);
  }
}

/** Unasked, the order is stable and nothing else (contract 8): certainly not that of time. */
function spread(id: string): string {
  let hash = 2_166_136_261;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 16_777_619) >>> 0;
  return `${hash.toString(16).padStart(8, '0')} ${id}`;
}

function byKey(left: EventRow, right: EventRow): number {
  if (left.key === right.key) return 0;
  return left.key < right.key ? -1 : 1;
}
