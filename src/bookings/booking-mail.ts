import type { BookingMail, Slot } from '../notifications/index.js';
import type { BookingFacts } from './booking-facts.js';
import { meetingKind, placeOf } from './booking-place.js';
import type { MergedBooking, MergeTarget } from './merged-booking.js';

type Told = Pick<MergedBooking, 'id' | 'after'>;

/** What a mail says of one booking; a mail that is written is told by the notification that carries it. */
export function bookingMail(
  { id, before, after }: Told & Pick<MergedBooking, 'before'>,
  change: 'created' | 'canceled' | 'no_show',
  target: Pick<MergeTarget, 'providerName'>,
): BookingMail {
  return { ...describe(id, after, target), change, slot: slotOf(after), wasKnown: before !== null };
}

/** Either half may be unknown for good: the other still deserves its mail. */
export function movedMail(from: Told | null, to: Told | null, target: Pick<MergeTarget, 'providerName'>): BookingMail {
  const known = (to ?? from)!;
  return {
    ...describe(known.id, known.after, target),
    change: 'moved',
    slot: to && slotOf(to.after),
    formerSlot: from && slotOf(from.after),
    formerBookingId: from?.id ?? null,
  };
}

function describe(
  id: string,
  facts: BookingFacts,
  { providerName }: Pick<MergeTarget, 'providerName'>,
): Omit<BookingMail, 'change' | 'slot'> {
  const { name, email, phone, timeZone } = facts.invitee;
  return {
    template: 'booking',
    provider: providerName,
    eventName: facts.eventName,
    meeting: meetingKind(facts),
    place: placeOf(facts),
    joinUrl: facts.joinUrl,
    invitee: { name, email, phone, timeZone },
    answers: facts.questions.map(({ question, answer }) => ({ question, answer })),
    formerSlot: null,
    bookingId: id,
    formerBookingId: null,
    cancellation: facts.cancellation,
    wasKnown: true,
  };
}

function slotOf({ startsAt, endsAt }: BookingFacts): Slot {
  return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}
