import type { AccessRole, Account, Calendar, ListEntry, StoredEvent } from './model.js';
import { accessRoles } from './model.js';

export const everybody = '*';

/** Everything the stand-in remembers about Google's side, tokens excepted. */
export class Store {
  readonly accounts = new Map<string, Account>();
  readonly calendars = new Map<string, Calendar>();
  readonly #lists = new Map<string, CalendarListOf>();

  clear(): void {
    this.accounts.clear();
    this.calendars.clear();
    this.#lists.clear();
  }

  listOf(email: string): CalendarListOf {
    const list = this.#lists.get(email) ?? { entries: new Map(), revision: 0, oldestUsableRevision: 0 };
    this.#lists.set(email, list);
    return list;
  }

  /** `primary` is another name for the calendar that carries the account's address (contract 5). */
  findCalendar(id: string, email: string): Calendar | null {
    const calendar = this.calendars.get(id === 'primary' ? email : id);
    return calendar && !calendar.isDeleted ? calendar : null;
  }

  roleOf(calendar: Calendar, email: string): AccessRole {
    return calendar.access.get(email) ?? calendar.access.get(everybody) ?? 'none';
  }
}

export interface CalendarListOf {
  entries: Map<string, ListEntry>;
  revision: number;
  oldestUsableRevision: number;
}

export function allows(role: AccessRole, wanted: AccessRole): boolean {
  return accessRoles.indexOf(role) >= accessRoles.indexOf(wanted);
}

/**
 * Dates a change. Two changes of one thing never share a date, even on a clock that stands still, because the etag is made
 * of it (contract 6: `etag` and `updated` move together).
 */
export function dateAfter(earlier: Date, now: Date): Date {
  return new Date(Math.max(now.getTime(), earlier.getTime() + 1));
}

/** Google's etags are the time of the last change, doubled, in microseconds. The quotes are part of them. */
export function etagOf(thing: { updatedAt: Date }): string {
  return `"${thing.updatedAt.getTime() * 2000}"`;
}

export function isOrganizersCopy(event: StoredEvent): boolean {
  return event.organizer.email === event.calendarId;
}
