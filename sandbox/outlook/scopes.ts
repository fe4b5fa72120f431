export const graphScopes = [
  'User.Read',
  'Calendars.Read',
  'Calendars.ReadWrite',
  'Calendars.Read.Shared',
  'Calendars.ReadWrite.Shared',
  'MailboxSettings.Read',
  'MailboxSettings.ReadWrite',
] as const;
export const identityScopes = ['openid', 'profile', 'email', 'offline_access'] as const;

export type GraphScope = (typeof graphScopes)[number];
export type IdentityScope = (typeof identityScopes)[number];
export type Scope = GraphScope | IdentityScope;

const resource = 'https://graph.microsoft.com/';

export const calendarsRead: readonly GraphScope[] = [
  'Calendars.Read',
  'Calendars.ReadWrite',
  'Calendars.Read.Shared',
  'Calendars.ReadWrite.Shared',
];
export const calendarsWrite: readonly GraphScope[] = ['Calendars.ReadWrite', 'Calendars.ReadWrite.Shared'];
export const userRead: readonly GraphScope[] = ['User.Read'];
export const mailboxSettingsRead: readonly GraphScope[] = ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'];

/** Named short, or in full with the resource in front. Null when one of them is unknown. */
export function readScopes(text: string): Scope[] | null {
  const names = text.split(' ').filter((name) => name !== '');
  const read = names.map((name) => findScope(name));
  return read.includes(null) ? null : [...new Set(read as Scope[])];
}

/** `offline_access` shows in the refresh token it brings, not among the scopes (contract 3). */
export function echoScopes(scopes: readonly Scope[], form: 'short' | 'full'): string {
  return scopes
    .filter((scope) => scope !== 'offline_access')
    .map((scope) => (form === 'full' && isGraphScope(scope) ? `${resource}${scope}` : scope))
    .join(' ');
}

export function isGraphScope(scope: Scope): scope is GraphScope {
  return (graphScopes as readonly string[]).includes(scope);
}

function findScope(name: string): Scope | null {
  const short = name.startsWith(resource) ? name.slice(resource.length) : name;
  const known: readonly Scope[] = name === short ? [...identityScopes, ...graphScopes] : graphScopes;
  return known.find((scope) => scope === short) ?? null;
}
