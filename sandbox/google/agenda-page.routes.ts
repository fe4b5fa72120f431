import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { ControlError } from '../control-errors.js';
import { langOf, page } from '../page.js';
import { type Agenda, agendaPage, hrefOf, isNotice } from './agenda-page.js';
import type { GoogleControl } from './control.js';
import { shift } from './event-check.js';
import { EventRows } from './event-rows.js';
import { toMillis } from './event-time.js';
import type { GoogleParts } from './google-parts.js';
import type { Calendar, StoredEvent } from './model.js';
import { findEvent } from './occurrences.js';
import { allows } from './store.js';

const one = z.string().optional().catch(undefined);
const whereQuery = z.object({ account: one, calendar: one, week: one, eid: one, notice: one });
const scope = z.enum(['this', 'following', 'all']).optional();
const addForm = z.object({
  summary: z.string().trim().min(1),
  day: z.iso.date(),
  hour: z.union([z.literal(''), z.string().regex(/^\d{2}:\d{2}$/)]),
  minutes: z.coerce.number().int().min(5).max(1440),
});
const changeForm = z.object({
  event: z.string(),
  scope,
  summary: z.string().trim(),
  start: z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/),
});
const deleteForm = z.object({ event: z.string(), scope });

/** The week of a calendar, where a person adds, moves, renames and deletes. Plain forms: each answers 303 back to it. */
export function registerAgendaPageRoutes(site: FastifyInstance, parts: GoogleParts, control: GoogleControl): void {
  site.get('/', async (request, reply) => page(reply, agendaPage(readAgenda(request))));

  site.post('/agenda/add', async (request, reply) =>
    act(request, reply, 'added', (where) => {
      const form = read(addForm, request.body);
      const zone = where.calendar.timeZone;
      const start = DateTime.fromISO(form.hour === '' ? form.day : `${form.day}T${form.hour}`, { zone });
      const event =
        form.hour === ''
          ? { start: { date: form.day }, end: { date: start.plus({ days: 1 }).toISODate() } }
          : { start: { dateTime: start.toISO() }, end: { dateTime: start.plus({ minutes: form.minutes }).toISO() } };
      control.addEvent({ ...named(where), event: { ...event, summary: form.summary } });
    }),
  );

  site.post('/agenda/change', async (request, reply) =>
    act(request, reply, 'changed', (where) => {
      const form = read(changeForm, request.body);
      const event = findEvent(where.calendar, form.event);
      if (!event) throw new ControlError('event', 'is not there any more', 404);
      const changes = { summary: form.summary, ...movedTo(event, form.start, where.calendar) };
      control.changeEvent({ ...named(where), event: form.event, scope: form.scope, changes });
    }),
  );

  site.post('/agenda/delete', async (request, reply) =>
    act(request, reply, 'deleted', (where) => {
      const form = read(deleteForm, request.body);
      control.deleteEvent({ ...named(where), event: form.event, scope: form.scope });
    }),
  );

  function act(
    request: FastifyRequest,
    reply: FastifyReply,
    notice: string,
    action: (where: Agenda) => void,
  ): FastifyReply {
    const where = readAgenda(request);
    let outcome = notice;
    try {
      if (!where.isWritable) throw new ControlError('calendar', 'is read-only');
      action(where);
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      outcome = 'refused';
    }
    return reply.redirect(hrefOf(where, { notice: outcome }), 303);
  }

  /** Whoever and whatever is asked for, else the first account, its own calendar, and this week. */
  function readAgenda(request: FastifyRequest): Agenda {
    const asked = whereQuery.parse(request.query);
    const accounts = [...parts.store.accounts.values()];
    const linked = readLink(asked.eid);
    const account =
      accounts.find(({ email }) => email === asked.account) ??
      accounts.find(({ email }) => email === parts.store.calendars.get(linked?.calendarId ?? '')?.ownerEmail) ??
      accounts[0];
    if (!account) throw new Error('the sandbox has no account');
    const calendars = [...parts.store.listOf(account.email).entries.values()].flatMap(({ calendarId, isDeleted }) => {
      const found = parts.store.findCalendar(calendarId, account.email);
      return found && !isDeleted ? [found] : [];
    });
    const wanted = linked?.calendarId ?? asked.calendar;
    const calendar = calendars.find(({ id }) => id === wanted) ?? calendars[0];
    if (!calendar) throw new Error(`${account.email} has no calendar`);
    const monday = readWeek(asked.week, calendar, linked?.eventId);
    return {
      lang: langOf(request.query),
      accounts,
      calendars,
      account,
      calendar,
      isWritable: allows(parts.store.roleOf(calendar, account.email), 'writer'),
      monday,
      events: eventsOf(calendar, account.email, monday),
      notice: isNotice(asked.notice) ? asked.notice : null,
    };
  }

  function readWeek(week: string | undefined, calendar: Calendar, eventId: string | undefined): DateTime {
    const zone = calendar.timeZone;
    const event = eventId === undefined ? null : findEvent(calendar, eventId);
    const asked = event
      ? DateTime.fromMillis(toMillis(event.fields.start, zone), { zone })
      : DateTime.fromISO(week ?? '', { zone });
    return (asked.isValid ? asked : DateTime.fromJSDate(parts.clock.now(), { zone })).startOf('week');
  }

  function eventsOf(calendar: Calendar, email: string, monday: DateTime): StoredEvent[] {
    const timeMax = monday.plus({ weeks: 1 }).toMillis();
    const rows = new EventRows(
      { calendar, role: 'owner', email, zone: calendar.timeZone, maxAttendees: null },
      {
        singleEvents: true,
        showDeleted: false,
        orderBy: 'startTime',
        timeMin: monday.toMillis(),
        timeMax,
        updatedMin: null,
        horizon: timeMax,
        eventTypes: [],
        matches: () => true,
      },
    );
    return rows.full().flatMap(({ event }) => event ?? []);
  }
}

function named({ account, calendar }: Agenda) {
  return { account: account.email, calendar: calendar.id };
}

/** As long as before, from another start. Nothing when the start is where it was. */
function movedTo(event: StoredEvent, start: string, { timeZone }: Calendar) {
  const isDay = event.fields.start.date !== undefined;
  const wanted = DateTime.fromISO(start, { zone: isDay ? 'UTC' : timeZone });
  if (!wanted.isValid || isDay !== !start.includes('T')) throw new ControlError('start', 'is not a time');
  const earlier = toMillis(event.fields.start, isDay ? 'UTC' : timeZone);
  const shownEarlier = DateTime.fromMillis(earlier).startOf('minute').toMillis();
  const byMs = wanted.toMillis() - shownEarlier;
  if (byMs === 0) return {};
  return { start: shift(event.fields.start, byMs), end: shift(event.fields.end, byMs) };
}

/** The event a link in an answer leads to. */
function readLink(eid: string | undefined): { eventId: string; calendarId: string } | null {
  const [eventId, calendarId] = Buffer.from(eid ?? '', 'base64url')
    .toString()
    .split(' ');
  return eventId && calendarId ? { eventId, calendarId } : null;
}

function read<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const outcome = schema.safeParse(body);
  if (!outcome.success) throw new ControlError('form', 'is not complete');
  return outcome.data;
}
