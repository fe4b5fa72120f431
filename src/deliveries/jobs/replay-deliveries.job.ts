import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { JobHandler } from '../../platform/jobs/index.js';
import { EventLog } from '../../platform/logging/event-log.js';
import { DeliveryProcessing } from '../delivery-processing.js';
import { REPLAY_DELIVERIES, REPLAY_PRIORITY } from '../delivery-replay.js';
import { ReplayRuns } from '../replay-runs.js';

interface Payload {
  organizationId: string;
  runId: string;
}

/** Sends many deliveries through their path again, a batch at a time, oldest first; each batch calls for the next. */
@JobHandler(REPLAY_DELIVERIES, { priority: REPLAY_PRIORITY, concurrency: 1 })
export class ReplayDeliveriesJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: ReplayRuns,
    private readonly processing: DeliveryProcessing,
    private readonly log: EventLog,
  ) {}

  async run({ organizationId, runId }: Payload): Promise<void> {
    const scope = { organizationId };
    const batch = await this.work.inOrganization(scope, async (tx) => {
      const ids = await this.runs.takeBatch(tx, runId);
      return ids && { ids, owners: await this.processing.listOwners(tx, ids) };
    });
    if (batch === null) return;
    const fields = { organization_id: organizationId, run_id: runId, deliveries: batch.ids.length };
    try {
      await this.processing.process(batch.ids, batch.owners);
      this.log.event('deliveries.replayed', fields);
    } catch (error) {
      // The job of the batch tries again, and takes it apart to find the one that is to blame.
      this.log.failure('deliveries.replay_failed', error, fields);
    }
    await this.work.inOrganization(scope, (tx) => this.runs.settleBatch(tx, runId));
  }

  parked(tx: Transaction, { runId }: Payload): Promise<void> {
    return this.runs.end(tx, runId, 'failed');
  }
}
