import { GOOGLE_CALENDAR } from './google-calendar.profile.js';

const PREFIX = 'https://www.googleapis.com/auth/';

/** What the consent page is asked for. Identity scopes have no address. */
export const REQUESTED_SCOPES: readonly string[] = [
  ...GOOGLE_CALENDAR.scopes.identity,
  ...GOOGLE_CALENDAR.scopes.calendar.map((scope) => PREFIX + scope),
];

/** Wider scopes, which an earlier consent to the same project may have brought in, include these. */
const INCLUDED_IN: Readonly<Record<string, readonly string[]>> = {
  'calendar.events': ['calendar'],
  'calendar.calendarlist.readonly': ['calendar', 'calendar.readonly', 'calendar.calendarlist'],
};

/**
 * Which scopes a person left unticked, by their short names. An answer that says nothing grants what was asked for
 * (RFC 6749, section 5.1). What comes back is no echo: other order, long names for `email` and `profile`.
 */
export function missingScopes(granted: string | null): string[] {
  if (granted === null) return [];
  const names = new Set(granted.split(/\s+/).map(toShortName));
  return [...GOOGLE_CALENDAR.scopes.identity, ...GOOGLE_CALENDAR.scopes.calendar].filter(
    (scope) => ![scope, ...(INCLUDED_IN[scope] ?? [])].some((name) => names.has(name)),
  );
}

function toShortName(scope: string): string {
  const name = scope.startsWith(PREFIX) ? scope.slice(PREFIX.length) : scope;
  return name.replace(/^userinfo\./, '');
}
