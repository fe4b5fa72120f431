import type { FastifyReply } from 'fastify';

/** The token endpoint's refusals (contract 3): `error`, and a description that is for people. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';

  constructor(
    readonly code: string,
    description: string,
    readonly status = 400,
  ) {
    super(description);
  }
}

export const invalidRequest = (description: string) => new OAuthError('invalid_request', description);
export const invalidGrant = (description = 'Bad Request') => new OAuthError('invalid_grant', description);

export function answerOAuthError(error: unknown, reply: FastifyReply): FastifyReply {
  const isBadBody = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
  const refusal = isBadBody ? invalidRequest('The request body is unreadable.') : error;
  if (!(refusal instanceof OAuthError)) return reply.status(500).send({ error: 'internal_failure' });
  return reply.status(refusal.status).send({ error: refusal.code, error_description: refusal.message });
}
