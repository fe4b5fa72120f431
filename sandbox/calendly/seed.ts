import type { SandboxClock } from '../clock.js';
import { derivedIds, type Ids, randomIds } from './ids.js';
import type { Account, BookingForm, EventType, Plan, Role, Tracking } from './model.js';
import type { Circumstances, Scheduling } from './scheduling.js';
import type { Store } from './store.js';

const dayMs = 86_400_000;

export const paidEmail = 'nora@example.test';
export const freeEmail = 'leo@example.test';

export const noTracking: Tracking = {
  utm_campaign: null,
  utm_source: null,
  utm_medium: null,
  utm_content: null,
  utm_term: null,
  salesforce_uuid: null,
};

export interface NewAccount {
  name: string;
  email: string;
  plan: Plan;
  role: Role;
  /** Joins this colleague's organization instead of founding one. */
  colleague: Account | null;
}

/** Two accounts, one paid and one free, and three weeks of the paid one's bookings on either side of now. */
export function seed(store: Store, scheduling: Scheduling, clock: SandboxClock): void {
  const now = clock.now();
  const nora: NewAccount = { name: 'Nora Petit', email: paidEmail, plan: 'paid', role: 'owner', colleague: null };
  const leo: NewAccount = { name: 'Léo Bernard', email: freeEmail, plan: 'free', role: 'owner', colleague: null };
  const paid = addAccount(store, nora, now, derivedIds('nora'));
  addAccount(store, leo, now, derivedIds('leo'));
  seedStory(store, scheduling, paid, now);
}

export function addAccount(store: Store, wanted: NewAccount, now: Date, ids: Ids = randomIds): Account {
  const createdAt = new Date(now.getTime() - 400 * dayMs);
  const organizationId = wanted.colleague?.organizationId ?? ids.code();
  if (!wanted.colleague) store.organizations.set(organizationId, { id: organizationId, plan: wanted.plan });
  const account: Account = {
    id: ids.either(),
    membershipId: ids.uuid(),
    organizationId,
    role: wanted.role,
    name: wanted.name,
    slug: slugOf(wanted.name),
    email: wanted.email,
    timezone: 'Europe/Paris',
    createdAt,
    updatedAt: createdAt,
  };
  store.accounts.set(account.id, account);
  for (const eventType of standardEventTypes(account, ids)) store.eventTypes.set(eventType.id, eventType);
  return account;
}

/** Bookings in bulk, evenly spread over a span and among the solo event types, alternately of two kinds of people. */
export function seedBookings(
  store: Store,
  scheduling: Scheduling,
  account: Account,
  wanted: { bookings: number; from: Date; to: Date },
): void {
  const solo = store.eventTypesOf(account).filter((eventType) => eventType.kind === 'solo');
  const stepMs = (wanted.to.getTime() - wanted.from.getTime()) / Math.max(1, wanted.bookings);
  for (let index = 0; index < wanted.bookings; index += 1) {
    const startsAt = new Date(wanted.from.getTime() + Math.floor((index * stepMs) / 60_000) * 60_000);
    const eventType = solo[index % solo.length];
    if (!eventType) continue;
    const form = formFor(`Invité ${index + 1}`, `invite.${index + 1}@example.test`);
    const order = { eventType, startsAt, forms: [form], guests: [] };
    scheduling.book(order, { at: new Date(startsAt.getTime() - 30 * dayMs), ids: randomIds, isSilent: true });
  }
}

export function formFor(name: string, email: string, more: Partial<BookingForm> = {}): BookingForm {
  return {
    name,
    email,
    firstName: null,
    lastName: null,
    timezone: 'Europe/Paris',
    textReminderNumber: null,
    questionsAndAnswers: [],
    tracking: noTracking,
    payment: null,
    routingFormSubmissionId: null,
    ...more,
  };
}

function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}

