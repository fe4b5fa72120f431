import type { EventFields, EventTimeFields } from './event-body.js';

export interface Account {
  id: string;
  email: string;
  name: string;
  givenName: string;
  familyName: string;
  locale: string;
}

export const accessRoles = [
  'none',
  'freeBusyReader',
  'reader',
  'writerWithoutPrivateAccess',
  'writer',
  'owner',
] as const;
export type AccessRole = (typeof accessRoles)[number];

export interface Reminder {
  method: 'email' | 'popup';
  minutes: number;
}

/** A person as events name them. */
export interface Person {
  email: string;
  displayName?: string;
}

export interface Calendar {
  id: string;
  kind: 'primary' | 'secondary' | 'holidays';
  summary: string;
  description: string | null;
  location: string | null;
  timeZone: string;
  /** Whose calendar it is; null for those Google makes itself. */
  ownerEmail: string | null;
  /** Who may do what. `everybody` stands for anyone with an account. */
  access: Map<string, AccessRole>;
  isMadeByClient: boolean;
  isDeleted: boolean;
  updatedAt: Date;
  events: Map<string, StoredEvent>;
  /** Occurrences that a change of their series did away with, for those who read occurrences only. */
  vanished: Map<string, VanishedOccurrence>;
  /** Counts changes. A sync token remembers it; whatever changed later is news to its holder. */
  revision: number;
  /** Tokens from before are of no use: their holder would never hear of what was forgotten since. */
  oldestUsableRevision: number;
}

/** What an account has in its list of calendars. */
export interface ListEntry {
  calendarId: string;
  isSelected: boolean;
  isHidden: boolean;
  isDeleted: boolean;
  summaryOverride: string | null;
  colorId: string;
  defaultReminders: Reminder[];
  revision: number;
  updatedAt: Date;
}

export type EventStatus = 'confirmed' | 'tentative' | 'cancelled';

/** Where an occurrence belongs: its identity in the series, which stays when it is moved. */
export interface PlaceInSeries {
  masterId: string;
  originalStart: EventTimeFields;
}

export interface StoredEvent {
  id: string;
  calendarId: string;
  iCalUID: string;
  status: EventStatus;
  fields: EventFields;
  creator: Person;
  organizer: Person;
  sequence: number;
  createdAt: Date;
  /** Also the etag: no two states of an event share it. */
  updatedAt: Date;
  revision: number;
  /** Null for single events and for series; set on exceptions of a series. */
  place: PlaceInSeries | null;
  conferenceReadyAt: Date | null;
  /** An exception whose series no longer comes by its original start. */
  isOrphaned: boolean;
  /** Left behind by a move to another organiser: only its id is known. */
  isStub: boolean;
  /** Deleted so long ago that only its id is still taken. */
  isForgotten: boolean;
}

/** Also an event that became a series, and is no event by itself any more: that one has no place. */
export interface VanishedOccurrence {
  id: string;
  place: PlaceInSeries | null;
  eventType: string;
  revision: number;
}
