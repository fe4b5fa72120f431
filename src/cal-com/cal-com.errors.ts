import { z } from 'zod';
import { ProviderError } from '../integrations/index.js';
import type { EgressResponse } from '../platform/egress/egress.client.js';
import { CAL_COM } from './cal-com.profile.js';

const apiError = z.object({ error: z.object({ message: z.string().catch('') }) });

/** Known to be a token of ours, and past its hour. Only Cal.com uses this status. */
const TOKEN_EXPIRED = 498;

/** The three ways that are not the retired one. */
export const OTHER_MODES = 'CAL_MODE=oauth, CAL_MODE=apikey';

/** Cal.com's own sentence; it is compared and never shown, since it may quote what it was sent. */
export function messageOf(body: unknown): string {
  return apiError.safeParse(body).data?.error.message ?? '';
}

/**
 * What a refusal means to a call in a person's name. An expired token is 498 only while Cal.com still has its row; any
 * refresh of any user of the client clears such rows away, and from then on the same token is an unknown one, 401.
 */
export function toApiError({ status, headers, body }: EgressResponse, now: Date): ProviderError {
  switch (true) {
    case status === TOKEN_EXPIRED || status === 401:
      return new ProviderError({ kind: 'unauthorized' });
    case status === 403:
      return toForbidden(messageOf(body));
    case status === 404 || status === 410:
      return new ProviderError({ kind: 'gone' });
    case status === 429:
      return new ProviderError({ kind: 'rate-limited', retryAt: retryAt(headers, now) });
    case status >= 500:
      return new ProviderError({ kind: 'temporary' });
    default:
      return new ProviderError({ kind: 'unexpected' });
  }
}

/**
 * What a refusal means to a call of the Platform client, by id and secret. An address that is not there is the service
 * withdrawn, unless Cal.com says whom it did not find: who asks this can tell.
 */
export function toClientError(response: EgressResponse, now: Date): ProviderError {
  const { status, body } = response;
  if (status === 401) {
    return new ProviderError({ kind: 'misconfigured', variable: 'CAL_CLIENT_ID, CAL_CLIENT_SECRET' });
  }
  if (status === 404 && /is not part of this OAuth client/i.test(messageOf(body))) {
    return new ProviderError({ kind: 'reauthorize' });
  }
  if (status === 404 || status === 410) {
    return new ProviderError({ kind: 'withdrawn', alternatives: OTHER_MODES });
  }
  return toApiError(response, now);
}

/** Which permissions are missing stands only in the sentence. */
function toForbidden(message: string): ProviderError {
  const missing = message.match(/\b[A-Z_]+_(READ|WRITE)\b/g);
  if (missing) return new ProviderError({ kind: 'insufficient-scope', missing: [...new Set(missing)] });
  return new ProviderError({ kind: 'forbidden', reason: 'permission-denied' });
}

/** What is left until the count begins again, in seconds; one mirror of the documentation calls it an instant. */
function retryAt(headers: EgressResponse['headers'], now: Date): Date {
  const told = Number(headers['retry-after'] ?? headers['x-ratelimit-reset-default']);
  const seconds = told > 1_000_000_000 ? told - now.getTime() / 1_000 : told;
  const wait = Number.isFinite(seconds) && seconds >= 0 && seconds <= 3_600 ? seconds : CAL_COM.rateLimitSeconds;
  // A wait of zero would spin; a second costs nothing.
  return new Date(now.getTime() + Math.max(wait, 1) * 1_000);
}
