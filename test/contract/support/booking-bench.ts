import type { BookingProvider, RawDelivery, ReadWindow } from '../../../src/bookings/index.js';
import type { CodeExchange, ProviderAccess } from '../../../src/integrations/index.js';
import type { CannedAnswer } from './canned-server.js';

/** How a call to a provider can go wrong on the way. */
export type Trouble =
  | { kind: 'too-many-requests'; seconds: number }
  | { kind: 'status'; status: number }
  | { kind: 'silence' }
  | { kind: 'cut' };

/**
 * A provider with its stand-in behind it, and the hands that the suite needs there. Each provider's bench translates
 * these into its own stand-in's controls; the suite itself knows no provider.
 */
export interface BookingBench {
  readonly provider: BookingProvider;
  /** Whoever may do everything. */
  readonly access: ProviderAccess;
  /** Whose subscription at the provider does not include pushing. */
  readonly unpaid: ProviderAccess;
  /** Who did not consent to pushing. */
  readonly narrow: ProviderAccess;
  /** Of another account, which sees nothing of the first. */
  readonly stranger: ProviderAccess;
  /** With a token that is not accepted. */
  readonly refused: ProviderAccess;
  /** Holds every booking that the bench makes. */
  readonly window: ReadWindow;
  readonly keys: readonly string[];
  now(): Date;

  /** One event with so many invitees; answers their external ids. */
  book(people?: number): Promise<string[]>;
  /** So many events more, one invitee each. */
  fill(events: number): Promise<void>;
  move(externalId: string): Promise<string>;
  cancel(externalId: string): Promise<void>;
  markAbsent(externalId: string): Promise<void>;
  unmarkAbsent(externalId: string): Promise<void>;
  /** Changes something of the event that no invitee did. */
  touchEvent(externalId: string): Promise<void>;

  /** A push address that works, and what arrives there. */
  readonly pushUrl: string;
  received(): Promise<RawDelivery[]>;
  /** Sends everything a second time. */
  repeatDeliveries(): Promise<void>;
  /** Pushes begin to fail, and after long enough end for good. */
  breakChannel(state: 'failing' | 'lost'): Promise<void>;

  /** A code as the consent page gives it, and as it must be exchanged. */
  consent(): CodeExchange;
  /** The next call goes wrong. */
  trouble(trouble: Trouble): void;
  /** Whatever of it has not happened will not. */
  calm(): void;
  /** Calls that reached the stand-in so far. */
  calls(): number;

  /** The same provider in front of a server that answers only this, again and again its last. */
  canned(answers: readonly CannedAnswer[]): {
    provider: BookingProvider;
    access: ProviderAccess;
    asked: readonly string[];
  };
  close(): Promise<void>;
}

/** Answers that a provider's document allows, or does not, written in that provider's own words. */
export interface BookingOddities {
  /** A page of events that is empty and yet not the last. */
  emptyPageWithMore: CannedAnswer;
  /** What reading one event asks for, when its invitees come in three pages and the second is empty. */
  inviteesInThreePages: { answers: CannedAnswer[]; externalIds: string[] };
  /** Pages of invitees that lead back to the first. */
  inviteesInCircles: CannedAnswer[];
  /** What is answered to the question for one booking, when it is about another one. */
  anotherBooking: { answers: CannedAnswer[]; asked: string };
  /** Not pages of events. */
  badEventPages: Readonly<Record<string, CannedAnswer>>;
  /** Not pages of invitees. */
  badInviteePages: Readonly<Record<string, CannedAnswer>>;
  /** Not answers of a token endpoint. */
  badGrants: Readonly<Record<string, CannedAnswer>>;
  /** What the token endpoint says when our own registration is refused. */
  unknownClient: CannedAnswer;
}
