import { Injectable } from '@nestjs/common';
import {
  type CalendarProvider,
  calendarSettingsOf,
  isCalendarProvider,
  type OpenedChannel,
} from '../calendars/index.js';
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
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { JobDeferred } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Sync } from '../sync/index.js';
import type { Channel } from './channel.js';
import { isRefusal, isRecentlyRefused, refused } from './channel-refusal.js';
import { Channels, type OwnedChannel } from './channels.js';

/** The first reading chooses the calendar; a channel can wait for that. */
const NOT_CHOSEN_MS = 5_000;

interface Watched {
  readonly scope: TenantScope;
  readonly integration: Integration;
  readonly provider: CalendarProvider;
  readonly calendarId: string;
}

/**
 * Keeps one channel per connected calendar. Channels of calendars end by themselves after some days: each is renewed
 * when part of its life is over, early enough for many more tries, by extending it or by opening the next one before the
 * last is closed. While there is none, the calendar is read at its interval, and after a gap it is read at once.
 */
@Injectable()
export class CalendarChannelKeeper {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly registry: ProviderRegistry,
    private readonly vault: TokenVault,
    private readonly channels: Channels,
    private readonly sync: Sync,
    private readonly config: PlatformConfig,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  async keep(scope: TenantScope, integration: Integration, provider: CalendarProvider): Promise<void> {
    const { calendarId, sync } = calendarSettingsOf(integration);
    const live = await this.work.inOrganization(scope, (tx) => this.channels.listLive(tx, integration.id));
    if (!sync) return await this.closeAll(scope, integration, provider, live);
    if (calendarId === null) throw new JobDeferred(this.in(NOT_CHOSEN_MS), 'calendar-not-chosen');
    const watched = { scope, integration, provider, calendarId };

    const now = this.clock.now();
    const current = live.findLast(
      (channel) => channel.state === 'open' && channel.calendar_id === calendarId && (channel.expires_at ?? now) > now,
    );
    const isDue = current !== undefined && (current.renew_at ?? now) <= now;
    const kept = current !== undefined && (!isDue || (await this.extend(watched, current))) ? current : null;
    if (kept === null && !isRecentlyRefused(integration, now)) {
      await this.open(watched, { hadOne: live.some(({ state }) => state === 'open'), hasOne: current !== undefined });
    }
    // Closed after the new one is open, so that somebody listens at every moment.
    await this.closeAll(
      scope,
      integration,
      provider,
      live.filter(({ id }) => id !== kept?.id),
    );
  }

  /** After a disconnection, while a token still works: the provider should stop pushing. */
  async closeThere({ provider: id, organizationId, integrationId, access }: Departure): Promise<void> {
    const provider = this.registry.get(id);
    if (access === null || !isCalendarProvider(provider)) return;
    const closed = await this.work.inOrganization({ organizationId }, (tx) =>
      this.channels.listClosed(tx, integrationId),
    );
    for (const channel of closed) await provider.closeChannel(access, channel);
  }

  /** False when this provider's channels cannot be extended, or this one is gone. */
  private async extend(watched: Watched, channel: Channel): Promise<boolean> {
    const { scope, integration, provider } = watched;
    const { external_id: externalId, resource_id: resourceId } = channel;
    if (provider.calendar.channels.renewal !== 'extend' || externalId === null) return false;
    try {
      const extended = await this.vault.withAccess(scope, integration.id, (access) =>
        provider.extendChannel(access, { externalId, resourceId }),
      );
      const life = this.lifeOf(provider, extended);
      const owned = { id: channel.id, integrationId: integration.id, provider: provider.id };
      await this.work.inOrganization(scope, (tx) => this.channels.opened(tx, owned, extended.externalId, life));
      this.log.event('channel.extended', { provider: provider.id, integration_id: integration.id });
      return true;
    } catch (error) {
      if (error instanceof ProviderError && error.failure.kind === 'gone') return false;
      throw error;
    }
  }

