import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Lang, langOf, page } from '../page.js';
import { decideForTenant, readAdminConsent } from './admin-consent.js';
import { type AuthorizationRequest, readAuthorization } from './authorization-request.js';
import { adminConsentPage, consentPage, refusedPage, unknownAccountText } from './consent-page.js';
import { decide, decideSilently } from './consent.js';
import { answerLoginError, LoginError } from './login-error.js';
import type { OutlookParts } from './outlook-parts.js';
import { readAuthority } from './sign-in.js';
import { needed, type TokenForm, tokenForm } from './token-exchange.js';
import { watchLogin } from './watch.js';

const decisionForm = z.object({ account: z.string(), decision: z.enum(['accept', 'refuse', 'needs-admin']) });
type InTenant = { Params: { tenant: string } };

/** The identity platform (contract 1 to 3): pages for a person, and the token endpoint. It revokes nothing on request. */
export function registerLoginRoutes(login: FastifyInstance, parts: OutlookParts): void {
  const { app, clock, settings, store } = parts;
  login.setErrorHandler((error, _request, reply) => answerLoginError(error, clock.now(), reply));
  login.setNotFoundHandler((_request, reply) => reply.status(404).send());
  login.addHook('onRequest', async (request, reply) => {
    if (await watchLogin(login, request, reply, parts)) return reply;
    return undefined;
  });

  login.get<InTenant>('/:tenant/oauth2/v2.0/authorize', async (request, reply) => {
    const lang = langOf(request.query);
    return guarded(reply, lang, () => {
      const asked = askedOr(reply, lang, request.params.tenant, request.query);
      if (!asked) return reply;
      if (asked.prompt === 'none') return reply.redirect(decideSilently(parts, asked), 302);
      return page(reply, consentPage(lang, asked, [...store.accounts.values()]));
    });
  });

  login.post<InTenant>('/:tenant/oauth2/v2.0/authorize', async (request, reply) => {
    const lang = langOf(request.query);
    return guarded(reply, lang, () => {
      const asked = askedOr(reply, lang, request.params.tenant, request.body);
      if (!asked) return reply;
      const { account, decision } = answerIn(request.body, lang);
      return reply.redirect(decide(parts, asked, account, decision), 302);
    });
  });

  login.get<InTenant>('/:tenant/v2.0/adminconsent', async (request, reply) => {
    const lang = langOf(request.query);
    return guarded(reply, lang, () => {
      const { redirectUri } = readAdminConsent(request.params.tenant, request.query, parts);
      const workers = [...store.accounts.values()].filter(({ kind }) => kind === 'work');
      const { client_id, scope, redirect_uri, state } = request.query as Record<string, string>;
      return page(reply, adminConsentPage(lang, { client_id, scope, redirect_uri, state }, redirectUri, workers));
    });
  });

  login.post<InTenant>('/:tenant/v2.0/adminconsent', async (request, reply) => {
    const lang = langOf(request.query);
    return guarded(reply, lang, () => {
      const asked = readAdminConsent(request.params.tenant, request.body, parts);
      const { account, decision } = answerIn(request.body, lang);
      return reply.redirect(decideForTenant(parts, asked, account, decision === 'accept' ? 'accept' : 'refuse'), 302);
    });
  });

  login.post<InTenant>('/:tenant/oauth2/v2.0/token', async (request, reply) => {
    const read = tokenForm.safeParse(isForm(request.headers['content-type']) ? request.body : {});
    if (!read.success) throw new LoginError('invalid_request', 900_144, 'A parameter is repeated.');
    const form = read.data;
    authenticate(request.headers.authorization, form);
    const authority = readAuthority(request.params.tenant, store, settings);
    needed(form, 'grant_type');
    return reply.header('cache-control', 'no-store').send(parts.tokens.exchange(form, authority));
  });

  function authenticate(header: string | undefined, form: TokenForm): void {
    const basic = readBasic(header);
    const clientId = basic?.clientId ?? needed(form, 'client_id');
    if (clientId !== app.clientId || (form.client_id !== undefined && form.client_id !== clientId)) {
      throw new LoginError('unauthorized_client', 700_016, `Application '${clientId}' was not found in the directory.`);
    }
    const secret = basic?.clientSecret ?? form.client_secret;
    if (secret === undefined) {
      const message = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
      throw new LoginError('invalid_client', 7_000_218, message);
    }
    if (!app.hasSecret(secret)) throw new LoginError('invalid_client', 7_000_215, 'Invalid client secret provided.');
  }

  function askedOr(reply: FastifyReply, lang: Lang, tenant: string, given: unknown): AuthorizationRequest | null {
    const read = readAuthorization(tenant, given, parts);
    if (read.kind === 'asked') return read.request;
    if (read.kind === 'returned') void reply.redirect(read.location, 302);
    else void page(reply, refusedPage(lang, read.problem));
    return null;
  }

  function answerIn(body: unknown, lang: Lang) {
    const answer = decisionForm.safeParse(body);
    if (!answer.success) throw new LoginError('invalid_request', 900_144, 'No decision was made.');
    const account = store.findAccountByEmail(answer.data.account);
    if (!account) throw new LoginError('invalid_request', 50_034, unknownAccountText(lang));
    return { account, decision: answer.data.decision };
  }
}

/** What goes wrong in front of a person is told to the person. */
function guarded(reply: FastifyReply, lang: Lang, answer: () => FastifyReply): FastifyReply {
  try {
    return answer();
  } catch (error) {
    if (error instanceof LoginError) return page(reply, refusedPage(lang, error));
    throw error;
  }
}

function isForm(contentType: string | undefined): boolean {
  return /^application\/x-www-form-urlencoded(;|$)/i.test(contentType ?? '');
}

function readBasic(header: string | undefined): { clientId: string; clientSecret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { clientId: decodeURIComponent(clientId), clientSecret: decodeURIComponent(secret.join(':')) };
}
