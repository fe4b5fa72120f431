import { z } from 'zod';
import type { ClientApp } from './client-app.js';
import { knownScopes, type Scope, type User } from './model.js';
import type { OAuthGrants } from './oauth-grants.js';
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
  if (!settings.oauth_client_approved) return { kind: 'refused', problem: 'client_not_approved' };
  const { redirect_uri: redirectUri } = asked;
  if (redirectUri === undefined || !app.redirectsTo(redirectUri)) {
    return { kind: 'refused', problem: 'invalid_redirect_uri' };
  }
  const returned = (error: string): ReadAuthorization => ({
    kind: 'returned',
    location: returnTo(redirectUri, { error, state: asked.state }),
  });
  if ((asked.response_type ?? 'code') !== 'code') return returned('unsupported_response_type');
  if (!isChallengeAcceptable(asked, settings)) return returned('invalid_request');
  // Space or comma separated; current clients must name their scopes (contract 9).
  const names = (asked.scope ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const scopes = names.filter(isKnown);
  if (names.length === 0 || scopes.length !== names.length) return returned('invalid_scope');
  return {
    kind: 'asked',
    request: { parameters: asked, redirectUri, scopes, challenge: asked.code_challenge ?? null },
  };
}

/** Where the browser goes once the person has answered. */
export function decide(
  grants: OAuthGrants,
  { challenge, parameters: asked, redirectUri, scopes }: AuthorizationRequest,
  user: User,
  decision: 'approve' | 'refuse',
): string {
  const { state } = asked;
  if (decision === 'refuse') return returnTo(redirectUri, { error: 'access_denied', state });
  return returnTo(redirectUri, { code: grants.issueCode(user, scopes, redirectUri, challenge), state });
}

/** Appends to the redirect as it was registered, without touching a byte of it. */
function returnTo(redirectUri: string, answer: Record<string, string | undefined>): string {
  const given = Object.entries(answer).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(given).toString()}`;
}

function isKnown(scope: string): scope is Scope {
  return (knownScopes as readonly string[]).includes(scope);
}

/** S256 alone. A public client has nothing else to prove itself by. */
function isChallengeAcceptable(asked: AuthorizationParameters, settings: Settings): boolean {
  if (asked.code_challenge === undefined) return settings.oauth_client_type === 'CONFIDENTIAL';
  const method = asked.code_challenge_method ?? 'S256';
  return method === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(asked.code_challenge);
}
