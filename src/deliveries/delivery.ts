export type DeliveryState = 'received' | 'processed' | 'ignored' | 'dead';

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
}

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
