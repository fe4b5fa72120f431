import { z } from 'zod';
import type { ClientApp } from './client-app.js';
import { findScope, type Scope } from './scopes.js';

const one = z.string().optional();
const parameters = z.object({
  client_id: one,
  redirect_uri: one,
  response_type: one,
  scope: one,
  state: one,
  access_type: z.enum(['online', 'offline']).optional(),
  prompt: one,
  include_granted_scopes: z.enum(['true', 'false']).optional(),
  login_hint: one,
  code_challenge: one,
  code_challenge_method: one,
  enable_granular_consent: z.enum(['true', 'false']).optional(),
});

const prompts = ['none', 'consent', 'select_account'] as const;
type Prompt = (typeof prompts)[number];

export interface AuthorizationRequest {
  /** As they came, to come again with the answer of the consent page. */
  parameters: z.output<typeof parameters>;
  redirectUri: string;
  scopes: Scope[];
  prompts: Prompt[];
  challenge: { value: string; isHashed: boolean } | null;
}

export type ReadAuthorization =
  { kind: 'asked'; request: AuthorizationRequest } | { kind: 'refused'; problem: string; detail: string };

/** Faults of a request are shown on Google's own page; only what the user decides goes back to the application. */
export function readAuthorization(query: unknown, app: ClientApp): ReadAuthorization {
  const refused = (problem: string, detail: string): ReadAuthorization => ({ kind: 'refused', problem, detail });
  const read = parameters.safeParse(query);
  if (!read.success) return refused('invalid_request', read.error.issues[0]?.path.join('.') ?? '');
  const asked = read.data;
  if (asked.client_id === undefined) return refused('invalid_request', 'client_id');
  if (asked.client_id !== app.clientId) return refused('invalid_client', asked.client_id);
  if (asked.redirect_uri === undefined) return refused('invalid_request', 'redirect_uri');
  if (!app.redirectsTo(asked.redirect_uri)) return refused('redirect_uri_mismatch', asked.redirect_uri);
  if (asked.response_type !== 'code') return refused('unsupported_response_type', asked.response_type ?? '');

  const names = wordsOf(asked.scope);
  const scopes = names.map(findScope);
  const unknown = names.find((_name, index) => scopes[index] === null);
  if (names.length === 0) return refused('invalid_request', 'scope');
  if (unknown !== undefined) return refused('invalid_scope', unknown);

  const wanted = wordsOf(asked.prompt);
  const known = wanted.filter((word): word is Prompt => (prompts as readonly string[]).includes(word));
  const isMixed = known.includes('none') && known.length > 1;
  if (known.length !== wanted.length || isMixed) return refused('invalid_request', 'prompt');
  const challenge = readChallenge(asked);
  if (challenge === 'unreadable') return refused('invalid_request', 'code_challenge');
  const granted = [...new Set(scopes.filter((scope) => scope !== null))];
  const { redirect_uri: redirectUri } = asked;
  return { kind: 'asked', request: { parameters: asked, redirectUri, scopes: granted, prompts: known, challenge } };
}

/** Appends to the redirect as it was registered, without touching a byte of it. */
export function returnTo(redirectUri: string, answer: Record<string, string | undefined>): string {
  const given = Object.entries(answer).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(given).toString()}`;
}

/** Without a method the challenge is the verifier itself (RFC 7636). */
function readChallenge(asked: z.output<typeof parameters>): AuthorizationRequest['challenge'] | 'unreadable' {
  const method = asked.code_challenge_method ?? 'plain';
  if (asked.code_challenge === undefined) return asked.code_challenge_method === undefined ? null : 'unreadable';
  const isReadable = /^[A-Za-z0-9._~-]{43,128}$/.test(asked.code_challenge) && ['plain', 'S256'].includes(method);
  return isReadable ? { value: asked.code_challenge, isHashed: method === 'S256' } : 'unreadable';
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(' ').filter((word) => word !== '');
}
