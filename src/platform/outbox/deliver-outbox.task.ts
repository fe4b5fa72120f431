export const DELIVER_OUTBOX = 'outbox.deliver';

export interface DeliverOutboxPayload {
  readonly organizationId: string;
  readonly outboxId: string;
}
