import type { FastifyReply } from 'fastify';

type Code = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

/** Refusals of the OAuth 2.0 token endpoint, which speaks RFC 6749 and not the API's envelope (contract 9). */
export class OAuth2Error extends Error {
  override readonly name = 'OAuth2Error';

  constructor(
    readonly code: Code,
    message: string,
  ) {
    super(message);
  }
}

export function answerOAuth2Error(error: unknown, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof OAuth2Error ? error : new OAuth2Error('invalid_request', 'the body is not readable');
  const status = refusal.code === 'invalid_client' ? 401 : 400;
  return reply.status(status).send({ error: refusal.code, error_description: refusal.message });
}
