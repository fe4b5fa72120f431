import { Injectable } from '@nestjs/common';
import { AuditTrail, Organizations, type Session } from '../accounts/index.js';
import { CalendarMirror, isCalendarProvider } from '../calendars/index.js';
import { ChannelKeeper } from '../deliveries/index.js';
import {
  type Integration,
  Integrations,
  integrationNotFound,
  pauseNote,
  ProviderRegistry,
  providerReauthorize,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { Sync, type SyncRun } from '../sync/index.js';
import { Connections } from './connections.service.js';

/** What can be done to any connection, by its id and whatever its provider. The work itself is that of other rooms. */
@Injectable()
export class ConnectionActions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly connections: Connections,
    private readonly integrations: Integrations,
    private readonly registry: ProviderRegistry,
    private readonly organizations: Organizations,
    private readonly sync: Sync,
    private readonly keeper: ChannelKeeper,
    private readonly mirror: CalendarMirror,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Nothing comes in by itself until it is resumed. Pausing twice is the same as once. */
  async pause(session: Session, integrationId: string): Promise<void> {
    await this.work.inOrganization(session, async (tx) => {
      const integration = await this.getLive(tx, session, integrationId);
      if (this.isSwitchedOff(integration)) return;
      await this.switch(tx, session, integration, { isOn: false });
      await this.keeper.request(tx, integrationId);
      await this.record(tx, session, integration, 'integration.paused');
    });
  }

  /** What happened meanwhile is read at once. */
  async resume(session: Session, integrationId: string): Promise<void> {
    await this.work.inOrganization(session, async (tx) => {
      const integration = await this.getLive(tx, session, integrationId);
      const resumed = await this.switch(tx, session, integration, { isOn: true });
      await this.keeper.request(tx, integrationId);
      // Without a grant there is nothing to read with; connecting again reads by itself.
      if (integration.status !== 'needs_reauth') await this.sync.request(tx, resumed, 'manual');
      await this.record(tx, session, integration, 'integration.resumed');
    });
  }

  /**
   * Asks for a reading now, and looks after the channel: whoever clicks this often does so because nothing arrives.
   * `anew` forgets where former readings stopped.
   */
  synchronize(session: Session, integrationId: string, { anew }: { anew: boolean }): Promise<SyncRun> {
    return this.work.inOrganization(session, async (tx) => {
      const integration = await this.getLive(tx, session, integrationId);
      if (integration.status === 'needs_reauth') throw new Problem(providerReauthorize);
      await this.keeper.request(tx, integrationId);
      return anew ? this.sync.requestAnew(tx, integration, 'manual') : this.sync.request(tx, integration, 'manual');
    });
  }

  /** Also of a connection that has ended already. Answers how many imported events were erased. */
  async disconnect(session: Session, integrationId: string, { erase }: { erase: boolean }): Promise<number> {
    const { provider } = await this.work.inOrganization(session, (tx) =>
      this.connections.getVisible(tx, session, integrationId),
    );
    await this.integrations.disconnect(session, integrationId);
    // Appointments belong to prospects and stay; a calendar's events can go with it.
    if (!erase || !isCalendarProvider(this.registry.get(provider))) return 0;
    return await this.work.inOrganization(session, (tx) => this.mirror.forget(tx, integrationId));
  }

  private async getLive(tx: Transaction, session: Session, integrationId: string): Promise<Integration> {
    const integration = await this.connections.getVisible(tx, session, integrationId);
    if (!integration.is_active) throw new Problem(integrationNotFound);
    return integration;
  }

  private isSwitchedOff(integration: Integration): boolean {
    return isCalendarProvider(this.registry.get(integration.provider))
      ? !integration.auto_sync_enabled
      : integration.options['paused'] === true;
  }

  /** The switch that each kind of connection has had all along, and that its own settings show. */
  private async switch(
    tx: Transaction,
    session: Session,
    integration: Integration,
    { isOn }: { isOn: boolean },
  ): Promise<Integration> {
    const isCalendar = isCalendarProvider(this.registry.get(integration.provider));
    const wasOff = this.isSwitchedOff(integration);
    const updated = await this.integrations.update(tx, integration.id, {
      // Bookings that rest because nobody reads them at intervals are read again.
      auto_sync_enabled: isCalendar ? isOn : isOn && !wasOff ? true : undefined,
      options: {
        ...pauseNote(!isOn, session.userId, this.clock.now()),
        ...(!isCalendar && { paused: !isOn }),
      },
    });
    if (!isCalendar && integration.user_id === null) {
      await this.organizations.patchSettings(tx, integration.provider, { enabled: isOn });
    }
    return updated;
  }

  private async record(
    tx: Transaction,
    { userId }: Session,
    { id, provider }: Integration,
    action: string,
  ): Promise<void> {
    const actor = { type: 'user' as const, id: userId };
    await this.audit.record(tx, { actor, action, object: { type: 'integration', id }, details: { provider } });
  }
}
