import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call } from '../calls.js';
import { findAccountOf } from './caller.js';
import type { Base } from './faults.js';
import type { OutlookParts } from './outlook-parts.js';
import { toWireInstant } from './times.js';

const calls = new WeakMap<FastifyRequest, Call>();

/** Parameters that would let a reader of the list act in someone's name. */
const secretParameters = new Set(['code', 'client_secret', 'refresh_token', 'code_verifier']);
const shownLength = 100;

/** Tells a part of a batch from a request of its own. The header is put on by the batch itself. */
export const partHeader = 'x-sandbox-batch-part';

/** Notes the call, then lets an ordered fault have it. Answers whether the fault took it over. */
export async function watchLogin(
  server: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: OutlookParts,
): Promise<boolean> {
  const path = note('login', server.prefix, request, parts);
  const place = { base: 'login' as const, path, account: null, now: parts.clock.now() };
  return (await parts.faults.apply(place, request, reply)) !== null;
}

export async function watchGraph(
  server: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: OutlookParts,
): Promise<boolean> {
  const path = note('graph', server.prefix, request, parts);
  const account = findAccountOf(request, parts);
  if (parts.settings.latency_ms > 0) await wait(parts.settings.latency_ms, undefined, { ref: false });
  const place = { base: 'graph' as const, path, account: account?.email ?? null, now: parts.clock.now() };
  const fault = await parts.faults.apply(place, request, reply);
  const seconds = Number(fault?.retry_after);
  if (account && fault?.status === 429 && Number.isFinite(seconds)) parts.throttle.askToWait(account, seconds);
  return fault !== null;
}

/** The second half: what was answered, and whether the answer is to be lost on the way. */
export function watchAnswers(server: FastifyInstance, parts: OutlookParts): void {
  server.addHook('onSend', async (request, reply, payload) => {
    const call = calls.get(request);
    if (call) call.status = reply.statusCode;
    parts.faults.loseIfOrdered(request);
    return payload;
  });
}

function note(base: Base, prefix: string, request: FastifyRequest, parts: OutlookParts): string {
  const [path, query] = splitQuery(request.url.slice(prefix.length));
  const shown = [...new URLSearchParams(query)]
    .filter(([name]) => !secretParameters.has(name))
    .map(([name, value]) => [name, value.length > shownLength ? `${value.slice(0, shownLength)}…` : value]);
  const call = parts.calls.record({
    base: request.headers[partHeader] === undefined ? base : 'batch',
    method: request.method,
    path,
    query: Object.fromEntries(shown),
    status: null,
    at: toWireInstant(parts.clock.now()),
    account: findAccountOf(request, parts)?.email ?? null,
  });
  calls.set(request, call);
  return path;
}

export function splitQuery(url: string): [path: string, query: string] {
  const at = url.indexOf('?');
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
