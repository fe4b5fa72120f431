import type { FastifyReply } from 'fastify';
import type { Scope } from './scopes.js';

export interface ErrorDetail {
  parameter: string;
  message: string;
}

/** A refusal in the API's own shape and words (contract 3). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly title: string,
    message: string,
    readonly more: { details?: ErrorDetail[]; required_scopes?: Scope[] } = {},
  ) {
    super(message);
  }
}

export const unauthenticated = () => new ApiError(401, 'Unauthenticated', 'The access token is invalid');
export const denied = (message = 'You do not have permission') => new ApiError(403, 'Permission Denied', message);
export const notFound = () =>
  new ApiError(404, 'Resource Not Found', 'The server could not find the requested resource.');
export const upgradeNeeded = () => denied('Please upgrade your Calendly account to Standard');
export const hookExists = () => new ApiError(409, 'Already Exists', 'Hook with this url already exists');
// The body of a 429 is undocumented: clients can only rely on the status and the X-RateLimit headers.
export const tooManyRequests = () => new ApiError(429, 'Too Many Requests', 'The request limit has been exceeded.');

export const insufficientScope = (required: Scope[]) =>
  new ApiError(403, 'Insufficient scope', 'You do not have the required scope to access this resource.', {
    required_scopes: required,
  });

export function invalid(parameter: string, message: string): ApiError {
  return invalidAll([{ parameter, message }]);
}

export function invalidAll(details: ErrorDetail[]): ApiError {
  return new ApiError(400, 'Invalid Argument', 'The supplied parameters are invalid.', { details });
}

export function answerApiError(error: unknown, reply: FastifyReply): FastifyReply {
  const refusal = toApiError(error);
  return reply.status(refusal.status).send({ title: refusal.title, message: refusal.message, ...refusal.more });
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // What Fastify itself refuses: a body that is not JSON, of another type, or too large.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status < 500) return invalid('body', 'is not valid JSON');
  return new ApiError(500, 'Internal Server Error', 'The server encountered an unexpected condition.');
}
