import { createHash, createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import type { ClientApp } from './client-app.js';
import type { AccessToken } from './grants.js';
import type { Account } from './model.js';
import { isIdentityScope, type Scope } from './scopes.js';
import type { Store } from './store.js';

/** Who somebody is, as far as the granted scopes let it be told. */
export function toProfile(account: Account, scopes: readonly Scope[]) {
  return {
    ...(scopes.includes('userinfo.email') && { email: account.email, email_verified: true }),
    ...(scopes.includes('userinfo.profile') && {
      name: account.name,
      given_name: account.givenName,
      family_name: account.familyName,
      picture: 'https://lh3.googleusercontent.com/a/default-user=s96-c',
      locale: account.locale,
    }),
  };
}

/** Identity tokens, signed with a key that lives as long as the process and is published like Google's. */
export class IdTokens {
  readonly #keyId = randomUUID();

  constructor(
    private readonly app: ClientApp,
    private readonly store: Store,
    private readonly clock: SandboxClock,
  ) {}

  /** Null when no identity scope was granted (contract 3). */
  issue(access: AccessToken): string | null {
    const account = this.store.accounts.get(access.email);
    if (!account || !access.scopes.some(isIdentityScope)) return null;
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    const claims = {
      iss: 'https://accounts.google.com',
      azp: this.app.clientId,
      aud: this.app.clientId,
      sub: account.id,
      at_hash: createHash('sha256').update(access.token).digest().subarray(0, 16).toString('base64url'),
      ...toProfile(account, access.scopes),
      iat: issuedAt,
      exp: issuedAt + 3600,
    };
    const unsigned = [{ alg: 'RS256', kid: this.#keyId, typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('RSA-SHA256').update(unsigned).sign(keys().privateKey);
    return `${unsigned}.${signature.toString('base64url')}`;
  }

  keySet() {
    const key = keys().publicKey.export({ format: 'jwk' });
    return { keys: [{ ...key, kid: this.#keyId, use: 'sig', alg: 'RS256' }] };
  }
}

let pair: { publicKey: KeyObject; privateKey: KeyObject } | null = null;

/** Made when first needed, and once for all instances of a process: an RSA key takes its time. */
function keys() {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair;
}
