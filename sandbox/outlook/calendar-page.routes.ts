import type { FastifyInstance, FastifyReply } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { ControlError } from '../control-errors.js';
import { langOf, page } from '../page.js';
import { calendarPage, isNotice, type Notice } from './calendar-page.js';
import type { OutlookControl } from './control.js';
import type { OutlookParts } from './outlook-parts.js';
import { workEmail } from './seed.js';
import { findZone } from './zones.js';

const time = z.string().regex(/^\d{2}:\d{2}$/);
const addForm = z.object({
  account: z.string(),
  calendar: z.string(),
  subject: z.string().trim().min(1),
  day: z.iso.date(),
  from: time,
  to: time,
  times: z.coerce.number().int().min(1).max(52).default(1),
});
const named = { account: z.string(), event: z.string() };
const moveForm = z.object({ ...named, start: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/) });
const renameForm = z.object({ ...named, subject: z.string().trim().min(1) });
const deleteForm = z.object({ ...named, scope: z.enum(['this', 'series']).default('this') });
const pageQuery = z.object({
  notice: z.string().optional().catch(undefined),
  account: z.string().optional().catch(undefined),
});

/** The page where a person keeps a calendar. Plain forms: each answers 303 back to the page. */
export function registerCalendarPageRoutes(site: FastifyInstance, parts: OutlookParts, control: OutlookControl): void {
  const { clock, store } = parts;

  site.get('/', async (request, reply) => {
    const { notice, account } = pageQuery.parse(request.query);
    const owner = store.findAccountByEmail(account ?? workEmail) ?? store.findAccountByEmail(workEmail);
    if (!owner) return reply.status(404).send();
    const shown = {
      lang: langOf(request.query),
      mailbox: store.mailboxOf(owner),
      emails: [...store.accounts.values()].map(({ email }) => email),
      now: clock.now(),
      iana: zoneOf(owner.email),
      notice: isNotice(notice) ? notice : null,
    };
    return page(reply, calendarPage(shown));
  });

  site.post('/events', async (request, reply) =>
    act(reply, request, addForm, 'added', (form) => {
      const timeZone = timeZoneOf(form.account);
      const weekday = DateTime.fromISO(form.day).setLocale('en').toFormat('cccc').toLowerCase();
      const recurrence = {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: [weekday] },
        range: { type: 'numbered', startDate: form.day, numberOfOccurrences: form.times },
      };
      control.addEvent({
        account: form.account,
        calendar: form.calendar,
        event: {
          subject: form.subject,
          start: { dateTime: `${form.day}T${form.from}:00`, timeZone },
          end: { dateTime: `${form.day}T${form.to}:00`, timeZone },
          ...(form.times > 1 ? { recurrence } : {}),
        },
      });
    }),
  );
  site.post('/events/move', async (request, reply) =>
    act(reply, request, moveForm, 'moved', ({ account, event, start }) => {
      const before = parts.store.mailboxOf(ownerOf(account)).named(event);
      if (before.kind !== 'entry') throw new ControlError('event', 'is no event');
      const { start: from, end } = before.entry.content;
      const zone = zoneOf(account);
      const starts = DateTime.fromISO(start, { zone });
      const ends = starts.plus(end.at - from.at);
      const timeZone = timeZoneOf(account);
      const wall = (moment: DateTime) => ({ dateTime: moment.toFormat("yyyy-MM-dd'T'HH:mm:ss"), timeZone });
      control.changeEvent({ account, event, changes: { start: wall(starts), end: wall(ends) } });
    }),
  );
  site.post('/events/rename', async (request, reply) =>
    act(reply, request, renameForm, 'renamed', ({ account, event, subject }) =>
      control.changeEvent({ account, event, changes: { subject } }),
    ),
  );
  site.post('/events/delete', async (request, reply) =>
    act(reply, request, deleteForm, 'deleted', (form) => control.deleteEvent(form)),
  );

  function ownerOf(email: string) {
    const account = store.findAccountByEmail(email);
    if (!account) throw new ControlError('account', 'is no account');
    return account;
  }

  function timeZoneOf(email: string): string {
    const { timeZone } = ownerOf(email);
    return findZone(timeZone) === null ? 'UTC' : timeZone;
  }

  function zoneOf(email: string): string {
    return findZone(timeZoneOf(email)) ?? 'Etc/UTC';
  }
}

function act<S extends z.ZodType<{ account: string }>>(
  reply: FastifyReply,
  { body, query }: { body: unknown; query: unknown },
  schema: S,
  notice: Notice,
  action: (form: z.output<S>) => unknown,
): FastifyReply {
  const form = schema.safeParse(body);
  let outcome: Notice = form.success ? notice : 'refused';
  try {
    if (form.success) action(form.data);
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    outcome = 'refused';
  }
  const account = form.success ? `&account=${encodeURIComponent(form.data.account)}` : '';
  return reply.redirect(`/outlook/?lang=${langOf(query)}${account}&notice=${outcome}`, 303);
}
