import type { DeliveryIdentity } from '../bookings/index.js';
import { sha256 } from '../platform/crypto/hashing.js';

export type DeliveryState =
  /** Waits to be worked through. */
  | 'received'
  | 'processed'
  /** Nothing to us, or known already. */
  | 'ignored'
  /** Given up. */
  | 'dead'
  /** Its seal was refused: nothing was read of it, and nothing can be until the seal has been found right. */
  | 'rejected';

/** Whose key made the seal; `none` where configuration let it in without one. */
export type SignedWith = 'connection' | 'application' | 'none';

export type BookingEffect = 'created' | 'changed' | 'unchanged';

/** A row of `deliveries` without its body. */
export interface Delivery {
  id: string;
  organization_id: string;
  integration_id: string;
  channel_id: string | null;
  provider: string;
  event_type: string | null;
  headers: Record<string, string>;
  state: DeliveryState;
  attempts: number;
  error_code: string | null;
  received_at: Date;
  processed_at: Date | null;
  /** What it was about, and what came of that the first time it was worked through. */
  booking_id: string | null;
  booking_effect: BookingEffect | null;
  /** What came of it the last time: `unchanged` after a replay that had nothing to add. */
  last_effect: BookingEffect | null;
  prospect_effect: 'created' | 'updated' | null;
  notification_ids: string[];
  /** Bodies are kept for a while only; without one it cannot be replayed. */
  has_body: boolean;
  /** Null for what came in before this was noted, and for what was refused. */
  signed_with: SignedWith | null;
  /** When the seal of a refused one was looked at again for the last time. */
  rechecked_at: Date | null;
  /** What was sent is kept, so that its seal can be looked at again. */
  has_evidence: boolean;
  /** How many more were refused on its channel around then, and not kept. */
  others_rejected: number;
}

export const DELIVERY_COLUMNS = `id, organization_id, integration_id, channel_id, provider, event_type, headers, state,
  attempts, error_code, received_at, processed_at, booking_id, booking_effect, last_effect, prospect_effect,
  notification_ids, body IS NOT NULL AS has_body, signed_with, rechecked_at, evidence IS NOT NULL AS has_evidence,
  others_rejected`;

/** One request as it will be stored: verified, sealed, not yet understood. */
export interface IncomingDelivery {
  id: string;
  organizationId: string;
  integrationId: string;
  channelId: string | null;
  provider: string;
  dedupeKey: Buffer;
  eventType: string | null;
  headers: Record<string, string>;
  sealedBody: string;
  bodyHash: Buffer;
  signedWith: SignedWith;
}

/**
 * By what a repetition is found. An identity says what a delivery claims to be; where that alone would not do, its bytes
 * do.
 */
export function dedupeKeyOf({ identity }: DeliveryIdentity, bodyHash: Buffer): Buffer {
  return identity === null ? bodyHash : sha256(identity);
}

/**
 * Of a kept delivery: that it has not been understood, or not yet. One with the same identity and other bytes may then be
 * what it should have been, and is no repetition of it.
 */
export const MAY_BE_UNREADABLE = `state IN ('received', 'dead')`;

export function bodyPlace(id: string) {
  return { table: 'deliveries', column: 'body', rowId: id };
}

/** What is sealed is text: each byte is one character, which holds whatever was sent and is shorter than base64. */
export function bodyText(body: Buffer): string {
  return body.toString('latin1');
}

export function bodyBytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
