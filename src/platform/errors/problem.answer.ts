import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestContext } from '../logging/request-context.js';
import type { ProblemDto } from './problem.dto.js';
import type { FieldError, Locale, Problem } from './problem.js';
import { STATUS_OF } from './problem-status.js';

/** Answers `application/problem+json` (RFC 9457), in the language that the request asked for. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const status = STATUS_OF[problem.definition.kind];
  if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', String(problem.retryAfterSeconds));
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  // A body that was not read to its end would be taken for the next request on this connection.
  if (status === 413) void reply.header('connection', 'close');
  void reply
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .send(toDto(problem, request, status));
}

function toDto(problem: Problem, request: FastifyRequest, status: number): ProblemDto {
  const locale = requestContext.get()?.locale ?? 'fr';
  const { code, title } = problem.definition;
  return {
    type: `urn:passerelle:problem:${code}`,
    title: title[locale],
    status,
    code,
    ...(problem.detail && { detail: problem.detail[locale] }),
    request_id: request.id,
    ...(problem.errors && { errors: toFieldErrors(problem.errors, locale) }),
    success: false,
    message: problem.detail?.[locale] ?? title[locale],
  };
}

function toFieldErrors(errors: readonly FieldError[], locale: Locale): ProblemDto['errors'] {
  return errors.map(({ pointer, message }) => ({ pointer, message: message[locale] }));
}
