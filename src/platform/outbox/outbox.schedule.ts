import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PlatformConfig } from '../config/platform.config.js';
import { EventLog } from '../logging/event-log.js';
import { OutboxSweep } from './outbox.sweep.js';

const EVERY_MINUTE_MS = 60_000;

@Injectable()
export class OutboxSchedule {
  constructor(
    private readonly platform: PlatformConfig,
    private readonly sweep: OutboxSweep,
    private readonly log: EventLog,
  ) {}

  @Interval(EVERY_MINUTE_MS)
  async enqueueAbandoned(): Promise<void> {
    if (!this.platform.runsJobs) return;
    // A tick that failed is made up for by the next one.
    await this.sweep.enqueueAbandoned().catch((error: unknown) => this.log.failure('outbox.sweep_failed', error));
  }
}
