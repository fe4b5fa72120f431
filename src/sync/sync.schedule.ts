import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { EventLog } from '../platform/logging/event-log.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { CalendarReadings } from './calendar-readings.js';
import { Sync } from './sync.service.js';

const TICK_MS = 10_000;

/** The tick only claims and enqueues; every instance that runs jobs may tick. */
@Injectable()
export class SyncSchedule {
  constructor(
    private readonly config: PlatformConfig,
    private readonly sync: Sync,
    private readonly readings: CalendarReadings,
    private readonly work: UnitOfWork,
    private readonly log: EventLog,
  ) {}

  @Interval(TICK_MS)
  async claimDue(): Promise<void> {
    if (!this.config.runsJobs) return;
    try {
      const claimed = await this.sync.claimDue();
      if (claimed > 0) this.log.event('sync.claimed', { claimed });
      const requeued = await this.work.acrossOrganizations((tx) => this.readings.requeueOverdue(tx));
      if (requeued > 0) this.log.warning('sync.pushes_requeued', { requeued });
    } catch (error) {
      // The next tick claims what this one could not.
      this.log.failure('sync.claim_failed', error);
    }
  }
}
