import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/index.js';
import { EventLog } from '../../platform/logging/event-log.js';
import { SEND_MAIL } from './send-mail.task.js';

// Any number will do; all releases must share it.
const SWEEPERS_LOCK = 7_273_519_046;
const BATCH = 1_000;

/** What a mail says is kept this long after it was written, and that there was one for as long as what it told. */
const CONTENT_DAYS = 30;
const ROW_DAYS = 365;

@Injectable()
export class MailHousekeeping {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly log: EventLog,
  ) {}

  /**
   * Adds a job for mails that have waited for ten minutes and have none. Each is made together with its job, so that
   * nothing should be found; but a queue that was emptied by hand, or restored from an older copy, must swallow no mail.
   */
  async enqueueAbandoned(): Promise<number> {
    return await this.work.acrossOrganizations(async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [SWEEPERS_LOCK]);
      if (!lock?.mine) return 0;
      const rows = await tx.query<{ organizationId: string; mailId: string }>(
        `SELECT organization_id AS "organizationId", id AS "mailId"
         FROM mails
         WHERE state = 'queued' AND updated_at < now() - interval '10 minutes'
           AND NOT EXISTS (
             SELECT 1
             FROM graphile_worker._private_jobs AS job
             JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
             WHERE task.identifier = $1 AND job.payload ->> 'mailId' = mails.id::text
           )
         ORDER BY created_at
         LIMIT ${BATCH}`,
        [SEND_MAIL],
      );
      await this.jobs.enqueueMany(
        tx,
        rows.map((payload) => ({ task: SEND_MAIL, payload })),
      );
      if (rows.length > 0) this.log.warning('mail.abandoned_enqueued', { mails: rows.length });
      return rows.length;
    });
  }

  /** Forgets what old mails say, and much later that there were any; a chunk at a time, so that nobody waits for it. */
  async forgetOld(): Promise<{ emptied: number; deleted: number }> {
    const emptied = await this.inChunks(
      `UPDATE mails SET model = NULL WHERE id IN (
         SELECT id FROM mails
         WHERE model IS NOT NULL AND state <> 'queued' AND created_at < now() - interval '${CONTENT_DAYS} days'
         LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    );
    const deleted = await this.inChunks(
      `DELETE FROM mails WHERE id IN (
         SELECT id FROM mails WHERE state <> 'queued' AND created_at < now() - interval '${ROW_DAYS} days'
         LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    );
    if (emptied + deleted > 0) this.log.event('mail.forgotten', { emptied, deleted });
    return { emptied, deleted };
  }

  private async inChunks(statement: string): Promise<number> {
    let total = 0;
    for (;;) {
      const { count } = await this.work.acrossOrganizations((tx) => tx.execute(statement));
      total += count;
      if (count < BATCH) return total;
    }
  }
}
