import type { Transaction } from '../platform/database/transaction.js';
import type { DeliveryState } from './delivery.js';

/** Which deliveries are meant. */
export interface DeliveryFilter {
  provider?: string;
  state?: DeliveryState;
  errorCode?: string;
  /** Received at this instant or later, and before that one. */
  since?: Date;
  until?: Date;
  bookingId?: string;
  integrationId?: string;
  /** Of whoever booked. No address stands beside a delivery: it is looked for among the bookings that they led to. */
  email?: string;
}

/** The filter as parameters of a query, and as the payload of a job: ids, words and instants, and nothing of a person. */
export interface ResolvedFilter {
  provider: string | null;
  state: string | null;
  errorCode: string | null;
  since: string | null;
  until: string | null;
  /** Null: of any booking, or of none. */
  bookingIds: readonly string[] | null;
  integrationId: string | null;
}

/** More appointments than one person makes; without a limit the answer would have none either. */
const MOST_BOOKINGS = 1_000;

export async function resolveFilter(tx: Transaction, filter: DeliveryFilter): Promise<ResolvedFilter> {
  return {
    provider: filter.provider ?? null,
    state: filter.state ?? null,
    errorCode: filter.errorCode ?? null,
    since: filter.since?.toISOString() ?? null,
    until: filter.until?.toISOString() ?? null,
    bookingIds: await findBookingIds(tx, filter),
    integrationId: filter.integrationId ?? null,
  };
}

/** As a condition of a query on `deliveries`, whose first parameter is the organization and the next seven are these. */
export const FILTER_CONDITION = `organization_id = $1
  AND ($2::text IS NULL OR provider = $2)
  AND ($3::text IS NULL OR state = $3)
  AND ($4::text IS NULL OR error_code = $4)
  AND ($5::timestamptz IS NULL OR received_at >= $5)
  AND ($6::timestamptz IS NULL OR received_at < $6)
  AND ($7::uuid[] IS NULL OR booking_id = ANY ($7))
  AND ($8::uuid IS NULL OR integration_id = $8)`;

export function filterParameters(organizationId: string | null, filter: ResolvedFilter): unknown[] {
  const { provider, state, errorCode, since, until, bookingIds, integrationId } = filter;
  return [organizationId, provider, state, errorCode, since, until, bookingIds, integrationId];
}

async function findBookingIds(tx: Transaction, { bookingId, email }: DeliveryFilter): Promise<string[] | null> {
  if (email === undefined) return bookingId === undefined ? null : [bookingId];
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM bookings
     WHERE organization_id = $1 AND invitee_email_key = lower($2) AND ($3::uuid IS NULL OR id = $3)
     ORDER BY starts_at DESC LIMIT ${MOST_BOOKINGS}`,
    [tx.organizationId, email.trim(), bookingId ?? null],
  );
  return rows.map(({ id }) => id);
}
