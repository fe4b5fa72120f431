import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SandboxClock } from '../clock.js';
import type { ClientApp } from './client-app.js';
import type { AuthorizationCode, Grant, Grants } from './grants.js';
import { newIdToken } from './id-token.js';
import type { Links } from './links.js';
import { LoginError } from './login-error.js';
import type { Account } from './model.js';
import { echoScopes, readScopes, type Scope } from './scopes.js';
import type { Settings } from './settings.js';
import { type Authority, checkAccount } from './sign-in.js';
import type { Store } from './store.js';
import type { TokenFaults } from './token-faults.js';

const field = z.string().optional();
export const tokenForm = z.object({
  client_id: field,
  client_secret: field,
  grant_type: field,
  code: field,
  redirect_uri: field,
  code_verifier: field,
  refresh_token: field,
  scope: field,
});

export type TokenForm = z.output<typeof tokenForm>;

const refused = (aadsts: number, message: string) => new LoginError('invalid_grant', aadsts, message);

/** Codes and refresh tokens for tokens (contract 3). */
export class TokenExchange {
  constructor(
    private readonly app: ClientApp,
    private readonly clock: SandboxClock,
    private readonly faults: TokenFaults,
    private readonly grants: Grants,
    private readonly links: Links,
    private readonly settings: Settings,
    private readonly store: Store,
  ) {}

  exchange(form: TokenForm, authority: Authority) {
    if (form.grant_type === 'authorization_code') return this.#redeem(form, authority);
    if (form.grant_type === 'refresh_token') return this.#refresh(form, authority);
    const message = `The app requested an unsupported grant type '${form.grant_type ?? ''}'.`;
    throw new LoginError('unsupported_grant_type', 70_003, message);
  }

  #redeem(form: TokenForm, authority: Authority) {
    const code = this.grants.findCode(needed(form, 'code'));
    const redirectUri = needed(form, 'redirect_uri');
    if (!code) throw refused(70_000, 'The provided value for the input parameter code is not valid.');
    const account = this.#accountOf(code.grant, authority);
    this.faults.check(account, 'authorization_code');
    if (code.isUsed) {
      throw refused(
        54_005,
        'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
      );
    }
    if (this.grants.isExpired(code)) throw refused(70_008, 'The provided authorization code has expired.');
    if (code.grant.isRevoked) throw refused(50_173, 'The provided grant has expired due to it being revoked.');
    if (code.redirectUri !== redirectUri) {
      throw refused(
        50_011,
        'The reply address does not match the reply address provided when requesting the authorization code.',
      );
    }
    checkVerifier(code, form.code_verifier);
    code.isUsed = true;
    return this.#answer(account, code.grant, this.#narrowed(code.grant, form.scope));
  }

  #refresh(form: TokenForm, authority: Authority) {
    const token = this.grants.findRefresh(needed(form, 'refresh_token'));
    if (!token) throw refused(70_000, 'The provided value for the input parameter refresh_token is not valid.');
    const account = this.#accountOf(token.grant, authority);
    this.faults.check(account, 'refresh_token');
    if (token.grant.isRevoked) {
      throw refused(50_173, 'The provided grant has expired due to it being revoked, a fresh auth token is needed.');
    }
    if (this.grants.isInactive(token)) {
      const days = `${this.settings.refresh_token_days}.00:00:00`;
      throw refused(700_082, `The refresh token has expired due to inactivity. It was inactive for ${days}.`);
    }
    const scopes = this.#narrowed(token.grant, form.scope);
    this.grants.use(token);
    return this.#answer(account, token.grant, scopes);
  }

  #accountOf(grant: Grant, authority: Authority): Account {
    const account = this.store.accounts.get(grant.accountId);
    if (!account) throw refused(50_034, 'The user account does not exist in the directory.');
    try {
      checkAccount(account, authority, this.settings);
    } catch (error) {
      if (error instanceof LoginError) throw refused(error.aadsts, error.message);
      throw error;
    }
    return account;
  }

  /** The same scopes or fewer, never more than the consent was for (contract 3). */
  #narrowed(grant: Grant, asked: string | undefined): readonly Scope[] {
    if (asked === undefined || asked.trim() === '') return grant.scopes;
    const scopes = readScopes(asked);
    if (scopes === null) throw new LoginError('invalid_scope', 70_011, 'The provided value for scope is not valid.');
    if (!scopes.every((scope) => grant.scopes.includes(scope))) {
      throw new LoginError(
        'invalid_grant',
        65_001,
        'The user or administrator has not consented to use the application.',
        400,
        'consent_required',
      );
    }
    return scopes;
  }

  #answer(account: Account, grant: Grant, scopes: readonly Scope[]) {
    const { app, links, settings } = this;
    const { token, expiresIn } = this.grants.issueAccess(grant, scopes);
    const isSigned = settings.id_token === 'signed';
    return {
      token_type: 'Bearer',
      scope: echoScopes(scopes, settings.scope_echo),
      expires_in: expiresIn,
      ext_expires_in: expiresIn,
      access_token: token.value,
      ...(grant.scopes.includes('offline_access') ? { refresh_token: this.grants.issueRefresh(grant).value } : {}),
      ...(scopes.includes('openid')
        ? { id_token: newIdToken({ app, links, account, grant, issuedAt: this.clock.now(), isSigned }) }
        : {}),
    };
  }
}

export function needed(form: TokenForm, name: keyof TokenForm): string {
  const value = form[name];
  if (value !== undefined && value !== '') return value;
  throw new LoginError('invalid_request', 900_144, `The request body must contain the following parameter: '${name}'.`);
}

/** A verifier without a challenge is refused as well: it is what a downgraded request looks like. */
function checkVerifier({ challenge }: AuthorizationCode, verifier: string | undefined): void {
  const isProven =
    challenge === null
      ? verifier === undefined
      : verifier !== undefined &&
        /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) &&
        challenge.value === (challenge.method === 'plain' ? verifier : s256(verifier));
  if (!isProven) {
    throw refused(
      501_481,
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    );
  }
}

function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
