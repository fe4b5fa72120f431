import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DeadLetters } from './dead-letters.js';
import { JobRegistry } from './job-registry.js';
import { JobRunner } from './job-runner.js';
import { JobWorker } from './job-worker.js';
import { Jobs } from './jobs.js';

/** The queue. Needs the database, the clock, the event log and the configuration, which are everywhere. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [JobRegistry, Jobs, DeadLetters, JobRunner, JobWorker],
  exports: [Jobs, DeadLetters, JobWorker],
})
export class JobsModule {}
