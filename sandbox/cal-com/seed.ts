import { DateTime } from 'luxon';
import type { SandboxClock } from '../clock.js';
import type { ClientApp } from './client-app.js';
import { derivedUids, randomUids, type Uids } from './ids.js';
import type { ManagedUsers } from './managed-users.js';
import { type EventType, platformPermissions, type User } from './model.js';
import type { Circumstances, Form, Scheduling } from './scheduling.js';
import type { Store } from './store.js';

const dayMs = 86_400_000;

export const seededEmail = 'nora@example.test';

export interface Seeding {
  app: ClientApp;
  clock: SandboxClock;
  managedUsers: ManagedUsers;
  scheduling: Scheduling;
  store: Store;
}

/** One organization with a platform client, one of its people, what can be booked there, and a few bookings. */
export function seed(seeding: Seeding): void {
  const { app, clock, managedUsers, store } = seeding;
  const organizationId = store.numbers.next('organization');
  store.clients.set(app.clientId, {
    id: app.clientId,
    secret: app.clientSecret,
    name: 'Passerelle',
    organizationId,
    permissions: [...platformPermissions],
    redirectUris: app.origins,
    pages: {},
    areEmailsEnabled: false,
    // So that whoever connects by the platform can be booked at once.
    areDefaultEventTypesEnabled: true,
    areCalendarEventsEnabled: true,
    createdAt: clock.now(),
  });
  seedStory(seeding, addPerson(managedUsers, organizationId, seededEmail, 'Nora Petit'));
}

/** A person with an account of their own, who can be booked. */
export function addPerson(managedUsers: ManagedUsers, organizationId: number, email: string, name: string): User {
  const profile = { name, timeZone: 'Europe/Paris', locale: 'fr', timeFormat: 24 as const, weekStart: 'Monday' };
  const user = managedUsers.add(organizationId, null, email, profile);
  managedUsers.addEventType(user, {
    title: 'Découverte 30min',
    slug: '30min',
    description: 'Un premier échange, sans engagement.',
    lengthInMinutes: 30,
    location: 'integrations:google:meet',
    requiresConfirmation: false,
    seatsPerTimeSlot: null,
    fields: [{ slug: 'projet', type: 'textarea', label: 'Quel est votre projet ?' }],
  });
  managedUsers.addEventType(user, {
    title: 'Entretien sur demande',
    slug: 'entretien',
    description: '',
    lengthInMinutes: 45,
    location: 'integrations:daily',
    requiresConfirmation: true,
    seatsPerTimeSlot: null,
    fields: [],
  });
  managedUsers.addEventType(user, {
    title: 'Atelier collectif',
    slug: 'atelier-collectif',
    description: '',
    lengthInMinutes: 90,
    location: '12 rue des Ateliers, 69001 Lyon',
    requiresConfirmation: false,
    seatsPerTimeSlot: 7,
    fields: [],
  });
  return user;
}

/** Bookings in bulk, evenly spread over a span, told to nobody. */
export function seedBookings(
  { scheduling, store }: Seeding,
  host: User,
  wanted: { bookings: number; from: Date; to: Date },
): void {
  const bookable = store
    .eventTypesOf(host)
    .filter(({ requiresConfirmation, seatsPerTimeSlot }) => !requiresConfirmation && seatsPerTimeSlot === null);
  const stepMs = (wanted.to.getTime() - wanted.from.getTime()) / Math.max(1, wanted.bookings);
  for (let index = 0; index < wanted.bookings; index += 1) {
    const startsAt = new Date(wanted.from.getTime() + Math.floor((index * stepMs) / 60_000) * 60_000);
    const eventType = bookable[index % bookable.length];
    if (!eventType) continue;
    const form = formFor(`Invité ${index + 1}`, `invite.${index + 1}@example.test`);
    const at = new Date(startsAt.getTime() - 30 * dayMs);
    scheduling.book(eventType, startsAt, form, { at, uids: randomUids, isSilent: true });
  }
}

export function formFor(
  name: string,
  email: string,
  more: { metadata?: Record<string, string>; responses?: Record<string, unknown>; guests?: string[] } = {},
): Form {
  const metadata = more.metadata ?? {};
  const guests = more.guests ?? [];
  const responses = { ...more.responses, name, email, ...(guests.length > 0 && { guests }) };
  const attendee = { name, email, timeZone: 'Europe/Paris', language: 'fr', phoneNumber: null, responses, metadata };
  return { attendee, guests, metadata };
}

/** Kept, awaited, moved, cancelled by either side, missed and shared; with answers and campaigns on some. */
function seedStory({ clock, scheduling, store }: Seeding, host: User): void {
  const [discovery, interview, workshop] = store.eventTypesOf(host);
  if (!discovery || !interview || !workshop) throw new Error('the seeded event types are missing');
  const now = clock.now();
  const uids = derivedUids('story');
  const before = (startsAt: Date, days: number) => silently(uids, startsAt, now, days);
  const book = (eventType: EventType, days: number, hour: number, form: Form) => {
    const startsAt = atHour(now, days, hour);
    const booking = scheduling.book(eventType, startsAt, form, before(startsAt, 6));
    return { booking, later: before(startsAt, 2) };
  };

  const campaign = { utm_source: 'newsletter', utm_medium: 'email', utm_campaign: 'rentrée' };
  const project = { projet: 'Refaire le site de l’école, côté élèves' };
  book(discovery, -15, 10, formFor('Inès Roy', 'ines.roy@example.test', { responses: project }));
  const missed = book(discovery, -9, 11, formFor('Chloé Faure', 'chloe.faure@example.test'));
  const absence = { attendees: [{ email: 'chloe.faure@example.test', absent: true }] };
  scheduling.markAbsent(missed.booking, absence, { ...missed.later, at: missed.booking.endsAt });
  const dropped = book(discovery, -4, 9, formFor('Hugo Blanc', 'hugo.blanc@example.test'));
  const left = { byEmail: 'hugo.blanc@example.test', reason: 'Empêchement' };
  scheduling.cancel(dropped.booking, left, dropped.later);
  book(discovery, 2, 14, formFor('Marc Lenoir', 'marc.lenoir@example.test', { metadata: campaign }));
  const moved = book(discovery, 3, 10, formFor('Sofia Costa', 'sofia.costa@example.test'));
  const move = { byEmail: 'sofia.costa@example.test', reason: null };
  scheduling.move(moved.booking, atHour(now, 5, 15), move, moved.later);
  book(interview, 6, 11, formFor('Éric Moreau', 'eric.moreau@example.test'));
  const refused = book(interview, 7, 16, formFor('Aïcha Benali', 'aicha.benali@example.test'));
  scheduling.reject(refused.booking, 'Complet ce jour-là', refused.later);
  for (const [name, email] of [
    ['Paul Adam', 'paul.adam@example.test'],
    ['Lina Haddad', 'lina.haddad@example.test'],
  ] as const) {
    book(workshop, 8, 14, formFor(name, email));
  }
}

function silently(uids: Uids, startsAt: Date, now: Date, days: number): Circumstances {
  const at = new Date(Math.min(startsAt.getTime(), now.getTime()) - days * dayMs - 12_345_678);
  return { at, uids, isSilent: true };
}

function atHour(now: Date, days: number, hour: number): Date {
  return DateTime.fromJSDate(now).setZone('Europe/Paris').plus({ days }).startOf('day').set({ hour }).toJSDate();
}
