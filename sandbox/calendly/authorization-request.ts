import { z } from 'zod';
import type { ClientApp } from './client-app.js';
import { isKnownScope, type Scope } from './scopes.js';
import type { Settings } from './settings.js';

const one = z.string().optional();
const parameters = z.object({
  client_id: one,
  redirect_uri: one,
  response_type: one,
  scope: one,
  state: one,
  code_challenge: one,
  code_challenge_method: one,
});

export type AuthorizationParameters = z.output<typeof parameters>;

export interface AuthorizationRequest {
  parameters: AuthorizationParameters;
  redirectUri: string;
  scopes: Scope[];
  challenge: string | null;
}

/** A request whose redirect cannot be trusted is refused on the spot; any other fault is told to the application. */
export type ReadAuthorization =
  | { kind: 'asked'; request: AuthorizationRequest }
  | { kind: 'refused'; problem: string }
  | { kind: 'returned'; location: string };

export function readAuthorization(query: unknown, app: ClientApp, settings: Settings): ReadAuthorization {
  const read = parameters.safeParse(query);
  if (!read.success) return { kind: 'refused', problem: 'invalid_request' };
  const asked = read.data;
  if (asked.client_id !== app.clientId) return { kind: 'refused', problem: 'invalid_client' };
  if (asked.redirect_uri === undefined || !app.redirectsTo(asked.redirect_uri)) {
    return { kind: 'refused', problem: 'invalid_redirect_uri' };
  }

  const redirectUri = asked.redirect_uri;
  const returned = (error: string): ReadAuthorization => ({
    kind: 'returned',
    location: returnTo(redirectUri, { error, state: asked.state }),
  });
  if (asked.response_type !== 'code') return returned('unsupported_response_type');
  if (!isChallengeAcceptable(asked, settings)) return returned('invalid_request');
  const scopes = (asked.scope ?? '').split(' ').filter((scope) => scope !== '');
  const granted = scopes.filter(isKnownScope).filter((scope) => app.scopes.includes(scope));
  // Apps made since March 2026 must name their scopes, and get none they were not registered for (contract 2.2, 2.6).
  if (scopes.length === 0 || granted.length !== scopes.length) return returned('invalid_scope');
  const challenge = asked.code_challenge ?? null;
  return { kind: 'asked', request: { parameters: asked, redirectUri, scopes: granted, challenge } };
}

/** Appends to the redirect as it was registered, without touching a byte of it. */
export function returnTo(redirectUri: string, answer: Record<string, string | undefined>): string {
  const given = Object.entries(answer).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(given).toString()}`;
}

/** S256 is the only method (contract 2.2). RFC 7636 reads a missing one as `plain`, so it must be spelled out. */
function isChallengeAcceptable(asked: AuthorizationParameters, settings: Settings): boolean {
  if (asked.code_challenge === undefined) return asked.code_challenge_method === undefined && !settings.require_pkce;
  return asked.code_challenge_method === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(asked.code_challenge);
}
