import type { FastifyReply, FastifyRequest } from 'fastify';
import { newGuid } from './ids.js';

/** A refusal in Graph's own shape (contract 10). */
export class GraphError extends Error {
  override readonly name = 'GraphError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Joins `code` and `message`. */
    readonly more: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export const badRequest = (message: string, code = 'ErrorInvalidRequest') => new GraphError(400, code, message);
export const invalidProperty = (message: string) => new GraphError(400, 'ErrorPropertyValidationFailure', message);
export const accessDenied = () =>
  new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
export const itemNotFound = () =>
  new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
export const unsupportedZone = (name: string) =>
  new GraphError(
    400,
    'TimeZoneNotSupportedException',
    `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`,
  );
export const invalidToken = (message: string) =>
  new GraphError(401, 'InvalidAuthenticationToken', message, {}, { 'www-authenticate': 'Bearer realm=""' });

export function answerGraphError(error: unknown, now: Date, request: FastifyRequest, reply: FastifyReply) {
  const refusal = toGraphError(error);
  return reply
    .status(refusal.status)
    .headers(refusal.headers)
    .send(errorBody(refusal, now, request));
}

export function errorBody(refusal: GraphError, now: Date, request: FastifyRequest) {
  const requestId = newGuid();
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      ...refusal.more,
      innerError: {
        date: now.toISOString().slice(0, 19),
        'request-id': requestId,
        'client-request-id': clientRequestId(request) ?? requestId,
      },
    },
  };
}

export function clientRequestId(request: FastifyRequest): string | null {
  const given = request.headers['client-request-id'];
  return typeof given === 'string' ? given : null;
}

function toGraphError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  // What Fastify itself refuses: a body that is not JSON, of another type, or too large.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 415) return new GraphError(415, 'UnsupportedMediaType', 'The content type is not supported.');
  if (status < 500) return badRequest('Unable to read JSON request payload.', 'BadRequest');
  return new GraphError(500, 'InternalServerError', error instanceof Error ? error.message : 'unknown');
}
