import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { langOf, page } from '../page.js';
import { type AuthorizationRequest, readAuthorization } from './authorization-request.js';
import type { CalendlyParts } from './calendly-parts.js';
import { authenticateClient } from './client-authentication.js';
import { consentPage, refusedPage } from './consent-page.js';
import { decide } from './consent.js';
import type { TokenPair } from './grants.js';
import { answerOAuthError, OAuthError } from './oauth-error.js';
import { tokenBody } from './token-exchange.js';
import { watch } from './watch.js';

const decisionSchema = z.object({ account: z.string(), decision: z.enum(['approve', 'refuse']) });
const aboutTokenSchema = z.object({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  token: z.string().min(1),
});

/** The authorization server (contract 2). */
export function registerAuthRoutes(auth: FastifyInstance, calendly: CalendlyParts): void {
  const { app, grants, settings, store } = calendly;
  auth.setErrorHandler((error, _request, reply) => answerOAuthError(error, reply));
  auth.setNotFoundHandler((_request, reply) => reply.status(404).send({ error: 'not_found' }));

  auth.addHook('onRequest', async (request, reply) => {
    if (await watch(auth, 'auth', request, reply, calendly)) return reply;
    return undefined;
  });

  auth.get('/oauth/authorize', async (request, reply) => {
    const asked = requestOr(reply, request.query, langOf(request.query));
    if (!asked) return reply;
    const choices = [...store.accounts.values()].map((account) => ({
      account,
      plan: store.organizationOf(account).plan,
    }));
    return page(reply, consentPage(langOf(request.query), asked, choices));
  });

  auth.post('/oauth/authorize', async (request, reply) => {
    const lang = langOf(request.query);
    const asked = requestOr(reply, request.body, lang);
    if (!asked) return reply;
    const answer = decisionSchema.safeParse(request.body);
    if (!answer.success) return page(reply, refusedPage(lang, 'invalid_request'));
    const account = store.findAccountByEmail(answer.data.account);
    if (!account) return page(reply, refusedPage(lang, 'unknown_account'));
    return reply.redirect(decide(grants, asked, account, answer.data.decision), 302);
  });

  auth.post('/oauth/token', async (request, reply) => {
    const body = readBody(tokenBody, request.body);
    authenticateClient(app, request.headers.authorization, body);
    return reply.header('cache-control', 'no-store').send(calendly.tokens.exchange(body));
  });

  auth.post('/oauth/revoke', async (request) => {
    const body = readBody(aboutTokenSchema, request.body);
    authenticateClient(app, request.headers.authorization, body, { code: 'unauthorized_client', status: 403 });
    const pair = findPair(body.token);
    if (pair) pair.isRevoked = true;
    return {};
  });

  auth.post('/oauth/introspect', async (request) => {
    const body = readBody(aboutTokenSchema, request.body);
    authenticateClient(app, request.headers.authorization, body);
    return describe(body.token);
  });

  function requestOr(reply: FastifyReply, query: unknown, lang: 'fr' | 'en'): AuthorizationRequest | null {
    const read = readAuthorization(query, app, settings);
    if (read.kind === 'asked') return read.request;
    if (read.kind === 'returned') void reply.redirect(read.location, 302);
    else void page(reply, refusedPage(lang, read.problem));
    return null;
  }

  function findPair(token: string): TokenPair | null {
    return grants.findByAccess(token) ?? grants.findByRefresh(token);
  }

  function describe(token: string) {
    const pair = findPair(token);
    const isAccess = pair?.accessToken === token;
    if (!pair || !(isAccess ? grants.isAccessUsable(pair) : grants.isRefreshUsable(pair))) return { active: false };
    const account = store.accounts.get(pair.grant.accountId);
    return {
      active: true,
      scope: pair.grant.scopes.join(' '),
      client_id: app.clientId,
      token_type: 'Bearer',
      iat: toUnixSeconds(pair.createdAt),
      // A refresh token has no end by age (contract 2.4).
      ...(isAccess && pair.expiresAt ? { exp: toUnixSeconds(pair.expiresAt) } : {}),
      owner: calendly.links.to('users', pair.grant.accountId),
      ...(account ? { organization: calendly.links.to('organizations', account.organizationId) } : {}),
    };
  }
}

function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const outcome = schema.safeParse(body);
  if (!outcome.success) throw new OAuthError('invalid_request');
  return outcome.data;
}

function toUnixSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
