import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DeliverOutboxJob } from './deliver-outbox.job.js';
import { OutboxEffects } from './outbox-effects.js';
import { Outbox } from './outbox.js';
import { OutboxSchedule } from './outbox.schedule.js';
import { OutboxSweep } from './outbox.sweep.js';

/** Needs JobsModule and CryptoModule, and for its sweep ScheduleModule. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Outbox, OutboxEffects, DeliverOutboxJob, OutboxSweep, OutboxSchedule],
  exports: [Outbox, OutboxSweep],
})
export class OutboxModule {}
