import { type INestApplicationContext, Module, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Clock } from '../../src/platform/clock/clock.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { platformConfig } from '../../src/platform/config/platform.config.js';
import { CryptoModule } from '../../src/platform/crypto/crypto.module.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { JobMetrics } from '../../src/platform/jobs/job-metrics.js';
import { JobsConfig } from '../../src/platform/jobs/jobs.config.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { OutboxModule } from '../../src/platform/outbox/outbox.module.js';

export interface JobsApplicationOptions {
  readonly url: string;
  readonly role?: 'api' | 'worker' | 'all';
  readonly concurrency?: number;
  readonly heartbeatMs?: number;
  readonly deadAfterMs?: number;
  readonly drainTimeoutMs?: number;
  /** Handlers, effects, and what they need. */
  readonly providers?: Provider[];
  readonly metrics?: JobMetrics;
  readonly write?: (line: string) => void;
}

// Of tests only.
const ENCRYPTION_KEY = '5f0e7a1c93b8d2464c1d8b7f2a90e3d65b47c8f1029e6ad38cb5f4710e2d9a63';

/** The real database, queue, cipher and outbox with the given handlers; no HTTP, no schedule, and nothing to wait long for. */
export async function startJobsApplication({
  url,
  role = 'all',
  concurrency = 4,
  heartbeatMs = 200,
  deadAfterMs = 1_500,
  drainTimeoutMs = 3_000,
  providers = [],
  metrics,
  write = () => undefined,
}: JobsApplicationOptions): Promise<INestApplicationContext> {
  const environment = {
    NODE_ENV: 'test',
    ROLE: role,
    DATABASE_URL: url,
    ENCRYPTION_KEY,
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'debug',
  };
  const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, write);

  @Module({
    providers: [Clock, { provide: EventLog, useValue: log }, { provide: JobMetrics, useValue: metrics }],
    exports: [Clock, EventLog, JobMetrics],
  })
  class Surroundings {}

  @Module({
    imports: [
      ConfigModule.of(
        new Map([
          ...loadConfig([platformConfig], environment),
          [JobsConfig, new JobsConfig(concurrency, heartbeatMs, deadAfterMs, drainTimeoutMs)] as const,
        ]),
      ),
      { module: Surroundings, global: true },
      DatabaseModule.connecting(url),
      CryptoModule,
      JobsModule,
      OutboxModule,
    ],
    providers,
  })
  class JobsApplication {}

  return await NestFactory.createApplicationContext(JobsApplication, { logger: false, abortOnError: false });
}
