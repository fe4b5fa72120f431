import { Injectable } from '@nestjs/common';
import type { BookingProvider } from '../bookings/index.js';
import { ProviderError, TokenVault } from '../integrations/index.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { sha256 } from '../platform/crypto/hashing.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { isLocalAddress } from '../platform/http/local-address.js';
import { EventLog } from '../platform/logging/event-log.js';

/** As `Channels` draws them: whatever else stands behind our path is not ours to judge. */
const TOKEN = /^[\w-]{43}$/;

interface Stray {
  externalId: string;
  tokenHash: Buffer;
}

/**
 * Channels that a provider still serves and that nobody here knows: a database that was restored has forgotten those that
 * were opened since the backup. Their deliveries are refused, and would be sent for ever.
 *
 * Closed is only what leads to this installation's own address with a token that no organization has a live channel for.
 * An address of one house alone, such as localhost, is many installations' address: there nothing is closed.
 */
@Injectable()
export class StrayChannels {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: TokenVault,
    private readonly config: PlatformConfig,
    private readonly log: EventLog,
  ) {}

  /** What the provider will not do is logged and left for the next look; the connection is none the worse for it. */
  async close(scope: TenantScope, provider: BookingProvider, integrationId: string): Promise<void> {
    if (provider.listChannels === undefined || isLocalAddress(this.config.publicUrl)) return;
    const fields = { provider: provider.id, integration_id: integrationId };
    try {
      const listed = await this.vault.withAccess(scope, integrationId, (access) => provider.listChannels!(access));
      const prefix = `${this.config.publicUrl}${provider.profile.webhookPath}/`;
      const strays = await this.findStrays(
        listed.flatMap(({ externalId, url }) => {
          const token = url.startsWith(prefix) ? url.slice(prefix.length) : '';
          return TOKEN.test(token) ? [{ externalId, tokenHash: sha256(token) }] : [];
        }),
      );
      for (const { externalId } of strays) {
        await this.vault.withAccess(scope, integrationId, (access) => provider.closeChannel(access, externalId));
        this.log.event('channel.stray_closed', fields);
      }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      this.log.warning('channel.strays_left', { ...fields, reason: error.failure.kind });
    }
  }

  /**
   * Asked after the provider was: a channel is written here before the provider is asked for it, so that whatever it has
   * listed is either known by now or nobody's.
   */
  private async findStrays(ours: readonly Stray[]): Promise<Stray[]> {
    if (ours.length === 0) return [];
    const known = await this.work.acrossOrganizations((tx) =>
      tx.query<{ token_hash: Buffer }>(
        `SELECT token_hash FROM channels WHERE state <> 'closed' AND token_hash = ANY($1)`,
        [ours.map(({ tokenHash }) => tokenHash)],
      ),
    );
    return ours.filter(({ tokenHash }) => !known.some(({ token_hash }) => token_hash.equals(tokenHash)));
  }
}
