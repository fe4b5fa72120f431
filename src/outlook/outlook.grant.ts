import { decodeJwt } from 'jose';
import { ProviderError, readTokenGrant, type TokenGrant } from '../integrations/index.js';
import { OUTLOOK } from './outlook.profile.js';

/**
 * The token endpoint's answer, and whose it is. The id token came over TLS from the very server that we asked, so its
 * signature proves nothing more (OpenID Connect Core, section 3.1.3.7); that it was made for us is checked all the same.
 */
export function readGrant(body: unknown, clientId: string): TokenGrant {
  const grant = readTokenGrant(body);
  const idToken = (body as { id_token?: unknown }).id_token;
  if (idToken === undefined) return grant;
  const owner = typeof idToken === 'string' ? ownerOf(idToken, clientId) : null;
  if (owner === null) throw new ProviderError({ kind: 'contract' });
  return { ...grant, options: owner };
}

function ownerOf(idToken: string, clientId: string): { tenant_id: string; object_id: string } | null {
  try {
    const { tid, oid, aud } = decodeJwt(idToken);
    return isId(tid) && isId(oid) && aud === clientId ? { tenant_id: tid, object_id: oid } : null;
  } catch {
    return null;
  }
}

/** Directory and person: an object id alone may exist in two directories. */
export function toAccountId({ options }: Pick<TokenGrant, 'options'>): string | null {
  const { tenant_id: tenantId, object_id: objectId } = options;
  return isId(tenantId) && isId(objectId) ? `${tenantId}.${objectId}` : null;
}

const RESOURCE = 'https://graph.microsoft.com/';
const ASKED = [...OUTLOOK.calendarScopes.read, ...OUTLOOK.calendarScopes.write];

/**
 * What was not granted, under short names. Answers name scopes with or without the resource, in any case, and never
 * `offline_access`; one that may write may read.
 */
export function toMissingScopes(scope: string | null): string[] {
  if (scope === null) return [];
  const granted = new Set(
    scope
      .split(/\s+/)
      .map((name) => name.toLowerCase())
      .map((name) => (name.startsWith(RESOURCE) ? name.slice(RESOURCE.length) : name)),
  );
  if (granted.has('calendars.readwrite')) granted.add('calendars.read');
  return ASKED.filter((name) => !granted.has(name.toLowerCase()));
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]{1,100}$/.test(value);
}
