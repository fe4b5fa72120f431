import type { Attendee, Booking } from './model.js';
import type { Store } from './store.js';

/** Bookings as `cal-api-version: 2024-08-13` shows them (contract 7). Fields without a value are left out, not null. */
export class BookingWire {
  constructor(private readonly store: Store) {}

  booking(booking: Booking) {
    return this.isSeated(booking) ? this.#seated(booking) : this.#plain(booking);
  }

  /** The answer to a booking or a move of one seat names that seat beside the booking. */
  withSeat(booking: Booking, seatUid: string | null): WireBooking & { seatUid?: string } {
    return { ...this.booking(booking), ...(seatUid !== null && { seatUid }) };
  }

  isSeated(booking: Booking): boolean {
    return this.store.eventTypeOf(booking).seatsPerTimeSlot !== null;
  }

  titleOf(booking: Booking): string {
    const { title } = this.store.eventTypeOf(booking);
    const [attendee] = booking.attendees;
    const host = this.store.hostOf(booking);
    if (this.isSeated(booking) || !attendee) return title;
    return host.locale === 'fr'
      ? `${title} entre ${host.name} et ${attendee.name}`
      : `${title} between ${host.name} and ${attendee.name}`;
  }

  #plain(booking: Booking) {
    const [attendee] = booking.attendees;
    return {
      ...this.#common(booking),
      attendees: booking.attendees.map(toAttendee),
      guests: [...booking.guests],
      bookingFieldsResponses: { ...attendee?.responses },
    };
  }

  #seated(booking: Booking) {
    return {
      ...this.#common(booking),
      attendees: booking.attendees.map((attendee) => ({
        ...toAttendee(attendee),
        seatUid: attendee.seatUid,
        bookingFieldsResponses: { ...attendee.responses },
        metadata: { ...attendee.metadata },
      })),
    };
  }

  #common(booking: Booking) {
    const host = this.store.hostOf(booking);
    const eventType = this.store.eventTypeOf(booking);
    const { id, email, displayEmail, name, timeZone, username } = host;
    return {
      id: booking.id,
      uid: booking.uid,
      title: this.titleOf(booking),
      description: booking.description,
      hosts: [{ id, name, email, displayEmail, username, timeZone }],
      status: booking.status,
      ...present({
        cancellationReason: booking.cancellationReason,
        cancelledByEmail: booking.cancelledByEmail,
        reschedulingReason: booking.reschedulingReason,
        rescheduledByEmail: booking.rescheduledByEmail,
        rescheduledFromUid: booking.rescheduledFrom?.uid ?? null,
        rescheduledToUid: booking.rescheduledTo?.uid ?? null,
        recurringBookingUid: booking.recurringUid,
      }),
      start: booking.startsAt.toISOString(),
      end: booking.endsAt.toISOString(),
      duration: (booking.endsAt.getTime() - booking.startsAt.getTime()) / 60_000,
      eventTypeId: eventType.id,
      eventType: { id: eventType.id, slug: eventType.slug },
      meetingUrl: locationOf(booking),
      location: locationOf(booking),
      absentHost: booking.isHostAbsent,
      createdAt: booking.createdAt.toISOString(),
      updatedAt: booking.updatedAt.toISOString(),
      metadata: { ...booking.metadata },
      icsUid: booking.icsUid,
    };
  }
}

export type WireBooking = ReturnType<BookingWire['booking']>;

/** The API gives the link itself where webhooks name the integration. */
function locationOf({ location, status, videoCallUrl }: Booking): string {
  return status === 'accepted' && videoCallUrl !== null ? videoCallUrl : location;
}

function toAttendee({ name, email, timeZone, language, phoneNumber, isAbsent }: Attendee) {
  return { name, email, displayEmail: email, timeZone, language, absent: isAbsent, ...present({ phoneNumber }) };
}

function present<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]?: NonNullable<T[K]> };
}
