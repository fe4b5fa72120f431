import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SandboxClock } from '../clock.js';
import type { ClientApp } from './client-app.js';
import type { AccessToken, CodeGrant, Grants, RefreshToken } from './grants.js';
import type { IdTokens } from './id-tokens.js';
import { invalidGrant, invalidRequest, OAuthError } from './oauth-error.js';
import { toWireScopes } from './scopes.js';
import type { Settings } from './settings.js';

const field = z.string().min(1).optional();
export const tokenBody = z.object({
  grant_type: field,
  client_id: field,
  client_secret: field,
  code: field,
  redirect_uri: field,
  code_verifier: field,
  refresh_token: field,
});

type TokenBody = z.output<typeof tokenBody>;

/** Codes and refresh tokens for access tokens (contract 3). */
export class TokenExchange {
  constructor(
    private readonly app: ClientApp,
    private readonly grants: Grants,
    private readonly idTokens: IdTokens,
    private readonly settings: Settings,
    private readonly clock: SandboxClock,
  ) {}

  exchange(body: TokenBody, authorization: string | undefined) {
    this.#authenticate(body, authorization);
    if (body.grant_type === 'authorization_code') return this.#redeemCode(body);
    if (body.grant_type === 'refresh_token') return this.#refresh(body);
    if (body.grant_type === undefined) throw invalidRequest('Required parameter is missing: grant_type');
    throw new OAuthError('unsupported_grant_type', `Invalid grant_type: ${body.grant_type}`);
  }

  /** A mismatch leaves the code as it was; only a successful exchange uses it up. */
  #redeemCode(body: TokenBody) {
    if (body.code === undefined) throw invalidRequest('Missing required parameter: code');
    if (body.redirect_uri === undefined) throw invalidRequest('Missing parameter: redirect_uri');
    const code = this.grants.findCode(body.code);
    if (!code) throw invalidGrant('Malformed auth code.');
    if (!this.grants.isCodeUsable(code)) throw invalidGrant();
    if (code.redirectUri !== body.redirect_uri) throw new OAuthError('redirect_uri_mismatch', 'Bad Request');
    checkVerifier(code, body.code_verifier);
    const { access, refresh } = this.grants.redeem(code);
    return this.#answer(access, refresh, true);
  }

  /** The refresh token stays as it is, and is not sent again. */
  #refresh(body: TokenBody) {
    if (body.refresh_token === undefined) throw invalidRequest('Missing required parameter: refresh_token');
    const refresh = this.grants.findRefresh(body.refresh_token);
    if (!refresh || !this.grants.isRefreshUsable(refresh)) {
      throw invalidGrant('Token has been expired or revoked.');
    }
    refresh.lastUsedAt = this.clock.now();
    return this.#answer(this.grants.issueAccess(refresh.email, refresh.scopes), refresh, false);
  }

  #answer(access: AccessToken, refresh: RefreshToken | null, isFirst: boolean) {
    const idToken = this.idTokens.issue(access);
    return {
      access_token: access.token,
      expires_in: this.settings.access_token_seconds,
      token_type: 'Bearer',
      scope: toWireScopes(access.scopes),
      ...(refresh && isFirst && { refresh_token: refresh.token }),
      ...(refresh && this.#expiryOf(refresh)),
      ...(idToken !== null && { id_token: idToken }),
    };
  }

  /** Said when access was granted for a time; of the end of testing only if the setting says so. */
  #expiryOf(refresh: RefreshToken) {
    const end = this.grants.endOf(refresh);
    const isTold = end !== null && (refresh.expiresAt !== null || this.settings.testing_tells_expiry);
    if (!isTold) return {};
    return { refresh_token_expires_in: Math.floor((end.getTime() - this.clock.now().getTime()) / 1000) };
  }

  #authenticate(body: TokenBody, authorization: string | undefined): void {
    const basic = readBasic(authorization);
    const clientId = basic?.clientId ?? body.client_id;
    const clientSecret = basic?.clientSecret ?? body.client_secret;
    if (clientId === undefined) throw invalidRequest('Could not determine client ID from request.');
    if (clientId !== this.app.clientId) {
      throw new OAuthError('invalid_client', 'The OAuth client was not found.', 401);
    }
    if (clientSecret === undefined) throw invalidRequest('client_secret is missing.');
    if (!this.app.isAuthenticated(clientId, clientSecret)) {
      throw new OAuthError('invalid_client', 'The provided client secret is invalid.', 401);
    }
  }
}

function checkVerifier({ challenge }: CodeGrant, verifier: string | undefined): void {
  if (challenge === null) {
    if (verifier !== undefined) throw invalidGrant('code_verifier or verifier is not needed.');
    return;
  }
  if (verifier === undefined) throw invalidGrant('Missing code verifier.');
  const proof = challenge.isHashed ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  if (proof !== challenge.value) throw invalidGrant('Invalid code verifier.');
}

function readBasic(header: string | undefined): { clientId: string; clientSecret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { clientId: decodeURIComponent(clientId), clientSecret: decodeURIComponent(secret.join(':')) };
}
