/** Everything that a host application can subscribe to. */
export const WEBHOOK_EVENTS = [
  'prospect.created',
  'prospect.updated',
  'prospect.deleted',
  'booking.created',
  'booking.updated',
  'booking.moved',
  'booking.canceled',
  'booking.no_show',
  'connection.broken',
  'connection.recovered',
] as const;

export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number];

/** Sent by the test button alone: nobody has to subscribe to it. */
export const TEST_EVENT = 'webhook.test';

/** Something the host application should hear. */
export interface WebhookEvent {
  readonly type: WebhookEventType | typeof TEST_EVENT;
  /**
   * Whom it is about. Messages of one subject arrive one after the other; those of different subjects pass each other.
   * A person’s bookings share the subject of the person, so that nobody hears of a booking before its prospect.
   */
  readonly subject: string;
  /** As the REST routes show it. */
  readonly data: object;
}
