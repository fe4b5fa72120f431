import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { PURGE } from './jobs/purge.job.js';

/** At night, and not on the hour like everybody else. Every worker may ask: nothing is left for the second. */
@Injectable()
export class RetentionSchedule {
  constructor(
    private readonly config: PlatformConfig,
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly log: EventLog,
  ) {}

  @Cron('47 2 * * *', { name: 'deliveries.purge', timeZone: 'UTC' })
  async request(): Promise<void> {
    if (!this.config.runsJobs) return;
    try {
      await this.work.acrossOrganizations((tx) => this.jobs.enqueue(tx, PURGE, {}));
    } catch (error) {
      // The next night purges what this one could not.
      this.log.failure('deliveries.purge_failed', error);
    }
  }
}
