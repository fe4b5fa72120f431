import type { CalendarScope } from './scopes.js';

export interface Method {
  readonly id: string;
  readonly httpMethod: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments in braces are parameters. */
  readonly path: string;
  readonly scopes: readonly CalendarScope[];
  /** What it takes of the budget; a PATCH is dearer than the rest (contract 7). */
  readonly cost: number;
}

const seesLists = ['calendar', 'calendar.calendarlist', 'calendar.calendarlist.readonly', 'calendar.readonly'] as const;
const changesLists = ['calendar', 'calendar.app.created', 'calendar.calendarlist'] as const;
const changesCalendars = ['calendar', 'calendar.app.created', 'calendar.calendars'] as const;
const writesEvents = ['calendar', 'calendar.app.created', 'calendar.events', 'calendar.events.owned'] as const;
const readsEvents = [
  'calendar',
  'calendar.app.created',
  'calendar.events',
  'calendar.events.freebusy',
  'calendar.events.owned',
  'calendar.events.owned.readonly',
  'calendar.events.public.readonly',
  'calendar.events.readonly',
  'calendar.readonly',
] as const;

const events = 'calendars/{calendarId}/events';
const event = `${events}/{eventId}`;
const list = 'users/me/calendarList';

/** The methods that are imitated, with the scopes the discovery document accepts for each: any one of them will do. */
export const methods = [
  method('calendar.calendarList.list', 'GET', list, seesLists),
  method('calendar.calendarList.get', 'GET', `${list}/{calendarId}`, [...seesLists, 'calendar.app.created']),
  method('calendar.calendarList.insert', 'POST', list, ['calendar', 'calendar.calendarlist']),
  method('calendar.calendarList.patch', 'PATCH', `${list}/{calendarId}`, changesLists),
  method('calendar.calendarList.update', 'PUT', `${list}/{calendarId}`, changesLists),
  method('calendar.calendarList.delete', 'DELETE', `${list}/{calendarId}`, changesLists),
  method('calendar.calendars.get', 'GET', 'calendars/{calendarId}', [
    ...changesCalendars,
    'calendar.calendars.readonly',
    'calendar.readonly',
  ]),
  method('calendar.calendars.insert', 'POST', 'calendars', changesCalendars),
  method('calendar.calendars.patch', 'PATCH', 'calendars/{calendarId}', changesCalendars),
  method('calendar.calendars.update', 'PUT', 'calendars/{calendarId}', changesCalendars),
  method('calendar.calendars.delete', 'DELETE', 'calendars/{calendarId}', changesCalendars),
  method('calendar.events.list', 'GET', events, readsEvents),
  method('calendar.events.insert', 'POST', events, writesEvents),
  method('calendar.events.import', 'POST', `${events}/import`, writesEvents),
  method('calendar.events.watch', 'POST', `${events}/watch`, readsEvents),
  method('calendar.events.get', 'GET', event, readsEvents),
  method('calendar.events.patch', 'PATCH', event, writesEvents),
  method('calendar.events.update', 'PUT', event, writesEvents),
  method('calendar.events.delete', 'DELETE', event, writesEvents),
  method('calendar.events.instances', 'GET', `${event}/instances`, readsEvents),
  method('calendar.events.move', 'POST', `${event}/move`, ['calendar', 'calendar.events', 'calendar.events.owned']),
  method('calendar.channels.stop', 'POST', 'channels/stop', [
    'calendar',
    'calendar.acls',
    'calendar.acls.readonly',
    'calendar.app.created',
    'calendar.calendarlist',
    'calendar.calendarlist.readonly',
    'calendar.events',
    'calendar.events.freebusy',
    'calendar.events.owned',
    'calendar.events.owned.readonly',
    'calendar.events.public.readonly',
    'calendar.events.readonly',
    'calendar.readonly',
    'calendar.settings.readonly',
  ]),
  method('calendar.colors.get', 'GET', 'colors', [
    'calendar',
    'calendar.app.created',
    'calendar.calendarlist',
    'calendar.calendarlist.readonly',
    'calendar.events.freebusy',
    'calendar.events.owned',
    'calendar.events.owned.readonly',
    'calendar.events.public.readonly',
    'calendar.readonly',
  ]),
  method('calendar.freebusy.query', 'POST', 'freeBusy', [
    'calendar',
    'calendar.events.freebusy',
    'calendar.freebusy',
    'calendar.readonly',
  ]),
] as const;

export type MethodId = (typeof methods)[number]['id'];

/** Documented, and not imitated: better to say so than to say that there is no such thing. */
const others =
  /^(calendars\/[^/]+\/(acl|clear|transferOwnership|events\/quickAdd)|users\/me\/(settings|calendarList\/watch))/;

export interface FoundMethod {
  method: (typeof methods)[number];
  parameters: Record<string, string>;
}

/** The method that answers this path, below the API's base and still encoded. */
export function findMethod(httpMethod: string, path: string): FoundMethod | 'not imitated' | null {
  const given = path.replace(/^\//, '').split('/').map(decode);
  // A word in the path counts before a parameter, as in `events/import`; the table has them in that order.
  for (const candidate of methods) {
    if (candidate.httpMethod !== httpMethod) continue;
    const parameters = match(candidate.path.split('/'), given);
    if (parameters) return { method: candidate, parameters };
  }
  return others.test(path.replace(/^\//, '')) ? 'not imitated' : null;
}

function method<const Id extends string>(
  id: Id,
  httpMethod: Method['httpMethod'],
  path: string,
  scopes: readonly CalendarScope[],
): Method & { id: Id } {
  return { id, httpMethod, path, scopes, cost: httpMethod === 'PATCH' && id.includes('.events.') ? 3 : 1 };
}

function match(template: string[], given: string[]): Record<string, string> | null {
  if (template.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined ? segment !== value : value === '') return null;
    if (name !== undefined) parameters[name] = value;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
