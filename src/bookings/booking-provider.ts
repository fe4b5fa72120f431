import type { IncomingHttpHeaders } from 'node:http';
import type { OAuthProvider, ProviderAccess } from '../integrations/index.js';
import type { BookingFacts } from './booking-facts.js';
import type { UnnamedCancellation } from './unnamed-bookings.js';

/**
 * What any booking provider can do for us. Reading, pushing and opening are told apart so that each can fail alone: an
 * account that may not have webhooks is still read, and a delivery is opened without the network.
 */
export interface BookingProvider extends OAuthProvider {
  readonly profile: BookingProfile;

  /** One page of what is booked between two instants, whatever its state. An empty page is not the end. */
  listEvents(access: ProviderAccess, window: ReadWindow, pageToken: string | null): Promise<EventPage>;

  /** Everybody who booked one listed event. Only called when its mark has moved. */
  readEvent(access: ProviderAccess, event: ListedEvent): Promise<BookingFacts[]>;

  /** One appointment by its external id; null when the provider no longer shows it. */
  findBooking(access: ProviderAccess, externalId: string): Promise<BookingFacts | null>;

  /** Asks the provider to push to `url`. Throws `ProviderError` of kind `plan` or `forbidden` when it will not. */
  openChannel(access: ProviderAccess, request: { url: string; secret: string }): Promise<{ externalId: string }>;

  /** Whether the provider still keeps its promise to push. */
  checkChannel(access: ProviderAccess, externalId: string): Promise<'open' | 'failing' | 'lost'>;

  /** All that the provider pushes for this account, to us or to others; for providers that can be asked. */
  listChannels?(access: ProviderAccess): Promise<readonly ServedChannel[]>;

  /** Ends the promise. A channel the provider no longer knows is already closed. */
  closeChannel(access: ProviderAccess, externalId: string): Promise<void>;

  /**
   * Whether one of the keys made the seal over these very bytes, recently enough: within the provider's own tolerance, or
   * `maxAgeSeconds` where somebody looks at it again later. A seal without a time has no age. Pure.
   */
  verifyDelivery(delivery: RawDelivery, keys: readonly string[], now: Date, maxAgeSeconds?: number): DeliverySeal;

  /** What a verified body is known by. Pure, never throws, and quick: its sender is still waiting for an answer. */
  identifyDelivery(body: Buffer): DeliveryIdentity;

  /** What a verified body says. Pure: no network, no database; a URI found in it is never fetched. */
  readDelivery(body: Buffer, receivedAt?: Date): DeliveryContent;
}

export interface BookingProfile {
  /** How bookings of this provider are named in `source` fields and notification types. */
  readonly source: string;
  /** The application-wide signing key, for providers that have one. */
  readonly applicationKey: string | undefined;
  /** Headers worth keeping with a delivery: none of them secret, none of them personal. */
  readonly keptHeaders: readonly string[];
  /** The header that holds the seal: all that `verifyDelivery` needs beside the bytes. */
  readonly signatureHeader: string;
  /** Calls at once for one account. */
  readonly concurrency: number;
  /** Where its deliveries come in, under PUBLIC_URL: the token of a connection follows it. */
  readonly webhookPath: string;
  /** Heeds `changedSince`. */
  readonly listsChanges?: boolean;
}

export interface ServedChannel {
  externalId: string;
  /** Where it pushes to. Compared, never called. */
  url: string;
}

export interface ReadWindow {
  from: Date;
  to: Date;
  /**
   * What has not changed since may be left out, by a provider that can tell. Without it everything in the window is
   * wanted.
   */
  changedSince?: Date;
}

export interface ListedEvent {
  externalEventId: string;
  /** Changes whenever anything about the event or its invitees may have changed. */
  mark: string;
  /** The provider's own object, for its `readEvent` alone. */
  source: unknown;
}

export interface EventPage {
  events: ListedEvent[];
  nextPageToken: string | null;
  /** Calls made for this page. */
  calls: number;
}

export interface RawDelivery {
  body: Buffer;
  headers: IncomingHttpHeaders;
}

export type DeliverySeal =
  /** By which key; null when it was let in without a seal, as its configuration allows outside production. */
  { verified: true; key: string | null } | { verified: false; reason: SealFault };

export type SealFault = 'missing' | 'malformed' | 'stale' | 'wrong';

export interface DeliveryIdentity {
  /**
   * The same for every repetition of one delivery, and for no other that can be read; whether it can is not known yet.
   * Null where only equal bytes are a repetition.
   */
  identity: string | null;
  eventType: string | null;
}

export interface DeliveryContent {
  /** The provider's account that the delivery speaks of, where it says so. */
  accountIds: readonly string[];
  outcome:
    /** What it is about; and what it says of others besides: the hour that was left, the other seats. */
    | { kind: 'booking'; facts: BookingFacts; others?: readonly BookingFacts[] }
    /** Of an appointment that it does not name. */
    | { kind: 'cancellation'; of: UnnamedCancellation }
    /** Who stayed away from an appointment, or did not after all, and nothing else of it. */
    | { kind: 'absence'; of: ToldAbsence }
    /** Understood, and nothing to us. */
    | { kind: 'ignored'; reason: string }
    /** Signed, but not what the provider's document promises. */
    | { kind: 'unusable'; reason: string };
}

/** What is said of the invitees of one event that is known already, or should be. */
export interface ToldAbsence {
  externalEventId: string;
  toldAt: Date;
  marks: readonly { email: string; isAbsent: boolean }[];
}

export function isBookingProvider(provider: OAuthProvider): provider is BookingProvider {
  return 'listEvents' in provider && 'verifyDelivery' in provider;
}
