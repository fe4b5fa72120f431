import { z } from 'zod';
import { newCalendar, newChangeKey } from './calendars.js';
import { wholeEntry } from './entries.js';
import { readGraphBody } from './event-body.js';
import { checkQueryNames, selected } from './event-list.js';
import type { GraphCall } from './graph-call.js';
import { badRequest, GraphError, itemNotFound } from './graph-error.js';
import type { GraphRouter } from './graph-router.js';
import { idOf } from './mailbox.js';
import type { Calendar } from './model.js';
import type { OutlookParts } from './outlook-parts.js';
import { calendarsRead, calendarsWrite } from './scopes.js';

const readOnly = z.unknown().optional();
const calendarBody = z.strictObject({
  name: z.string().min(1).optional(),
  color: z.string().optional(),
  hexColor: readOnly,
  id: readOnly,
  changeKey: readOnly,
  isDefaultCalendar: readOnly,
});

/** The calendars of a mailbox (contract 4). Their ids are the same in both formats. */
export function registerCalendarRoutes(
  router: GraphRouter,
  { links, mails, settings, wire, writing }: OutlookParts,
): void {
  router.add('GET', '/me/calendars', calendarsRead, (call) => list(call));
  router.add('POST', '/me/calendars', calendarsWrite, (call) => create(call));
  for (const path of ['/me/calendar', '/me/calendars/{calendar}']) {
    router.add('GET', path, calendarsRead, (call) => {
      checkQueryNames(call.query, ['$select']);
      return { body: show(call, getCalendar(call)) };
    });
    router.add('PATCH', path, calendarsWrite, (call) => {
      const { name, color } = readGraphBody(calendarBody, call.body);
      const calendar = getCalendar(call);
      checkName(call, name ?? calendar.name, calendar);
      const changed = {
        ...calendar,
        name: name ?? calendar.name,
        color: color ?? calendar.color,
        changeKey: newChangeKey(),
      };
      call.mailbox.calendars.set(calendar.id, changed);
      return { body: show(call, changed) };
    });
  }
  router.add('DELETE', '/me/calendars/{calendar}', calendarsWrite, (call) => {
    const calendar = getCalendar(call);
    if (calendar.isDefault) throw new GraphError(403, 'ErrorCannotDeleteObject', 'The default calendar stays.');
    for (const item of call.mailbox.items(calendar.id)) {
      const entry = wholeEntry(item);
      mails.cancelled({ event: idOf(entry, 'immutable'), content: entry.content });
      writing.remove(call.mailbox, entry);
    }
    call.mailbox.calendars.delete(calendar.id);
    return { status: 204 };
  });

  function list(call: GraphCall) {
    checkQueryNames(call.query, ['$top', '$skip', '$select']);
    const rows = [...call.mailbox.calendars.values()];
    const size = Number(call.query.get('$top') ?? call.preferences.pageSize ?? settings.default_page_size);
    const skip = Number(call.query.get('$skip') ?? 0);
    if (!Number.isInteger(size) || size < 1 || !Number.isInteger(skip)) throw badRequest('$top or $skip is not valid.');
    const next = new URLSearchParams(call.query);
    next.set('$skip', String(skip + size));
    return {
      body: {
        '@odata.context': links.context(`users('${call.account.id}')/calendars`),
        value: rows.slice(skip, skip + size).map((calendar) => show(call, calendar)),
        ...(rows.length > skip + size ? { '@odata.nextLink': `${links.graph}${call.path}?${next.toString()}` } : {}),
      },
    };
  }

  function create(call: GraphCall) {
    const { name, color } = readGraphBody(calendarBody, call.body);
    if (name === undefined) throw badRequest('A calendar needs a name.', 'ErrorPropertyValidationFailure');
    checkName(call, name, null);
    const calendar = newCalendar({ name, color: color ?? 'auto' });
    call.mailbox.calendars.set(calendar.id, calendar);
    return { status: 201, body: show(call, calendar) };
  }

  function checkName(call: GraphCall, name: string, own: Calendar | null): void {
    const others = [...call.mailbox.calendars.values()].filter(({ id }) => id !== own?.id);
    if (others.some((other) => other.name === name)) {
      throw new GraphError(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
    }
  }

  function show(call: GraphCall, calendar: Calendar) {
    return selected(wire.calendar(calendar, call.account), call.query.get('$select')?.split(',') ?? null);
  }
}

/** The calendar a path names, or the default one. */
export function getCalendar({ mailbox, params }: GraphCall): Calendar {
  const id = params['calendar'];
  if (id === undefined) return mailbox.defaultCalendar;
  const calendar = mailbox.calendars.get(id);
  if (!calendar) throw itemNotFound();
  return calendar;
}
