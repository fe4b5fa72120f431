import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestContext } from '../logging/request-context.js';
import type { ProblemDto } from './problem.dto.js';
import type { FieldError, Locale, Problem } from './problem.js';
import { STATUS_OF } from './problem-status.js';

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ProblemDto;
}

/** As `application/problem+json` (RFC 9457), in the language that the request asked for. */
export function answerTo(problem: Problem, requestId: string): ProblemAnswer {
  const status = STATUS_OF[problem.definition.kind];
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    ...(problem.retryAfterSeconds !== undefined && { 'retry-after': String(problem.retryAfterSeconds) }),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    // A body that was not read to its end would be taken for the next request on this connection.
    ...(status === 413 && { connection: 'close' }),
  };
  return { status, headers, body: toDto(problem, requestId, status) };
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const { status, headers, body } = answerTo(problem, request.id);
  void reply.status(status).headers(headers).send(body);
}

function toDto(problem: Problem, requestId: string, status: number): ProblemDto {
  const locale = requestContext.get()?.locale ?? 'fr';
  const { code, title } = problem.definition;
  return {
    type: `urn:passerelle:problem:${code}`,
    title: title[locale],
    status,
    code,
    ...(problem.detail && { detail: problem.detail[locale] }),
    request_id: requestId,
    ...(problem.errors && { errors: toFieldErrors(problem.errors, locale) }),
    success: false,
    message: problem.detail?.[locale] ?? title[locale],
  };
}

function toFieldErrors(errors: readonly FieldError[], locale: Locale): ProblemDto['errors'] {
  return errors.map(({ pointer, message }) => ({ pointer, message: message[locale] }));
}
