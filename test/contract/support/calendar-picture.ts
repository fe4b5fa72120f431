import { expect } from '@jest/globals';
import type { CalendarChange, ChangePage, EventFacts } from '../../../src/calendars/index.js';
import type { TrueEvent } from './calendar-bench.js';

type ReadPage = (cursor: string | null, pageToken: string | null) => Promise<ChangePage>;

/** A picture of the calendar drawn from changes alone, the way whoever keeps one has to draw it. */
export class Picture {
  cursor: string | null = null;
  readonly #events = new Map<string, EventFacts>();

  /** From this cursor to the last page. */
  async read(readPage: ReadPage, cursor: string | null): Promise<ChangePage[]> {
    const pages: ChangePage[] = [];
    let pageToken: string | null = null;
    do {
      const page: ChangePage = await readPage(cursor, pageToken);
      pages.push(page);
      for (const change of page.changes) this.#apply(change);
      // The cursor comes with the end and with nothing else.
      expect(page.nextCursor === null).toBe(page.nextPageToken !== null);
      expect(page.nextPageToken).not.toBe(pageToken ?? '');
      pageToken = page.nextPageToken;
    } while (pageToken !== null && pages.length < 100);
    this.cursor = pages.at(-1)!.nextCursor;
    return pages;
  }

  async readOn(readPage: ReadPage): Promise<this> {
    await this.read(readPage, this.cursor);
    return this;
  }

  has(externalId: string): boolean {
    return this.#events.has(externalId);
  }

  get(externalId: string): EventFacts {
    const facts = this.#events.get(externalId);
    if (facts === undefined) throw new Error('The reading did not show this event');
    return facts;
  }

  ofSeries(seriesId: string): EventFacts[] {
    const occurrences = [...this.#events.values()].filter((facts) => facts.seriesId === seriesId);
    return occurrences.toSorted((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
  }

  titled(title: string): EventFacts[] {
    return [...this.#events.values()].filter((facts) => facts.title === title);
  }

  /** In the words of the truth. */
  shown({ from, to }: { from: Date; to: Date }): TrueEvent[] {
    const all = [...this.#events.values()].map((facts) => ({
      title: facts.title,
      start: startOf(facts),
      end: facts.times.allDay ? facts.times.endDate : facts.times.endsAt.toISOString(),
    }));
    return inOrder(all.filter(({ start, end }) => end > from.toISOString() && start < to.toISOString()));
  }

  #apply(change: CalendarChange): void {
    switch (change.kind) {
      case 'event':
        this.#events.set(change.facts.externalId, change.facts);
        break;
      case 'series':
        for (const { externalId } of this.ofSeries(change.seriesId)) this.#events.delete(externalId);
        for (const facts of change.occurrences) this.#events.set(facts.externalId, facts);
        break;
      case 'removed':
        this.#events.delete(change.externalId);
        for (const { externalId } of this.ofSeries(change.externalId)) this.#events.delete(externalId);
        break;
      case 'set-aside':
        throw new Error(`An event of plain times was set aside: ${change.reason}`);
    }
  }
}

export function startOf({ times }: EventFacts): string {
  return times.allDay ? times.startDate : times.startsAt.toISOString();
}

export function inOrder(events: readonly TrueEvent[]): TrueEvent[] {
  const keyOf = ({ title, start, end }: TrueEvent) => `${start} ${end} ${title}`;
  return events
    .map(({ title, start, end }) => ({ title, start, end }))
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
