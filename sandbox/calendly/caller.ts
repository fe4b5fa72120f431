import type { FastifyRequest } from 'fastify';
import { denied, insufficientScope, unauthenticated } from './api-error.js';
import type { CalendlyParts } from './calendly-parts.js';
import type { Grant } from './grants.js';
import type { Account } from './model.js';
import { covers, type Scope } from './scopes.js';

/** The user a request acts for, and what he consented to. */
export interface Caller {
  account: Account;
  grant: Grant;
}

const callers = new WeakMap<FastifyRequest, Caller>();

export function findCaller(request: FastifyRequest, { grants, store }: CalendlyParts): Caller | null {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const pair = token === undefined ? null : grants.findByAccess(token);
  if (!pair || !grants.isAccessUsable(pair)) return null;
  const account = store.accounts.get(pair.grant.accountId);
  return account ? { account, grant: pair.grant } : null;
}

export function remember(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): Caller | null {
  return callers.get(request) ?? null;
}

/** The first thing every endpoint asks. Several scopes are all required, and all missing ones are named. */
export function requireScope(request: FastifyRequest, ...required: Scope[]): Account {
  const caller = callers.get(request);
  if (!caller) throw unauthenticated();
  const missing = required.filter((scope) => !covers(caller.grant.scopes, scope));
  if (missing.length > 0) throw insufficientScope(missing);
  return caller.account;
}

export function isAdmin(account: Account): boolean {
  return account.role !== 'user';
}

export function requireAdmin(account: Account, message?: string): void {
  if (!isAdmin(account)) throw denied(message);
}