function standardEventTypes(owner: Account, ids: Ids): EventType[] {
  const common = { ownerId: owner.id, isActive: true, createdAt: owner.createdAt, updatedAt: owner.createdAt };
  const solo = { ...common, kind: 'solo' as const, inviteeLimit: 1, bufferMinutes: 10, deletedAt: null };
  return [
    {
      ...solo,
      id: ids.code(),
      name: 'Découverte 30min',
      slug: '30min',
      durationMinutes: 30,
      locationType: 'google_conference',
      position: 0,
      questions: [
        { name: 'Quel est votre projet ?', type: 'text', required: false, answerChoices: [] },
        { name: 'Téléphone', type: 'phone_number', required: false, answerChoices: [] },
      ],
    },
    {
      ...solo,
      id: ids.uuid(),
      name: 'Présentation produit',
      slug: 'presentation-produit',
      durationMinutes: 45,
      locationType: 'microsoft_teams_conference',
      position: 1,
      questions: [
        {
          name: 'Sujets à aborder',
          type: 'multi_select',
          required: false,
          answerChoices: ['Tarifs', 'Intégrations', 'Sécurité'],
        },
      ],
    },
    {
      ...solo,
      id: ids.uuid(),
      name: 'Atelier collectif',
      slug: 'atelier-collectif',
      durationMinutes: 90,
      kind: 'group',
      inviteeLimit: 7,
      bufferMinutes: 0,
      locationType: 'physical',
      position: 2,
      questions: [],
    },
  ];
}

/** A dozen bookings: kept, moved, canceled by either side, missed, shared; with answers and campaigns on some. */
function seedStory(store: Store, scheduling: Scheduling, host: Account, now: Date): void {
  const [discovery, presentation, workshop] = store.eventTypesOf(host);
  if (!discovery || !presentation || !workshop) throw new Error('the standard event types are missing');
  const ids = derivedIds('story');
  const bookedBefore = (startsAt: Date, days: number): Circumstances => ({
    at: new Date(Math.min(startsAt.getTime(), now.getTime()) - days * dayMs - 12_345_678),
    ids,
    isSilent: true,
  });
  const book = (eventType: EventType, days: number, hour: number, ...forms: BookingForm[]) => {
    const startsAt = atHour(now, days, hour);
    const event = scheduling.book({ eventType, startsAt, forms, guests: [] }, bookedBefore(startsAt, 6));
    const [invitee] = event.invitees;
    if (!invitee) throw new Error('a seeded booking has nobody in it');
    return { event, invitee, later: bookedBefore(startsAt, 2) };
  };

  const campaign = { ...noTracking, utm_source: 'newsletter', utm_medium: 'email', utm_campaign: 'rentrée' };
  const answers = [
    { question: 'Quel est votre projet ?', answer: 'Refaire le site de l’école, côté élèves', position: 0 },
    { question: 'Téléphone', answer: '+33 6 12 34 56 78', position: 1 },
  ];
  book(discovery, -20, 9, formFor('Inès Roy', 'ines.roy@example.test', { questionsAndAnswers: answers }));
  book(presentation, -16, 14, formFor('Marc Lenoir', 'marc.lenoir@example.test', { tracking: campaign }));
  const missed = book(discovery, -13, 10, formFor('Chloé Faure', 'chloe.faure@example.test'));
  scheduling.markNoShow(missed.invitee, { at: missed.event.endsAt, ids, isSilent: true });
  const dropped = book(discovery, -9, 11, formFor('Hugo Blanc', 'hugo.blanc@example.test'));
  scheduling.cancelInvitee(dropped.invitee, 'invitee', 'Empêchement', dropped.later);
  book(
    presentation,
    -6,
    15,
    formFor('Aïcha Benali', 'aicha.benali@example.test', { textReminderNumber: '+33 6 00 00 00 00' }),
  );
  book(discovery, -3, 9, formFor('Jean d’Arc', 'jean.darc@example.test', { firstName: 'Jean', lastName: 'd’Arc' }));
  book(discovery, 2, 9, formFor('Marc Lenoir', 'marc.lenoir@example.test'));
  const moved = book(discovery, 3, 10, formFor('Sofia Costa', 'sofia.costa@example.test', { tracking: campaign }));
  scheduling.move(moved.invitee, atHour(now, 5, 16), 'invitee', null, 'canceled-first', moved.later);
  const group = ['Paul Adam', 'Lina Haddad', 'Tom Girard'];
  book(workshop, 8, 14, ...group.map((name) => formFor(name, `${slugOf(name).replace('-', '.')}@example.test`)));
  const refused = book(presentation, 11, 14, formFor('Éric Moreau', 'eric.moreau@example.test'));
  scheduling.cancelEvent(refused.event, 'host', 'Salle indisponible', refused.later);
  book(discovery, 15, 11, formFor('Yuki Tanaka', 'yuki.tanaka@example.test', { timezone: 'Asia/Tokyo' }));
  book(presentation, 19, 10, formFor('Emma Dubois', 'emma.dubois@example.test', { questionsAndAnswers: answers }));
}

function atHour(now: Date, days: number, hour: number): Date {
  const day = new Date(now.getTime() + days * dayMs);
  day.setUTCHours(hour, 0, 0, 0);
  return day;
}
