import { Injectable } from '@nestjs/common';
import { Organizations } from '../accounts/index.js';
import { approvalText, CalendarMirror } from '../calendars/index.js';
import { type Integration, Integrations, ProviderRegistry } from '../integrations/index.js';
import { Notifications } from '../notifications/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Realtime } from '../realtime/index.js';
import type { CalendarPassEnd } from './calendar-pass.js';
import type { RunWithSteps, SyncRun, SyncState } from './sync-run.js';
import { SyncRuns } from './sync-runs.js';

/** What the end of a calendar's reading means: for the run, for the connection, and for the person whose calendar it is. */
@Injectable()
export class CalendarOutcome {
  constructor(
    private readonly runs: SyncRuns,
    private readonly integrations: Integrations,
    private readonly mirror: CalendarMirror,
    private readonly organizations: Organizations,
    private readonly notifications: Notifications,
    private readonly registry: ProviderRegistry,
    private readonly realtime: Realtime,
  ) {}

  async ended(tx: Transaction, run: RunWithSteps, integration: Integration, end: CalendarPassEnd): Promise<SyncState> {
    if (end.braked === null) await this.integrations.markSynced(tx, integration.id);
    await end.conclude(tx);
    const awaiting = await this.runs.listAwaiting(tx, integration.id);
    // Braked again, the newer reading speaks for the older; gone through, there is nothing left to agree to.
    for (const former of awaiting) {
      if (end.braked !== null) await this.mirror.adoptRemovals(tx, former.id, run.id);
      await this.runs.finish(tx, former, 'canceled', 'superseded');
    }
    if (end.braked !== null && awaiting.length === 0) await this.askForApproval(tx, run, integration, end.braked);
    const state = end.braked === null ? 'succeeded' : 'needs_approval';
    await this.runs.finish(tx, run, state);
    await this.publish(tx, run, integration, state, end);
    return state;
  }

  private async askForApproval(
    tx: Transaction,
    run: SyncRun,
    integration: Integration,
    { removals, live }: { removals: number; live: number },
  ): Promise<void> {
    const { displayName } = this.registry.get(run.provider);
    const { locale } = await this.organizations.get(tx);
    await this.notifications.tell(tx, [
      {
        type: 'sync_needs_approval',
        ...approvalText(displayName, removals, live, locale),
        meta: { provider: run.provider, run_id: run.id, removals },
        dedupeKey: `sync:${run.id}:approval`,
        userId: integration.user_id,
      },
    ]);
  }

  private publish(
    tx: Transaction,
    run: SyncRun,
    integration: Integration,
    state: SyncState,
    { counts }: CalendarPassEnd,
  ): Promise<void> {
    const payload = { run_id: run.id, provider: run.provider, state, counts: { ...counts } };
    return this.realtime.publish(tx, { name: 'sync:progress', payload, userId: integration.user_id });
  }
}
