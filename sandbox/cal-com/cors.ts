import type { FastifyReply, FastifyRequest } from 'fastify';

const allowed =
  'X-Cal-Client-Id, X-Cal-Secret-Key, Cal-Api-Version, Accept, Authorization, Content-Type, Origin'.toLowerCase();

/**
 * The front-end atoms call from pages anywhere (contract 10), so any page may read an answer. Whether a managed user's token
 * may be used from there is settled later, by its `Origin`. Answers whether this was a preflight, which ends here.
 */
export function allowPages(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.headers.origin === undefined) return false;
  void reply.header('access-control-allow-origin', '*');
  if (request.method !== 'OPTIONS') return false;
  void reply
    .status(204)
    .headers({
      'access-control-allow-methods': 'GET,PATCH,POST,PUT,DELETE,OPTIONS',
      'access-control-allow-headers': allowed,
      'access-control-max-age': '86400',
    })
    .send();
  return true;
}
