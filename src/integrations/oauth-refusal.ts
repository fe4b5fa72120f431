import type { EgressResponse } from '../platform/egress/egress.client.js';
import { ProviderError } from './provider-error.js';

/** What our registration consists of, as an operator knows it: the environment variables to check. */
export interface RegistrationVariables {
  readonly client: string;
  readonly redirect: string;
}

/** Sorts a token endpoint's refusal (RFC 6749, section 5.2). Only `invalid_grant` ends a connection. */
export function toOAuthRefusal(response: EgressResponse, variables: RegistrationVariables, now: Date): ProviderError {
  const { status, body } = response;
  if (status === 429) return new ProviderError({ kind: 'rate-limited', retryAt: readRetryAt(response, now) });
  if (status >= 500) return new ProviderError({ kind: 'temporary' });
  switch (errorWordOf(body)) {
    case 'invalid_grant':
      return new ProviderError({ kind: 'reauthorize' });
    case 'invalid_client':
    case 'unauthorized_client':
      return new ProviderError({ kind: 'misconfigured', variable: variables.client });
    case 'redirect_uri_mismatch':
      return new ProviderError({ kind: 'misconfigured', variable: variables.redirect });
    case 'access_denied':
      return new ProviderError({ kind: 'denied' });
    case 'temporarily_unavailable':
    case 'server_error':
      return new ProviderError({ kind: 'temporary' });
    default:
      return new ProviderError({ kind: 'unexpected' });
  }
}

const DEFAULT_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 24 * 3600;

/** `Retry-After` in seconds, with a fraction at some providers, or as a date; a minute when the provider does not say. */
export function readRetryAt({ headers }: Pick<EgressResponse, 'headers'>, now: Date): Date {
  const hint = headers['retry-after'] ?? '';
  const seconds = /^\d{1,9}(\.\d{1,9})?$/.test(hint)
    ? Math.ceil(Number(hint))
    : (Date.parse(hint) - now.getTime()) / 1_000;
  const wait = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), LONGEST_WAIT_SECONDS) : DEFAULT_WAIT_SECONDS;
  return new Date(now.getTime() + wait * 1_000);
}

function errorWordOf(body: unknown): string | undefined {
  const word = (body as { error?: unknown } | null | undefined)?.error;
  return typeof word === 'string' ? word : undefined;
}
