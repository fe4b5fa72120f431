import { insufficientScope, needsAccess, notFound } from './api-error.js';
import type { Caller } from './caller.js';
import type { View } from './event-wire.js';
import { isPrivate } from './event-wire.js';
import type { Method } from './methods.js';
import type { AccessRole, Calendar, StoredEvent } from './model.js';
import type { CalendarScope } from './scopes.js';
import { allows, type Store } from './store.js';

/** Scopes that reach every calendar the account can see, each with its own way of looking. */
const unlimited: ReadonlySet<CalendarScope> = new Set<CalendarScope>([
  'calendar',
  'calendar.readonly',
  'calendar.events',
  'calendar.events.readonly',
  'calendar.calendars',
  'calendar.calendars.readonly',
  'calendar.calendarlist',
  'calendar.calendarlist.readonly',
]);

/** Who asks for what: enough to say which calendars are there for him, and as what. */
export interface Access {
  caller: Caller;
  method: Pick<Method, 'scopes'>;
}

/**
 * The calendar a path names, if role and scopes let the caller at it. What he may not even see is not found, as are, to a
 * client with access to its own calendars only, all others (contract 4).
 */
export function openCalendar(store: Store, { caller, method }: Access, id: string): View {
  const { email } = caller.account;
  const calendar = store.findCalendar(id, email);
  const role = calendar ? store.roleOf(calendar, email) : 'none';
  if (!calendar || role === 'none') throw notFound();
  return { calendar, role: narrow(calendar, role, caller, method), email, zone: calendar.timeZone, maxAttendees: null };
}

export function requireWriter(view: View, event?: StoredEvent): void {
  if (!allows(view.role, 'writerWithoutPrivateAccess')) throw needsAccess('writer');
  if (event && isPrivate(event) && !allows(view.role, 'writer')) throw needsAccess('writer');
}

function narrow(calendar: Calendar, role: AccessRole, caller: Caller, method: Pick<Method, 'scopes'>): AccessRole {
  const granted = method.scopes.filter((scope) => caller.scopes.includes(scope));
  if (granted.some((scope) => unlimited.has(scope))) return role;
  const isOwned = granted.includes('calendar.events.owned') || granted.includes('calendar.events.owned.readonly');
  if (isOwned && role === 'owner') return role;
  if (granted.includes('calendar.app.created') && calendar.isMadeByClient) return role;
  if (granted.includes('calendar.events.public.readonly') && calendar.access.has('*')) return role;
  if (granted.includes('calendar.events.freebusy') || granted.includes('calendar.freebusy')) return 'freeBusyReader';
  if (granted.includes('calendar.app.created')) throw notFound();
  throw insufficientScope(method.scopes);
}
