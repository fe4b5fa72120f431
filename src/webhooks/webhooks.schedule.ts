import { Injectable } from '@nestjs/common';
import { Cron, Interval } from '@nestjs/schedule';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { PURGE_WEBHOOKS } from './purge-webhooks.job.js';
import { SEND_WEBHOOK } from './webhook-promises.js';

const EVERY_FIVE_MINUTES_MS = 300_000;
const BATCH = 500;

@Injectable()
export class WebhooksSchedule {
  constructor(
    private readonly config: PlatformConfig,
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly log: EventLog,
  ) {}

  @Interval(EVERY_FIVE_MINUTES_MS)
  async tick(): Promise<void> {
    if (!this.config.runsJobs) return;
    try {
      await this.callForgotten();
    } catch (error) {
      this.log.failure('webhooks.tick_failed', error);
    }
  }

  @Cron('57 2 * * *', { name: 'webhooks.purge', timeZone: 'UTC' })
  async purge(): Promise<void> {
    if (!this.config.runsJobs) return;
    try {
      await this.work.acrossOrganizations((tx) => this.jobs.enqueue(tx, PURGE_WEBHOOKS, {}));
    } catch (error) {
      // The next night purges what this one could not.
      this.log.failure('webhooks.purge_failed', error);
    }
  }

  /**
   * The net below: every message has a job, or one before it that will call it. Only the first of a subject is looked
   * for; it calls the others.
   */
  async callForgotten(): Promise<number> {
    return await this.work.acrossOrganizations(async (tx) => {
      const forgotten = await tx.query<{ organizationId: string; messageId: string }>(
        `SELECT organization_id AS "organizationId", id AS "messageId"
         FROM webhook_messages m
         WHERE state = 'pending' AND next_try_at < now() - interval '10 minutes'
           AND (leased_until IS NULL OR leased_until < now())
           AND NOT EXISTS (
             SELECT FROM webhook_messages before
             WHERE before.endpoint_id = m.endpoint_id AND before.subject = m.subject
               AND before.state = 'pending' AND before.position < m.position)
           AND NOT EXISTS (
             SELECT FROM graphile_worker._private_jobs job
             JOIN graphile_worker._private_tasks task ON task.id = job.task_id
             WHERE task.identifier = $1 AND job.payload ->> 'messageId' = m.id::text)
         LIMIT ${BATCH}`,
        [SEND_WEBHOOK],
      );
      await this.jobs.enqueueMany(
        tx,
        forgotten.map((payload) => ({ task: SEND_WEBHOOK, payload })),
      );
      if (forgotten.length > 0) this.log.warning('webhooks.forgotten_called', { messages: forgotten.length });
      return forgotten.length;
    });
  }
}
