import type { CalendarApp, CalendarType } from './calendar-app.js';

export interface ShownEvent {
  id: string;
  title: string | null;
  startsAt: string;
  attendees: string[];
}

/** What a person does in the calendar itself, in the words of neither provider. */
export interface CalendarPerson {
  events(): ShownEvent[];
  add(event: { title: string; startsAt: Date; minutes?: number; guests?: string[] }): string;
  /** Daily, so many times. */
  addSeries(event: { title: string; startsAt: Date; times: number }): void;
  addAllDay(event: { title: string; from: string; to: string }): void;
  addPrivate(event: { title: string; startsAt: Date }): void;
  /** This occurrence and all that follow get another title and hour. */
  moveFollowing(id: string, startsAt: Date, title: string): void;
  move(id: string, startsAt: Date, minutes?: number): void;
  retitle(id: string, title: string): void;
  delete(id: string): void;
  /** What the provider has sent to guests. */
  mails(): unknown[];
  writes(): number;
  clearCalls(): void;
}

interface GoogleEvent {
  id: string;
  summary?: string;
  start?: { date?: string; dateTime?: string };
  attendees?: { email: string }[];
}

interface GraphAttendee {
  emailAddress: { address: string };
}

export function personAt(app: CalendarApp, type: CalendarType, account: string): CalendarPerson {
  return type === 'google' ? atGoogle(app, account) : atOutlook(app, account);
}

function atGoogle({ google: { control } }: CalendarApp, account: string): CalendarPerson {
  const times = (startsAt: Date, minutes: number) => ({
    start: { dateTime: startsAt.toISOString(), timeZone: 'Europe/Paris' },
    end: { dateTime: endOf(startsAt, minutes), timeZone: 'Europe/Paris' },
  });
  return {
    events: () =>
      (control.events({ account }) as GoogleEvent[]).map((event) => ({
        id: event.id,
        title: event.summary ?? null,
        startsAt: new Date(event.start?.dateTime ?? event.start?.date ?? 0).toISOString(),
        attendees: (event.attendees ?? []).map(({ email }) => email),
      })),
    add: ({ title, startsAt, minutes = 60, guests = [] }) => {
      const attendees = guests.map((email) => ({ email }));
      const event = { summary: title, ...times(startsAt, minutes), attendees };
      return control.addEvent({ account, event }).id;
    },
    addSeries: ({ title, startsAt, times: count }) =>
      void control.addEvent({
        account,
        event: { summary: title, ...times(startsAt, 60), recurrence: [`RRULE:FREQ=DAILY;COUNT=${count}`] },
      }),
    addAllDay: ({ title, from, to }) =>
      void control.addEvent({ account, event: { summary: title, start: { date: from }, end: { date: to } } }),
    addPrivate: ({ title, startsAt }) =>
      void control.addEvent({
        account,
        event: { summary: title, description: title, location: title, visibility: 'private', ...times(startsAt, 60) },
      }),
    moveFollowing: (event, startsAt, title) =>
      void control.changeEvent({
        account,
        event,
        scope: 'following',
        changes: { summary: title, ...times(startsAt, 60) },
      }),
    move: (event, startsAt, minutes = 60) =>
      void control.changeEvent({ account, event, changes: times(startsAt, minutes) }),
    retitle: (event, title) => void control.changeEvent({ account, event, changes: { summary: title } }),
    delete: (event) => control.deleteEvent({ account, event }),
    mails: () => control.mails(),
    writes: () =>
      control.calls().filter(({ method, path }) => method !== 'GET' && /\/events(\/[^/]+)?$/.test(path)).length,
    clearCalls: () => control.clearCalls(),
  };
}

function atOutlook({ outlook: { control } }: CalendarApp, account: string): CalendarPerson {
  const times = (startsAt: Date, minutes: number) => ({
    start: { dateTime: startsAt.toISOString().slice(0, 19), timeZone: 'UTC' },
    end: { dateTime: endOf(startsAt, minutes).slice(0, 19), timeZone: 'UTC' },
  });
  return {
    events: () =>
      control.events({ account, calendar: 'Calendrier' }).map((event) => ({
        id: event.id,
        title: event.subject ?? null,
        startsAt: new Date(`${event.start.dateTime.slice(0, 19)}Z`).toISOString(),
        attendees: ((event.attendees ?? []) as GraphAttendee[]).map(({ emailAddress }) => emailAddress.address),
      })),
    add: ({ title, startsAt, minutes = 60, guests = [] }) => {
      const attendees = guests.map((address) => ({ type: 'required', emailAddress: { name: address, address } }));
      return control.addEvent({ account, event: { subject: title, ...times(startsAt, minutes), attendees } }).id;
    },
    addSeries: ({ title, startsAt, times: count }) =>
      void control.addEvent({
        account,
        event: {
          subject: title,
          ...times(startsAt, 60),
          recurrence: {
            pattern: { type: 'daily', interval: 1 },
            range: { type: 'numbered', startDate: startsAt.toISOString().slice(0, 10), numberOfOccurrences: count },
          },
        },
      }),
    addAllDay: ({ title, from, to }) =>
      void control.addEvent({
        account,
        event: {
          subject: title,
          isAllDay: true,
          start: { dateTime: `${from}T00:00:00`, timeZone: 'Romance Standard Time' },
          end: { dateTime: `${to}T00:00:00`, timeZone: 'Romance Standard Time' },
        },
      }),
    addPrivate: ({ title, startsAt }) =>
      void control.addEvent({
        account,
        event: {
          subject: title,
          body: { contentType: 'text', content: title },
          location: { displayName: title },
          sensitivity: 'private',
          ...times(startsAt, 60),
        },
      }),
    moveFollowing: (event, startsAt, title) =>
      void control.changeEvent({
        account,
        event,
        scope: 'following',
        changes: { subject: title, ...times(startsAt, 60) },
      }),
    move: (event, startsAt, minutes = 60) =>
      void control.changeEvent({ account, event, changes: times(startsAt, minutes) }),
    retitle: (event, title) => void control.changeEvent({ account, event, changes: { subject: title } }),
    delete: (event) => control.deleteEvent({ account, event }),
    mails: () => control.mails(),
    writes: () =>
      control.calls().filter(({ method, path }) => method !== 'GET' && /\/events(\/[^/]+)?$/.test(path)).length,
    clearCalls: () => control.clearCalls(),
  };
}

function endOf(startsAt: Date, minutes: number): string {
  return new Date(startsAt.getTime() + minutes * 60_000).toISOString();
}
