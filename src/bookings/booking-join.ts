import { createHash } from 'node:crypto';
import { BOOKING_STATUSES, type BookingFacts, type BookingStatus, type Cancellation } from './booking-facts.js';

/**
 * Facts about one booking are joined, not applied in turn: the join takes the greater of each part, so that any order
 * and any repetition of the same facts end in the same booking.
 *
 * - status: the higher rank, but for what was given up for another hour: that is moved, whoever calls it canceled;
 * - no-show: the mark with the latest knowledge;
 * - links, cancellation, creation time: what is known stays known;
 * - everything descriptive: the facts with the newest provider time, as a whole. Two different facts of one instant are
 *   decided by their hash: any fixed rule will do, as long as it does not depend on who came first.
 */
export function joinBooking(left: BookingFacts, right: BookingFacts): BookingFacts {
  const cancellation = joinCancellations(left.cancellation, right.cancellation);
  return {
    ...(comesAfter(left, right) ? left : right),
    status: cancellation?.asksForAnotherTime ? 'moved' : higherStatus(left.status, right.status),
    noShow: laterNoShow(left, right),
    cancellation,
    previousExternalId: greater(left.previousExternalId, right.previousExternalId),
    nextExternalId: greater(left.nextExternalId, right.nextExternalId),
    providerCreatedAt:
      left.providerCreatedAt < right.providerCreatedAt ? left.providerCreatedAt : right.providerCreatedAt,
  };
}

/** The part of the facts that the newest provider time decides, as bytes that are equal when it is. */
export function factsHash(facts: BookingFacts): Buffer {
  const { eventType, eventName, startsAt, endsAt, location, joinUrl, invitee, questions, tracking } = facts;
  const described = { eventType, eventName, startsAt, endsAt, location, joinUrl, invitee, questions, tracking };
  return createHash('sha256').update(canonicalJson(described)).digest();
}

export function sameBooking(left: BookingFacts, right: BookingFacts): boolean {
  return canonicalJson(left) === canonicalJson(right);
}

export function higherStatus(left: BookingStatus, right: BookingStatus): BookingStatus {
  return BOOKING_STATUSES.indexOf(left) >= BOOKING_STATUSES.indexOf(right) ? left : right;
}

function comesAfter(left: BookingFacts, right: BookingFacts): boolean {
  const difference = left.providerUpdatedAt.getTime() - right.providerUpdatedAt.getTime();
  return difference !== 0 ? difference > 0 : factsHash(left).compare(factsHash(right)) > 0;
}

/** Who says that another hour is asked for knows more than who does not: not every source has a word for it. */
function joinCancellations(left: Cancellation | null, right: Cancellation | null): Cancellation | null {
  if (left === null || right === null) return left ?? right;
  if (left.asksForAnotherTime !== right.asksForAnotherTime) return left.asksForAnotherTime ? left : right;
  return greater(left, right);
}

function laterNoShow({ noShow: left }: BookingFacts, { noShow: right }: BookingFacts): BookingFacts['noShow'] {
  const difference = left.knownAt.getTime() - right.knownAt.getTime();
  if (difference !== 0) return difference > 0 ? left : right;
  // Of two statements of one instant, the mark is the more specific one.
  return (left.at?.getTime() ?? 0) >= (right.at?.getTime() ?? 0) ? left : right;
}

/** What is known of the two; should they ever differ, the one whose text is greater. */
function greater<T>(left: T | null, right: T | null): T | null {
  if (left === null || right === null) return left ?? right;
  return canonicalJson(left) >= canonicalJson(right) ? left : right;
}

/** JSON with its keys in order, so that equal values have equal texts. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) && !(part instanceof Date)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
