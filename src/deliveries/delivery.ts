export type DeliveryState = 'received' | 'processed' | 'ignored' | 'dead';

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
}

export const DELIVERY_COLUMNS = `id, organization_id, integration_id, channel_id, provider, event_type, headers, state,
  attempts, error_code, received_at, processed_at, booking_id, booking_effect, last_effect, prospect_effect,
  notification_ids, body IS NOT NULL AS has_body`;

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
}

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
