import { type BookingRow, eventStatus, type EventStatus } from '../bookings/index.js';
import type { Transaction } from '../platform/database/transaction.js';

/** A booking as webhooks tell it: the fields of `GET /api/prospects/:id` and of the providers’ own lists, by those names. */
export interface WebhookBooking {
  id: string;
  provider: string;
  integration_id: string;
  prospect_id: string | null;
  event_name: string | null;
  starts_at: string;
  ends_at: string;
  status: EventStatus;
  location: string | null;
  join_url: string | null;
  invitee_name: string;
  invitee_email: string | null;
  invitee_phone: string | null;
  invitee_timezone: string | null;
  invitee_questions: BookingRow['questions'];
  tracking: BookingRow['tracking'];
  cancellation: BookingRow['cancellation'];
  /** The one it replaces, and the one that replaced it, as far as they are known here. */
  previous_booking_id: string | null;
  next_booking_id: string | null;
  created_at: string;
  updated_at: string;
}

type LinkedRow = BookingRow & { previous_id: string | null; next_id: string | null };

export async function listBookings(tx: Transaction, ids: readonly string[]): Promise<Map<string, WebhookBooking>> {
  const rows = await tx.query<LinkedRow>(
    `SELECT b.*, previous.id AS previous_id, next.id AS next_id
     FROM bookings b
     LEFT JOIN bookings previous
       ON previous.integration_id = b.integration_id AND previous.external_id = b.previous_external_id
     LEFT JOIN bookings next ON next.integration_id = b.integration_id AND next.external_id = b.next_external_id
     WHERE b.organization_id = $1 AND b.id = ANY($2)`,
    [tx.organizationId, ids],
  );
  return new Map(rows.map((row) => [row.id, toWebhookBooking(row)]));
}

function toWebhookBooking(row: LinkedRow): WebhookBooking {
  const place = row.location?.['location'] ?? row.location?.['type'];
  return {
    id: row.id,
    provider: row.provider,
    integration_id: row.integration_id,
    prospect_id: row.prospect_id,
    event_name: row.event_name,
    starts_at: row.starts_at.toISOString(),
    ends_at: row.ends_at.toISOString(),
    status: eventStatus(row),
    location: typeof place === 'string' ? place : null,
    join_url: row.join_url,
    invitee_name: row.invitee_name,
    invitee_email: row.invitee_email,
    invitee_phone: row.invitee_phone,
    invitee_timezone: row.invitee_timezone,
    invitee_questions: row.questions,
    tracking: row.tracking,
    cancellation: row.cancellation,
    previous_booking_id: row.previous_id,
    next_booking_id: row.next_id,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
