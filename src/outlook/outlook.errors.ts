import { z } from 'zod';
import { ProviderError, type ProviderFailure, toOAuthRefusal } from '../integrations/index.js';
import type { EgressResponse } from '../platform/egress/egress.client.js';
import { OUTLOOK } from './outlook.profile.js';

/** More precise codes are nested in the general one, each in the `innerError` of the last. */
interface InnerError {
  code?: unknown;
  innerError?: unknown;
  innererror?: unknown;
}

const DEEPEST = 8;

/** Written in more ways than one, and with more statuses than one. */
const CURSOR_LOST = /^(syncStateNotFound|resyncRequired|ErrorInvalidSyncStateData)$/i;

/** Every code of a refusal, the general one first. */
export function codesOf(body: unknown): string[] {
  const codes: string[] = [];
  let error = (body as { error?: unknown } | null | undefined)?.error;
  for (let depth = 0; depth < DEEPEST && typeof error === 'object' && error !== null; depth += 1) {
    const { code, innerError, innererror } = error as InnerError;
    if (typeof code === 'string') codes.push(code);
    error = innerError ?? innererror;
  }
  return codes;
}

/**
 * What a refusal of Graph means, to a call that needs `scopes`, of which the account's consent lacks `missing`. The
 * status decides; codes are read only where a status has several meanings, and texts never.
 * https://learn.microsoft.com/graph/errors
 */
export function toApiError(response: EgressResponse, missing: readonly string[], now: Date): ProviderError {
  return new ProviderError(toFailure(response, missing, now));
}

function toFailure(response: EgressResponse, missing: readonly string[], now: Date): ProviderFailure {
  const { status, body } = response;
  const codes = codesOf(body);
  const says = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  switch (true) {
    case status === 401:
      return { kind: 'unauthorized' };
    case status === 429:
      return {
        kind: 'rate-limited',
        retryAt: readRetryAt(response, now) ?? secondsAfter(now, OUTLOOK.rateLimitSeconds),
      };
    case status >= 500: {
      const retryAt = readRetryAt(response, now);
      return { kind: 'temporary', ...(retryAt && { retryAt }) };
    }
    // There is a person, and no mailbox in the cloud.
    case says(/^MailboxNot(Enabled|Supported)ForRESTAPI$/i):
      return { kind: 'forbidden', reason: 'mailbox-not-enabled' };
    case status === 403:
      return missing.length > 0
        ? { kind: 'insufficient-scope', missing: [...missing] }
        : { kind: 'forbidden', reason: 'access-denied' };
    case status === 410 || says(CURSOR_LOST): {
      const word = codes.find((code) => CURSOR_LOST.test(code));
      return { kind: 'cursor-expired', ...(word !== undefined && { word }) };
    }
    // An id of no form at all is the id of nothing.
    case status === 404 || says(/^ErrorInvalidIdMalformed$/i):
      return { kind: 'gone' };
    case status === 412 || status === 409:
      return { kind: 'changed' };
    default:
      return { kind: 'unexpected' };
  }
}

/** `Retry-After` counts seconds and may have a fraction; asking too early counts against the limit. */
function readRetryAt({ headers }: EgressResponse, now: Date): Date | null {
  const hint = headers['retry-after']?.trim() ?? '';
  const isDate = /^[A-Z][a-z]{2}, /.test(hint);
  if (!isDate && !/^\d{1,9}(\.\d{1,9})?$/.test(hint)) return null;
  const seconds = isDate ? (Date.parse(hint) - now.getTime()) / 1_000 : Number(hint);
  if (!Number.isFinite(seconds)) return null;
  return secondsAfter(now, Math.min(Math.max(Math.ceil(seconds), 1), OUTLOOK.longestWaitSeconds));
}

function secondsAfter(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}

/**
 * What a refusal of the token endpoint means. Its `error` decides: Microsoft keeps the right to change numbers and texts.
 * Where somebody has to sign in again only that helps; where our registration is at fault the connections stay alive.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application
 */
export function toTokenError(response: EgressResponse, now: Date): ProviderError {
  const fields = tokenError.safeParse(response.body).data;
  if (response.status < 500 && response.status !== 429) {
    switch (fields?.error) {
      case 'interaction_required':
      case 'login_required':
      case 'consent_required':
        return new ProviderError({ kind: 'reauthorize' });
      case 'unauthorized_client':
        return new ProviderError({ kind: 'misconfigured', variable: 'OUTLOOK_CLIENT_ID, OUTLOOK_TENANT' });
      case 'invalid_request':
      case 'invalid_scope':
      case 'invalid_resource':
      case 'unsupported_grant_type':
        return new ProviderError({ kind: 'misconfigured', variable: 'OUTLOOK_CLIENT_ID, OUTLOOK_REDIRECT_URI' });
      default:
    }
  }
  const variables = { client: 'OUTLOOK_CLIENT_ID, OUTLOOK_CLIENT_SECRET', redirect: 'OUTLOOK_REDIRECT_URI' };
  return toOAuthRefusal(response, variables, now);
}

const tokenError = z.object({
  error: z.string(),
  error_codes: z.array(z.number()).max(20).catch([]),
  correlation_id: z.string().max(60).catch(''),
});

/** What of a refused token request says more to an operator than `error` does. Its description quotes people, and stays out. */
export function diagnosticsOf(body: unknown): { codes: string[]; correlation_id: string | null } {
  const { error_codes = [], correlation_id = '' } = tokenError.safeParse(body).data ?? {};
  return {
    codes: error_codes.map((code) => `AADSTS${code}`),
    correlation_id: /^[\w-]+$/.test(correlation_id) ? correlation_id : null,
  };
}

/** A transaction id that was used before, by an event whose id may be told. Said with 400, and by some with 409. */
export function findDuplicate({ status, body }: EgressResponse): { duplicateOf: string | null } | null {
  if (
    (status !== 400 && status !== 409) ||
    !codesOf(body).some((code) => /^ErrorDuplicateTransactionId$/i.test(code))
  ) {
    return null;
  }
  const existing = (body as { error: Record<string, unknown> }).error['@event.existingEventId'];
  return { duplicateOf: typeof existing === 'string' && existing !== '' ? existing : null };
}
