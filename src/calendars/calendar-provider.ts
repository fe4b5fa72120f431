import type { OAuthProvider, ProviderAccess } from '../integrations/index.js';
import type { EventContent, EventFacts, Guest } from './event-facts.js';

/**
 * What any calendar provider can do for us: read a calendar's changes, write single events, and promise to push. Each
 * sentence here is a case of test/contract. Like every provider it answers with values or throws `ProviderError`, keeps
 * nothing, and sees no table.
 *
 * Failures that mean something of their own here: `cursor-expired` when the provider no longer knows a cursor or a page
 * token, `changed` when a conditional write met a newer event, `gone` when what was to be written to is no longer there,
 * `insufficient-scope` with the scopes that were not granted.
 */
export interface CalendarProvider extends OAuthProvider {
  readonly calendar: CalendarProfile;

  /** Every calendar the account can see, the primary one first. */
  listCalendars(access: ProviderAccess): Promise<CalendarChoice[]>;

  /**
   * One page of what changed since the cursor, or, without one, of everything in the window. An empty page is not the
   * end: only the page without `nextPageToken` is, and it alone carries the next cursor. Series come as occurrences,
   * those that were moved at their new time, those that were cancelled not at all or as `removed`.
   */
  readChanges(access: ProviderAccess, request: ReadChanges): Promise<ChangePage>;

  /** One event as it stands now; null when it was deleted, or never was. */
  findEvent(access: ProviderAccess, calendarId: string, externalId: string): Promise<EventFacts | null>;

  /**
   * Writes an event that carries our marker. The same draft again, after a lost answer, finds the event of the first
   * time and makes no second one. Nobody is mailed unless `notify` says so.
   */
  createEvent(access: ProviderAccess, calendarId: string, draft: EventDraft): Promise<EventFacts>;

  /**
   * Changes the given fields and no others: guests, links and reminders that others have set stay as they are. Throws
   * `changed` when the event is no longer the one that `etag` names. Answers the event as the provider keeps it.
   */
  changeEvent(access: ProviderAccess, calendarId: string, change: EventChange): Promise<EventFacts>;

  /** Deletes an event. One that is gone already is deleted. */
  deleteEvent(access: ProviderAccess, calendarId: string, deletion: EventDeletion): Promise<void>;

  /** Asks the provider to push when the calendar changes. Pushes may arrive before this answers. */
  openChannel(access: ProviderAccess, request: ChannelRequest): Promise<OpenedChannel>;

  /**
   * Makes a channel live longer, where `calendar.channels.renewal` is `extend`. Throws `gone` when the provider no longer
   * knows it. Never called otherwise: then a new channel is opened and the old one closed after it.
   */
  extendChannel(access: ProviderAccess, channel: KnownChannelAtProvider): Promise<OpenedChannel>;

  /** Ends a channel. One that the provider no longer knows is ended already. */
  closeChannel(access: ProviderAccess, channel: KnownChannelAtProvider): Promise<void>;
}

/** What is peculiar to a calendar provider, as data. */
export interface CalendarProfile {
  /** How existing routes and answers name it: `google`, `outlook`. */
  readonly type: string;
  /** The window of a full reading. */
  readonly daysBack: number;
  readonly daysAhead: number;
  /** After how many days a cursor's window is left behind for a new one. */
  readonly rebaseDays: number;
  /** Pushes are checked by `ChannelRequest.secret`; how long channels live and how they are made to live on. */
  readonly channels: {
    readonly renewal: 'extend' | 'replace';
    /** How much of a channel's life may pass before it is renewed, for example 0.5. */
    readonly renewAfterFraction: number;
  };
  /** Scopes without which events cannot be read, and those without which they cannot be written. */
  readonly scopes: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** Where the provider has a page on which a person takes our access away. */
  readonly accessPage: string;
}

export interface CalendarChoice {
  readonly id: string;
  readonly name: string;
  /** IANA name; null when the provider does not say. */
  readonly timeZone: string | null;
  readonly isPrimary: boolean;
  readonly canWrite: boolean;
}

export interface ReadChanges {
  readonly calendarId: string;
  readonly window: { readonly from: Date; readonly to: Date };
  /** Null: everything in the window. */
  readonly cursor: string | null;
  /** Null: the first page. */
  readonly pageToken: string | null;
}

export interface ChangePage {
  readonly changes: readonly CalendarChange[];
  readonly nextPageToken: string | null;
  /** On the last page alone. Opaque, and private: it may lead to the calendar. */
  readonly nextCursor: string | null;
  /** Calls made for this page. */
  readonly calls: number;
}

export type CalendarChange =
  | { readonly kind: 'event'; readonly facts: EventFacts }
  /** All occurrences that a series has in the window; whatever else is known of it there has gone. */
  | { readonly kind: 'series'; readonly seriesId: string; readonly occurrences: readonly EventFacts[] }
  /**
   * No longer there, an event, an occurrence or a whole series. `isCertain` is false where the provider says the same of
   * events that only left the window.
   */
  | { readonly kind: 'removed'; readonly externalId: string; readonly isCertain: boolean }
  /** There, but not to be placed in time. */
  | { readonly kind: 'set-aside'; readonly externalId: string; readonly reason: SetAsideReason };

export type SetAsideReason = 'unknown-time-zone' | 'unreadable-times';

export interface EventDraft {
  /** Written into the event as its marker. */
  readonly copyId: string;
  /** A uuid: the provider's own way to recognise a repetition is made from it. */
  readonly key: string;
  readonly content: EventContent;
  readonly guests: readonly Guest[];
  /** Whether guests are told by the provider. */
  readonly notify: boolean;
}

export interface EventChange {
  readonly externalId: string;
  readonly etag: string | null;
  /** The fields to write; times go together. */
  readonly content: Partial<Pick<EventContent, 'title' | 'description' | 'location'>> & {
    readonly times?: Pick<EventContent, 'startsAt' | 'endsAt' | 'timeZone'>;
  };
  /** Who is to be on the list, beside whom others have put there; undefined leaves the list alone. */
  readonly guests?: { readonly add: readonly Guest[]; readonly remove: readonly string[] };
  readonly notify: boolean;
}

export interface EventDeletion {
  readonly externalId: string;
  readonly notify: boolean;
}

export interface ChannelRequest {
  readonly calendarId: string;
  /** Ours, a uuid; a provider that lets callers choose the channel's id uses it. */
  readonly id: string;
  /** Where pushes go. */
  readonly url: string;
  /** Comes back with each push, and proves it. */
  readonly secret: string;
  /**
   * For a provider that has room for one channel per calendar: whether the one in the way, which leads to our address,
   * may be ended. Not when it is somebody else's here, nor when this one is no longer wanted.
   */
  readonly mayReplace: (externalId: string) => Promise<boolean>;
}

export interface OpenedChannel {
  readonly externalId: string;
  /** What else the provider wants to hear when the channel ends. */
  readonly resourceId: string | null;
  /** As the provider answered, whatever was asked for. */
  readonly expiresAt: Date;
}

export interface KnownChannelAtProvider {
  readonly externalId: string;
  readonly resourceId: string | null;
}

export function isCalendarProvider(provider: OAuthProvider): provider is CalendarProvider {
  return 'calendar' in provider && 'readChanges' in provider;
}
