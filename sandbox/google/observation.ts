import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call } from '../calls.js';
import { findCaller } from './caller.js';
import type { Base } from './faults.js';
import type { GoogleParts } from './google-parts.js';

const calls = new WeakMap<FastifyRequest, Call>();

/** Parameters that would let a reader of the list act in someone's name. */
const secretParameters = new Set(['code', 'token', 'access_token', 'refresh_token', 'client_secret', 'oauth_token']);

/** Notes the call, then lets an ordered fault have it. Answers whether the fault took it over. */
export async function observe(
  server: FastifyInstance,
  base: Base,
  request: FastifyRequest,
  reply: FastifyReply,
  google: GoogleParts,
): Promise<boolean> {
  const [encoded = '', query = ''] = request.url.slice(server.prefix.length).split('?', 2);
  const path = readable(encoded);
  const account = findCaller(request, google)?.account.email ?? null;
  const call = google.calls.record({
    base,
    method: request.method,
    path,
    query: toFields(new URLSearchParams(query)),
    status: null,
    at: google.clock.now().toISOString(),
    account,
  });
  calls.set(request, call);
  return google.faults.apply({ base, path, account }, request, reply);
}

/** The second half: what was answered, and whether the answer is to be lost on the way. */
export function observeAnswers(server: FastifyInstance, google: GoogleParts): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const call = calls.get(request);
    if (call) call.status = reply.statusCode;
    google.faults.loseIfOrdered(request);
    return payload;
  });
}

/** A repeated parameter becomes a list. */
function toFields(query: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(query.keys())].filter((name) => !secretParameters.has(name));
  return Object.fromEntries(
    names.map((name) => {
      const values = query.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}

function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
