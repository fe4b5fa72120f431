import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { decodeInstantCursor, encodeCursor } from '../platform/http/paging.js';
import type { CalendarEventRow } from './calendar-event.row.js';

export interface CalendarEventFilter {
  readonly from?: Date;
  readonly to?: Date;
  readonly providerId?: string;
  readonly status?: CalendarEventRow['status'];
  readonly limit: number;
  readonly cursor?: string;
}

export interface ListedCalendarEvent extends CalendarEventRow {
  readonly provider: string;
}

/** When an event begins for the purpose of ordering: an all-day one at the first moment of its day. */
const BEGINS = `coalesce(e.starts_at, e.start_date::timestamp AT TIME ZONE 'UTC')`;
const ENDS = `coalesce(e.ends_at, e.end_date::timestamp AT TIME ZONE 'UTC')`;

/** The imported events of a person's own calendars. Nobody else sees them, not even an administrator. */
@Injectable()
export class CalendarEvents {
  constructor(private readonly work: UnitOfWork) {}

  /** Those that overlap the span, by their beginning; cancelled ones only when asked for. */
  async list(
    session: Session,
    filter: CalendarEventFilter,
  ): Promise<{ events: ListedCalendarEvent[]; nextCursor: string | null }> {
    const after = decodeInstantCursor(filter.cursor);
    const rows = await this.work.inOrganization(session, (tx) =>
      tx.query<ListedCalendarEvent & { cursor_at: string }>(
        `SELECT e.*, e.start_date::text AS start_date, e.end_date::text AS end_date, i.provider,
                (${BEGINS})::text AS cursor_at
         FROM calendar_events e JOIN integrations i ON i.id = e.integration_id
         WHERE e.organization_id = $1 AND i.user_id = $2 AND e.set_aside_reason IS NULL AND ${BEGINS} IS NOT NULL
           AND ($3::timestamptz IS NULL OR ${ENDS} > $3)
           AND ($4::timestamptz IS NULL OR ${BEGINS} < $4)
           AND ($5::text IS NULL OR i.provider = $5)
           AND CASE WHEN $6::text IS NULL THEN e.status <> 'cancelled' ELSE e.status = $6 END
           AND ($7::timestamptz IS NULL OR (${BEGINS}, e.id) > ($7, $8::uuid))
         ORDER BY ${BEGINS}, e.id
         LIMIT $9`,
        [
          session.organizationId,
          session.userId,
          filter.from ?? null,
          filter.to ?? null,
          filter.providerId ?? null,
          filter.status ?? null,
          after?.at ?? null,
          after?.id ?? null,
          filter.limit + 1,
        ],
      ),
    );
    const events = rows.slice(0, filter.limit);
    const last = rows.length > filter.limit ? events.at(-1) : undefined;
    return { events, nextCursor: last ? encodeCursor([last.cursor_at, last.id]) : null };
  }

  /** By connection: the events that are held and shown. How many there are is no secret of the calendar's owner. */
  async count(tx: Transaction, integrationIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ integration_id: string; events: number }>(
      `SELECT integration_id, count(*)::int AS events FROM calendar_events
       WHERE organization_id = $1 AND integration_id = ANY($2::uuid[])
         AND set_aside_reason IS NULL AND status <> 'cancelled'
       GROUP BY integration_id`,
      [tx.organizationId, integrationIds],
    );
    return new Map(rows.map(({ integration_id, events }) => [integration_id, events]));
  }
}
