import { Injectable } from '@nestjs/common';
import { Organizations, type Session, UserNames } from '../accounts/index.js';
import { Bookings } from '../bookings/index.js';
import { CalendarEvents, isCalendarProvider } from '../calendars/index.js';
import { ChannelOverview } from '../deliveries/index.js';
import {
  ConnectionHealth,
  type Integration,
  integrationNotFound,
  Integrations,
  type OAuthProvider,
  pauseOf,
  ProviderRegistry,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { DEFAULT_DAYS_BACK, ReadingOverview, type SyncRun } from '../sync/index.js';
import { type ConnectedAccount, type Connection, toFacts } from './connection.js';
import { judgeConnection } from './connection-state.js';
import { isLocalAddress } from '../platform/http/local-address.js';

/** Readings shown with a connection; the rest is in the log of readings. */
const LAST_RUNS = 10;

/**
 * Every provider with the accounts connected there, as one person may see them: the organization's, and their own. Each
 * room is asked once for all of them, however many there are.
 */
@Injectable()
export class Connections {
  private readonly isAddressLocal: boolean;

  constructor(
    private readonly work: UnitOfWork,
    private readonly registry: ProviderRegistry,
    private readonly integrations: Integrations,
    private readonly health: ConnectionHealth,
    private readonly channels: ChannelOverview,
    private readonly readings: ReadingOverview,
    private readonly bookings: Bookings,
    private readonly events: CalendarEvents,
    private readonly organizations: Organizations,
    private readonly names: UserNames,
    private readonly clock: Clock,
    config: PlatformConfig,
  ) {
    this.isAddressLocal = isLocalAddress(config.publicUrl);
  }

  /** In the order of the providers, oldest account first; a provider without any has one entry all the same. */
  list(session: Session): Promise<Connection[]> {
    return this.work.inOrganization(session, async (tx) => {
      const live = (await this.integrations.listLive(tx)).filter((integration) => isVisible(integration, session));
      const accounts = await this.describe(tx, live);
      const days = await this.importDays(tx);
      return this.registry.list().flatMap((provider) => {
        const own = accounts.filter(({ integration }) => integration.provider === provider.id);
        return (own.length > 0 ? own : [null]).map((account) => this.judge(provider, account, days));
      });
    });
  }

  get(session: Session, integrationId: string): Promise<{ connection: Connection; runs: SyncRun[] }> {
    return this.work.inOrganization(session, async (tx) => {
      const integration = await this.getVisible(tx, session, integrationId);
      const [account = null] = await this.describe(tx, [integration]);
      const provider = this.registry.get(integration.provider);
      return {
        connection: this.judge(provider, account, await this.importDays(tx)),
        runs: await this.readings.listLast(tx, integrationId, LAST_RUNS),
      };
    });
  }

  /** Somebody else's calendar does not exist for anybody but them, an administrator included. */
  async getVisible(tx: Transaction, session: Session, integrationId: string): Promise<Integration> {
    const integration = await this.integrations.find(tx, integrationId);
    // Of a provider that was taken out of the application nothing can be said any more.
    const isKnown = integration !== null && this.registry.find(integration.provider) !== null;
    if (!isKnown || !isVisible(integration, session)) throw new Problem(integrationNotFound);
    return integration;
  }

  async describe(tx: Transaction, integrations: readonly Integration[]): Promise<ConnectedAccount[]> {
    const ids = integrations.map(({ id }) => id);
    if (ids.length === 0) return [];
    const health = await this.health.find(tx, ids);
    const channels = await this.channels.findCurrent(tx, ids);
    const readings = await this.readings.findCurrent(tx, ids);
    const bookings = await this.bookings.count(tx, ids);
    const events = await this.events.count(tx, ids);
    const names = await this.names.find(
      tx,
      integrations.flatMap((integration) => pauseOf(integration).userId ?? []),
    );
    return integrations.map((integration) => {
      const { id } = integration;
      const booked = bookings.get(id);
      return {
        integration,
        health: health.get(id) ?? null,
        channel: channels.get(id) ?? null,
        readings: readings.get(id) ?? { underWay: null, awaiting: null },
        counts: { events: (booked?.bookings ?? 0) + (events.get(id) ?? 0), prospects: booked?.prospects ?? 0 },
        pausedBy: names.get(pauseOf(integration).userId ?? '') ?? null,
      };
    });
  }

  private judge(
    provider: OAuthProvider,
    account: ConnectedAccount | null,
    days: (providerId: string) => number,
  ): Connection {
    const now = this.clock.now();
    const verdict = judgeConnection(toFacts(provider, account, { now, isAddressLocal: this.isAddressLocal }), now);
    return { provider, account, verdict, importDays: isCalendarProvider(provider) ? null : days(provider.id) };
  }

  private async importDays(tx: Transaction): Promise<(providerId: string) => number> {
    const { settings } = await this.organizations.get(tx);
    return (providerId) => {
      const own = settings[providerId] as { import_days?: unknown } | undefined;
      return typeof own?.import_days === 'number' ? own.import_days : DEFAULT_DAYS_BACK;
    };
  }
}

function isVisible({ user_id }: Integration, { userId }: Session): boolean {
  return user_id === null || user_id === userId;
}
