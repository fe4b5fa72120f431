import { Injectable } from '@nestjs/common';
import { OrganizationFeed } from '../notifications/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { BookingFacts } from './booking-facts.js';
import type { ToldAbsence } from './booking-provider.js';
import { type BookingRow, toFacts } from './booking.row.js';

/**
 * Absences that are told without their appointment. Such a message has no hour of its own for the absence: whoever
 * stayed away did so when the appointment began, which is also what a later reading of the account can say.
 */
@Injectable()
export class ToldAbsences {
  constructor(private readonly feed: OrganizationFeed) {}

  /** What is known of those appointments, with the marks. */
  async toMarked(tx: Transaction, integrationId: string, absence: ToldAbsence): Promise<BookingFacts[]> {
    // Before a look that a merge relies on: nobody else merges from here on.
    await this.feed.lock(tx);
    const rows = await tx.query<BookingRow>(
      `SELECT * FROM bookings
       WHERE organization_id = $1 AND integration_id = $2 AND external_event_id = $3 AND invitee_email_key = ANY($4)
       ORDER BY external_id`,
      [
        tx.organizationId,
        integrationId,
        absence.externalEventId,
        absence.marks.map(({ email }) => email.toLowerCase()),
      ],
    );
    return markAbsences(rows.map(toFacts), absence);
  }
}

/** Those of the given appointments that the absence is about. */
export function markAbsences(
  known: readonly BookingFacts[],
  { externalEventId, toldAt, marks }: ToldAbsence,
): BookingFacts[] {
  return known.flatMap((facts) => {
    const email = facts.invitee.email?.toLowerCase();
    const mark = marks.findLast((one) => one.email.toLowerCase() === email);
    if (facts.externalEventId !== externalEventId || mark === undefined) return [];
    return [{ ...facts, noShow: { at: mark.isAbsent ? facts.startsAt : null, knownAt: toldAt } }];
  });
}
