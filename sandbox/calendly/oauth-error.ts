import type { FastifyReply } from 'fastify';

export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'too_many_requests';

const descriptions: Record<OAuthErrorCode, string> = {
  invalid_request: 'The request is missing a required parameter, includes an unsupported value, or is malformed.',
  invalid_client: 'Client authentication failed due to unknown client or wrong credentials.',
  invalid_grant:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI, or was issued to another client.',
  unauthorized_client: 'You are not authorized to revoke this token.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  too_many_requests: 'Too many token requests for this user.',
};

/** Plain RFC 6749, not the API's error shape (contract 2.4). */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';

  constructor(
    readonly code: OAuthErrorCode,
    readonly status = 400,
  ) {
    super(descriptions[code]);
  }
}

export function answerOAuthError(error: unknown, reply: FastifyReply): FastifyReply {
  const isBadBody = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
  const refusal = isBadBody ? new OAuthError('invalid_request') : error;
  if (!(refusal instanceof OAuthError)) return reply.status(500).send({ error: 'server_error' });
  if (refusal.status === 401) void reply.header('www-authenticate', 'Basic realm="Calendly"');
  return reply.status(refusal.status).send({ error: refusal.code, error_description: refusal.message });
}
