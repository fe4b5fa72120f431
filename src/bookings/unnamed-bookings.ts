import { Injectable } from '@nestjs/common';
import { OrganizationFeed } from '../notifications/index.js';
import { sha256 } from '../platform/crypto/hashing.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { BookingFacts } from './booking-facts.js';
import { type BookingRow, toFacts } from './booking.row.js';

/** Also in the index `bookings_unnamed`. */
const PREFIX = 'unnamed-';

/** A cancellation that says whose appointment, but not which. */
export interface UnnamedCancellation {
  email: string;
  eventName: string | null;
  toldAt: Date;
}

/** Ids for an appointment that was told without any: the same for everything that makes it this appointment. */
export function unnamedIds(parts: readonly string[]): Pick<BookingFacts, 'externalEventId' | 'externalId'> {
  const externalEventId = PREFIX + sha256(JSON.stringify(parts)).toString('hex').slice(0, 32);
  return { externalEventId, externalId: `${externalEventId}/1` };
}

export function isUnnamed({ externalEventId }: Pick<BookingFacts, 'externalEventId'>): boolean {
  return externalEventId.startsWith(PREFIX);
}

/**
 * Appointments that reach us without the provider's id, as older forms of webhooks tell them. The same appointment may
 * also be read from the provider, which names it: whichever comes first, they become one booking, because one person
 * does not begin two appointments at the same moment on one account.
 */
@Injectable()
export class UnnamedBookings {
  constructor(private readonly feed: OrganizationFeed) {}

  /** Gives facts without a name the name under which their appointment is known already. */
  async name(tx: Transaction, integrationId: string, facts: readonly BookingFacts[]): Promise<BookingFacts[]> {
    const unnamed = facts.filter(isUnnamed);
    if (unnamed.length === 0) return [...facts];
    // Before a look that a merge relies on: nobody else merges from here on.
    await this.feed.lock(tx);
    const known = await tx.query<{ asked: string; external_event_id: string; external_id: string }>(
      `SELECT told.external_id AS asked, b.external_event_id, b.external_id
       FROM jsonb_to_recordset($3::jsonb) AS told(external_id text, email text, starts_at timestamptz)
       JOIN bookings b ON b.invitee_email_key = lower(told.email) AND b.starts_at = told.starts_at
       WHERE b.organization_id = $1 AND b.integration_id = $2
         AND NOT starts_with(b.external_event_id, '${PREFIX}')`,
      [tx.organizationId, integrationId, toJson(unnamed)],
    );
    const names = new Map(known.map((row) => [row.asked, row]));
    return facts.map((fact) => {
      const name = names.get(fact.externalId);
      return name ? { ...fact, externalEventId: name.external_event_id, externalId: name.external_id } : fact;
    });
  }

  /** Gives bookings that were told without a name the one that these facts have for them. */
  async adopt(tx: Transaction, integrationId: string, facts: readonly BookingFacts[]): Promise<void> {
    const named = facts.filter((fact) => !isUnnamed(fact));
    if (named.length === 0) return;
    await tx.query(
      `UPDATE bookings b SET external_event_id = told.external_event_id, external_id = told.external_id
       FROM jsonb_to_recordset($3::jsonb)
         AS told(external_event_id text, external_id text, email text, starts_at timestamptz)
       WHERE b.organization_id = $1 AND b.integration_id = $2 AND b.external_event_id LIKE '${PREFIX}%'
         AND b.starts_at = told.starts_at AND b.invitee_email_key = lower(told.email)
         AND NOT EXISTS (
           SELECT FROM bookings other
           WHERE other.integration_id = b.integration_id AND other.external_id = told.external_id)`,
      [tx.organizationId, integrationId, toJson(named)],
    );
  }

  /**
   * What a cancellation says of the person's next appointment of that name, or of the last one when none is to come;
   * null when there is none. `bookingId` is the one that it meant when it was worked through before.
   */
  async toCanceled(
    tx: Transaction,
    integrationId: string,
    { email, eventName, toldAt }: UnnamedCancellation,
    bookingId: string | null,
  ): Promise<BookingFacts | null> {
    await this.feed.lock(tx);
    const [row] = await tx.query<BookingRow>(
      `SELECT * FROM bookings
       WHERE organization_id = $1 AND integration_id = $2 AND invitee_email_key = lower($3)
         AND CASE WHEN $6::uuid IS NULL THEN status IN ('pending', 'active') AND ($4::text IS NULL OR event_name = $4)
                  ELSE id = $6 END
       ORDER BY starts_at >= $5 DESC, abs(extract(epoch FROM starts_at - $5)), id LIMIT 1`,
      [tx.organizationId, integrationId, email, eventName, toldAt, bookingId],
    );
    if (row === undefined) return null;
    const facts = toFacts(row);
    return { ...facts, status: 'canceled', cancellation: facts.cancellation ?? { by: null, reason: null } };
  }
}

function toJson(facts: readonly BookingFacts[]): string {
  return JSON.stringify(
    facts.map(({ externalEventId, externalId, startsAt, invitee }) => ({
      external_event_id: externalEventId,
      external_id: externalId,
      email: invitee.email,
      starts_at: startsAt,
    })),
  );
}
