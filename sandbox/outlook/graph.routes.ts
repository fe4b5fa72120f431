import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { registerBatchRoutes } from './batch.routes.js';
import { registerCalendarRoutes } from './calendar.routes.js';
import { getCaller } from './caller.js';
import { registerEventRoutes } from './event.routes.js';
import type { GraphCall } from './graph-call.js';
import { accessDenied, answerGraphError, clientRequestId, GraphError } from './graph-error.js';
import { GraphRouter, type Route } from './graph-router.js';
import { newGuid } from './ids.js';
import type { Account } from './model.js';
import type { OutlookParts } from './outlook-parts.js';
import { readPreferences } from './preferences.js';
import { registerProfileRoutes } from './profile.routes.js';
import { registerScheduleRoutes } from './schedule.routes.js';
import { isGraphScope } from './scopes.js';
import { registerSubscriptionRoutes } from './subscription.routes.js';
import { registerViewRoutes } from './view.routes.js';
import { splitQuery, watchAnswers, watchGraph } from './watch.js';

interface Admitted {
  account: Account;
  route: Route;
  params: Record<string, string>;
  path: string;
  query: URLSearchParams;
}

const admitted = new WeakMap<FastifyRequest, Admitted>();

/** Graph v1.0 (contract 4 to 11). Who calls, how often, and whether a test ordered a fault is settled before any operation. */
export function registerGraphRoutes(graph: FastifyInstance, parts: OutlookParts): void {
  const { clock, store, throttle } = parts;
  const router = new GraphRouter();
  registerProfileRoutes(router, parts);
  registerCalendarRoutes(router, parts);
  registerEventRoutes(router, parts);
  registerViewRoutes(router, parts);
  registerScheduleRoutes(router, parts);
  registerSubscriptionRoutes(router, parts);
  registerBatchRoutes(router, graph);

  graph.setErrorHandler((error, request, reply) => answerGraphError(error, clock.now(), request, reply));
  watchAnswers(graph, parts);
  graph.addHook('onRequest', async (request, reply) => {
    const requestId = newGuid();
    void reply.headers({ 'request-id': requestId, 'client-request-id': clientRequestId(request) ?? requestId });
    const entry = enter(request, reply);
    if (await watchGraph(graph, request, reply, parts)) return reply;
    if (entry instanceof GraphError) throw entry;
    admitted.set(request, entry);
    return undefined;
  });
  graph.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler: async (request, reply) => {
      const { route, ...found } = admitted.get(request)!;
      const preferences = readPreferences(request.headers['prefer']);
      if (preferences.applied.length > 0) void reply.header('preference-applied', preferences.applied.join(', '));
      const call: GraphCall = {
        ...found,
        request,
        preferences,
        body: request.body,
        get mailbox() {
          return getMailbox(found.account);
        },
      };
      const { status = 200, headers = {}, body } = await route.operation(call);
      return reply.status(status).headers(headers).send(body);
    },
  });

  /** A refusal is kept until the call was noted and a fault had its chance. The place in the mailbox is taken at once. */
  function enter(request: FastifyRequest, reply: FastifyReply): Admitted | GraphError {
    try {
      const { account, token } = getCaller(request, parts);
      const [rawPath, rawQuery] = splitQuery(request.url.slice(graph.prefix.length));
      const path = asMe(rawPath, account);
      const found = router.find(request.method, path);
      if (found === 'no-path')
        throw new GraphError(400, 'BadRequest', `Resource not found for the segment in '${path}'.`);
      if (found === 'no-method') {
        throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
      }
      const { route, params } = found;
      if (route.scopes.length > 0 && !route.scopes.some((scope) => token.scopes.filter(isGraphScope).includes(scope))) {
        throw accessDenied();
      }
      if (route.isOfMailbox) {
        const leave = throttle.enter(account);
        reply.raw.once('close', leave);
        reply.raw.once('finish', leave);
      }
      return { account, route, params, path, query: new URLSearchParams(rawQuery) };
    } catch (error) {
      if (error instanceof GraphError) return error;
      throw error;
    }
  }

  function getMailbox(account: Account) {
    if (!account.hasMailbox) {
      throw new GraphError(
        404,
        'MailboxNotEnabledForRESTAPI',
        'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
      );
    }
    return store.mailboxOf(account);
  }
}

/** `/users/{id}` is `/me` for oneself; somebody else's mailbox is closed (contract, head). */
function asMe(path: string, account: Account): string {
  const [, named, rest = ''] = /^\/users\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (named === undefined) return path;
  const user = decodeURIComponent(named).toLowerCase();
  if (user !== account.id && user !== account.userPrincipalName.toLowerCase()) throw accessDenied();
  return `/me${rest}`;
}
