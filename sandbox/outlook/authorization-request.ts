import { z } from 'zod';
import type { ClientApp } from './client-app.js';
import { LoginError } from './login-error.js';
import { readScopes, type Scope } from './scopes.js';
import type { Settings } from './settings.js';
import { type Authority, readAuthority } from './sign-in.js';
import type { Store } from './store.js';

const one = z.string().optional();
const parameters = z.object({
  client_id: one,
  response_type: one,
  redirect_uri: one,
  scope: one,
  response_mode: one,
  state: one,
  prompt: one,
  login_hint: one,
  domain_hint: one,
  code_challenge: one,
  code_challenge_method: one,
  nonce: one,
});

export type AuthorizationParameters = z.output<typeof parameters>;
export type Prompt = 'login' | 'none' | 'consent' | 'select_account';

export interface AuthorizationRequest {
  parameters: AuthorizationParameters;
  authority: Authority;
  redirectUri: string;
  responseMode: 'query' | 'fragment';
  scopes: Scope[];
  prompt: Prompt | null;
  challenge: { value: string; method: 'S256' | 'plain' } | null;
  nonce: string | null;
}

/** A request whose redirect cannot be trusted is refused on Microsoft's page; any other fault is told to the application. */
export type ReadAuthorization =
  | { kind: 'asked'; request: AuthorizationRequest }
  | { kind: 'refused'; problem: LoginError }
  | { kind: 'returned'; location: string };

export function readAuthorization(
  tenant: string,
  query: unknown,
  { app, store, settings }: { app: ClientApp; store: Store; settings: Settings },
): ReadAuthorization {
  const read = parameters.safeParse(query);
  if (!read.success) return refused('invalid_request', 900_144, 'A parameter is repeated.');
  const asked = read.data;
  if (asked.client_id === undefined) {
    return refused('invalid_request', 900_144, "The request must contain the parameter 'client_id'.");
  }
  if (asked.client_id !== app.clientId) {
    return refused('unauthorized_client', 700_016, `Application '${asked.client_id}' was not found in the directory.`);
  }
  if (asked.redirect_uri === undefined || !app.redirectsTo(asked.redirect_uri)) {
    const message = `The redirect URI '${asked.redirect_uri ?? ''}' specified in the request does not match the redirect URIs configured for the application.`;
    return refused('invalid_request', 50_011, message);
  }
  try {
    const authority = readAuthority(tenant, store, settings);
    return readTrusted(asked, asked.redirect_uri, authority);
  } catch (error) {
    if (error instanceof LoginError) return { kind: 'refused', problem: error };
    throw error;
  }
}

/** Appends to the redirect as it was registered, without touching a byte of it. */
export function returnTo(
  {
    redirectUri,
    responseMode,
    parameters: { state },
  }: Pick<AuthorizationRequest, 'redirectUri' | 'responseMode' | 'parameters'>,
  answer: Record<string, string>,
): string {
  const fields = new URLSearchParams({ ...answer, ...(state === undefined ? {} : { state }) }).toString();
  if (responseMode === 'fragment') return `${redirectUri}#${fields}`;
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${fields}`;
}

export function describeFault({ error, aadsts, message }: LoginError): Record<string, string> {
  return { error, error_description: `AADSTS${aadsts}: ${message}` };
}

function readTrusted(asked: AuthorizationParameters, redirectUri: string, authority: Authority): ReadAuthorization {
  const mode = asked.response_mode ?? 'query';
  const responseMode = mode === 'fragment' ? 'fragment' : 'query';
  const returned = (error: string, aadsts: number, message: string): ReadAuthorization => ({
    kind: 'returned',
    location: returnTo(
      { redirectUri, responseMode, parameters: asked },
      describeFault(new LoginError(error, aadsts, message)),
    ),
  });
  // form_post exists at Microsoft's; nobody here has asked for it, and half of it would be worse than none.
  if (!['query', 'fragment'].includes(mode))
    return returned('invalid_request', 90_014, `response_mode '${mode}' is not offered.`);
  if (asked.response_type !== 'code') {
    return returned('unsupported_response_type', 70_005, "The response_type is not 'code'.");
  }
  const prompt = readPrompt(asked.prompt);
  if (prompt === undefined) {
    return returned('invalid_request', 90_023, `'${asked.prompt ?? ''}' is not one supported value of 'prompt'.`);
  }
  const challenge = readChallenge(asked);
  if (challenge === undefined) return returned('invalid_request', 501_491, 'The code challenge is not valid.');
  const scopes = readScopes(asked.scope ?? '');
  if (scopes === null) return returned('invalid_scope', 70_011, 'The provided value for scope is not valid.');
  if (scopes.length === 0) {
    return returned('invalid_request', 900_144, "The request must contain the parameter 'scope'.");
  }
  const nonce = asked.nonce ?? null;
  const request = {
    parameters: asked,
    authority,
    redirectUri,
    responseMode,
    scopes,
    prompt,
    challenge,
    nonce,
  } as const;
  return { kind: 'asked', request };
}

/** One value, never several (contract 2). */
function readPrompt(text: string | undefined): Prompt | null | undefined {
  if (text === undefined) return null;
  return (['login', 'none', 'consent', 'select_account'] as const).find((known) => known === text);
}

/** A missing method is `plain` (contract 2). */
function readChallenge({ code_challenge: value, code_challenge_method: method = 'plain' }: AuthorizationParameters) {
  if (value === undefined) return null;
  const isWellFormed = /^[A-Za-z0-9._~-]{43,128}$/.test(value);
  if (!isWellFormed || (method !== 'S256' && method !== 'plain')) return undefined;
  return { value, method } as const;
}

function refused(error: string, aadsts: number, message: string): ReadAuthorization {
  return { kind: 'refused', problem: new LoginError(error, aadsts, message) };
}
