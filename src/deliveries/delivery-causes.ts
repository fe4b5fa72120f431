import { type BookingRow, eventStatus, type EventStatus } from '../bookings/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { BookingEffect, Delivery } from './delivery.js';

/** What a delivery led to, as far as it still exists. */
export interface DeliveryCauses {
  booking: {
    id: string;
    effect: BookingEffect;
    event_name: string | null;
    starts_at: Date;
    status: EventStatus;
  } | null;
  /** Null also when the person was erased since. */
  prospect: { id: string; effect: Delivery['prospect_effect'] } | null;
  note: { id: string; text: string; updated_at: Date } | null;
  notifications: { id: string; type: string; title: string; message: string; created_at: Date }[];
  mails: { id: string; kind: string; state: string; created_at: Date }[];
}

/**
 * Follows a delivery to what it caused. It remembers its booking and what it had told; everything else is found through
 * these, so that whatever is deleted or erased elsewhere is simply no longer found.
 */
export async function readCauses(tx: Transaction, delivery: Delivery): Promise<DeliveryCauses> {
  const {
    booking_id: bookingId,
    booking_effect: effect,
    prospect_effect,
    notification_ids: notificationIds,
  } = delivery;
  const [booking] = await tx.query<BookingRow>(`SELECT * FROM bookings WHERE organization_id = $1 AND id = $2`, [
    tx.organizationId,
    bookingId,
  ]);
  const [note] = await tx.query<{ id: string; text: string; updated_at: Date }>(
    `SELECT id, text, updated_at FROM prospect_notes
     WHERE organization_id = $1 AND prospect_id = $2 AND source_id = $3`,
    [tx.organizationId, booking?.prospect_id ?? null, bookingId],
  );
  return {
    booking: booking
      ? {
          id: booking.id,
          effect: effect ?? 'unchanged',
          event_name: booking.event_name,
          starts_at: booking.starts_at,
          status: eventStatus(booking),
        }
      : null,
    prospect: booking?.prospect_id ? { id: booking.prospect_id, effect: prospect_effect } : null,
    note: note ?? null,
    notifications: await tx.query(
      `SELECT id, type, title, message, created_at FROM notifications
       WHERE organization_id = $1 AND id = ANY ($2) ORDER BY position`,
      [tx.organizationId, notificationIds],
    ),
    mails: await tx.query(
      `SELECT id, kind, state, created_at FROM mails
       WHERE organization_id = $1 AND notification_id = ANY ($2) ORDER BY created_at, id`,
      [tx.organizationId, notificationIds],
    ),
  };
}
