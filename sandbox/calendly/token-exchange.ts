import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SandboxClock } from '../clock.js';
import { accessTokenLifetimeSeconds, type Grants, type TokenPair } from './grants.js';
import type { Links } from './links.js';
import { OAuthError } from './oauth-error.js';
import { RateLimit } from './rate-limit.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';

const field = z.string().min(1).optional();
export const tokenBody = z.object({
  grant_type: z.string(),
  client_id: field,
  client_secret: field,
  code: field,
  redirect_uri: field,
  code_verifier: field,
  refresh_token: field,
});

type TokenBody = z.output<typeof tokenBody>;

/** Codes and refresh tokens for token pairs (contract 2.3 and 2.4). */
export class TokenExchange {
  readonly #limit: RateLimit;

  constructor(
    private readonly grants: Grants,
    private readonly store: Store,
    private readonly links: Links,
    private readonly settings: Settings,
    clock: SandboxClock,
  ) {
    this.#limit = new RateLimit(clock);
  }

  exchange(body: TokenBody) {
    if (body.grant_type === 'authorization_code') return this.#answer(this.#redeemCode(body), true);
    if (body.grant_type === 'refresh_token') {
      return this.#answer(this.#refresh(body), this.settings.refresh_answers_organization);
    }
    throw new OAuthError('unsupported_grant_type');
  }

  clear(): void {
    this.#limit.clear();
  }

  /** A mismatch leaves the code as it was; only a successful exchange uses it up. */
  #redeemCode(body: TokenBody): TokenPair {
    if (body.code === undefined || body.redirect_uri === undefined) throw new OAuthError('invalid_request');
    const code = this.grants.findCode(body.code);
    if (!code) throw new OAuthError('invalid_grant');
    this.#count(code.grant.accountId);
    const isGood =
      this.grants.isCodeUsable(code) &&
      code.redirectUri === body.redirect_uri &&
      isProven(code.challenge, body.code_verifier);
    if (!isGood) throw new OAuthError('invalid_grant');
    return this.grants.redeem(code);
  }

  #refresh(body: TokenBody): TokenPair {
    if (body.refresh_token === undefined) throw new OAuthError('invalid_request');
    const pair = this.grants.findByRefresh(body.refresh_token);
    if (!pair) throw new OAuthError('invalid_grant');
    this.#count(pair.grant.accountId);
    if (!this.grants.isRefreshUsable(pair)) throw new OAuthError('invalid_grant');
    return this.grants.rotate(pair);
  }

  /** Per user, hence only once the user is known (contract 2.3). A refused request spends nothing. */
  #count(accountId: string): void {
    const { isExceeded } = this.#limit.take(accountId, this.settings.token_requests_per_minute);
    if (isExceeded) throw new OAuthError('too_many_requests', 429);
  }

  #answer(pair: TokenPair, withOrganization: boolean) {
    const account = this.store.accounts.get(pair.grant.accountId);
    if (!account) throw new OAuthError('invalid_grant');
    const organization = { organization: this.links.to('organizations', account.organizationId) };
    return {
      token_type: 'Bearer',
      access_token: pair.accessToken,
      refresh_token: pair.refreshToken,
      scope: pair.grant.scopes.join(' '),
      created_at: Math.floor(pair.createdAt.getTime() / 1000),
      expires_in: accessTokenLifetimeSeconds,
      owner: this.links.to('users', account.id),
      ...(withOrganization ? organization : {}),
    };
  }
}

/** A verifier without a challenge is refused as well: it is what a downgraded request looks like. */
function isProven(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined;
  if (verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}
