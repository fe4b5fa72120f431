import type { Transaction } from '../platform/database/transaction.js';
import type { Cancellation } from './booking-facts.js';
import type { BookingRow } from './booking.row.js';

/** More moves than anybody makes; links that run in a circle end here too. */
const MOST_MOVES = 50;

export interface BookingMoment {
  kind: 'booked' | 'moved' | 'canceled' | 'no_show';
  /** Null where the provider does not say when. */
  at: Date | null;
  /** The hour it was about, and of a move the hour that came instead. */
  booking: BookingRow;
  next: BookingRow | null;
  cancellation: Cancellation | null;
}

/**
 * The appointment and all it was moved from and to, in the order in which they were made: a move is another row that
 * names the one before it, or is named by it.
 */
export async function listChain(tx: Transaction, booking: BookingRow): Promise<BookingRow[]> {
  return await tx.query<BookingRow>(
    `WITH RECURSIVE chain AS (
       SELECT id, external_id, previous_external_id, next_external_id, 0 AS moves FROM bookings
       WHERE organization_id = $1 AND id = $2
       UNION
       SELECT b.id, b.external_id, b.previous_external_id, b.next_external_id, c.moves + 1
       FROM chain c JOIN bookings b ON b.organization_id = $1 AND b.integration_id = $3
         AND (b.external_id IN (c.previous_external_id, c.next_external_id) OR b.previous_external_id = c.external_id)
       WHERE c.moves < ${MOST_MOVES}
     )
     SELECT * FROM bookings WHERE organization_id = $1 AND id IN (SELECT id FROM chain)
     ORDER BY provider_created_at, id`,
    [tx.organizationId, booking.id, booking.integration_id],
  );
}

/** What happened to an appointment, told in the order of its chain. */
export function toHistory(chain: readonly BookingRow[]): BookingMoment[] {
  return chain.flatMap((booking) => {
    const next = chain.find((other) => isNext(booking, other)) ?? null;
    const isFirst = !chain.some((other) => isNext(other, booking));
    const moment = { booking, next: null, cancellation: null };
    const moments: BookingMoment[] = [];
    if (isFirst) moments.push({ ...moment, kind: 'booked', at: booking.provider_created_at });
    if (booking.no_show_at !== null) moments.push({ ...moment, kind: 'no_show', at: booking.no_show_at });
    const { cancellation } = booking;
    if (booking.status === 'moved') {
      moments.push({ kind: 'moved', at: next?.provider_created_at ?? null, booking, next, cancellation });
    }
    // The provider's last word on a canceled appointment is that it was canceled.
    if (booking.status === 'canceled') {
      moments.push({ ...moment, kind: 'canceled', at: booking.provider_updated_at, cancellation });
    }
    return moments;
  });
}

function isNext(booking: BookingRow, other: BookingRow): boolean {
  return other.external_id === booking.next_external_id || other.previous_external_id === booking.external_id;
}
