import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Delays } from '../delays.js';
import { errorBody, GraphError } from './graph-error.js';
import { LoginError, loginErrorBody } from './login-error.js';

export type Base = 'login' | 'graph';

export const faultSchema = z.strictObject({
  base: z.enum(['login', 'graph']).optional(),
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']).optional(),
  /** Below the base: `/me/events`, `/common/oauth2/v2.0/token`. Parts of a batch match by their own path. */
  path_prefix: z.string().startsWith('/', 'must start with /').default('/'),
  account: z.string().optional(),
  times: z.number().int().positive().default(1),
  /** answer: with `status`, or after `delay_ms` alone normally. lose-answer: the call takes effect, its answer is lost. */
  mode: z.enum(['answer', 'hang', 'reset', 'lose-answer']).default('answer'),
  status: z.number().int().min(400).max(599).optional(),
  /** Of the error; a usual one for the status by default. */
  code: z.string().optional(),
  message: z.string().optional(),
  delay_ms: z.number().int().nonnegative().default(0),
  /** What Retry-After says, in seconds. */
  retry_after: z.union([z.number().nonnegative(), z.string()]).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
});

export type Fault = z.output<typeof faultSchema>;

const usualCodes: Record<number, string> = {
  400: 'InvalidRequest',
  401: 'InvalidAuthenticationToken',
  403: 'ErrorAccessDenied',
  404: 'ErrorItemNotFound',
  409: 'ErrorConflict',
  410: 'resyncRequired',
  412: 'ErrorIrresolvableConflict',
  429: 'TooManyRequests',
  503: 'serviceNotAvailable',
  504: 'gatewayTimeout',
};

/** Where a call stands when a fault may take it. */
export interface FaultPlace {
  base: Base;
  path: string;
  account: string | null;
  now: Date;
}

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

  /** The fault that took the call over, or null when the call goes on. */
  async apply(place: FaultPlace, request: FastifyRequest, reply: FastifyReply): Promise<Fault | null> {
    const fault = this.#take(place, request.method);
    if (!fault) return null;
    await this.#delays.wait(fault.delay_ms);
    if (fault.mode === 'lose-answer') this.#lost.add(request);
    if (fault.mode === 'hang' || fault.mode === 'reset') {
      // A part of a batch has no line of its own that could be cut.
      if (!hasLine(request)) return this.#answer({ ...fault, status: 504 }, place, request, reply);
      reply.hijack();
      if (fault.mode === 'reset') request.raw.socket.resetAndDestroy();
      return fault;
    }
    if (fault.mode !== 'answer' || fault.status === undefined) return null;
    return this.#answer(fault, place, request, reply);
  }

  /** Called when the answer is ready: cuts the line if it was to be lost. */
  loseIfOrdered(request: FastifyRequest): void {
    if (this.#lost.delete(request) && hasLine(request)) request.raw.socket.destroy();
  }

  async #answer(fault: Fault, place: FaultPlace, request: FastifyRequest, reply: FastifyReply): Promise<Fault> {
    const status = fault.status ?? 500;
    if (fault.retry_after !== undefined) void reply.header('retry-after', String(fault.retry_after));
    await reply
      .status(status)
      .headers(fault.headers)
      .send(fault.body ?? bodyOf(fault, status, place, request));
    return fault;
  }

  #take({ base, path, account }: FaultPlace, method: string): Fault | null {
    const fault = this.#faults.find(
      (candidate) =>
        (candidate.base ?? base) === base &&
        (candidate.method ?? method) === method &&
        (candidate.account ?? account) === account &&
        path.startsWith(candidate.path_prefix),
    );
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times === 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    return { ...fault };
  }
}

function hasLine(request: FastifyRequest): boolean {
  return request.raw.socket instanceof Socket;
}

function bodyOf(fault: Fault, status: number, { base, now }: FaultPlace, request: FastifyRequest): unknown {
  const message = fault.message ?? 'Ordered by a test.';
  if (base === 'graph') {
    const code = fault.code ?? usualCodes[status] ?? (status < 500 ? 'BadRequest' : 'InternalServerError');
    return errorBody(new GraphError(status, code, message), now, request);
  }
  const error = fault.code ?? (status < 500 ? 'invalid_request' : 'temporarily_unavailable');
  return loginErrorBody(new LoginError(error, 90_033, message, status), now);
}
