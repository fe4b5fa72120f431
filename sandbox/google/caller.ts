import type { FastifyRequest } from 'fastify';
import type { GoogleParts } from './google-parts.js';
import type { Account } from './model.js';
import type { Scope } from './scopes.js';

/** The account a request acts for, and what it granted. */
export interface Caller {
  account: Account;
  scopes: Scope[];
}

export function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

export function findCaller(
  request: FastifyRequest,
  { grants, store }: Pick<GoogleParts, 'grants' | 'store'>,
): Caller | null {
  const token = bearerOf(request);
  const access = token === null ? null : grants.findAccess(token);
  if (!access || !grants.isAccessUsable(access)) return null;
  const account = store.accounts.get(access.email);
  return account ? { account, scopes: access.scopes } : null;
}
