import { DateTime } from 'luxon';
import type { SandboxClock } from '../clock.js';
import { addCalendar } from './calendar-making.js';
import type { EventBody } from './event-body.js';
import { plainWrite } from './event-draft.js';
import type { EventWriting } from './event-writing.js';
import { accountIdOf, derivedIds, type Ids, randomIds } from './ids.js';
import type { Account, Calendar } from './model.js';
import type { Store } from './store.js';

export const mainEmail = 'camille@example.test';
export const emptyEmail = 'alex@example.test';
const holidaysId = 'fr.french#holiday@group.v.calendar.google.com';
const zone = 'Europe/Paris';

export interface NewAccount {
  name: string;
  email: string;
}

interface Parts {
  store: Store;
  clock: SandboxClock;
  writing: EventWriting;
}

/** Two accounts: one with three calendars and a few events on either side of now, one with nothing. */
export function seed(parts: Parts): void {
  const camille = addAccount(parts, { name: 'Camille Laurent', email: mainEmail });
  addAccount(parts, { name: 'Alex Moreau', email: emptyEmail });
  const now = parts.clock.now();
  const trainingId = derivedIds('formations').calendar();
  const trainings = addCalendar(parts.store, camille, {
    id: trainingId,
    kind: 'secondary',
    summary: 'Formations',
    timeZone: zone,
    now,
  });
  seedTrainings(parts, trainings, camille);
  seedOwn(parts, camille);
}

/** With a primary calendar, empty but for nothing, and the holidays of France to look at. */
export function addAccount(parts: Parts, wanted: NewAccount): Account {
  const { store, clock } = parts;
  const [givenName = wanted.name, ...rest] = wanted.name.split(' ');
  const account: Account = {
    id: accountIdOf(wanted.email),
    email: wanted.email,
    name: wanted.name,
    givenName,
    familyName: rest.join(' '),
    locale: 'fr',
  };
  const now = clock.now();
  store.accounts.set(account.email, account);
  addCalendar(store, account, { id: account.email, kind: 'primary', summary: account.email, timeZone: zone, now });
  const isNew = !store.calendars.has(holidaysId);
  const holidays = addCalendar(store, account, {
    id: holidaysId,
    kind: 'holidays',
    summary: 'Jours fériés en France',
    timeZone: zone,
    now,
  });
  if (isNew) seedHolidays(parts, holidays, account);
  return account;
}

/** Events in bulk, half an hour each, evenly spread over a span. */
export function seedEvents(
  { writing }: Parts,
  calendar: Calendar,
  account: Account,
  wanted: { events: number; from: Date; to: Date },
): void {
  const stepMs = (wanted.to.getTime() - wanted.from.getTime()) / Math.max(1, wanted.events);
  for (let index = 0; index < wanted.events; index += 1) {
    const start = new Date(wanted.from.getTime() + Math.floor((index * stepMs) / 60_000) * 60_000);
    const end = new Date(start.getTime() + 1_800_000);
    const body = {
      summary: `Événement ${index + 1}`,
      start: { dateTime: start.toISOString() },
      end: { dateTime: end.toISOString() },
    };
    writing.insert(calendar, account, body, plainWrite, randomIds);
  }
}

