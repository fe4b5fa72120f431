import type { Answer, BookingFacts } from '../bookings/index.js';
import { ProviderError } from '../integrations/index.js';
import { sha256 } from '../platform/crypto/hashing.js';
import type { BookingWire, DeliveredBookingWire } from './cal-com.wire.js';

/** What an event type's own page says of it; a booking only carries its id. */
export interface EventTypeWords {
  readonly title: string;
  /** The questions of its form, by slug. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Of what Cal.com does not say when it was true. */
const BEFORE_EVERYTHING = new Date(0);

/** Fields of every form, which are told elsewhere. */
const PHONE_FIELDS = ['attendeePhoneNumber', 'smsReminderNumber'];
const USUAL_FIELDS: ReadonlySet<string> = new Set([
  ...PHONE_FIELDS,
  'name',
  'email',
  'location',
  'title',
  'notes',
  'guests',
  'rescheduleReason',
]);

/**
 * One booking is one appointment, known by its uid. Where it has seats, each of them is one, known by whom it is for:
 * deliveries do not name seats.
 */
export function seatId(uid: string, email: string): string {
  return `${uid}/${sha256(email.trim().toLowerCase()).toString('hex').slice(0, 24)}`;
}

export function uidOf(externalId: string): string {
  return externalId.split('/')[0] ?? externalId;
}

/** The mark that Cal.com puts into managed users' addresses is nobody's business but its own. */
export function withoutMark(email: string, clientId: string | undefined): string {
  return clientId === undefined ? email : email.replace(`+${clientId}@`, '@');
}

/** Changes whenever something of the booking did, also what `updatedAt` may not tell. */
export function toMark(booking: BookingWire): string {
  return sha256(JSON.stringify(booking)).toString('hex');
}

/** Everybody in a booking as the API shows it. */
export function toBookingFacts(
  booking: BookingWire,
  words: EventTypeWords | undefined,
  clientId: string | undefined,
): BookingFacts[] {
  const isSeated = booking.attendees.some(({ seatUid }) => typeof seatUid === 'string');
  const invited = isSeated ? booking.attendees : booking.attendees.slice(0, 1);
  if (invited.length === 0 && !isOver(booking)) throw new ProviderError({ kind: 'contract' });
  return invited.map((attendee) => {
    const email = withoutMark(attendee.displayEmail ?? attendee.email, clientId);
    const idIn = (uid: string | null | undefined) => (uid ? (isSeated ? seatId(uid, email) : uid) : null);
    const answers = attendee.bookingFieldsResponses ?? booking.bookingFieldsResponses ?? {};
    const updatedAt = booking.updatedAt ?? booking.createdAt;
    const place = toPlace(booking.location ?? null, null);
    return {
      externalEventId: booking.uid,
      externalId: isSeated ? seatId(booking.uid, email) : booking.uid,
      status: toStatus(booking),
      eventType: toEventType(booking.eventType?.id ?? booking.eventTypeId),
      eventName: words?.title ?? booking.title ?? null,
      startsAt: booking.start,
      endsAt: booking.end,
      ...place,
      invitee: {
        name: attendee.name,
        ...toNames(attendee.name),
        email,
        phone: attendee.phoneNumber ?? toPhone((slug) => answers[slug]),
        timeZone: attendee.timeZone ?? null,
      },
      questions: toQuestions(
        Object.entries(answers).map(([slug, value]) => ({ slug, label: words?.labels.get(slug) ?? slug, value })),
        textOf(answers['notes']),
      ),
      tracking: toTracking(booking.metadata),
      cancellation: toCancellation(booking, email),
      noShow: { at: attendee.absent === true ? booking.start : null, knownAt: updatedAt },
      previousExternalId: idIn(booking.rescheduledFromUid),
      nextExternalId: idIn(booking.rescheduledToUid),
      providerCreatedAt: booking.createdAt,
      providerUpdatedAt: updatedAt,
    };
  });
}

export type BookingTrigger =
  'BOOKING_CREATED' | 'BOOKING_REQUESTED' | 'BOOKING_RESCHEDULED' | 'BOOKING_CANCELLED' | 'BOOKING_REJECTED';

/**
 * What a delivery says: of the appointment it is about first. A move is told by one delivery, which also knows the hour
 * that was left; of that, anything said about it elsewhere counts more.
 */
export function toDeliveredFacts(
  trigger: BookingTrigger,
  booking: DeliveredBookingWire,
  toldAt: Date,
  clientId: string | undefined,
): BookingFacts[] {
  const isSeated = typeof booking.seatsPerTimeSlot === 'number';
  const invited = isSeated ? booking.attendees : booking.attendees.slice(0, 1);
  const facts = invited.map((attendee): BookingFacts => {
    const email = withoutMark(attendee.email, clientId);
    const idIn = (uid: string | null | undefined) => (uid ? (isSeated ? seatId(uid, email) : uid) : null);
    const responses = booking.responses ?? {};
    const own = Object.entries({ ...responses, ...booking.userFieldsResponses });
    return {
      externalEventId: booking.uid,
      externalId: isSeated ? seatId(booking.uid, email) : booking.uid,
      ...toDeliveredState(trigger, booking, email, clientId),
      eventType: toEventType(booking.eventTypeId),
      eventName: booking.eventTitle ?? booking.type ?? null,
      startsAt: booking.startTime,
      endsAt: booking.endTime,
      ...toPlace(booking.location ?? null, textOf(booking.metadata?.['videoCallUrl'])),
      invitee: {
        name: attendee.name,
        ...toNames(attendee.name, attendee),
        email,
        phone: attendee.phoneNumber ?? toPhone((slug) => responses[slug]?.value),
        timeZone: attendee.timeZone ?? null,
      },
      questions: toQuestions(
        own.map(([slug, { label, value }]) => ({ slug, label: label ?? slug, value })),
        booking.additionalNotes ?? textOf(responses['notes']?.value),
      ),
      tracking: toTracking(booking.metadata),
      // Of absences a delivery of its own tells.
      noShow: { at: null, knownAt: BEFORE_EVERYTHING },
      previousExternalId: idIn(booking.rescheduleUid),
      nextExternalId: null,
      providerCreatedAt: toldAt,
      // What a cancellation repeats of the appointment is poorer: questions by their slugs, and often no link.
      providerUpdatedAt: trigger === 'BOOKING_CANCELLED' ? BEFORE_EVERYTHING : toldAt,
    };
  });
  return [...facts, ...facts.flatMap((one) => toLeftHour(one, booking))];
}

/** The appointment that the given one replaces. */
function toLeftHour(facts: BookingFacts, booking: DeliveredBookingWire): BookingFacts[] {
  const { rescheduleUid, rescheduleStartTime: startsAt, rescheduleEndTime: endsAt } = booking;
  if (!rescheduleUid || !startsAt || !endsAt || facts.previousExternalId === null) return [];
  return [
    {
      ...facts,
      externalEventId: rescheduleUid,
      externalId: facts.previousExternalId,
      status: 'moved',
      startsAt,
      endsAt,
      joinUrl: null,
      cancellation: null,
      previousExternalId: null,
      nextExternalId: facts.externalId,
      providerUpdatedAt: BEFORE_EVERYTHING,
    },
  ];
}

function toDeliveredState(
  trigger: BookingTrigger,
  booking: DeliveredBookingWire,
  email: string,
  clientId: string | undefined,
): Pick<BookingFacts, 'status' | 'cancellation'> {
  switch (trigger) {
    case 'BOOKING_CREATED':
      return { status: 'active', cancellation: null };
    case 'BOOKING_REQUESTED':
      return { status: 'pending', cancellation: null };
    case 'BOOKING_RESCHEDULED':
      return { status: booking.status === 'PENDING' ? 'pending' : 'active', cancellation: null };
    case 'BOOKING_REJECTED':
      return { status: 'canceled', cancellation: { by: 'host', reason: booking.rejectionReason || null } };
    case 'BOOKING_CANCELLED': {
      const reason = booking.cancellationReason || null;
      if (booking.requestReschedule === true) {
        return { status: 'moved', cancellation: { by: 'host', reason, asksForAnotherTime: true } };
      }
      const organizer = booking.organizer.email ? withoutMark(booking.organizer.email, clientId) : null;
      const by = booking.cancelledBy ? withoutMark(booking.cancelledBy, clientId) : null;
      return { status: 'canceled', cancellation: { by: whoIs(by, organizer, email), reason } };
    }
  }
}

function toStatus({ status, rescheduledToUid }: BookingWire): BookingFacts['status'] {
  if (status === 'accepted') return 'active';
  if (status === 'pending') return 'pending';
  return status === 'cancelled' && rescheduledToUid ? 'moved' : 'canceled';
}

function isOver({ status }: BookingWire): boolean {
  return status === 'cancelled' || status === 'rejected';
}

function toCancellation(booking: BookingWire, invitee: string): BookingFacts['cancellation'] {
  if (toStatus(booking) !== 'canceled') return null;
  const reason = booking.cancellationReason || null;
  if (booking.status === 'rejected') return { by: 'host', reason };
  const by = booking.cancelledByEmail ?? null;
  const isHost = booking.hosts.some(({ email, displayEmail }) => by !== null && (by === email || by === displayEmail));
  return { by: isHost ? 'host' : whoIs(by, null, invitee), reason };
}

function whoIs(email: string | null, host: string | null, invitee: string): 'host' | 'invitee' | null {
  if (email === null) return null;
  if (host !== null && email.toLowerCase() === host.toLowerCase()) return 'host';
  return email.toLowerCase() === invitee.toLowerCase() ? 'invitee' : null;
}

function toEventType(id: number | null | undefined): string | null {
  return typeof id === 'number' ? String(id) : null;
}

/** `integrations:google:meet` is a word for programs, an address is for people, and a link is the place itself. */
function toPlace(location: string | null, videoCallUrl: string | null): Pick<BookingFacts, 'location' | 'joinUrl'> {
  const joinUrl = toLink(videoCallUrl) ?? toLink(location);
  if (location === null || location === '') return { location: null, joinUrl };
  if (location.startsWith('integrations:')) return { location: { type: location }, joinUrl };
  if (toLink(location) !== null) return { location: { type: 'link', location }, joinUrl };
  return { location: { type: 'custom', location }, joinUrl };
}

function toLink(text: string | null): string | null {
  return text !== null && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}

function toNames(
  name: string,
  { firstName, lastName }: { firstName?: string | null; lastName?: string | null } = {},
): { firstname: string; lastname: string } {
  if (firstName || lastName) return { firstname: firstName ?? '', lastname: lastName ?? '' };
  const [firstname = '', ...rest] = name.trim().split(/\s+/);
  return { firstname, lastname: rest.join(' ') };
}

function toPhone(answerTo: (slug: string) => unknown): string | null {
  return PHONE_FIELDS.map((slug) => textOf(answerTo(slug))).find((phone) => phone !== null) ?? null;
}

/** Campaigns travel among whatever else the booking page was given. */
function toTracking(metadata: Readonly<Record<string, unknown>> | null | undefined): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(metadata ?? {})
      .filter(([name]) => /^utm_[a-z_]{1,60}$/.test(name))
      .map(([name, value]) => [name, textOf(value)]),
  );
}

function toQuestions(
  answered: readonly { slug: string; label: string; value: unknown }[],
  notes: string | null,
): Answer[] {
  const asked = answered
    .filter(({ slug }) => !USUAL_FIELDS.has(slug))
    .flatMap(({ label, value }) => {
      const answer = textOf(value);
      return answer === null ? [] : [{ question: clean(label), answer }];
    });
  const noted = notes === null || notes.trim() === '' ? [] : [{ question: 'Notes', answer: notes }];
  return [...asked, ...noted].map((one, position) => ({ ...one, position }));
}

/** What people choose from forms is text, a number, yes or no, or a list of these. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : clean(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const texts = value.slice(0, 100).flatMap((one) => textOf(one) ?? []);
    return texts.length > 0 ? texts.join(', ') : null;
  }
  if (typeof value === 'object' && value !== null && 'value' in value) return textOf(value.value);
  return null;
}

function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').slice(0, 20_000);
}
