import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** The sandbox was asked for something it cannot do. Says which field of the request is to blame. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    readonly field: string,
    message: string,
    readonly status: 400 | 404 | 409 = 400,
  ) {
    super(message);
  }
}

/** Checks what a control was given. Unknown fields are refused: a misspelt switch must not pass for a default. */
export function readOrder<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const outcome = schema.safeParse(value ?? {});
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...unknown].map(String).join('.');
  throw new ControlError(path || 'body', issue?.message ?? 'is not valid');
}

export function answerControlError(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof ControlError) {
    return reply.status(error.status).send({ error: 'refused', field: error.field, message: error.message });
  }
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 400) {
    return reply.status(400).send({ error: 'refused', field: 'body', message: error.message });
  }
  throw error;
}
