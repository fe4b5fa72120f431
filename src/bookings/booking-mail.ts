import type { BookingMail, MeetingKind, Slot } from '../notifications/index.js';
import type { BookingFacts } from './booking-facts.js';
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

/** Words that providers use for kinds of places: Calendly’s types, and what Cal.com puts into its location. */
const KINDS: readonly [kind: MeetingKind, words: RegExp][] = [
  ['phone', /_call$|^(user)?phone$|phone/i],
  ['on_site', /^physical$|in_?person/i],
  ['video', /conference|zoom|teams|meet|webex|whereby|jitsi|video|daily|^integrations:|^link$/i],
];

const PHONE_NUMBER = /^\+?[\d ().-]{6,24}$/;

/**
 * Over the phone, on a screen or in a room: by what the provider calls it, else by what it wrote there. Null when neither
 * says: a place of the invitee's choosing may be anything.
 */
export function meetingKind({ location, joinUrl }: Pick<BookingFacts, 'location' | 'joinUrl'>): MeetingKind | null {
  const type = textOf(location?.['type']);
  const named = KINDS.find(([, words]) => type !== null && words.test(type))?.[0];
  if (named !== undefined) return named;
  const place = textOf(location?.['location']);
  if (joinUrl !== null || (place !== null && /^(https?:\/\/|integrations:)/i.test(place))) return 'video';
  return place !== null && PHONE_NUMBER.test(place) ? 'phone' : null;
}

/** What the location says for people to read; a code word or the link that stands elsewhere is not. */
function placeOf({ location, joinUrl }: BookingFacts): string | null {
  const place = textOf(location?.['location']);
  return place === null || place === joinUrl || /^(integrations:|https?:\/\/)/i.test(place) ? null : place;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
