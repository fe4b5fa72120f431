import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call } from '../calls.js';
import type { CalendlyParts } from './calendly-parts.js';
import { findCaller } from './caller.js';
import { toWireTime } from './wire-time.js';

const calls = new WeakMap<FastifyRequest, Call>();

/** Parameters that would let a reader of the list act in someone's name. */
const secretParameters = new Set(['code', 'token', 'access_token', 'refresh_token', 'client_secret']);

/** Notes the call, then lets an ordered fault have it. Answers whether the fault took it over. */
export async function watch(
  server: FastifyInstance,
  base: 'auth' | 'api',
  request: FastifyRequest,
  reply: FastifyReply,
  calendly: CalendlyParts,
): Promise<boolean> {
  const [path = '', query = ''] = request.url.slice(server.prefix.length).split('?', 2);
  const shown = [...new URLSearchParams(query)].filter(([name]) => !secretParameters.has(name));
  const call = calendly.calls.record({
    base,
    method: request.method,
    path,
    query: Object.fromEntries(shown),
    status: null,
    at: toWireTime(calendly.clock.now()),
    account: findCaller(request, calendly)?.account.email ?? null,
  });
  calls.set(request, call);
  return calendly.faults.apply(base, path, request, reply);
}

/** The second half: what was answered, and whether the answer is to be lost on the way. */
export function watchAnswers(server: FastifyInstance, calendly: CalendlyParts): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const call = calls.get(request);
    if (call) call.status = reply.statusCode;
    calendly.faults.loseIfOrdered(request);
    return payload;
  });
}
