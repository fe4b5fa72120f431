import { z } from 'zod';
import { ProviderError, toOAuthRefusal } from '../integrations/index.js';
import type { EgressResponse } from '../platform/egress/egress.client.js';
import { GOOGLE_CALENDAR } from './google-calendar.profile.js';

const word = z
  .string()
  .regex(/^[A-Za-z][A-Za-z._]{0,59}$/)
  .catch('');

const apiError = z.object({
  error: z.object({
    errors: z
      .array(z.object({ reason: word, location: word }))
      .max(20)
      .catch([]),
    // The newer part of the envelope names its reasons here, in capitals.
    details: z
      .array(z.object({ reason: word }))
      .max(20)
      .catch([]),
  }),
});

const TOO_OFTEN = ['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED'];
/** Not a matter of minutes: a day's budget, or what Calendar takes for abuse. */
const TOO_MUCH = ['quotaExceeded', 'dailyLimitExceeded'];
const SCOPE_MISSING = ['insufficientPermissions', 'insufficientScopes', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'];
/** The Calendar API is switched off in the Cloud project that the client id belongs to. */
const API_DISABLED = ['accessNotConfigured', 'SERVICE_DISABLED'];
/** Said with 400 of channels that will never be: holidays have none, and foreign hosts get none. */
const NO_CHANNEL = /^(?:pushNotSupportedForRequestedResource$|push\.)/;

/**
 * What a refusal of the API means: the status, and where that has several meanings the first reason. `scope` is the
 * scope that the call needs.
 * https://developers.google.com/workspace/calendar/api/guides/errors
 */
export function toApiError(
  { status, headers, body }: EgressResponse,
  now: Date,
  scope: string,
  random: () => number = Math.random,
): ProviderError {
  const { errors, details } = apiError.safeParse(body).data?.error ?? { errors: [], details: [] };
  const reasons = [...errors, ...details].map(({ reason }) => reason).filter((reason) => reason !== '');
  const says = (known: readonly string[]) => reasons.some((reason) => known.includes(reason));
  const blames = (...parameters: string[]) => errors.some(({ location }) => parameters.includes(location));
  const wait = (seconds: number) => toRetryAt(headers['retry-after'], now, seconds, random);

  switch (true) {
    case status === 401:
      return new ProviderError({ kind: 'unauthorized' });
    case status === 403 && says(TOO_MUCH):
      return new ProviderError({ kind: 'rate-limited', retryAt: wait(GOOGLE_CALENDAR.quotaPauseSeconds) });
    case status === 429 || (status === 403 && says(TOO_OFTEN)):
      return new ProviderError({ kind: 'rate-limited', retryAt: wait(GOOGLE_CALENDAR.rateLimitSeconds) });
    case status === 403 && says(SCOPE_MISSING):
      return new ProviderError({ kind: 'insufficient-scope', missing: [scope] });
    case status === 403 && says(API_DISABLED):
      return new ProviderError({ kind: 'misconfigured', variable: 'GOOGLE_CLIENT_ID' });
    case status === 403 || (status === 400 && reasons.some((reason) => NO_CHANNEL.test(reason))):
      return new ProviderError({ kind: 'forbidden', reason: reasons[0] ?? 'permission-denied' });
    case status === 404 || (status === 410 && says(['deleted'])):
      return new ProviderError({ kind: 'gone' });
    case status === 410 || (status === 400 && blames('pageToken', 'syncToken')):
      return new ProviderError({ kind: 'cursor-expired', ...(reasons[0] !== undefined && { word: reasons[0] }) });
    case status === 412 || (status === 409 && says(['conflict'])):
      return new ProviderError({ kind: 'changed' });
    case status >= 500:
      return new ProviderError({ kind: 'temporary', ...(headers['retry-after'] && { retryAt: wait(1) }) });
    default:
      return new ProviderError({ kind: 'unexpected' });
  }
}

/** What the token endpoint's refusal means. Its administrators' words are not those of the standard. */
export function toTokenError(response: EgressResponse, now: Date): ProviderError {
  const said = word.safeParse((response.body as { error?: unknown } | null | undefined)?.error).data;
  switch (said) {
    case 'admin_policy_enforced':
    case 'org_internal':
    case 'disallowed_useragent':
      return new ProviderError({ kind: 'forbidden', reason: said });
    case 'deleted_client':
      return new ProviderError({ kind: 'misconfigured', variable: VARIABLES.client });
    default:
      return toOAuthRefusal(response, VARIABLES, now);
  }
}

const VARIABLES = { client: 'GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET', redirect: 'GOOGLE_REDIRECT_URI' };
const LONGEST_WAIT_SECONDS = 24 * 3_600;

/** `Retry-After`, with or without a fraction, or as a date; else the usual wait and up to half of it, by lot. */
function toRetryAt(hint: string | undefined, now: Date, usualSeconds: number, random: () => number): Date {
  const asked = readSeconds(hint ?? '', now);
  const seconds = asked ?? usualSeconds * (1 + random() / 2);
  // A wait of zero would spin; a second costs nothing.
  const wait = Math.min(Math.max(seconds, 1), LONGEST_WAIT_SECONDS);
  return new Date(now.getTime() + Math.ceil(wait * 1_000));
}

function readSeconds(hint: string, now: Date): number | null {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(hint)) return Number(hint);
  const seconds = (Date.parse(hint) - now.getTime()) / 1_000;
  return /[A-Za-z]{3}/.test(hint) && Number.isFinite(seconds) ? seconds : null;
}
