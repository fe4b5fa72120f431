import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Delays } from '../delays.js';
import { defaultReason, refusalOf, toEnvelope } from './api-error.js';

export type Base = 'auth' | 'api';

export const faultSchema = z.strictObject({
  base: z.enum(['auth', 'api']).optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** Below the base, decoded: `/calendars/camille@example.test/events`, `/token`. */
  path_prefix: z.string().startsWith('/', 'must start with /').default('/'),
  /** Only calls of this account. */
  account: z.string().optional(),
  times: z.number().int().positive().default(1),
  /** answer: with `status`, or after `delay_ms` alone normally. lose-answer: the call takes effect, its answer is lost. */
  mode: z.enum(['answer', 'hang', 'reset', 'lose-answer']).default('answer'),
  status: z.number().int().min(400).max(599).optional(),
  /** For the API the `reason` of the error, for the token endpoint its `error`. */
  reason: z.string().optional(),
  delay_ms: z.number().int().nonnegative().default(0),
  /** Seconds for a Retry-After header; none without. */
  retry_after: z.number().int().nonnegative().optional(),
  /** Instead of the error's own body. */
  body: z.unknown().optional(),
});

export type Fault = z.output<typeof faultSchema>;

/** Orders to fail calls to come. Each matching call uses one up; the first that matches wins. */
export class Faults {
  readonly #faults: Fault[] = [];
  readonly #lost = new WeakSet<FastifyRequest>();
  readonly #delays = new Delays();

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  /** Calls that are kept waiting go on. */
  clear(): void {
    this.#faults.length = 0;
    this.#delays.letGo();
  }

  /** Whether the call has been dealt with here, one way or another. */
  async apply(
    call: { base: Base; path: string; account: string | null },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    const fault = this.#take(call, request.method);
    if (!fault) return false;
    await this.#delays.wait(fault.delay_ms);
    if (fault.mode === 'lose-answer') this.#lost.add(request);
    if (fault.mode === 'hang' || fault.mode === 'reset') {
      reply.hijack();
      if (fault.mode === 'reset') request.raw.socket.resetAndDestroy();
      return true;
    }
    if (fault.mode !== 'answer' || fault.status === undefined) return false;
    if (fault.retry_after !== undefined) void reply.header('retry-after', String(fault.retry_after));
    await reply.status(fault.status).send(fault.body ?? bodyOf(call.base, fault.status, fault.reason));
    return true;
  }

  /** Called when the answer is ready: cuts the line if it was to be lost. */
  loseIfOrdered(request: FastifyRequest): void {
    if (this.#lost.delete(request)) request.raw.socket.destroy();
  }

  #take(call: { base: Base; path: string; account: string | null }, method: string): Fault | null {
    const fault = this.#faults.find(
      (candidate) =>
        (candidate.base ?? call.base) === call.base &&
        (candidate.method ?? method) === method &&
        (candidate.account ?? call.account) === call.account &&
        call.path.startsWith(candidate.path_prefix),
    );
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times === 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    return { ...fault };
  }
}

function bodyOf(base: Base, status: number, reason: string | undefined): unknown {
  if (base === 'api') return toEnvelope(refusalOf(status, reason ?? defaultReason(status)));
  const error = reason ?? (status < 500 ? 'invalid_request' : 'internal_failure');
  const description = error === 'invalid_grant' ? 'Token has been expired or revoked.' : 'Ordered by a test.';
  return { error, error_description: description };
}
