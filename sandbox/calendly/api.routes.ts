import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerApiError, notFound, tooManyRequests, unauthenticated } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import { findCaller, remember } from './caller.js';
import { registerEventTypeRoutes } from './event-types.routes.js';
import { registerNoShowRoutes } from './invitee-no-shows.routes.js';
import { registerMembershipRoutes } from './organization-memberships.routes.js';
import { registerRoutingFormRoutes } from './routing-form-submissions.routes.js';
import { registerScheduledEventRoutes } from './scheduled-events.routes.js';
import { registerUserRoutes } from './users.routes.js';
import { registerWebhookRoutes } from './webhook-subscriptions.routes.js';
import { watch } from './watch.js';

/** The API (contract 3 to 5). Who calls, how often and whether a test ordered a fault is settled before any route. */
export function registerApiRoutes(api: FastifyInstance, calendly: CalendlyParts): void {
  api.setErrorHandler((error, _request, reply) => answerApiError(error, reply));
  api.setNotFoundHandler(() => {
    throw notFound();
  });

  api.addHook('onRequest', async (request, reply) => {
    const caller = findCaller(request, calendly);
    const allowance = calendly.rateLimit.take(caller?.account.id ?? `nobody ${request.id}`, limitOf(request));
    // On every response, refusals included (contract 3).
    void reply.headers({
      'x-ratelimit-limit': String(allowance.limit),
      'x-ratelimit-remaining': String(allowance.remaining),
      'x-ratelimit-reset': String(allowance.resetSeconds),
    });
    if (caller) remember(request, caller);
    if (await watch(api, 'api', request, reply, calendly)) return reply;
    if (!caller) throw unauthenticated();
    if (allowance.isExceeded) throw tooManyRequests();
    return undefined;
  });

  registerUserRoutes(api, calendly);
  registerMembershipRoutes(api, calendly);
  registerEventTypeRoutes(api, calendly);
  registerScheduledEventRoutes(api, calendly);
  registerNoShowRoutes(api, calendly);
  registerRoutingFormRoutes(api, calendly);
  registerWebhookRoutes(api, calendly);

  function limitOf(request: FastifyRequest): number {
    const caller = findCaller(request, calendly);
    const isPaid = caller !== null && calendly.store.organizationOf(caller.account).plan === 'paid';
    return isPaid ? calendly.settings.rate_limit_paid : calendly.settings.rate_limit_free;
  }
}
