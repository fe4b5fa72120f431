import { Injectable } from '@nestjs/common';
import { type BookingProvider, isBookingProvider } from '../bookings/index.js';
import { isCalendarProvider } from '../calendars/index.js';
import {
  type Departure,
  type Integration,
  Integrations,
  type ProviderAccess,
  ProviderError,
  ProviderRegistry,
  TokenVault,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Sync } from '../sync/index.js';
import { CalendarChannelKeeper } from './calendar-channel-keeper.js';
import type { Channel } from './channel.js';
import { isRecentlyRefused, isRefusal, refused } from './channel-refusal.js';
import { Channels, type OwnedChannel } from './channels.js';
import { KEEP_CHANNEL } from './keep-channel.task.js';
import { StrayChannels } from './stray-channels.js';

/**
 * Keeps one open channel per connection. Providers close channels without a word (Calendly after 24 hours of failed
 * deliveries), so each is looked at regularly; a lost one is replaced, and what was pushed into the void meanwhile is
 * read back by a recovery pass.
 *
 * The new channel is opened before the old one is closed, with an address and a secret of its own: there is no moment at
 * which nobody listens.
 */
@Injectable()
export class ChannelKeeper {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly registry: ProviderRegistry,
    private readonly vault: TokenVault,
    private readonly channels: Channels,
    private readonly calendars: CalendarChannelKeeper,
    private readonly strays: StrayChannels,
    private readonly sync: Sync,
    private readonly jobs: Jobs,
    private readonly config: PlatformConfig,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  async request(tx: Transaction, integrationId: string): Promise<void> {
    await this.jobs.enqueue(tx, KEEP_CHANNEL, { organizationId: tx.organizationId, integrationId });
  }

  async keep(scope: TenantScope, integrationId: string): Promise<void> {
    const { integration, live, isBeingOpened } = await this.work.inOrganization(scope, async (tx) => ({
      integration: await this.integrations.find(tx, integrationId),
      live: await this.channels.listLive(tx, integrationId),
      isBeingOpened: await this.channels.isBeingOpened(tx, integrationId),
    }));
    if (!integration?.is_active || integration.status === 'needs_reauth') return;
    if (isBeingOpened) throw this.channels.comeBack();
    const provider = this.registry.get(integration.provider);
    if (isCalendarProvider(provider)) return await this.calendars.keep(scope, integration, provider);
    if (!isBookingProvider(provider)) return;

    const open = live.filter(({ state }) => state === 'open');
    const kept = await this.findKept(scope, provider, integrationId, open);
    const stale = live.filter(({ id }) => id !== kept?.id);
    const isServed =
      kept !== null ||
      (!isRecentlyRefused(integration, this.clock.now()) &&
        (await this.replace(scope, provider, integration, { hadOne: open.length > 0 })));
    await this.closeAll(scope, provider, integrationId, stale);
    if (isServed) await this.strays.close(scope, provider, integrationId);
  }

  /** A disconnection: from its commit on nothing is taken in any more. */
  async closeHere(tx: Transaction, integrationId: string): Promise<void> {
    const live = await this.channels.listLive(tx, integrationId);
    await this.channels.close(
      tx,
      live.map(({ id }) => id),
    );
  }

  /** And afterwards, while a token still works: the provider should stop pushing. */
  async closeThere(departure: Departure): Promise<void> {
    const { provider: providerId, organizationId, integrationId, access } = departure;
    const provider = this.registry.get(providerId);
    if (isCalendarProvider(provider)) return await this.calendars.closeThere(departure);
    if (access === null || !isBookingProvider(provider)) return;
    const closed = await this.work.inOrganization({ organizationId }, (tx) =>
      this.channels.listClosed(tx, integrationId),
    );
    for (const { externalId } of closed) await provider.closeChannel(access, externalId);
  }

