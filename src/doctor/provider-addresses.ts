import { isBookingProvider } from '../bookings/index.js';
import type { OAuthProvider } from '../integrations/index.js';

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
}

export function toProviderAddress(provider: OAuthProvider, publicUrl: string): ProviderAddress {
  const { id, displayName, oauth } = provider;
  return {
    provider: id,
    name: displayName,
    isConfigured: oauth.missingVariables.length === 0,
    missingVariables: oauth.missingVariables,
    redirectUri: oauth.redirectUri,
    webhookUrl: isBookingProvider(provider) ? `${publicUrl}${provider.profile.webhookPath}` : null,
  };
}
