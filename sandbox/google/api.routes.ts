import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Handler, notModified } from './api-call.js';
import { answerApiError, insufficientScope, notFound, notImitated, unauthenticated } from './api-error.js';
import { calendarMethods } from './calendars.js';
import { bearerOf, findCaller } from './caller.js';
import { eventReading } from './event-reading.js';
import { eventWrites } from './event-writes.js';
import { freeBusy } from './free-busy.js';
import type { GoogleParts } from './google-parts.js';
import { isObject } from './merge.js';
import { findMethod, type MethodId } from './methods.js';
import { observe } from './observation.js';
import { Parameters } from './parameters.js';
import { select } from './partial-response.js';
import { watching } from './watching.js';

/**
 * The API. Every call goes one way: noted, perhaps failed by order, the caller known, his budget charged, the method found,
 * its scopes compared; only then is it made.
 *
 * Paths are matched against the table of methods and not by the router, whose parameters may not be as long as an event's
 * id (contract 7).
 */
export function registerApiRoutes(api: FastifyInstance, google: GoogleParts): void {
  const handlers: Record<MethodId, Handler> = {
    ...calendarMethods(google),
    ...eventReading(google),
    ...eventWrites(google),
    ...freeBusy(google),
    ...watching(google),
  };
  api.setErrorHandler((error, _request, reply) => answerApiError(error, reply));
  api.addHook('onRequest', async (request, reply) => {
    const caller = findCaller(request, google);
    if (caller) countWhileUnderWay(caller.account.email, reply);
    if (await observe(api, 'api', request, reply, google)) return reply;
    if (!caller) throw unauthenticated(bearerOf(request) === null);
    return undefined;
  });

  api.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/*', handler: answer });

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = findCaller(request, google);
    if (!caller) throw unauthenticated(false);
    if (google.settings.latency_ms > 0) await wait(google.settings.latency_ms);
    const [path = '', query = ''] = request.url.slice(api.prefix.length).split('?', 2);
    const found = findMethod(request.method, path);
    const refusal = google.quota.take(caller.account.email, found && found !== 'not imitated' ? found.method.cost : 1);
    if (refusal) throw refusal;
    if (found === null) throw notFound();
    if (found === 'not imitated') throw notImitated(`${request.method} ${path}`);
    const { method, parameters } = found;
    if (!method.scopes.some((scope) => caller.scopes.includes(scope))) throw insufficientScope(method.scopes);

    const asked = new Parameters(new URLSearchParams(query));
    const outcome = await handlers[method.id]({
      caller,
      method,
      path: parameters,
      query: asked,
      headers: request.headers,
      body: request.body,
    });
    if (outcome === notModified) return reply.status(304).send();
    if (outcome === undefined) return reply.status(204).send();
    const fields = asked.text('fields');
    if (isObject(outcome) && typeof outcome['etag'] === 'string') void reply.header('etag', outcome['etag']);
    return reply.header('cache-control', 'private, max-age=0').send(fields ? select(outcome, fields) : outcome);
  }

  function countWhileUnderWay(email: string, reply: FastifyReply): void {
    google.concurrency.begin(email);
    reply.raw.once('close', () => google.concurrency.end(email));
  }
}
