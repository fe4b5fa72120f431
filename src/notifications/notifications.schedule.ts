import { Injectable } from '@nestjs/common';
import { Cron, Interval } from '@nestjs/schedule';
import { Clock } from '../platform/clock/clock.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { DeadLetterNews } from './dead-letter-news.js';
import { WRITE_DIGEST } from './mail/digest.job.js';
import { MailHousekeeping } from './mail/mail-housekeeping.js';

const EVERY_MINUTE_MS = 60_000;

@Injectable()
export class NotificationsSchedule {
  constructor(
    private readonly platform: PlatformConfig,
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly mails: MailHousekeeping,
    private readonly deadLetters: DeadLetterNews,
    private readonly log: EventLog,
  ) {}

  @Interval(EVERY_MINUTE_MS)
  async enqueueAbandonedMails(): Promise<void> {
    await this.tick('mail.sweep_failed', () => this.mails.enqueueAbandoned());
  }

  @Interval(EVERY_MINUTE_MS)
  async tellDeadLetters(): Promise<void> {
    await this.tick('dead_letters.news_failed', () => this.deadLetters.tellAll());
  }

  @Interval(EVERY_MINUTE_MS)
  async enqueueDigests(): Promise<void> {
    await this.tick('mail.digests_failed', () => this.enqueueDueDigests());
  }

  @Cron('17 3 * * *')
  async forgetOldMails(): Promise<void> {
    await this.tick('mail.forgetting_failed', () => this.mails.forgetOld());
  }

  /** Two instances may both enqueue one: the job looks again whether it is due. */
  private async enqueueDueDigests(): Promise<void> {
    await this.work.acrossOrganizations(async (tx) => {
      const due = await tx.query<{ organizationId: string }>(
        `SELECT organization_id AS "organizationId" FROM mail_settings WHERE digest_due_at <= $1`,
        [this.clock.now()],
      );
      await this.jobs.enqueueMany(
        tx,
        due.map((payload) => ({ task: WRITE_DIGEST, payload })),
      );
    });
  }

  /** What failed is made up for by the next tick. */
  private async tick(failure: string, work: () => Promise<unknown>): Promise<void> {
    if (!this.platform.runsJobs) return;
    await work().catch((error: unknown) => this.log.failure(failure, error));
  }
}
