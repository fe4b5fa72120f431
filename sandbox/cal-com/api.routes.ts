import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerApiError, noSuchRoute, tooManyRequests } from './api-error.js';
import { bearerOf, header } from './authentication.js';
import { registerBookingRoutes } from './bookings.routes.js';
import type { CalComParts } from './cal-com-parts.js';
import { registerCalendarChoiceRoutes } from './calendar-choices.routes.js';
import { registerCalendarConnectRoutes } from './calendar-connect.routes.js';
import { registerCalendarRoutes } from './calendars.routes.js';
import { allowPages } from './cors.js';
import { registerEventTypeRoutes } from './event-types.routes.js';
import { randomUids } from './ids.js';
import { registerManagedUserRoutes } from './managed-users.routes.js';
import { registerMeRoutes } from './me.routes.js';
import { registerOAuth2Routes } from './oauth2.routes.js';
import { registerOAuthClientRoutes } from './oauth-clients.routes.js';
import { registerProviderRoutes } from './provider.routes.js';
import { refuseWithdrawn } from './platform-withdrawal.js';
import type { Allowance } from './rate-limit.js';
import { registerScheduleRoutes } from './schedules.routes.js';
import { watch } from './watch.js';
import { registerWebhookRoutes } from './webhooks.routes.js';

/** The API. How often somebody calls and whether a test ordered a fault is settled before any route. */
export function registerApiRoutes(api: FastifyInstance, parts: CalComParts): void {
  const { clock, rateLimit, settings, store } = parts;
  api.setErrorHandler((error, request, reply) => answerApiError(error, request, reply, clock));
  api.setNotFoundHandler((request) => {
    throw noSuchRoute(request);
  });

  api.addHook('onRequest', async (request, reply) => {
    if (allowPages(request, reply)) return reply;
    const allowance = takeAllowance(request);
    void reply.header('x-request-id', randomUids.uuid());
    announceAllowance(reply, allowance);
    if (await watch(api, 'api', request, reply, parts)) return reply;
    if (allowance.isExceeded) {
      if (settings.answers_retry_after) void reply.header('retry-after', String(allowance.resetSeconds));
      throw tooManyRequests();
    }
    refuseWithdrawn(request, request.url.slice(api.prefix.length), settings);
    return undefined;
  });

  registerBookingRoutes(api, parts);
  registerCalendarChoiceRoutes(api, parts);
  registerCalendarConnectRoutes(api, parts);
  registerCalendarRoutes(api, parts);
  registerEventTypeRoutes(api, parts);
  registerManagedUserRoutes(api, parts);
  registerMeRoutes(api, parts);
  registerOAuth2Routes(api, parts);
  registerOAuthClientRoutes(api, parts);
  registerProviderRoutes(api, parts);
  registerScheduleRoutes(api, parts);
  registerWebhookRoutes(api, parts);

  /**
   * Counted by the bearer if there is one, else by the client header, else by address: a secret without the header is
   * counted with all strangers of that address (contract 2.4).
   */
  function takeAllowance(request: FastifyRequest): Allowance {
    const bearer = bearerOf(request);
    if (bearer?.startsWith('cal_')) {
      const limit = store.apiKeys.get(bearer)?.limit ?? settings.rate_limit_api_key;
      return rateLimit.take(`bearer ${bearer}`, limit);
    }
    if (bearer !== null) return rateLimit.take(`bearer ${bearer}`, settings.rate_limit_user);
    const clientId = header(request, 'x-cal-client-id');
    if (clientId !== undefined) return rateLimit.take(`client ${clientId}`, settings.rate_limit_client);
    return rateLimit.take(`address ${request.ip}`, settings.rate_limit_ip);
  }
}

/** Named after the limit, which is called Default (contract 2.4). */
function announceAllowance(reply: FastifyReply, { limit, remaining, resetSeconds }: Allowance): void {
  void reply.headers({
    'x-ratelimit-limit-default': String(limit),
    'x-ratelimit-remaining-default': String(remaining),
    'x-ratelimit-reset-default': String(resetSeconds),
  });
}
