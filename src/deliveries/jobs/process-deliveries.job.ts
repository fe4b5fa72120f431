import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { isStorageFailure } from '../../platform/database/storage-failure.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { type JobContext, JobHandler, Jobs, type ParkReason } from '../../platform/jobs/index.js';
import { EventLog } from '../../platform/logging/event-log.js';
import { MAX_BATCH, PROCESS_DELIVERIES } from '../delivery-inbox.js';
import { DeliveryProcessing } from '../delivery-processing.js';

interface Payload {
  deliveryIds: string[];
  /** Set on what was taken apart: names the owner of its dead letter. A batch may serve several organizations. */
  organizationId?: string;
}

/**
 * Works through what one batch of requests left in the inbox. A batch that fails, or whose worker died, is taken apart,
 * also when there is only one delivery in it: the one that is to blame is then retried and parked alone, where its
 * organization sees it.
 */
@JobHandler(PROCESS_DELIVERIES, { priority: -10, maxAttempts: 8 })
export class ProcessDeliveriesJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly processing: DeliveryProcessing,
    private readonly jobs: Jobs,
    private readonly log: EventLog,
  ) {}

  async run({ deliveryIds, organizationId }: Payload, context: JobContext): Promise<void> {
    const isBatch = organizationId === undefined;
    if (isBatch && context.attempt > 1) return await this.takeApart(deliveryIds);
    const { batch, owners } = await this.work.acrossOrganizations(async (tx) => {
      // Behind a worker that was away stand thousands of small batches.
      const room = MAX_BATCH - deliveryIds.length;
      const ids = isBatch ? [...deliveryIds, ...(await context.takeAlong(tx, 'deliveryIds', room))] : deliveryIds;
      return { batch: ids, owners: await this.processing.listOwners(tx, ids) };
    });
    try {
      await this.processing.process(batch, owners);
    } catch (error) {
      if (!isBatch || isStorageFailure(error)) throw error;
      this.log.failure('delivery.batch_failed', error, { deliveries: batch.length });
      await this.takeApart(batch);
    }
  }

  async parked(tx: Transaction, { deliveryIds }: Payload, { code }: ParkReason): Promise<void> {
    await tx.query(
      `UPDATE deliveries SET state = 'dead', error_code = $2, processed_at = now()
       WHERE id = ANY($1) AND state = 'received'`,
      [deliveryIds, code],
    );
  }

  private takeApart(deliveryIds: string[]): Promise<void> {
    return this.work.acrossOrganizations(async (tx) => {
      const owners = await tx.query<{ id: string; organization_id: string }>(
        `SELECT id, organization_id FROM deliveries WHERE id = ANY($1) AND state = 'received'`,
        [deliveryIds],
      );
      await this.jobs.enqueueMany(
        tx,
        owners.map(({ id, organization_id: organizationId }) => ({
          task: PROCESS_DELIVERIES,
          payload: { organizationId, deliveryIds: [id] },
        })),
      );
    });
  }
}
