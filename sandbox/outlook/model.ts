/** A directory of work accounts, or the one all personal accounts live in. */
export interface Tenant {
  id: string;
  /** `contoso.example.test`; accepted wherever the id is. */
  domain: string;
  kind: 'work' | 'personal';
  /** A tenant may keep consent to its administrators (contract 2). */
  allowsUserConsent: boolean;
  hasAdminConsent: boolean;
}

export interface Account {
  /** The `oid` of id tokens and the `id` of `/me`. */
  id: string;
  tenantId: string;
  kind: 'work' | 'personal';
  displayName: string;
  /** What controls name the account by. */
  email: string;
  /** Null for personal accounts (contract 4). */
  mail: string | null;
  userPrincipalName: string;
  preferredLanguage: string | null;
  /** The mailbox's own, usually a Windows name. */
  timeZone: string;
  hasMailbox: boolean;
}

export interface Calendar {
  id: string;
  name: string;
  color: string;
  hexColor: string;
  isDefault: boolean;
  canEdit: boolean;
  changeKey: string;
}

/** A wall time and the zone name it was given with; what it means as an instant is worked out once. */
export interface EventTime {
  /** `2026-03-10T09:00:00`, without offset or fraction. */
  readonly local: string;
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface EmailAddress {
  readonly name: string;
  readonly address: string;
}

export type Response = 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded';

export interface ResponseStatus {
  readonly response: Response;
  /** Null was never. */
  readonly at: Date | null;
}

export interface Attendee {
  readonly type: 'required' | 'optional' | 'resource';
  readonly emailAddress: EmailAddress;
  readonly status: ResponseStatus;
}

/** Kept as it was sent: the sandbox has no opinion on streets. */
export type Location = Readonly<Record<string, unknown>> & { readonly displayName: string };

export interface OnlineMeeting {
  readonly provider: string;
  readonly joinUrl: string;
}

/** What an occurrence can have of its own. */
export interface EventContent {
  readonly subject: string;
  /** HTML whatever was sent (contract 5). */
  readonly html: string;
  readonly start: EventTime;
  readonly end: EventTime;
  readonly isAllDay: boolean;
  readonly locations: readonly Location[];
  readonly attendees: readonly Attendee[];
  readonly importance: 'low' | 'normal' | 'high';
  readonly sensitivity: 'normal' | 'personal' | 'private' | 'confidential';
  readonly showAs: 'free' | 'tentative' | 'busy' | 'oof' | 'workingElsewhere' | 'unknown';
  readonly categories: readonly string[];
  readonly isReminderOn: boolean;
  readonly reminderMinutesBeforeStart: number;
  readonly allowNewTimeProposals: boolean;
  readonly hideAttendees: boolean;
  readonly responseRequested: boolean;
  readonly onlineMeeting: OnlineMeeting | null;
  readonly organizer: EmailAddress;
  readonly isOrganizer: boolean;
  readonly isCancelled: boolean;
  readonly responseStatus: ResponseStatus;
  /** Invisible unless expanded (contract 5). */
  readonly extendedProperties: ReadonlyMap<string, string>;
}

export type PatternType =
  'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly' | 'absoluteYearly' | 'relativeYearly';
export type DayOfWeek = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';
export type WeekIndex = 'first' | 'second' | 'third' | 'fourth' | 'last';

export interface Recurrence {
  readonly pattern: {
    readonly type: PatternType;
    readonly interval: number;
    readonly month: number;
    readonly dayOfMonth: number;
    readonly daysOfWeek: readonly DayOfWeek[];
    readonly firstDayOfWeek: DayOfWeek;
    readonly index: WeekIndex;
  };
  readonly range: {
    readonly type: 'endDate' | 'noEnd' | 'numbered';
    readonly startDate: string;
    /** Null unless the type is endDate. */
    readonly endDate: string | null;
    readonly numberOfOccurrences: number;
    readonly recurrenceTimeZone: string;
  };
}

/** An occurrence that departs from its series. */
export interface Exception {
  readonly changes: Partial<EventContent>;
  readonly version: number;
  readonly modifiedAt: Date;
}

/** Exceptions and cancellations are keyed by the date the pattern gives the occurrence, `2026-03-10`. */
export interface Series {
  readonly recurrence: Recurrence;
  /** What the recurrence's zone means; the mailbox's own zone where its name means nothing. */
  readonly iana: string;
  readonly exceptions: ReadonlyMap<string, Exception>;
  readonly cancelled: ReadonlySet<string>;
}

/**
 * A single event or a whole series, as one immutable record: a change replaces it. That is what lets delta compare what a
 * calendar was with what it is (delta-round.ts).
 */
export interface CalendarItem {
  readonly key: string;
  readonly calendarId: string;
  /** What the ids are made of (ids.ts). The mutable one is replaced when the item moves to another calendar. */
  readonly immutableCore: string;
  readonly mutableCore: string;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** The last change of any kind, those of a single occurrence included. */
  readonly version: number;
  /** The last change that every occurrence shows. */
  readonly contentVersion: number;
  readonly content: EventContent;
  readonly series: Series | null;
  readonly transactionId: string | null;
  /** What the create request said, to tell a retry from another event under the same transactionId. */
  readonly creationDigest: string | null;
}
