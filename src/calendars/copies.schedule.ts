import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { SETTLE_COPY } from './settle-copy.task.js';

const TICK_MS = 30_000;

/** The net below the jobs: a copy that is due and has nobody to settle it gets a job again. */
@Injectable()
export class CopiesSchedule {
  constructor(
    private readonly config: PlatformConfig,
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly log: EventLog,
  ) {}

  @Interval(TICK_MS)
  async tick(): Promise<void> {
    if (!this.config.runsJobs) return;
    try {
      await this.claimDue();
    } catch (error) {
      this.log.failure('copies.claim_failed', error);
    }
  }

  async claimDue(): Promise<void> {
    await this.work.acrossOrganizations(async (tx) => {
      const due = await tx.query<{ id: string; organization_id: string }>(
        `UPDATE copies SET next_try_at = now() + interval '1 hour'
         WHERE id IN (SELECT id FROM copies WHERE next_try_at <= now() ORDER BY next_try_at LIMIT 500
                      FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING id, organization_id`,
      );
      await this.jobs.enqueueMany(
        tx,
        due.map(({ id, organization_id }) => ({
          task: SETTLE_COPY,
          payload: { organizationId: organization_id, copyId: id },
        })),
      );
    });
  }
}
