import { isBookingProvider } from '../bookings/index.js';
import type { OAuthProvider } from '../integrations/index.js';
import type { Finding } from './finding.js';

/** What must stand at a provider, to the letter. */
export interface ProviderAddress {
  readonly provider: string;
  readonly name: string;
  readonly isConfigured: boolean;
  readonly missingVariables: readonly string[];
  /** To be registered there as the redirect address. */
  readonly redirectUri: string;
  /** Where its webhooks come in, followed by a token for each connection; null where that is not told by its contract. */
  readonly webhookUrl: string | null;
  /** Null when nobody has asked: it is not configured, or the asking itself has failed. */
  readonly isReachable: boolean | null;
}

export function toProviderAddress(
  provider: OAuthProvider,
  publicUrl: string,
  findings: readonly Finding[],
): ProviderAddress {
  const { id, displayName, oauth } = provider;
  const wasAsked = oauth.missingVariables.length === 0 && !findings.some(({ code }) => code === 'doctor/check-failed');
  const isUnreachable = findings.some((found) => found.code === 'provider/unreachable' && found.provider === id);
  return {
    provider: id,
    name: displayName,
    isConfigured: oauth.missingVariables.length === 0,
    missingVariables: oauth.missingVariables,
    redirectUri: oauth.redirectUri,
    webhookUrl: isBookingProvider(provider) ? `${publicUrl}${provider.profile.webhookPath}` : null,
    isReachable: wasAsked ? !isUnreachable : null,
  };
}
