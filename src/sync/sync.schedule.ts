import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Sync } from './sync.service.js';

const TICK_MS = 10_000;

/** The tick only claims and enqueues; every instance that runs jobs may tick. */
@Injectable()
export class SyncSchedule {
  constructor(
    private readonly config: PlatformConfig,
    private readonly sync: Sync,
    private readonly log: EventLog,
  ) {}

  @Interval(TICK_MS)
  async claimDue(): Promise<void> {
    if (!this.config.runsJobs) return;
    try {
      const claimed = await this.sync.claimDue();
      if (claimed > 0) this.log.event('sync.claimed', { claimed });
    } catch (error) {
      // The next tick claims what this one could not.
      this.log.failure('sync.claim_failed', error);
    }
  }
}