  private async open(watched: Watched, { hadOne, hasOne }: { hadOne: boolean; hasOne: boolean }): Promise<void> {
    const { scope, integration, provider, calendarId } = watched;
    const channel = await this.channels.begin(scope, integration, calendarId);
    if (channel === null) return;
    const { id, token } = channel;
    const mayReplace = (externalId: string) => this.channels.mayReplace(externalId, channel);
    const url = `${this.config.publicUrl}/api/channels/${provider.calendar.type}`;
    try {
      const { access, opened } = await this.vault.withAccess(scope, integration.id, async (given) => ({
        access: given,
        opened: await provider.openChannel(given, { calendarId, id, url, secret: token, mayReplace }),
      }));
      // Between two channels, and before the first one, changes were not pushed.
      if (!(await this.keepOpened(watched, channel, opened, { needsReading: !hasOne }))) {
        await this.closeStray(provider, access, opened);
        return;
      }
      this.log.event('channel.opened', { provider: provider.id, integration_id: integration.id, replaced: hadOne });
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      await this.work.inOrganization(scope, async (tx) => {
        const isStillWanted = await this.channels.notOpened(tx, channel);
        if (!isStillWanted || !isRefusal(error)) return;
        await this.integrations.update(tx, integration.id, {
          webhook_active: hasOne,
          options: refused(error, this.clock.now()),
        });
      });
      if (!isRefusal(error)) throw error;
      const reason = error.failure.kind;
      this.log.warning('channel.refused', { provider: provider.id, integration_id: integration.id, reason });
    }
  }

  /** False when somebody has disconnected meanwhile: then there is nothing it could belong to. */
  private async keepOpened(
    { scope, integration, provider }: Watched,
    channel: OwnedChannel,
    opened: OpenedChannel,
    { needsReading }: { needsReading: boolean },
  ): Promise<boolean> {
    return await this.work.inOrganization(scope, async (tx) => {
      const life = this.lifeOf(provider, opened);
      if (!(await this.channels.opened(tx, channel, opened.externalId, life))) return false;
      await this.integrations.update(tx, integration.id, {
        webhook_active: true,
        webhook_subscription_uri: opened.externalId,
        options: { channel_refusal: null, channel_refused_at: null },
      });
      if (needsReading) await this.sync.request(tx, integration, 'recovery');
      return true;
    });
  }

  private async closeStray(provider: CalendarProvider, access: ProviderAccess, opened: OpenedChannel): Promise<void> {
    const fields = { provider: provider.id, integration_id: access.integrationId };
    try {
      await provider.closeChannel(access, opened);
      this.log.event('channel.stray_closed', fields);
    } catch (error) {
      // The grant has ended already; its pushes are refused until the channel ends by itself.
      this.log.failure('channel.stray_left', error, fields);
    }
  }

  private async closeAll(
    scope: TenantScope,
    integration: Integration,
    provider: CalendarProvider,
    channels: readonly Channel[],
  ): Promise<void> {
    if (channels.length === 0) return;
    for (const { external_id: externalId, resource_id: resourceId } of channels) {
      if (externalId === null) continue;
      await this.vault.withAccess(scope, integration.id, (access) =>
        provider.closeChannel(access, { externalId, resourceId }),
      );
    }
    await this.work.inOrganization(scope, async (tx) => {
      if (!(await this.integrations.hold(tx, integration.id))) return;
      await this.channels.close(
        tx,
        channels.map(({ id }) => id),
      );
      const left = await this.channels.listLive(tx, integration.id);
      if (left.length === 0) {
        await this.integrations.update(tx, integration.id, { webhook_active: false, webhook_subscription_uri: null });
      }
    });
  }

  private lifeOf({ calendar }: CalendarProvider, { resourceId, expiresAt }: OpenedChannel) {
    const now = this.clock.now().getTime();
    const renewAt = new Date(now + (expiresAt.getTime() - now) * calendar.channels.renewAfterFraction);
    return { resourceId, expiresAt, renewAt };
  }

  private in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}
