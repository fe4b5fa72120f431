export type WebhookMessageState = 'pending' | 'sent' | 'failed';

/** A row of `webhook_messages` without its payload: one event on its way to one endpoint. */
export interface WebhookMessage {
  id: string;
  organization_id: string;
  endpoint_id: string;
  position: string;
  event_type: string;
  subject: string;
  state: WebhookMessageState;
  attempts: number;
  next_try_at: Date;
  last_tried_at: Date | null;
  last_status: number | null;
  last_error: string | null;
  created_at: Date;
  done_at: Date | null;
}

export const MESSAGE_COLUMNS = `id, organization_id, endpoint_id, position, event_type, subject, state, attempts,
  next_try_at, last_tried_at, last_status, last_error, created_at, done_at`;

/** A row of `webhook_attempts`. */
export interface WebhookAttempt {
  attempt: number;
  at: Date;
  duration_ms: number;
  status: number | null;
  error: string | null;
}

/** Where the bytes of a message are sealed. */
export function payloadPlace(messageId: string) {
  return { table: 'webhook_messages', column: 'payload', rowId: messageId };
}

/** The `webhook-id` header: the same for every try, so that the receiver can tell a repetition. */
export function toMessageId(id: string): string {
  return `msg_${id}`;
}
