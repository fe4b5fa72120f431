import type { BookingWire } from './booking-wire.js';
import type { Booking, EventType, Schedule } from './model.js';
import type { Store } from './store.js';

/** What answers when `cal-api-version` is missing or wrong: other names, other envelopes, no complaint (contract 2.2). */

export function toOlderBooking(booking: Booking, store: Store, wire: BookingWire) {
  const { id, email, name, timeZone, username } = store.hostOf(booking);
  const eventType = store.eventTypeOf(booking);
  return {
    id: booking.id,
    uid: booking.uid,
    title: wire.titleOf(booking),
    description: booking.description,
    startTime: booking.startsAt.toISOString(),
    endTime: booking.endsAt.toISOString(),
    status: booking.status.toUpperCase(),
    userPrimaryEmail: email,
    user: { id, email, name, timeZone, username },
    attendees: booking.attendees.map((attendee, index) => ({
      id: booking.id * 100 + index,
      email: attendee.email,
      name: attendee.name,
      timeZone: attendee.timeZone,
      locale: attendee.language,
      bookingId: booking.id,
    })),
    eventType: { id: eventType.id, slug: eventType.slug, eventName: eventType.title, price: 0, currency: 'eur' },
    location: booking.location,
    metadata: { ...booking.metadata },
    rescheduled: booking.rescheduledTo !== null || booking.isRescheduleRequested,
    fromReschedule: booking.rescheduledFrom?.uid ?? null,
    recurringEventId: booking.recurringUid,
  };
}

export function toOlderEventType(eventType: EventType) {
  const { id, title, slug, description, lengthInMinutes, location } = eventType;
  return { id, title, slug, description, length: lengthInMinutes, locations: [{ type: location }], metadata: {} };
}

export function toOlderSchedule(schedule: Schedule) {
  const { id, name, timeZone, ownerId, availability } = schedule;
  return { id, userId: ownerId, name, timeZone, workingHours: availability };
}
