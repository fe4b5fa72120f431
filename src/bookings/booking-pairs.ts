import type { BookingFacts } from './booking-facts.js';
import { higherStatus } from './booking-join.js';
import type { MergedBooking } from './merged-booking.js';

/**
 * A move is two bookings that name each other, and often only one of them has said so yet: whichever half is here tells
 * the other what it must be.
 */
export function linkPairs(merged: ReadonlyMap<string, MergedBooking>): void {
  for (const { after } of merged.values()) {
    const previous = find(merged, after.previousExternalId);
    if (previous) {
      const status = higherStatus(previous.after.status, 'moved');
      const nextExternalId = previous.after.nextExternalId ?? after.externalId;
      previous.after = { ...previous.after, status, nextExternalId };
    }
    const next = find(merged, after.nextExternalId);
    if (next && next.after.previousExternalId === null) {
      next.after = { ...next.after, previousExternalId: after.externalId };
    }
  }
}

export interface PairWaits {
  /** Whose other half is to be looked for, should it not come by itself. */
  begun: MergedBooking[];
  ended: MergedBooking[];
}

/** To be asked when all is linked. A half that was given up does not begin to wait again. */
export function findPairWaits(merged: ReadonlyMap<string, MergedBooking>): PairWaits {
  const loud = [...merged.values()].filter(({ quiet }) => !quiet);
  return {
    begun: loud.filter(({ before, after }) => isHalf(after, merged) && (before === null || isOtherWait(before, after))),
    ended: loud.filter(({ after, pairDueAt }) => pairDueAt !== null && !isHalf(after, merged)),
  };
}

/** Once moved on, a booking is told with its successor; where it came from is old news. */
export function otherHalf({ status, previousExternalId, nextExternalId }: OtherHalfFacts): string | null {
  return status === 'moved' ? nextExternalId : previousExternalId;
}

type OtherHalfFacts = Pick<BookingFacts, 'status' | 'previousExternalId' | 'nextExternalId'>;

function isHalf(facts: BookingFacts, merged: ReadonlyMap<string, MergedBooking>): boolean {
  const other = otherHalf(facts);
  // The invitee may take their time to choose another hour, or never do.
  if (other === null && facts.cancellation?.asksForAnotherTime) return false;
  return other === null ? facts.status === 'moved' : !merged.has(other);
}

function isOtherWait(before: BookingFacts, after: BookingFacts): boolean {
  const hasMoved = before.status !== 'moved' && after.status === 'moved';
  return hasMoved || otherHalf(before) !== otherHalf(after);
}

function find(merged: ReadonlyMap<string, MergedBooking>, externalId: string | null): MergedBooking | undefined {
  return externalId === null ? undefined : merged.get(externalId);
}
