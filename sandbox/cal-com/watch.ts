import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call } from '../calls.js';
import type { CalComParts } from './cal-com-parts.js';
import type { Base } from './faults.js';

const calls = new WeakMap<FastifyRequest, Call>();

/** Parameters that would let a reader of the list act in someone's name: `state` holds an access token (contract 6.2). */
const secretParameters = new Set(['code', 'state', 'access_token', 'refresh_token', 'client_secret', 'code_verifier']);

/** Notes the call, then lets an ordered fault have it. Answers whether the fault took it over. */
export async function watch(
  server: FastifyInstance,
  base: Base,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: CalComParts,
): Promise<boolean> {
  const [path = '', query = ''] = request.url.slice(server.prefix.length).split('?', 2);
  const shown = [...new URLSearchParams(query)].filter(([name]) => !secretParameters.has(name));
  const call = parts.calls.record({
    base,
    method: request.method,
    path,
    query: Object.fromEntries(shown),
    status: null,
    at: parts.clock.now().toISOString(),
    account: accountOf(request, parts),
  });
  calls.set(request, call);
  return parts.faults.apply(base, path, request, reply);
}

/** The second half: what was answered, and whether the answer is to be lost on the way. */
export function watchAnswers(server: FastifyInstance, parts: CalComParts): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const call = calls.get(request);
    if (call) call.status = reply.statusCode;
    parts.faults.loseIfOrdered(request);
    return payload;
  });
}

/** A client by its id, a person by the address. */
function accountOf(request: FastifyRequest, { authentication }: CalComParts): string | null {
  const caller = authentication.find(request);
  if (caller === null) return null;
  return caller.kind === 'client' ? caller.client.id : caller.user.email;
}
