import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { decodeInstantCursor, encodeCursor } from '../platform/http/paging.js';
import type { ProspectBooking, ProspectBookingsReader } from '../prospects/index.js';
import type { BookingRow } from './booking.row.js';

/** How a booking is named to the outside, in the order of the words that front ends know. */
export type EventStatus = 'active' | 'canceled' | 'rescheduled' | 'no_show';

export interface BookingFilter {
  provider: string;
  from?: Date;
  to?: Date;
  status?: EventStatus;
  inviteeEmail?: string;
  limit: number;
  cursor?: string;
}

export interface BookingList {
  bookings: BookingRow[];
  nextCursor: string | null;
}

const STATUS_CONDITION: Record<EventStatus, string> = {
  active: `status IN ('pending', 'active') AND no_show_at IS NULL`,
  canceled: `status = 'canceled'`,
  rescheduled: `status = 'moved'`,
  no_show: `status IN ('pending', 'active') AND no_show_at IS NOT NULL`,
};

export function eventStatus({ status, no_show_at }: Pick<BookingRow, 'status' | 'no_show_at'>): EventStatus {
  if (status === 'canceled') return 'canceled';
  if (status === 'moved') return 'rescheduled';
  return no_show_at === null ? 'active' : 'no_show';
}

@Injectable()
export class Bookings implements ProspectBookingsReader {
  constructor(private readonly work: UnitOfWork) {}

  /** By hour of the appointment, earliest first. */
  list(scope: TenantScope, filter: BookingFilter): Promise<BookingList> {
    const after = decodeInstantCursor(filter.cursor);
    return this.work.inOrganization(scope, async (tx) => {
      const bookings = await tx.query<BookingRow & { cursor_at: string }>(
        `SELECT *, starts_at::text AS cursor_at FROM bookings
         WHERE organization_id = $1 AND provider = $2
           AND ($3::timestamptz IS NULL OR starts_at >= $3)
           AND ($4::timestamptz IS NULL OR starts_at < $4)
           AND ($5::text IS NULL OR lower(invitee_email) = lower($5))
           AND ($6::timestamptz IS NULL OR (starts_at, id) > ($6, $7::uuid))
           ${filter.status ? `AND ${STATUS_CONDITION[filter.status]}` : ''}
         ORDER BY starts_at, id
         LIMIT $8`,
        [
          scope.organizationId,
          filter.provider,
          filter.from ?? null,
          filter.to ?? null,
          filter.inviteeEmail ?? null,
          after?.at ?? null,
          after?.id ?? null,
          filter.limit + 1,
        ],
      );
      const page = bookings.slice(0, filter.limit);
      const last = page.at(-1);
      const hasMore = bookings.length > filter.limit && last !== undefined;
      return { bookings: page, nextCursor: hasMore ? encodeCursor([last.cursor_at, last.id]) : null };
    });
  }

  /** What one prospect booked, newest first. */
  async listOfProspect(tx: Transaction, prospectId: string): Promise<ProspectBooking[]> {
    const rows = await tx.query<BookingRow>(
      `SELECT * FROM bookings WHERE organization_id = $1 AND prospect_id = $2 ORDER BY starts_at DESC, id LIMIT 200`,
      [tx.organizationId, prospectId],
    );
    return rows.map((row) => ({
      id: row.id,
      provider: row.provider,
      event_name: row.event_name,
      starts_at: row.starts_at,
      ends_at: row.ends_at,
      status: eventStatus(row),
      location: placeOf(row),
      join_url: row.join_url,
    }));
  }
}

function placeOf({ location }: BookingRow): string | null {
  const place = location?.['location'] ?? location?.['type'];
  return typeof place === 'string' ? place : null;
}
