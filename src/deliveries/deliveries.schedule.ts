import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { KEEP_CHANNEL } from './keep-channel.task.js';
import { PROCESS_DELIVERIES } from './delivery-inbox.js';

const TICK_MS = 30_000;

/** As often as a connection is read by default: a channel that was lost is missed for no longer than that. */
const CHECK_MINUTES = 30;

/** Deliveries older than this without an outcome have lost their job, however that happened. */
const OVERDUE_MINUTES = 15;

@Injectable()
export class DeliveriesSchedule {
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
      await this.claimChannelChecks();
      await this.requeueOverdue();
    } catch (error) {
      this.log.failure('deliveries.tick_failed', error);
    }
  }

  async claimChannelChecks(): Promise<void> {
    await this.work.acrossOrganizations(async (tx) => {
      const due = await tx.query<{ id: string; organization_id: string }>(
        `UPDATE integrations SET next_channel_check_at = now() + interval '${CHECK_MINUTES} minutes'
         WHERE id IN (
           SELECT id FROM integrations
           WHERE is_active AND status IN ('connected', 'error') AND next_channel_check_at <= now()
           LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING id, organization_id`,
      );
      await this.jobs.enqueueMany(
        tx,
        due.map(({ id, organization_id }) => ({
          task: KEEP_CHANNEL,
          payload: { organizationId: organization_id, integrationId: id },
        })),
      );
    });
  }

  /** Every delivery has a job from its first moment; this is the net below. */
  async requeueOverdue(): Promise<void> {
    await this.work.acrossOrganizations(async (tx) => {
      const overdue = await tx.query<{ id: string }>(
        `SELECT id FROM deliveries d
         WHERE state = 'received' AND received_at < now() - interval '${OVERDUE_MINUTES} minutes'
           AND NOT EXISTS (
             SELECT FROM graphile_worker._private_jobs j
             WHERE (j.payload::jsonb)->'deliveryIds' ? d.id::text)
         ORDER BY received_at LIMIT 500`,
      );
      await this.jobs.enqueueMany(
        tx,
        overdue.map(({ id }) => ({ task: PROCESS_DELIVERIES, payload: { deliveryIds: [id] } })),
      );
    });
  }
}
