import type { BookingFacts } from '../../src/bookings/booking-facts.js';

/** The appointment of the examples; a test names only what its case is about. */
export function bookingFacts(changes: Partial<BookingFacts> = {}): BookingFacts {
  const externalId = changes.externalId ?? 'E1/I1';
  return {
    externalEventId: externalId.split('/')[0]!,
    externalId,
    status: 'active',
    eventType: 'https://api.calendly.com/event_types/T1',
    eventName: 'Découverte 30min',
    startsAt: new Date('2026-01-16T15:30:00Z'),
    endsAt: new Date('2026-01-16T16:00:00Z'),
    location: { type: 'physical', location: '12 rue des Ateliers' },
    joinUrl: null,
    invitee: {
      name: 'John Doe',
      firstname: 'John',
      lastname: 'Doe',
      email: 'john.doe@example.test',
      phone: null,
      timeZone: 'Europe/Paris',
    },
    questions: [],
    tracking: {},
    cancellation: null,
    noShow: { at: null, knownAt: new Date('2026-01-10T09:00:00Z') },
    previousExternalId: null,
    nextExternalId: null,
    providerCreatedAt: new Date('2026-01-10T09:00:00Z'),
    providerUpdatedAt: new Date('2026-01-10T09:00:00Z'),
    ...changes,
  };
}
