import { DateTime } from 'luxon';
import type { BookingWire } from './booking-wire.js';
import type { Links } from './links.js';
import type { Attendee, Booking, User } from './model.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';
import type { BookingFact, TriggerDetails } from './triggers.js';

/** How two families of payloads write the same thing: cancellations come from another hand (contract 8.2). */
interface Manner {
  time(instant: Date): string;
  label(slug: string, label: string): string;
}

const usual: Manner = { time: toSeconds, label: (_slug, label) => label };
const cancelled: Manner = { time: (instant) => toSeconds(instant).replace('Z', '+00:00'), label: (slug) => slug };

const statuses = { accepted: 'ACCEPTED', pending: 'PENDING', cancelled: 'CANCELLED', rejected: 'REJECTED' };

/** What a delivery carries, quirks included (contract 8.2). */
export class WebhookPayload {
  constructor(
    private readonly store: Store,
    private readonly wire: BookingWire,
    private readonly links: Links,
    private readonly settings: Settings,
  ) {}

  /** The whole body. Meetings that begin or end are told flat: their fields stand beside `triggerEvent`. */
  body(fact: BookingFact, booking: Booking, details: TriggerDetails, createdAt: Date): Record<string, unknown> {
    const envelope = { triggerEvent: fact, createdAt: createdAt.toISOString() };
    if (fact === 'MEETING_STARTED' || fact === 'MEETING_ENDED') {
      return { ...this.#common(booking, details, usual), ...envelope, status: statuses[booking.status] };
    }
    return { ...envelope, payload: this.#payload(fact, booking, details) };
  }

  #payload(fact: BookingFact, booking: Booking, details: TriggerDetails): Record<string, unknown> {
    if (fact === 'BOOKING_NO_SHOW_UPDATED') return toNoShow(booking, details.attendees ?? []);
    const manner = fact === 'BOOKING_CANCELLED' ? cancelled : usual;
    const common = { ...this.#common(booking, details, manner), ...this.#origin(booking, details) };
    if (fact === 'BOOKING_CANCELLED') return { ...common, ...this.#cancellation(booking, details) };
    if (fact === 'BOOKING_REJECTED') {
      return { ...common, status: 'REJECTED', rejectionReason: booking.rejectionReason ?? '' };
    }
    const { iCalUID, ...withoutCalendarUid } = common;
    // The calendar's uid gets lost on the way when a booking moves.
    return fact === 'BOOKING_RESCHEDULED'
      ? { ...withoutCalendarUid, status: statuses[booking.status] }
      : { ...withoutCalendarUid, iCalUID, status: statuses[booking.status] };
  }

  #common(booking: Booking, details: TriggerDetails, manner: Manner) {
    const eventType = this.store.eventTypeOf(booking);
    const host = this.store.hostOf(booking);
    const attendees = details.attendees ?? booking.attendees;
    return {
      bookerUrl: this.links.app,
      type: eventType.slug,
      title: this.wire.titleOf(booking),
      description: booking.description,
      additionalNotes: textOf(attendees[0]?.responses['notes']),
      startTime: manner.time(booking.startsAt),
      endTime: manner.time(booking.endsAt),
      length: (booking.endsAt.getTime() - booking.startsAt.getTime()) / 60_000,
      organizer: toOrganizer(host, booking.startsAt),
      attendees: attendees.map((attendee) => toAttendee(attendee, booking.startsAt)),
      responses: this.#responses(booking, attendees[0], manner),
      userFieldsResponses: this.#userFields(booking, attendees[0], manner),
      customInputs: {},
      location: booking.location,
      destinationCalendar: this.#destination(host),
      eventTypeId: eventType.id,
      eventTitle: eventType.title,
      eventDescription: eventType.description,
      price: 0,
      currency: 'eur',
      requiresConfirmation: eventType.requiresConfirmation,
      organizationId: host.organizationId,
      uid: booking.uid,
      bookingId: booking.id,
      iCalUID: booking.icsUid,
      iCalSequence: booking.icsSequence,
      seatsPerTimeSlot: eventType.seatsPerTimeSlot,
      conferenceData: { createRequest: { requestId: '00000000-0000-0000-0000-000000000000' } },
      appsStatus: [],
      metadata: {
        ...stringsOf(booking.metadata),
        ...(booking.status === 'accepted' && booking.videoCallUrl !== null && { videoCallUrl: booking.videoCallUrl }),
      },
    };
  }

  #origin(booking: Booking, { from, change }: TriggerDetails) {
    if (!from) return {};
    return {
      rescheduleId: from.id,
      rescheduleUid: from.uid,
      rescheduleStartTime: toSeconds(from.startsAt),
      rescheduleEndTime: toSeconds(from.endsAt),
      rescheduledBy: change?.byEmail ?? booking.rescheduledByEmail,
    };
  }

  /** Without a calendar to write to, the destination is an empty list here and null elsewhere; metadata may be missing. */
  #cancellation(booking: Booking, { change }: TriggerDetails) {
    const destination = this.#destination(this.store.hostOf(booking));
    const hasMetadata = Object.keys(booking.metadata).length > 0;
    return {
      status: 'CANCELLED',
      cancellationReason: change?.reason ?? booking.cancellationReason ?? '',
      cancelledBy: change?.byEmail ?? booking.cancelledByEmail,
      requestReschedule: booking.isRescheduleRequested,
      destinationCalendar: destination ?? [],
      metadata: hasMetadata ? stringsOf(booking.metadata) : undefined,
    };
  }

