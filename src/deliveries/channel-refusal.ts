import type { Integration, ProviderError } from '../integrations/index.js';

/** How often a provider that refused to push is asked again: plans change, but not by the hour. */
const PATIENCE_MS = 24 * 60 * 60 * 1_000;

/** The provider will not push to us, for a reason that a retry does not change: the connection is read instead. */
export function isRefusal({ failure }: ProviderError): boolean {
  return ['plan', 'forbidden', 'insufficient-scope', 'misconfigured', 'withdrawn', 'unexpected'].includes(failure.kind);
}

/** What the connection remembers of a refusal, among its options. */
export function refused({ failure }: ProviderError, now: Date): Record<string, unknown> {
  return { channel_refusal: failure.kind, channel_refused_at: now.toISOString() };
}

export function isRecentlyRefused({ options, webhook_active }: Integration, now: Date): boolean {
  const refusedAt = options['channel_refused_at'];
  return !webhook_active && typeof refusedAt === 'string' && now.getTime() - Date.parse(refusedAt) < PATIENCE_MS;
}
