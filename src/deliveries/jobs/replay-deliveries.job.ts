import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { JobHandler, Jobs } from '../../platform/jobs/index.js';
import { EventLog } from '../../platform/logging/event-log.js';
import { FILTER_CONDITION, filterParameters, type ResolvedFilter } from '../delivery-filter.js';
import { PROCESS_DELIVERIES } from '../delivery-inbox.js';
import { REPLAYABLE, REPLAY_DELIVERIES, resolveLetters } from '../delivery-replay.js';

interface Payload extends ResolvedFilter {
  organizationId: string;
  /** Where the batch before this one ended. */
  afterAt?: string;
  afterId?: string;
}

const BATCH = 200;
/** Behind everything that comes in meanwhile. */
const PRIORITY = 5;

/** Sends many deliveries through their path again, a batch at a time, oldest first; each batch calls for the next. */
@JobHandler(REPLAY_DELIVERIES, { priority: PRIORITY, concurrency: 1 })
export class ReplayDeliveriesJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly log: EventLog,
  ) {}

  async run(payload: Payload): Promise<void> {
    const { organizationId, afterAt = null, afterId = null } = payload;
    const replayed = await this.work.inOrganization({ organizationId }, async (tx) => {
      const batch = await tx.query<{ id: string; at: string }>(
        `SELECT id, received_at::text AS at FROM deliveries
         WHERE ${FILTER_CONDITION} AND ${REPLAYABLE}
           AND ($9::timestamptz IS NULL OR (received_at, id) > ($9, $10::uuid))
         ORDER BY received_at, id LIMIT ${BATCH} FOR NO KEY UPDATE`,
        [...filterParameters(organizationId, payload), afterAt, afterId],
      );
      const last = batch.at(-1);
      if (last === undefined) return 0;
      const deliveryIds = batch.map(({ id }) => id);
      await tx.query(
        `UPDATE deliveries SET state = 'received', error_code = NULL, processed_at = NULL
         WHERE organization_id = $1 AND id = ANY ($2)`,
        [organizationId, deliveryIds],
      );
      await resolveLetters(tx, deliveryIds);
      await this.jobs.enqueue(tx, PROCESS_DELIVERIES, { deliveryIds }, { priority: PRIORITY });
      const next = { ...payload, afterAt: last.at, afterId: last.id };
      if (batch.length === BATCH) await this.jobs.enqueue(tx, REPLAY_DELIVERIES, next);
      return batch.length;
    });
    this.log.event('deliveries.replayed', { organization_id: organizationId, deliveries: replayed });
  }
}
