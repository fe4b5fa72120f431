import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxClock } from '../clock.js';

/** A refusal in the API's own shape (contract 2.3). `code` is the name of the exception class at Cal.com's. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The words beside the message in `details`. Null: no details at all. */
    readonly phrase: string | null,
  ) {
    super(message);
  }
}

export const badRequest = (message: string) => new ApiError(400, 'BadRequestException', message, 'Bad Request');
export const unauthorized = (message: string) => new ApiError(401, 'UnauthorizedException', message, 'Unauthorized');
export const forbidden = (message: string) => new ApiError(403, 'ForbiddenException', message, 'Forbidden');
export const notFound = (message: string) => new ApiError(404, 'NotFoundException', message, 'Not Found');
export const conflict = (message: string) => new ApiError(409, 'ConflictException', message, 'Conflict');
export const gone = (message: string) => new ApiError(410, 'GoneException', message, 'Gone');
/** The state parameter is checked by another hand than bodies are, and its refusals show it (contract 2.3). */
export const badState = (message: string) => new ApiError(400, 'BAD_REQUEST', message, null);
/** Known, and past its time: the one answer that asks for a refresh (contract 2.3). */
export const tokenExpired = () =>
  new ApiError(498, 'TokenExpiredException', 'ACCESS_TOKEN_IS_EXPIRED', 'Token expired');
export const tooManyRequests = () =>
  new ApiError(429, 'ThrottlerException', 'ThrottlerException: Too Many Requests', 'Too Many Requests');
export const serverError = () =>
  new ApiError(500, 'InternalServerErrorException', 'Internal server error', 'Internal Server Error');

/** What Nest says of an address that no controller has. */
export const noSuchRoute = (request: FastifyRequest) => notFound(`Cannot ${request.method} ${shownPath(request)}`);

export function answerApiError(error: unknown, request: FastifyRequest, reply: FastifyReply, clock: SandboxClock) {
  const refusal = toApiError(error);
  return reply.status(refusal.status).send(errorBody(refusal, request, clock));
}

export function errorBody(refusal: ApiError, request: FastifyRequest, clock: SandboxClock) {
  const { code, message, phrase, status } = refusal;
  return {
    status: 'error',
    timestamp: clock.now().toISOString(),
    path: shownPath(request),
    error: { code, message, ...(phrase !== null && { details: { message, error: phrase, statusCode: status } }) },
  };
}

/** As the service itself would show it, under `/v2`. */
function shownPath(request: FastifyRequest): string {
  return request.url.replace(/^\/cal-com\/api/, '');
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // What Fastify itself refuses: a body that is not JSON, of another type, or too large.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500 ? badRequest('The body is not valid JSON') : serverError();
}