function seedOwn(parts: Parts, camille: Account): void {
  const calendar = ownCalendar(parts.store, camille);
  const at = timesAround(parts.clock.now());
  const add = adder(parts, calendar, camille, derivedIds('camille'));
  add({ summary: 'Point d’équipe', ...at(1, '09:30', 45), location: 'Salle B, 12 rue des Lilas, Lyon' });
  add({
    summary: 'Rendez-vous médical',
    description: '<p>Ne pas déplacer</p>',
    visibility: 'private',
    ...at(2, '17:00', 30),
  });
  add({
    summary: 'Salon de la formation',
    start: { date: at(6, '00:00', 0).day },
    end: { date: at(8, '00:00', 0).day },
    transparency: 'transparent',
  });
  // Thirty weeks, the first eight of them past: wherever the year stands, the clocks change on the way.
  add({
    summary: 'Cours du soir',
    ...at(-56, '18:30', 90),
    recurrence: ['RRULE:FREQ=WEEKLY;COUNT=30'],
    reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 30 }] },
  });
  add({
    summary: 'Comité pédagogique',
    ...at(3, '14:00', 60),
    attendees: ['ines.roy', 'marc.lenoir', 'chloe.faure'].map((name, index) => ({
      email: `${name}@example.test`,
      displayName: ['Inès Roy', 'Marc Lenoir', 'Chloé Faure'][index],
      responseStatus: (['accepted', 'tentative', 'needsAction'] as const)[index],
    })),
    conferenceData: {
      createRequest: { requestId: 'seed-comite', conferenceSolutionKey: { type: 'hangoutsMeet' } },
    },
  });
  add({ summary: 'Déjeuner', ...at(-4, '12:30', 60), colorId: '5' });
  add({
    summary: 'Au bureau',
    eventType: 'workingLocation',
    visibility: 'public',
    transparency: 'transparent',
    ...allDay(at(1, '00:00', 0).day),
    workingLocationProperties: { type: 'officeLocation', officeLocation: { label: 'Lyon' } },
  });
  invite(parts, calendar, camille, {
    summary: 'Présentation du partenaire',
    ...at(5, '10:00', 60),
    guestsCanInviteOthers: false,
    iCalUID: 'seed-partenaire@partenaire.example.test',
    organizer: { email: 'paul.adam@partenaire.example.test', displayName: 'Paul Adam' },
    attendees: [
      { email: 'paul.adam@partenaire.example.test', responseStatus: 'accepted' },
      { email: camille.email, responseStatus: 'needsAction' },
    ],
  });
}

function seedTrainings(parts: Parts, calendar: Calendar, camille: Account): void {
  const at = timesAround(parts.clock.now());
  const add = adder(parts, calendar, camille, derivedIds('trainings'));
  add({ summary: 'Formation Sécurité', ...at(4, '09:00', 210), location: '12 rue des Lilas, Lyon' });
  add({ summary: 'Formation Management', ...at(11, '09:00', 420) });
}

/** An invitation from elsewhere: a copy that somebody else organises. */
function invite(parts: Parts, calendar: Calendar, account: Account, body: EventBody): void {
  const { writing } = parts;
  const ids = derivedIds('invitation');
  const { organizer, ...rest } = body;
  writing.insert(calendar, account, rest, plainWrite, ids, {
    email: organizer?.email ?? '',
    ...(organizer?.displayName && { displayName: organizer.displayName }),
  });
}

function seedHolidays(parts: Parts, calendar: Calendar, author: Account): void {
  const { year } = DateTime.fromJSDate(parts.clock.now(), { zone });
  const add = adder(parts, calendar, author, derivedIds('holidays'));
  const days = { '01-01': 'Jour de l’An', '05-01': 'Fête du Travail', '07-14': 'Fête nationale', '12-25': 'Noël' };
  for (const each of [year - 1, year, year + 1]) {
    for (const [day, summary] of Object.entries(days)) {
      add({ summary, ...allDay(`${each}-${day}`), transparency: 'transparent', visibility: 'public' });
    }
  }
}

function adder({ writing }: Parts, calendar: Calendar, author: Account, ids: Ids) {
  return (body: EventBody) => writing.insert(calendar, author, body, plainWrite, ids);
}

function ownCalendar(store: Store, account: Account): Calendar {
  const calendar = store.findCalendar('primary', account.email);
  if (!calendar) throw new Error(`${account.email} has no primary calendar`);
  return calendar;
}

function allDay(date: string) {
  const next = DateTime.fromISO(date, { zone: 'UTC' }).plus({ days: 1 }).toISODate() ?? '';
  return { start: { date }, end: { date: next } };
}

/** Times so many days from now, at an hour of Paris. */
function timesAround(now: Date) {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  return (days: number, hour: string, minutes: number) => {
    const [hours = 0, more = 0] = hour.split(':').map(Number);
    const start = today.plus({ days }).set({ hour: hours, minute: more });
    const time = (instant: DateTime) => ({
      dateTime: instant.toISO({ suppressMilliseconds: true }) ?? '',
      timeZone: zone,
    });
    return { start: time(start), end: time(start.plus({ minutes })), day: start.toISODate() ?? '' };
  };
}
