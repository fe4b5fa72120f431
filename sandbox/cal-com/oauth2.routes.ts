import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { notFound } from './api-error.js';
import type { CalComParts } from './cal-com-parts.js';
import { isSameSecret } from './client-app.js';
import { type OAuthPair, oauthAccessLifetimeSeconds } from './oauth-grants.js';
import { answerOAuth2Error, OAuth2Error } from './oauth2-error.js';
import { filled, readInput } from './parameters.js';
import { success } from './success.js';

const field = z.string().min(1).optional();
const tokenBody = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: field,
  code: field,
  redirect_uri: field,
  code_verifier: field,
  refresh_token: field,
});

type TokenBody = z.output<typeof tokenBody>;

/** The successor of managed users: ordinary OAuth 2.0, a person's consent, half-hour tokens (contract 9). */
export function registerOAuth2Routes(api: FastifyInstance, parts: CalComParts): void {
  const { app, oauthGrants, settings } = parts;

  api.get('/auth/oauth2/clients/:clientId', async (request) => {
    const { clientId } = readInput(z.object({ clientId: filled }), request.params);
    if (clientId !== app.clientId) throw notFound(`OAuth client with ID '${clientId}' not found`);
    return success({
      client_id: app.clientId,
      redirect_uris: app.redirectUris,
      name: 'Passerelle',
      logo: null,
      is_trusted: false,
      client_type: settings.oauth_client_type,
    });
  });

  api.post(
    '/auth/oauth2/token',
    {
      errorHandler: (error, _request, reply) => {
        void answerOAuth2Error(error, reply);
      },
    },
    async (request, reply) => {
      const outcome = tokenBody.safeParse(request.body);
      if (!outcome.success) throw new OAuth2Error('invalid_request', 'grant_type and client_id are required');
      authenticate(outcome.data);
      const pair = exchange(outcome.data);
      return reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send({
        access_token: pair.accessToken,
        token_type: 'bearer',
        refresh_token: pair.refreshToken,
        expires_in: oauthAccessLifetimeSeconds,
        scope: pair.grant.scopes.join(' '),
      });
    },
  );

  /** In the body only: a Basic header is not looked at. A public client has no secret and proves itself by PKCE. */
  function authenticate({ client_id: clientId, client_secret: secret }: TokenBody): void {
    if (clientId !== app.clientId) throw new OAuth2Error('invalid_client', 'client_not_found');
    if (settings.oauth_client_type === 'PUBLIC') return;
    if (secret === undefined) throw new OAuth2Error('invalid_request', 'client_secret is required');
    if (!isSameSecret(secret, app.clientSecret)) throw new OAuth2Error('invalid_client', 'invalid_client_credentials');
  }

  function exchange(body: TokenBody): OAuthPair {
    if (body.grant_type === 'authorization_code') return redeem(body);
    if (body.grant_type === 'refresh_token') return refresh(body);
    throw new OAuth2Error('unsupported_grant_type', `grant_type ${body.grant_type} is not supported`);
  }

  /** A code that meets the wrong redirect or proof is left as it was; only a successful exchange uses it up. */
  function redeem(body: TokenBody): OAuthPair {
    if (body.code === undefined || body.redirect_uri === undefined) {
      throw new OAuth2Error('invalid_request', 'code and redirect_uri are required');
    }
    const code = oauthGrants.findUsableCode(body.code);
    if (!code || code.redirectUri !== body.redirect_uri || !isProven(code.challenge, body.code_verifier)) {
      throw new OAuth2Error('invalid_grant', 'code_invalid_or_expired');
    }
    return oauthGrants.redeem(code);
  }

  function refresh(body: TokenBody): OAuthPair {
    if (body.refresh_token === undefined) throw new OAuth2Error('invalid_request', 'refresh_token is required');
    const pair = oauthGrants.findByRefresh(body.refresh_token);
    if (!pair || pair.grant.isRevoked || pair.isRefreshExpired || pair.isRefreshSpent) {
      throw new OAuth2Error('invalid_grant', 'invalid_refresh_token');
    }
    pair.isRefreshSpent = settings.oauth_refresh_single_use;
    return oauthGrants.issue(pair.grant);
  }
}

function isProven(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined;
  if (verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}
