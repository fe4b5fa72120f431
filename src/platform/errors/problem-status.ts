import type { ProblemKind } from './problem.js';

/** The one place where a kind of problem becomes an HTTP status. */
export const STATUS_OF: Record<ProblemKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-slow': 408,
  conflict: 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  unprocessable: 422,
  'too-many-requests': 429,
  'headers-too-large': 431,
  unexpected: 500,
  'provider-fault': 502,
  unavailable: 503,
  'provider-timeout': 504,
};
