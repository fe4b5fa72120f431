import { Injectable } from '@nestjs/common';
import { Organizations } from '../accounts/index.js';
import { type Integration, Integrations, ProviderRegistry } from '../integrations/index.js';
import { Notifications } from '../notifications/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Realtime } from '../realtime/index.js';
import { isTakeover, type RunWithSteps, type SyncCounts, type SyncRun } from './sync-run.js';
import { SyncRuns } from './sync-runs.js';
import { summaryText } from './sync-texts.js';

/** What the end of a reading means: for the run, for the connection, and for the people. */
@Injectable()
export class SyncOutcome {
  constructor(
    private readonly runs: SyncRuns,
    private readonly integrations: Integrations,
    private readonly organizations: Organizations,
    private readonly notifications: Notifications,
    private readonly registry: ProviderRegistry,
    private readonly realtime: Realtime,
  ) {}

  async succeeded(tx: Transaction, run: RunWithSteps, integration: Integration, counts: SyncCounts): Promise<void> {
    // Locks are taken in the order of the whole house: connection, organization, run.
    await this.integrations.markSynced(tx, integration.id);
    await this.tellSummary(tx, run, counts);
    await this.runs.finish(tx, run, 'succeeded');
    await this.publish(tx, run, 'succeeded', counts);
  }

  /** `known`: the connection's own state already says what is wrong. */
  async failed(
    tx: Transaction,
    run: RunWithSteps,
    integration: Integration,
    code: string,
    known: boolean,
  ): Promise<void> {
    if (!known) await this.integrations.markStatus(tx, integration.id, 'error', code);
    await this.runs.finish(tx, run, 'failed', code);
    await this.publish(tx, run, 'failed', run.counts);
  }

  /** One sentence instead of a storm: what a first import or a backfill brought in, and what a gap had hidden. */
  private async tellSummary(tx: Transaction, run: SyncRun, counts: SyncCounts): Promise<void> {
    const isRecovery = run.trigger === 'recovery';
    // An account that is connected again, and brought nothing new, is no news.
    if (!isRecovery && !(isTakeover(run.trigger) && counts.created > 0)) return;
    const { displayName } = this.registry.get(run.provider);
    const { locale } = await this.organizations.get(tx);
    await this.notifications.tell(tx, [
      {
        type: isRecovery ? `${run.provider}_webhook_restored` : `${run.provider}_import_finished`,
        ...summaryText(isRecovery, displayName, counts, locale),
        dedupeKey: `sync:${run.id}:summary`,
        meta: { provider: run.provider, run_id: run.id, ...counts },
      },
    ]);
  }

  private publish(tx: Transaction, run: SyncRun, state: string, counts: Partial<SyncCounts>): Promise<void> {
    const payload = { run_id: run.id, provider: run.provider, state, counts: { ...counts } };
    return this.realtime.publish(tx, { name: 'sync:progress', payload });
  }
}
