import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Lang, langOf, page } from '../page.js';
import { insufficientScope, toEnvelope, unauthenticated, ApiError } from './api-error.js';
import { type AuthorizationRequest, readAuthorization, returnTo } from './authorization-request.js';
import { bearerOf, findCaller } from './caller.js';
import { consentPage, refusedPage } from './consent-page.js';
import { asksConsent, decide } from './consent.js';
import type { GoogleParts } from './google-parts.js';
import { toProfile } from './id-tokens.js';
import { answerOAuthError, invalidRequest, OAuthError } from './oauth-error.js';
import { observe } from './observation.js';
import { findScope, isIdentityScope, type Scope } from './scopes.js';
import { tokenBody } from './token-exchange.js';

const decisionForm = z.object({
  account: z.string(),
  decision: z.enum(['approve', 'refuse']),
  // Absent when all was unticked, a single text when one was left.
  ticked: z.union([z.string(), z.array(z.string())]).optional(),
});
const revokeFields = z.object({ token: z.string().min(1) });

/** The authorization server, and who somebody is (contract 2 and 3). */
export function registerAuthRoutes(auth: FastifyInstance, google: GoogleParts): void {
  const { app, grants, store } = google;
  auth.setErrorHandler((error, _request, reply) => answerOAuthError(error, reply));

  auth.addHook('onRequest', async (request, reply) => {
    if (await observe(auth, 'auth', request, reply, google)) return reply;
    return undefined;
  });

  auth.get('/o/oauth2/v2/auth', async (request, reply) => {
    const lang = langOf(request.query);
    const asked = requestOr(reply, request.query, lang);
    if (!asked) return reply;
    if (asked.prompts.includes('none')) return reply.redirect(answerSilently(asked), 302);
    const choices = [...store.accounts.values()].map((account) => ({
      account,
      isAsked: asksConsent(grants, asked, account),
      isHinted: [account.email, account.id].includes(asked.parameters.login_hint ?? ''),
    }));
    return page(reply, consentPage(lang, asked, choices));
  });

  auth.post('/o/oauth2/v2/auth', async (request, reply) => {
    const lang = langOf(request.query);
    const asked = requestOr(reply, request.body, lang);
    if (!asked) return reply;
    const form = decisionForm.safeParse(request.body);
    if (!form.success) return page(reply, refusedPage(lang, 'invalid_request', ''));
    const account = store.accounts.get(form.data.account);
    if (!account) return page(reply, refusedPage(lang, 'unknown_account', form.data.account));
    const ticked = [form.data.ticked ?? []].flat().map(findScope);
    const answer = {
      decision: form.data.decision,
      ticked: ticked.filter((scope): scope is Scope => scope !== null),
      accessSeconds: null,
      error: null,
    };
    return reply.redirect(decide(grants, asked, account, answer), 302);
  });

  auth.post('/token', async (request, reply) => {
    const body = readForm(tokenBody, request);
    const answer = google.tokens.exchange(body, request.headers.authorization);
    return reply.header('cache-control', 'no-cache, no-store, max-age=0, must-revalidate').send(answer);
  });

  auth.post('/revoke', async (request) => {
    const inQuery = revokeFields.safeParse(request.query);
    const { token } = inQuery.success ? inQuery.data : readForm(revokeFields, request);
    const email = grants.findOwner(token);
    if (email === null) throw new OAuthError('invalid_token', 'Token expired or revoked');
    grants.revoke(email);
    return {};
  });

  auth.get('/oauth2/v3/certs', async () => google.idTokens.keySet());

  auth.get('/oauth2/v2/userinfo', async (request, reply) => {
    const caller = identify(request);
    if (caller instanceof ApiError) return reply.status(caller.status).send(toEnvelope(caller));
    const { email_verified: verified, ...profile } = toProfile(caller.account, caller.scopes);
    return { id: caller.account.id, ...profile, ...(verified !== undefined && { verified_email: verified }) };
  });

  auth.get('/v1/userinfo', async (request, reply) => {
    const caller = identify(request);
    if (caller instanceof ApiError) return reply.status(caller.status).send(toEnvelope(caller));
    return { sub: caller.account.id, ...toProfile(caller.account, caller.scopes) };
  });

  function identify(request: FastifyRequest) {
    const caller = findCaller(request, google);
    if (!caller) return unauthenticated(bearerOf(request) === null);
    return caller.scopes.some(isIdentityScope) ? caller : insufficientScope([]);
  }

  /** Nobody is there to be asked: it works for the account hinted at if all is granted already, or not at all. */
  function answerSilently(asked: AuthorizationRequest): string {
    const hint = asked.parameters.login_hint ?? '';
    const account = [...store.accounts.values()].find(({ email, id }) => email === hint || id === hint);
    const { state } = asked.parameters;
    if (!account) return returnTo(asked.redirectUri, { error: 'interaction_required', state });
    return decide(grants, asked, account, { decision: 'approve', ticked: null, accessSeconds: null, error: null });
  }

  function requestOr(reply: FastifyReply, query: unknown, lang: Lang): AuthorizationRequest | null {
    const read = readAuthorization(query, app);
    if (read.kind === 'asked') return read.request;
    void page(reply, refusedPage(lang, read.problem, read.detail));
    return null;
  }
}

/** Forms only: that is what the endpoint is documented to take. */
function readForm<S extends z.ZodType>(schema: S, request: FastifyRequest): z.output<S> {
  const type = request.headers['content-type'] ?? '';
  const outcome = schema.safeParse(request.body ?? {});
  if (!type.startsWith('application/x-www-form-urlencoded')) throw invalidRequest('The request body is not a form.');
  if (!outcome.success) throw invalidRequest('A parameter is missing or repeated.');
  return outcome.data;
}