  /** The newest channel that the provider still serves. */
  private async findKept(
    scope: TenantScope,
    provider: BookingProvider,
    integrationId: string,
    open: Channel[],
  ): Promise<Channel | null> {
    for (const channel of open.toReversed()) {
      const state = await this.vault.withAccess(scope, integrationId, (access) =>
        provider.checkChannel(access, channel.external_id ?? ''),
      );
      if (state === 'lost') continue;
      if (state === 'failing') {
        this.log.warning('channel.failing', { provider: provider.id, integration_id: integrationId });
      }
      await this.work.inOrganization(scope, (tx) => this.channels.checked(tx, channel.id));
      return channel;
    }
    return null;
  }

  /** Answers whether there is a new one. */
  private async replace(
    scope: TenantScope,
    provider: BookingProvider,
    integration: Integration,
    { hadOne }: { hadOne: boolean },
  ): Promise<boolean> {
    const channel = await this.channels.begin(scope, integration);
    if (channel === null) return false;
    // The address is made from configuration alone; the token in it is all that tells connections apart.
    const url = `${this.config.publicUrl}${provider.profile.webhookPath}/${channel.token}`;
    try {
      const { access, externalId } = await this.vault.withAccess(scope, integration.id, async (given) => ({
        access: given,
        ...(await provider.openChannel(given, { url, secret: channel.secret })),
      }));
      if (!(await this.keepOpened(scope, integration, channel, { externalId, hadOne }))) {
        await this.closeStray(provider, access, externalId);
        return false;
      }
      this.log.event('channel.opened', { provider: provider.id, integration_id: integration.id, replaced: hadOne });
      return true;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      await this.work.inOrganization(scope, async (tx) => {
        const isStillWanted = await this.channels.notOpened(tx, channel);
        if (!isStillWanted || !isRefusal(error)) return;
        await this.integrations.update(tx, integration.id, {
          webhook_active: false,
          webhook_subscription_uri: null,
          options: refused(error, this.clock.now()),
        });
      });
      if (!isRefusal(error)) throw error;
      this.log.warning('channel.refused', {
        provider: provider.id,
        integration_id: integration.id,
        reason: error.failure.kind,
      });
      return false;
    }
  }

  /** Answers false when somebody has disconnected meanwhile: then there is nothing it could belong to. */
  private async keepOpened(
    scope: TenantScope,
    integration: Integration,
    channel: OwnedChannel,
    { externalId, hadOne }: { externalId: string; hadOne: boolean },
  ): Promise<boolean> {
    return await this.work.inOrganization(scope, async (tx) => {
      if (!(await this.channels.opened(tx, channel, externalId))) return false;
      await this.integrations.update(tx, integration.id, {
        webhook_active: true,
        webhook_subscription_uri: externalId,
        options: { channel_refusal: null, channel_refused_at: null },
      });
      if (hadOne) await this.sync.request(tx, integration, 'recovery');
      return true;
    });
  }

  /** Somebody disconnected while the provider was opening it. What took leave meanwhile could not know of this one. */
  private async closeStray(provider: BookingProvider, access: ProviderAccess, externalId: string): Promise<void> {
    const fields = { provider: provider.id, integration_id: access.integrationId };
    try {
      await provider.closeChannel(access, externalId);
      this.log.event('channel.stray_closed', fields);
    } catch (error) {
      // The grant has ended already. Deliveries to its address are refused, until the provider gives up on it.
      this.log.failure('channel.stray_left', error, fields);
    }
  }

  /** Those of earlier attempts, and those that were replaced. What the provider forgot is closed here all the same. */
  private async closeAll(
    scope: TenantScope,
    provider: BookingProvider,
    integrationId: string,
    channels: Channel[],
  ): Promise<void> {
    for (const { external_id: externalId } of channels) {
      if (externalId === null) continue;
      await this.vault.withAccess(scope, integrationId, (access) => provider.closeChannel(access, externalId));
    }
    if (channels.length === 0) return;
    await this.work.inOrganization(scope, (tx) =>
      this.channels.close(
        tx,
        channels.map(({ id }) => id),
      ),
    );
  }
}
