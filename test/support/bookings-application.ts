import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { accountsConfig } from '../../src/accounts/index.js';
import { BookingsModule } from '../../src/bookings/index.js';
import { integrationsConfig } from '../../src/integrations/index.js';
import { mailConfig } from '../../src/notifications/index.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { platformConfig } from '../../src/platform/config/platform.config.js';
import { CryptoModule } from '../../src/platform/crypto/crypto.module.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { EgressModule } from '../../src/platform/egress/egress.module.js';
import { jobsConfig } from '../../src/platform/jobs/index.js';
import { JobMetrics } from '../../src/platform/jobs/job-metrics.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { OutboxModule } from '../../src/platform/outbox/outbox.module.js';
import { ENCRYPTION_KEY } from './integrations-application.js';

/** The rooms from accounts to bookings on a real database, with nobody working the queue and nobody listening. */
export async function startBookingsApplication(url: string): Promise<INestApplicationContext> {
  const config = loadConfig([platformConfig, accountsConfig, mailConfig, integrationsConfig, jobsConfig], {
    NODE_ENV: 'test',
    ROLE: 'api',
    DATABASE_URL: url,
    ENCRYPTION_KEY,
    JWT_SECRET: ENCRYPTION_KEY,
  });
  const log = new EventLog({ logFormat: 'json', logLevel: 'error' }, () => undefined);

  @Module({
    providers: [Clock, Metrics, { provide: EventLog, useValue: log }, { provide: JobMetrics, useValue: undefined }],
    exports: [Clock, Metrics, EventLog, JobMetrics],
  })
  class Surroundings {}

  @Module({
    imports: [
      ConfigModule.of(config),
      { module: Surroundings, global: true },
      DatabaseModule.connecting(url),
      CryptoModule,
      EgressModule,
      JobsModule,
      OutboxModule,
      BookingsModule,
    ],
  })
  class BookingsApplication {}

  return await NestFactory.createApplicationContext(BookingsApplication, { logger: false, abortOnError: false });
}
