import type { CalendarProvider } from '../../../src/calendars/index.js';
import type { CodeExchange, ProviderAccess } from '../../../src/integrations/index.js';
import type { CannedAnswer } from './canned-server.js';

/** How a call to a provider can go wrong on the way. */
export type CalendarTrouble =
  /** `seconds` may have a fraction. */
  | { kind: 'too-many-requests'; seconds: number }
  | { kind: 'status'; status: number }
  | { kind: 'silence' }
  | { kind: 'cut' }
  /** The provider does what it is asked; the connection breaks before it can say so. */
  | { kind: 'lost-answer' };

/** An event as a person writes it into a calendar. */
export interface PersonEvent {
  readonly title: string;
  readonly description?: string;
  readonly location?: string;
  /** Time on the wall (`2026-12-01T09:00`) in `timeZone`, or a date (`2026-12-01`) for an event of whole days. */
  readonly start: string;
  /** Alike; of whole days the day after the last one. */
  readonly end: string;
  /** Europe/Paris unless said otherwise. */
  readonly timeZone?: string;
  /** A series: once a week, so many times. */
  readonly weeks?: number;
  readonly guests?: readonly string[];
  readonly isPrivate?: boolean;
  readonly isFree?: boolean;
  /** With an online meeting, and reminders that are not the usual ones. */
  readonly withMeeting?: boolean;
}

export type PersonChange = Partial<Pick<PersonEvent, 'title' | 'description' | 'location' | 'start' | 'end'>>;

/** What stands in the calendar. Instants in ISO form with milliseconds, or dates. */
export interface TrueEvent {
  readonly title: string | null;
  readonly start: string;
  readonly end: string;
}

/** A push, as the product's own reading of it says. */
export interface ReceivedPush {
  readonly externalId: string;
  readonly secret: string;
}

/**
 * A calendar provider with its stand-in behind it, and the hands that the suite needs there: those of the person whose
 * calendar it is, and those that make things go wrong. Each provider's bench translates these into its own stand-in's
 * controls; the suite itself knows no provider. The stand-in's clock stands at `CALENDAR_NOW` when it starts.
 */
export interface CalendarBench {
  readonly provider: CalendarProvider;
  /** Whoever may do everything. */
  readonly access: ProviderAccess;
  /** Of another account, which sees nothing of the first. */
  readonly stranger: ProviderAccess;
  /** With a token that is not accepted. */
  readonly refused: ProviderAccess;
  /** Who consented to everything but writing; its options as `readAccount` made them. */
  readonly readOnly: ProviderAccess;
  /** The account's address. */
  readonly email: string;
  /** The primary calendar, under its real id. What stands in it at the start is of no importance. */
  readonly calendarId: string;
  /** Another calendar of the same account. */
  readonly otherCalendarId: string;
  now(): Date;

  /** The person adds an event to the primary calendar; answers its external id, for a series that of the series. */
  add(event: PersonEvent): Promise<string>;
  /** Changes an event, or a series as a whole. */
  change(externalId: string, change: PersonChange): Promise<void>;
  remove(externalId: string): Promise<void>;
  /** Occurrences count from 1, in the order in which the series planned them. */
  changeOccurrence(seriesId: string, number: number, change: PersonChange): Promise<void>;
  removeOccurrence(seriesId: string, number: number): Promise<void>;
  /** "This and all following": the series ends before that occurrence, and another one begins there. */
  changeFollowing(seriesId: string, number: number, change: PersonChange): Promise<void>;
  /** A guest answers the invitation. */
  accept(externalId: string, guest: string): Promise<void>;
  /** So many single events more, spread over the window. */
  fill(events: number): Promise<void>;
  /** What stands in the primary calendar in the window, occurrences one by one. */
  truth(window: { from: Date; to: Date }): Promise<TrueEvent[]>;
  /** All of an event that a change of its title must leave alone, as the provider keeps it: guests, link, reminders. */
  untouchable(externalId: string): Promise<unknown>;
  /** What the provider has mailed to guests so far. */
  mails(): Promise<number>;
  /** Calls so far that changed or deleted an event there was. */
  edits(): number;

  /** No cursor given so far is known any longer. */
  expireCursors(): Promise<void>;
  /** The next page of a listing is empty, and not the last. */
  emptyPage(): Promise<void>;
  /** A push address that works, another one each time. */
  readonly pushUrl: string;
  /** What arrived at any of them since the last look, once nothing more is under way. */
  pushes(): Promise<ReceivedPush[]>;
  /** Lets time pass until every channel has ended. */
  outliveChannels(): Promise<void>;
  /** The most calls of one account that were under way at once. */
  peakConcurrency(): number;

  /**
   * A code as the consent page gives it, and as it must be exchanged. `narrow`: everything but writing is granted;
   * `ofAnother`: by the owner of an account that nothing else here uses.
   */
  consent(options?: { narrow?: boolean; ofAnother?: boolean }): Promise<CodeExchange>;
  /** Whether the provider has a call that ends a grant. */
  readonly canRevoke: boolean;
  /** The next call goes wrong. */
  trouble(trouble: CalendarTrouble): void;
  /** Whatever of it has not happened will not. */
  calm(): void;

  /** The same provider in front of a server that answers only this, again and again its last. */
  canned(answers: readonly CannedAnswer[]): {
    provider: CalendarProvider;
    access: ProviderAccess;
    calendarId: string;
    asked: readonly string[];
  };
  close(): Promise<void>;
}

/** Answers that a provider's document allows, or does not, written in that provider's own words. */
export interface CalendarOddities {
  /** Pages that are no pages of a listing. */
  badPages: Readonly<Record<string, CannedAnswer>>;
  /** A page of one event that is there but cannot be placed in time, by its reason. */
  setAside: Readonly<Record<string, CannedAnswer>>;
  /** Not answers of a token endpoint. */
  badGrants: Readonly<Record<string, CannedAnswer>>;
  /** What the token endpoint says when our own registration is refused. */
  unknownClient: CannedAnswer;
}
