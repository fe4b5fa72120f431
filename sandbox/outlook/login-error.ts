import type { FastifyReply } from 'fastify';
import { newGuid } from './ids.js';

/** A refusal of the token endpoint: RFC 6749's word for it, and Microsoft's number (contract 3). */
export class LoginError extends Error {
  override readonly name = 'LoginError';

  constructor(
    readonly error: string,
    readonly aadsts: number,
    message: string,
    readonly status = error === 'invalid_client' ? 401 : 400,
    readonly suberror: string | null = null,
  ) {
    super(message);
  }
}

export function loginErrorBody({ error, aadsts, message, suberror }: LoginError, now: Date) {
  const traceId = newGuid();
  const correlationId = newGuid();
  const timestamp = now
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  return {
    error,
    error_description: `AADSTS${aadsts}: ${message}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}`,
    error_codes: [aadsts],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${aadsts}`,
    ...(suberror === null ? {} : { suberror }),
  };
}

export function answerLoginError(error: unknown, now: Date, reply: FastifyReply): FastifyReply {
  const isBadBody = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
  const unread = new LoginError('invalid_request', 900_144, 'The request body is not a form.');
  const refusal = isBadBody ? unread : error;
  if (!(refusal instanceof LoginError)) {
    const message = refusal instanceof Error ? refusal.message : 'unknown';
    return reply.status(500).send(loginErrorBody(new LoginError('server_error', 90_000, message, 500), now));
  }
  return reply.status(refusal.status).header('cache-control', 'no-store').send(loginErrorBody(refusal, now));
}
