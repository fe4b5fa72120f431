import { DateTime } from 'luxon';
import type { SandboxClock } from '../clock.js';
import { newCalendar } from './calendars.js';
import { type EventBody, eventBody } from './event-body.js';
import type { EventWriting } from './event-writing.js';
import { derivedGuid, newGuid } from './ids.js';
import type { Mailbox } from './mailbox.js';
import type { Account, Calendar, EventContent } from './model.js';
import { homeDomain, homeTenantId, personalTenantId, type Store } from './store.js';

export const workEmail = 'dominique@example.test';
export const personalEmail = 'sacha@example.test';

const zone = 'Romance Standard Time';
const iana = 'Europe/Paris';
const everyMonday = {
  type: 'weekly',
  interval: 1,
  month: 0,
  dayOfMonth: 0,
  daysOfWeek: ['monday'],
  firstDayOfWeek: 'monday',
  index: 'first',
} satisfies NonNullable<EventBody['recurrence']>['pattern'];

export interface NewAccount {
  name: string;
  email: string;
  kind: 'work' | 'personal';
  timeZone: string;
  /** The domain of a work tenant other than the application's own. */
  tenant: string | null;
  hasMailbox: boolean;
}

/** Two accounts with fixed ids, one of each kind, and some weeks of the first one's events on either side of now. */
export function seed(store: Store, writing: EventWriting, clock: SandboxClock): void {
  store.tenants.set(homeTenantId, {
    id: homeTenantId,
    domain: homeDomain,
    kind: 'work',
    allowsUserConsent: true,
    hasAdminConsent: false,
  });
  store.tenants.set(personalTenantId, {
    id: personalTenantId,
    domain: 'live.example.test',
    kind: 'personal',
    allowsUserConsent: true,
    hasAdminConsent: false,
  });
  const common = { timeZone: zone, tenant: null, hasMailbox: true };
  const dominique = addAccount(
    store,
    { ...common, name: 'Dominique Roux', email: workEmail, kind: 'work' },
    'dominique',
  );
  const sacha = addAccount(
    store,
    { ...common, name: 'Sacha Lemoine', email: personalEmail, kind: 'personal' },
    'sacha',
  );
  const trainings = newCalendar({ name: 'Formations', color: 'lightBlue' }, 'dominique/formations');
  store.mailboxOf(dominique).calendars.set(trainings.id, trainings);
  new Story(store.mailboxOf(dominique), writing, clock).tellWork(trainings);
  new Story(store.mailboxOf(sacha), writing, clock).tellPrivate();
}

export function addAccount(store: Store, wanted: NewAccount, label: string | null = null): Account {
  const account: Account = {
    id: label === null ? newGuid() : derivedGuid(`account/${label}`),
    tenantId: tenantFor(store, wanted),
    kind: wanted.kind,
    displayName: wanted.name,
    email: wanted.email,
    mail: wanted.kind === 'work' ? wanted.email : null,
    userPrincipalName: wanted.email,
    preferredLanguage: wanted.kind === 'work' ? 'fr-FR' : null,
    timeZone: wanted.timeZone,
    hasMailbox: wanted.hasMailbox,
  };
  store.accounts.set(account.id, account);
  const calendar = newCalendar({ name: 'Calendrier', isDefault: true }, `${account.id}/default`);
  store.mailboxOf(account).calendars.set(calendar.id, calendar);
  return account;
}

/** Events in bulk, half an hour each, evenly spread over a span; every tenth lasts all day. Tells nobody. */
export function seedEvents(
  mailbox: Mailbox,
  writing: EventWriting,
  { calendar, events, from, to }: { calendar: Calendar; events: number; from: Date; to: Date },
): void {
  const stepMs = (to.getTime() - from.getTime()) / events;
  const offset = mailbox.version;
  for (let position = 0; position < events; position += 1) {
    const start = clearOfClockChange(
      DateTime.fromMillis(from.getTime() + position * stepMs, { zone: iana }).startOf('minute'),
    );
    const isAllDay = position % 10 === 9;
    const [opens, closes] = isAllDay
      ? [start.startOf('day'), start.startOf('day').plus({ days: 1 })]
      : [start, start.plus({ minutes: 30 })];
    create(mailbox, writing, calendar, `bulk/${offset + position}`, {
      subject: `Rendez-vous ${position + 1}`,
      start: wall(opens),
      end: wall(closes),
      isAllDay,
    });
  }
}

/** In the hour that comes twice an event of half an hour would end, on the wall, before it begins. */
function clearOfClockChange(start: DateTime): DateTime {
  return start.plus({ minutes: 30 }).offset < start.offset ? start.plus({ hours: 1 }) : start;
}

