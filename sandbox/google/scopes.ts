const prefix = 'https://www.googleapis.com/auth/';

/** The calendar scopes of the discovery document (revision 20260708), without their common prefix. */
export const calendarScopes = [
  'calendar',
  'calendar.acls',
  'calendar.acls.readonly',
  'calendar.app.created',
  'calendar.calendarlist',
  'calendar.calendarlist.readonly',
  'calendar.calendars',
  'calendar.calendars.readonly',
  'calendar.events',
  'calendar.events.freebusy',
  'calendar.events.owned',
  'calendar.events.owned.readonly',
  'calendar.events.public.readonly',
  'calendar.events.readonly',
  'calendar.freebusy',
  'calendar.readonly',
  'calendar.settings.readonly',
] as const;

const identityScopes = ['openid', 'userinfo.email', 'userinfo.profile'] as const;

export type CalendarScope = (typeof calendarScopes)[number];
export type Scope = CalendarScope | (typeof identityScopes)[number];

export function isIdentityScope(scope: Scope): boolean {
  return (identityScopes as readonly string[]).includes(scope);
}

/** `email` and `profile` are short for scopes that answers spell out (contract 3). Null: no such scope. */
export function findScope(text: string): Scope | null {
  if (text === 'openid') return 'openid';
  if (text === 'email' || text === 'profile') return `userinfo.${text}`;
  const name = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  return [...calendarScopes, ...identityScopes].find((scope) => scope === name && scope !== 'openid') ?? null;
}

export function toWireScope(scope: Scope): string {
  return scope === 'openid' ? scope : `${prefix}${scope}`;
}

/** In an order that is not the one asked for: a client compares sets (contract 3). */
export function toWireScopes(scopes: readonly Scope[]): string {
  return scopes.map(toWireScope).sort().reverse().join(' ');
}
