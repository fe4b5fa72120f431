import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventLog } from '../logging/event-log.js';
import { Jobs } from '../jobs/jobs.js';
import { DELIVER_OUTBOX } from './deliver-outbox.task.js';

// Any number will do; all releases must share it.
const SWEEPERS_LOCK = 7_273_519_045;
const BATCH = 1_000;

/**
 * The second way for a promise to be kept. Every row is made together with its job, so that nothing should be found
 * here; but a queue that was emptied by hand, or restored from an older copy than the rest, must not swallow promises.
 */
@Injectable()
export class OutboxSweep {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly log: EventLog,
  ) {}

  /** Adds a job for rows that have waited for ten minutes and have none. Answers how many. */
  async enqueueAbandoned(): Promise<number> {
    return await this.unitOfWork.acrossOrganizations(async (tx) => {
      // A statement of its own, so that the next one sees what the sweep before us has added.
      const [lock] = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [SWEEPERS_LOCK]);
      if (!lock?.mine) return 0;
      const rows = await tx.query<{ organizationId: string; outboxId: string }>(
        `SELECT organization_id AS "organizationId", id AS "outboxId"
         FROM outbox
         WHERE state = 'pending' AND created_at < now() - interval '10 minutes'
           AND NOT EXISTS (
             SELECT 1
             FROM graphile_worker._private_jobs AS job
             JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
             WHERE task.identifier = $1 AND job.payload ->> 'outboxId' = outbox.id::text
           )
         ORDER BY created_at
         LIMIT ${BATCH}`,
        [DELIVER_OUTBOX],
      );
      await this.jobs.enqueueMany(
        tx,
        rows.map((payload) => ({ task: DELIVER_OUTBOX, payload })),
      );
      if (rows.length > 0) this.log.warning('outbox.abandoned_rows_enqueued', { rows: rows.length });
      return rows.length;
    });
  }
}
