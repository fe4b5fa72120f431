import type { Account, Calendar, ListEntry } from './model.js';
import { everybody, type Store } from './store.js';

export interface NewCalendar {
  id: string;
  kind: Calendar['kind'];
  summary: string;
  description?: string | null;
  location?: string | null;
  timeZone: string;
  isMadeByClient?: boolean;
  now: Date;
}

/** A calendar of the account's own, or one of Google's that anyone may read, and its line in the account's list. */
export function addCalendar(store: Store, account: Account, wanted: NewCalendar): Calendar {
  const isHolidays = wanted.kind === 'holidays';
  const calendar: Calendar = {
    id: wanted.id,
    kind: wanted.kind,
    summary: wanted.summary,
    description: wanted.description ?? null,
    location: wanted.location ?? null,
    timeZone: wanted.timeZone,
    ownerEmail: isHolidays ? null : account.email,
    access: new Map(isHolidays ? [[everybody, 'reader']] : [[account.email, 'owner']]),
    isMadeByClient: wanted.isMadeByClient ?? false,
    isDeleted: false,
    updatedAt: wanted.now,
    events: new Map(),
    vanished: new Map(),
    revision: 0,
    oldestUsableRevision: 0,
  };
  const kept = store.calendars.get(calendar.id) ?? calendar;
  store.calendars.set(kept.id, kept);
  showInList(store, account, kept, wanted.now);
  return kept;
}

export function showInList(store: Store, account: Account, calendar: Calendar, now: Date): void {
  const list = store.listOf(account.email);
  list.revision += 1;
  const entry: ListEntry = {
    calendarId: calendar.id,
    isSelected: true,
    isHidden: false,
    isDeleted: false,
    summaryOverride: null,
    colorId: { primary: '14', secondary: '16', holidays: '8' }[calendar.kind],
    defaultReminders: calendar.kind === 'primary' ? [{ method: 'popup', minutes: 10 }] : [],
    revision: list.revision,
    updatedAt: now,
  };
  list.entries.set(calendar.id, entry);
}
