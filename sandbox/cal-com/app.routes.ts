import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Lang, langOf, page } from '../page.js';
import { type AuthorizationRequest, decide, readAuthorization } from './authorization-request.js';
import type { CalComParts } from './cal-com-parts.js';
import type { ConsentKind } from './calendar-consents.js';
import { calendarConsentPage, consentPage, refusedPage } from './consent-page.js';
import type { User } from './model.js';
import { watch } from './watch.js';

const answerSchema = z
  .object({ account: z.string().default(''), decision: z.enum(['approve', 'refuse']) })
  // Nobody has to say who they are to refuse.
  .refine(({ account, decision }) => decision === 'refuse' || account !== '');
const texts = z.record(z.string(), z.string());

/** What a person sees in a browser: Cal.com's own consent page, and those of Google and Microsoft behind it. */
export function registerAppRoutes(app: FastifyInstance, parts: CalComParts): void {
  const { calendarConsents, oauthGrants, store } = parts;

  app.addHook('onRequest', async (request, reply) => {
    if (await watch(app, 'app', request, reply, parts)) return reply;
    return undefined;
  });

  const authorize = '/auth/oauth2/authorize';

  app.get(authorize, async (request, reply) => {
    const lang = langOf(request.query);
    const asked = requestOr(reply, request.query, lang);
    return asked ? page(reply, consentPage(lang, asked, people())) : reply;
  });

  app.post(authorize, async (request, reply) => {
    const lang = langOf(request.query);
    const asked = requestOr(reply, request.body, lang);
    if (!asked) return reply;
    const answer = answerSchema.safeParse(request.body);
    if (!answer.success) return page(reply, refusedPage(lang, 'cal-com', 'invalid_request'));
    const user = people().find(({ email }) => email === answer.data.account);
    if (!user) return page(reply, refusedPage(lang, 'cal-com', 'unknown_account'));
    return reply.redirect(decide(oauthGrants, asked, user, answer.data.decision), 302);
  });

  for (const kind of ['google', 'office365'] as const) registerCalendarConsent(kind);

  function registerCalendarConsent(kind: ConsentKind): void {
    app.get(calendarConsents.pathOf(kind), async (request, reply) => {
      const lang = langOf(request.query);
      const query = texts.safeParse(request.query);
      const asked = query.success ? calendarConsents.read(kind, query.data) : null;
      if (!asked || !query.success) return page(reply, refusedPage(lang, kind, 'invalid_request'));
      const { lang: _lang, ...parameters } = query.data;
      return page(reply, calendarConsentPage(lang, kind, parameters));
    });

    app.post(calendarConsents.pathOf(kind), async (request, reply) => {
      const lang = langOf(request.query);
      const body = texts.safeParse(request.body);
      const answer = answerSchema.safeParse(request.body);
      const asked = body.success ? calendarConsents.read(kind, body.data) : null;
      if (!asked || !answer.success) return page(reply, refusedPage(lang, kind, 'invalid_request'));
      return reply.redirect(calendarConsents.decide(asked, answer.data.account, answer.data.decision), 302);
    });
  }

  function requestOr(reply: FastifyReply, query: unknown, lang: Lang): AuthorizationRequest | null {
    const read = readAuthorization(query, parts.app, parts.settings);
    if (read.kind === 'asked') return read.request;
    if (read.kind === 'returned') void reply.redirect(read.location, 302);
    else void page(reply, refusedPage(lang, 'cal-com', read.problem));
    return null;
  }

  /** Managed users have no password and cannot sign in. */
  function people(): User[] {
    return [...store.users.values()].filter(({ clientId }) => clientId === null);
  }
}
