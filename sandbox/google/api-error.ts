import type { FastifyReply } from 'fastify';
import type { CalendarScope } from './scopes.js';
import { toWireScope } from './scopes.js';

interface Refusal {
  status: number;
  reason: string;
  message: string;
  domain?: 'global' | 'calendar' | 'usageLimits' | 'push';
  /** What of the request is to blame: a parameter or a header. */
  location?: { type: 'parameter' | 'header'; name: string };
  headers?: Record<string, string>;
}

/** A refusal in the API's own envelope (contract 11). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }

  get status(): number {
    return this.refusal.status;
  }

  get reason(): string {
    return this.refusal.reason;
  }
}

export const invalid = (message = 'Invalid Value') => new ApiError({ status: 400, reason: 'invalid', message });
export const required = (message = 'Required') => new ApiError({ status: 400, reason: 'required', message });
export const badRequest = (message = 'Bad Request') => new ApiError({ status: 400, reason: 'badRequest', message });
export const notFound = () => new ApiError({ status: 404, reason: 'notFound', message: 'Not Found' });
export const duplicate = () =>
  new ApiError({ status: 409, reason: 'duplicate', message: 'The requested identifier already exists.' });
export const alreadyDeleted = () =>
  new ApiError({ status: 410, reason: 'deleted', message: 'Resource has been deleted' });

export const timeRangeEmpty = (message = 'The specified time range is empty.', parameter?: string) =>
  new ApiError({
    status: 400,
    reason: 'timeRangeEmpty',
    message,
    domain: 'calendar',
    ...(parameter === undefined ? {} : { location: { type: 'parameter', name: parameter } }),
  });

export const invalidParameter = (name: string, message: string, reason = 'invalidParameter') =>
  new ApiError({ status: 400, reason, message, location: { type: 'parameter', name } });

export const conditionNotMet = () =>
  new ApiError({
    status: 412,
    reason: 'conditionNotMet',
    message: 'Precondition Failed',
    location: { type: 'header', name: 'If-Match' },
  });

export const fullSyncRequired = () =>
  new ApiError({
    status: 410,
    reason: 'fullSyncRequired',
    message: 'Sync token is no longer valid, a full sync is required.',
    domain: 'calendar',
    location: { type: 'parameter', name: 'syncToken' },
  });

export const updatedMinTooLongAgo = () =>
  new ApiError({
    status: 410,
    reason: 'updatedMinTooLongAgo',
    message: 'The requested minimum modification time lies too far in the past.',
    domain: 'calendar',
    location: { type: 'parameter', name: 'updatedMin' },
  });

export const unauthenticated = (isMissing: boolean) =>
  new ApiError({
    status: 401,
    reason: isMissing ? 'required' : 'authError',
    message: isMissing ? 'Login Required.' : 'Invalid Credentials',
    location: { type: 'header', name: 'Authorization' },
    headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  });

export const insufficientScope = (accepted: readonly CalendarScope[]) =>
  new ApiError({
    status: 403,
    reason: 'insufficientPermissions',
    message: 'Request had insufficient authentication scopes.',
    headers: {
      'www-authenticate': `Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="${accepted.map(toWireScope).join(' ')}"`,
    },
  });

export const needsAccess = (role: string) =>
  new ApiError({
    status: 403,
    reason: 'requiredAccessLevel',
    message: `You need to have ${role} access to this calendar.`,
    domain: 'calendar',
  });

export const forbiddenForNonOrganizer = () =>
  new ApiError({
    status: 403,
    reason: 'forbiddenForNonOrganizer',
    message: 'Shared properties can only be changed by the organizer of the event.',
    domain: 'calendar',
  });

export const notImitated = (operation: string) =>
  new ApiError({ status: 501, reason: 'notImplemented', message: `The sandbox does not imitate ${operation}.` });

/** Statuses carry a word of their own in the newer part of the envelope. */
const statusWords: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

const messages: Record<string, string> = {
  rateLimitExceeded: 'Rate Limit Exceeded',
  userRateLimitExceeded: 'User Rate Limit Exceeded',
  quotaExceeded: 'Calendar usage limits exceeded.',
  authError: 'Invalid Credentials',
  backendError: 'Backend Error',
  fullSyncRequired: 'Sync token is no longer valid, a full sync is required.',
};

const usageLimits = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded']);

/** A refusal ordered from outside, in the words that go with its reason. */
export function refusalOf(status: number, reason: string, headers: Record<string, string> = {}): ApiError {
  const domain = usageLimits.has(reason) ? 'usageLimits' : reason === 'fullSyncRequired' ? 'calendar' : 'global';
  return new ApiError({ status, reason, message: messages[reason] ?? reason, domain, headers });
}

export function defaultReason(status: number): string {
  if (status === 401) return 'authError';
  if (status === 403 || status === 429) return 'rateLimitExceeded';
  if (status === 404) return 'notFound';
  if (status === 410) return 'fullSyncRequired';
  return status >= 500 ? 'backendError' : 'invalid';
}

export function toEnvelope({ refusal }: ApiError) {
  const { status, reason, message, domain = 'global', location } = refusal;
  const word = statusWords[status];
  return {
    error: {
      errors: [{ domain, reason, message, ...(location && { locationType: location.type, location: location.name }) }],
      code: status,
      message,
      ...(word !== undefined && { status: word }),
    },
  };
}

export function answerApiError(error: unknown, reply: FastifyReply): FastifyReply {
  const refusal = toApiError(error);
  return reply
    .headers(refusal.refusal.headers ?? {})
    .status(refusal.status)
    .send(toEnvelope(refusal));
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // What Fastify itself refuses: a body that is not JSON, of another type, or too large.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status < 500) return new ApiError({ status: 400, reason: 'parseError', message: 'Parse Error' });
  return refusalOf(500, 'backendError');
}
