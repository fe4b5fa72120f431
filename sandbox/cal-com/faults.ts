import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Delays } from '../delays.js';

export type Base = 'api' | 'app';

export const faultSchema = z.strictObject({
  base: z.enum(['api', 'app']).optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  path_prefix: z.string().startsWith('/', 'must start with /').default('/'),
  times: z.number().int().positive().default(1),
  /** answer: with `status`, or after `delay_ms` alone normally. lose-answer: the call takes effect, its answer is lost. */
  mode: z.enum(['answer', 'hang', 'reset', 'lose-answer']).default('answer'),
  status: z.number().int().min(400).max(599).optional(),
  delay_ms: z.number().int().nonnegative().default(0),
  /** For a 429: what `X-RateLimit-Reset-Default` says. */
  reset_seconds: z.number().int().positive().default(30),
  body: z.unknown().optional(),
});

export type Fault = z.output<typeof faultSchema>;

type DefaultBody = (status: number, request: FastifyRequest) => unknown;

/** Orders to fail calls to come. Each matching call uses one up; the first that matches wins. */
export class Faults {
  readonly #faults: Fault[] = [];
  readonly #lost = new WeakSet<FastifyRequest>();
  readonly #delays = new Delays();
  readonly #bodyOf: DefaultBody;

  constructor(bodyOf: DefaultBody) {
    this.#bodyOf = bodyOf;
  }

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
  async apply(base: Base, path: string, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const fault = this.#take(base, path, request.method);
    if (!fault) return false;
    await this.#delays.wait(fault.delay_ms);
    if (fault.mode === 'lose-answer') this.#lost.add(request);
    if (fault.mode === 'hang' || fault.mode === 'reset') {
      reply.hijack();
      if (fault.mode === 'reset') request.raw.socket.resetAndDestroy();
      return true;
    }
    if (fault.mode !== 'answer' || fault.status === undefined) return false;
    if (fault.status === 429) {
      const reset = String(fault.reset_seconds);
      void reply.headers({ 'x-ratelimit-remaining-default': '0', 'x-ratelimit-reset-default': reset });
    }
    await reply.status(fault.status).send(fault.body ?? this.#bodyOf(fault.status, request));
    return true;
  }

  /** Called when the answer is ready: cuts the line if it was to be lost. */
  loseIfOrdered(request: FastifyRequest): void {
    if (this.#lost.delete(request)) request.raw.socket.destroy();
  }

  #take(base: Base, path: string, method: string): Fault | null {
    const fault = this.#faults.find(
      (candidate) =>
        (candidate.base ?? base) === base &&
        (candidate.method ?? method) === method &&
        path.startsWith(candidate.path_prefix),
    );
    if (!fault) return null;
    fault.times -= 1;
    if (fault.times === 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    return { ...fault };
  }
}
