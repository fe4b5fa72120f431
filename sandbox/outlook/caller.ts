import type { FastifyRequest } from 'fastify';
import type { AccessToken } from './grants.js';
import { invalidToken } from './graph-error.js';
import type { Account } from './model.js';
import type { OutlookParts } from './outlook-parts.js';

/** The account a request acts for, and the token it does so with. */
export interface Caller {
  account: Account;
  token: AccessToken;
}

/** Throws what Graph would answer when the request may not be served. */
export function getCaller(request: FastifyRequest, { grants, store }: OutlookParts): Caller {
  const header = request.headers.authorization;
  if (header === undefined) throw invalidToken('Access token is empty.');
  const value = /^Bearer (\S+)$/i.exec(header)?.[1];
  const token = value === undefined ? null : grants.findAccess(value);
  if (!token) throw invalidToken('IDX14100: JWT is not well formed.');
  if (token.isRevoked) throw invalidToken('Continuous access evaluation resulted in challenge.');
  if (grants.isExpired(token)) throw invalidToken('Lifetime validation failed, the token is expired.');
  const account = store.accounts.get(token.grant.accountId);
  if (!account) throw invalidToken('The user of the token was not found.');
  return { account, token };
}

export function findAccountOf(request: FastifyRequest, { grants, store }: OutlookParts): Account | null {
  const value = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = value === undefined ? null : grants.findAccess(value);
  return (token && store.accounts.get(token.grant.accountId)) ?? null;
}