  #responses(booking: Booking, attendee: Attendee | undefined, manner: Manner): Record<string, unknown> {
    if (!attendee) return {};
    const labels = this.#labelsOf(booking);
    const answered = Object.entries(attendee.responses).map(([slug, value]) => [
      slug,
      { label: manner.label(slug, labels.get(slug) ?? slug), value, isHidden: false },
    ]);
    const location = { label: 'location', value: { optionValue: '', value: booking.location }, isHidden: false };
    return { ...(Object.fromEntries(answered) as Record<string, unknown>), location };
  }

  /** Answers to the questions that the host added. */
  #userFields(booking: Booking, attendee: Attendee | undefined, manner: Manner): Record<string, unknown> {
    const added = new Set(this.store.eventTypeOf(booking).fields.map(({ slug }) => slug));
    const all = this.#responses(booking, attendee, manner);
    return Object.fromEntries(Object.entries(all).filter(([slug]) => added.has(slug)));
  }

  #labelsOf(booking: Booking): Map<string, string> {
    const { fields } = this.store.eventTypeOf(booking);
    return new Map([...defaultLabels, ...fields.map(({ slug, label }) => [slug, label] as const)]);
  }

  #destination(host: User): object | null {
    const { destination_calendar: shape } = this.settings;
    const destination = this.store.destinations.get(host.id);
    if (!destination || shape === 'null') return null;
    const { id, integration, externalId, primaryEmail, userId, credentialId } = destination;
    const shown = { id, integration, externalId, primaryEmail, userId, eventTypeId: null, credentialId };
    return shape === 'array' ? [shown] : shown;
  }
}

const defaultLabels: [string, string][] = [
  ['name', 'your_name'],
  ['email', 'email_address'],
  ['notes', 'additional_notes'],
  ['guests', 'additional_guests'],
  ['attendeePhoneNumber', 'phone_number'],
  ['rescheduleReason', 'reason_for_reschedule'],
];

function toOrganizer({ id, name, email, username, timeZone, locale, timeFormat }: User, at: Date) {
  return {
    id,
    name,
    email,
    username,
    timeZone,
    language: { locale },
    timeFormat: timeFormat === 24 ? 'HH:mm' : 'h:mma',
    utcOffset: offsetOf(timeZone, at),
  };
}

function toAttendee(attendee: Attendee, at: Date) {
  const [firstName = '', ...others] = attendee.name.split(' ');
  return {
    email: attendee.email,
    name: attendee.name,
    firstName,
    lastName: others.join(' '),
    timeZone: attendee.timeZone,
    language: { locale: attendee.language },
    utcOffset: offsetOf(attendee.timeZone, at),
    ...(attendee.phoneNumber !== null && { phoneNumber: attendee.phoneNumber }),
  };
}

/** Small, and it says `bookingUid` where all others say `uid`. */
function toNoShow(booking: Booking, attendees: Attendee[]) {
  const [first] = attendees;
  return {
    message: first?.isAbsent === false ? `${first.email} unmarked as no-show` : `${first?.email} marked as no-show`,
    bookingUid: booking.uid,
    bookingId: booking.id,
    attendees: attendees.map(({ email, isAbsent }) => ({ email, noShow: isAbsent })),
  };
}

function toSeconds(instant: Date): string {
  return instant.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function offsetOf(zone: string, at: Date): number {
  return DateTime.fromJSDate(at).setZone(zone).offset;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What a booking was given as metadata travels as text. */
function stringsOf(metadata: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
}