class Story {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly writing: EventWriting,
    private readonly clock: SandboxClock,
  ) {}

  tellWork(trainings: Calendar): void {
    const calendar = this.mailbox.defaultCalendar;
    const make = (label: string, body: EventBody, content: Partial<EventContent> = {}, into = calendar) =>
      create(this.mailbox, this.writing, into, `dominique/${label}`, body, content);
    const monday = this.#day(-30).startOf('week');
    make('point-equipe', {
      subject: 'Point d’équipe',
      start: wall(monday.set({ hour: 9 })),
      end: wall(monday.set({ hour: 9, minute: 30 })),
      location: { displayName: 'Salle Ada' },
      recurrence: {
        // Twice a year the clock changes on a Sunday; on the wall this stays at nine.
        pattern: everyMonday,
        range: {
          type: 'endDate',
          startDate: monday.toISODate() ?? '',
          endDate: monday.plus({ days: 364 }).toISODate(),
          numberOfOccurrences: 0,
          recurrenceTimeZone: zone,
        },
      },
    });
    make('conges', { subject: 'Congés', ...this.#days(12, 2), isAllDay: true, showAs: 'oof' });
    make('medecin', { subject: 'Rendez-vous médical', ...this.#span(3, '08:30', '09:15'), sensitivity: 'private' });
    make('fournisseur', {
      subject: 'Appel fournisseur',
      body: { contentType: 'text', content: 'Renouvellement du contrat.\nPrévoir les chiffres <2026>.' },
      start: { dateTime: `${this.#day(5).toISODate()}T09:00:00`, timeZone: 'Eastern Standard Time' },
      end: { dateTime: `${this.#day(5).toISODate()}T09:45:00`, timeZone: 'Eastern Standard Time' },
    });
    make(
      'invitation',
      { subject: 'Comité de pilotage', ...this.#span(8, '14:00', '15:30'), showAs: 'tentative' },
      {
        isOrganizer: false,
        organizer: { name: 'Claude Perrin', address: 'claude.perrin@example.test' },
        responseStatus: { response: 'notResponded', at: null },
      },
    );
    const training = (label: string, subject: string, inDays: number) =>
      make(
        label,
        { subject, ...this.#span(inDays, '09:00', '17:00'), location: { displayName: 'Centre Gambetta' } },
        {},
        trainings,
      );
    training('securite', 'Formation Sécurité incendie', 7);
    training('secourisme', 'Formation Secourisme', 14);
  }

  tellPrivate(): void {
    create(this.mailbox, this.writing, this.mailbox.defaultCalendar, 'sacha/dentiste', {
      subject: 'Dentiste',
      ...this.#span(2, '11:00', '11:30'),
    });
  }

  #day(inDays: number): DateTime {
    return DateTime.fromJSDate(this.clock.now()).setZone(iana).startOf('day').plus({ days: inDays });
  }

  #span(inDays: number, from: string, to: string): Pick<EventBody, 'start' | 'end'> {
    const date = this.#day(inDays).toISODate();
    return {
      start: { dateTime: `${date}T${from}:00`, timeZone: zone },
      end: { dateTime: `${date}T${to}:00`, timeZone: zone },
    };
  }

  #days(inDays: number, count: number): Pick<EventBody, 'start' | 'end'> {
    return { start: wall(this.#day(inDays)), end: wall(this.#day(inDays + count)) };
  }
}

function create(
  mailbox: Mailbox,
  writing: EventWriting,
  calendar: Calendar,
  label: string,
  body: EventBody,
  content: Partial<EventContent> = {},
): void {
  const origins = { calendarId: calendar.id, seed: `${mailbox.account.id}/${label}`, transactionId: null, content };
  writing.create(
    mailbox,
    eventBody.parse(body),
    { account: mailbox.account, takesAnyZone: false },
    { ...origins, creationDigest: null },
  );
}

function wall(time: DateTime): { dateTime: string; timeZone: string } {
  return { dateTime: time.toFormat("yyyy-MM-dd'T'HH:mm:ss"), timeZone: zone };
}

function tenantFor(store: Store, { kind, tenant }: NewAccount): string {
  if (kind === 'personal') return personalTenantId;
  const domain = tenant ?? homeDomain;
  const found = store.findTenant(domain);
  if (found) return found.id;
  const id = derivedGuid(`tenant/${domain}`);
  store.tenants.set(id, {
    id,
    domain: domain.toLowerCase(),
    kind: 'work',
    allowsUserConsent: true,
    hasAdminConsent: false,
  });
  return id;
}
