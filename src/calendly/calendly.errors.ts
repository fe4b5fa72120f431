import { z } from 'zod';
import { ProviderError } from '../integrations/index.js';
import type { EgressResponse } from '../platform/egress/egress.client.js';
import { CALENDLY } from './calendly.profile.js';

const apiError = z.object({
  title: z.string().catch(''),
  message: z.string().catch(''),
  required_scopes: z.array(z.string().max(60)).max(20).catch([]),
  details: z.array(z.object({ parameter: z.string().catch('') })).catch([]),
});

/**
 * What a refusal of the API means. The status decides; texts are read only for 403, which alone has several meanings.
 * https://developer.calendly.com/api-docs (error responses), rate limits: /api-docs/overview/rate-limits
 */
export function toApiError({ status, headers, body }: EgressResponse, now: Date): ProviderError {
  const { title, message, required_scopes, details } = apiError.safeParse(body).data ?? EMPTY;
  switch (true) {
    case status === 401:
      return new ProviderError({ kind: 'unauthorized' });
    case status === 403 && title === 'Insufficient scope':
      return new ProviderError({ kind: 'insufficient-scope', missing: required_scopes });
    case status === 403 && /\bupgrade\b/i.test(message):
      return new ProviderError({ kind: 'plan', reason: 'webhooks-need-a-paid-plan' });
    case status === 403:
      return new ProviderError({ kind: 'forbidden', reason: 'permission-denied' });
    case status === 404:
      return new ProviderError({ kind: 'gone' });
    case status === 429:
      return new ProviderError({ kind: 'rate-limited', retryAt: retryAt(headers, now) });
    case status === 400 && details.some(({ parameter }) => parameter === 'page_token'):
      return new ProviderError({ kind: 'cursor-expired' });
    case status >= 500:
      return new ProviderError({ kind: 'temporary' });
    default:
      return new ProviderError({ kind: 'unexpected' });
  }
}

/** `X-RateLimit-Reset` is a number of seconds to wait, not an instant. */
function retryAt(headers: EgressResponse['headers'], now: Date): Date {
  const seconds = Number(headers['x-ratelimit-reset'] ?? headers['retry-after']);
  const wait = Number.isFinite(seconds) && seconds >= 0 && seconds <= 3_600 ? seconds : CALENDLY.rateLimitSeconds;
  // A wait of zero would spin; a second costs nothing.
  return new Date(now.getTime() + Math.max(wait, 1) * 1_000);
}

const EMPTY: z.infer<typeof apiError> = { title: '', message: '', required_scopes: [], details: [] };
