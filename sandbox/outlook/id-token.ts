import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { ClientApp } from './client-app.js';
import type { Grant } from './grants.js';
import type { Links } from './links.js';
import type { Account } from './model.js';

/** Drawn at the first signature and never shown: the token comes from the endpoint itself, over a line one trusts. */
let key: KeyObject | null = null;

export interface IdTokenFacts {
  app: ClientApp;
  links: Links;
  account: Account;
  grant: Grant;
  issuedAt: Date;
  isSigned: boolean;
}

export function newIdToken({ app, links, account, grant, issuedAt, isSigned }: IdTokenFacts): string {
  const seconds = Math.floor(issuedAt.getTime() / 1000);
  const header = { typ: 'JWT', alg: isSigned ? 'RS256' : 'none', ...(isSigned ? { kid: 'sandbox' } : {}) };
  const hasProfile = grant.scopes.includes('profile');
  const claims = {
    aud: app.clientId,
    iss: `${links.login}/${account.tenantId}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
    sub: `${account.id}.${app.clientId}`.slice(0, 43),
    tid: account.tenantId,
    ver: '2.0',
    oid: account.id,
    ...(hasProfile ? { name: account.displayName, preferred_username: account.userPrincipalName } : {}),
    ...(grant.scopes.includes('email') ? { email: account.mail ?? account.userPrincipalName } : {}),
  };
  const unsigned = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  if (!isSigned) return `${unsigned}.`;
  key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), key).toString('base64url')}`;
}
