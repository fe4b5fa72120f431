import { Injectable } from '@nestjs/common';
import type { MeetingKind } from '../notifications/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { decodeInstantCursor, encodeCursor } from '../platform/http/paging.js';
import type { ProspectBooking, ProspectBookingsReader } from '../prospects/index.js';
import { type BookingMoment, listChain, toHistory } from './booking-history.js';
import { meetingKind, placeOf } from './booking-place.js';
import type { BookingRow } from './booking.row.js';
import { bookingNotFound } from './bookings.problems.js';

/** How a booking is named to the outside, in the order of the words that front ends know. */
export const EVENT_STATUSES = ['active', 'canceled', 'rescheduled', 'no_show'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

export interface BookingFilter {
  provider?: string;
  from?: Date;
  to?: Date;
  status?: EventStatus;
  inviteeEmail?: string;
  /** Part of what was booked, or of who booked. */
  search?: string;
  /** Came in or changed here since. */
  after?: Date;
  limit: number;
  cursor?: string;
}

export interface BookingList {
  bookings: BookingRow[];
  nextCursor: string | null;
}

export interface BookingDetail {
  booking: BookingRow;
  history: BookingMoment[];
}

export interface BookingCounts {
  bookings: number;
  prospects: number;
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
         WHERE organization_id = $1 AND ($2::text IS NULL OR provider = $2)
           AND ($3::timestamptz IS NULL OR starts_at >= $3)
           AND ($4::timestamptz IS NULL OR starts_at < $4)
           AND ($5::text IS NULL OR invitee_email_key = lower($5))
           AND ($6::timestamptz IS NULL OR (starts_at, id) > ($6, $7::uuid))
           AND ($8::text IS NULL OR concat_ws(' ', event_name, invitee_name, invitee_email) ILIKE $8)
           AND ($9::timestamptz IS NULL OR updated_at > $9)
           ${filter.status ? `AND ${STATUS_CONDITION[filter.status]}` : ''}
         ORDER BY starts_at, id
         LIMIT $10`,
        [
          scope.organizationId,
          filter.provider ?? null,
          filter.from ?? null,
          filter.to ?? null,
          filter.inviteeEmail ?? null,
          after?.at ?? null,
          after?.id ?? null,
          containing(filter.search),
          filter.after ?? null,
          filter.limit + 1,
        ],
      );
      const page = bookings.slice(0, filter.limit);
      const last = page.at(-1);
      const hasMore = bookings.length > filter.limit && last !== undefined;
      return { bookings: page, nextCursor: hasMore ? encodeCursor([last.cursor_at, last.id]) : null };
    });
  }

  /** With all it was moved from and to. */
  get(scope: TenantScope, id: string): Promise<BookingDetail> {
    return this.work.inOrganization(scope, async (tx) => {
      const [booking] = await tx.query<BookingRow>('SELECT * FROM bookings WHERE organization_id = $1 AND id = $2', [
        tx.organizationId,
        id,
      ]);
      if (booking === undefined) throw new Problem(bookingNotFound);
      return { booking, history: toHistory(await listChain(tx, booking)) };
    });
  }

  /** By connection: how many bookings it brought, and how many people they are from. */
  async count(tx: Transaction, integrationIds: readonly string[]): Promise<Map<string, BookingCounts>> {
    const rows = await tx.query<BookingCounts & { integration_id: string }>(
      `SELECT integration_id, count(*)::int AS bookings, count(DISTINCT prospect_id)::int AS prospects
       FROM bookings WHERE organization_id = $1 AND integration_id = ANY($2::uuid[]) GROUP BY integration_id`,
      [tx.organizationId, integrationIds],
    );
    return new Map(rows.map(({ integration_id, bookings, prospects }) => [integration_id, { bookings, prospects }]));
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
      ...whereOf(row),
    }));
  }
}

/** As a pattern of PostgreSQL, in which some characters mean more than themselves. */
function containing(search: string | undefined): string | null {
  const text = search?.trim();
  return text ? `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : null;
}

/** Where it takes place, as it is told to people. */
export function whereOf({ location, join_url }: BookingRow): {
  meeting: MeetingKind | null;
  location: string | null;
  join_url: string | null;
} {
  const place = { location, joinUrl: join_url };
  return { meeting: meetingKind(place), location: placeOf(place), join_url };
}
