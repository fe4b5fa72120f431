import { Clock } from '../platform/clock/clock.js';
import { JobDeferred } from '../platform/jobs/job-deferred.js';
import { EventLog } from '../platform/logging/event-log.js';
import { type OutboxContext, OutboxEffect } from '../platform/outbox/index.js';
import { IntegrationLifecycle } from './integration-lifecycle.js';
import { ProviderError } from './provider-error.js';
import { type FarewellPayload, PROVIDER_FAREWELL } from './provider-farewell.js';
import { ProviderRegistry } from './provider.registry.js';
import type { OAuthProvider } from './provider.js';
import { SharedAccounts } from './shared-accounts.js';

interface Tokens {
  accessToken: string | null;
  refreshToken: string | null;
}

/**
 * Takes leave of a provider after a disconnection: first its channels, while a token still works, then the grant. Tried
 * again until the provider is back; what the provider no longer knows is already done.
 */
@OutboxEffect(PROVIDER_FAREWELL)
export class ProviderFarewellEffect implements OutboxEffect<FarewellPayload> {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly lifecycle: IntegrationLifecycle,
    private readonly sharedAccounts: SharedAccounts,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  async deliver(payload: FarewellPayload, { organizationId }: OutboxContext): Promise<void> {
    const provider = this.registry.find(payload.provider);
    // A provider that was taken out of the application cannot be spoken to.
    if (!provider) return;
    try {
      const tokens = await this.workingTokens(provider, payload);
      await this.endChannels(payload, tokens, organizationId);
      const isRevoked = await this.revoke(provider, payload, tokens);
      const { integrationId } = payload;
      this.log.event('integration.farewell', {
        provider: provider.id,
        integration_id: integrationId,
        revoked: isRevoked,
      });
    } catch (error) {
      if (error instanceof ProviderError && error.failure.kind === 'rate-limited') {
        throw new JobDeferred(error.failure.retryAt, 'rate-limited');
      }
      throw error;
    }
  }

  /**
   * A provider that was away for hours finds the access token expired. The renewed pair lives in this run alone: should
   * the run fail after it, the next one finds the old pair spent, and at most an unused grant stays behind.
   */
  private async workingTokens(provider: OAuthProvider, payload: FarewellPayload): Promise<Tokens> {
    const { accessToken, refreshToken, accessExpiresAt, accountId, options } = payload;
    const isExpired = accessExpiresAt !== null && Date.parse(accessExpiresAt) <= this.clock.now().getTime();
    if (!isExpired || refreshToken === null) return { accessToken: isExpired ? null : accessToken, refreshToken };
    try {
      const grant = await provider.refreshGrant(refreshToken, { accountId, options });
      return { accessToken: grant.accessToken, refreshToken: grant.refreshToken ?? refreshToken };
    } catch (error) {
      if (isOver(error)) return { accessToken: null, refreshToken: null };
      throw error;
    }
  }

  private async endChannels(payload: FarewellPayload, { accessToken }: Tokens, organizationId: string): Promise<void> {
    const { integrationId, provider, tokenVersion, options, disconnectedAt } = payload;
    const access = accessToken === null ? null : { integrationId, organizationId, accessToken, tokenVersion, options };
    try {
      await this.lifecycle.farewell({
        integrationId,
        organizationId,
        provider,
        access,
        disconnectedAt: new Date(disconnectedAt),
      });
    } catch (error) {
      if (!isOver(error)) throw error;
    }
  }

  private async revoke(provider: OAuthProvider, { accountId }: FarewellPayload, tokens: Tokens): Promise<boolean> {
    const token = tokens.refreshToken ?? tokens.accessToken;
    if (token === null) return false;
    if (await this.sharedAccounts.hasLiveConnection(provider.id, accountId)) return false;
    try {
      await provider.revokeGrant(token);
      return true;
    } catch (error) {
      if (isOver(error)) return false;
      throw error;
    }
  }
}

/** The provider will not have us any more: there is nothing left to end. */
function isOver(error: unknown): boolean {
  return (
    error instanceof ProviderError &&
    ['reauthorize', 'unauthorized', 'forbidden', 'gone', 'withdrawn'].includes(error.failure.kind)
  );
}
