import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Clock } from './clock/clock.js';
import { ConfigModule } from './config/config.module.js';
import type { LoadedConfig } from './config/load-config.js';
import { PlatformConfig } from './config/platform.config.js';
import { ConsoleModule } from './console/console.module.js';
import { CryptoModule } from './crypto/crypto.module.js';
import { DatabaseModule } from './database/database.module.js';
import { EgressModule } from './egress/egress.module.js';
import { HealthModule } from './health/health.module.js';
import { JobsModule } from './jobs/index.js';
import { EventLog } from './logging/event-log.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OutboxModule } from './outbox/index.js';
import { TrialConfig } from './trial/trial.config.js';
import { TrialModule } from './trial/trial.module.js';

/** What every room stands on. */
@Module({})
export class PlatformModule {
  static with(config: LoadedConfig, databaseUrl: string, options: { isLazy?: boolean } = {}): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [
        ConfigModule.of(config),
        DatabaseModule.connecting(databaseUrl, options),
        ScheduleModule.forRoot(),
        CryptoModule,
        EgressModule,
        JobsModule,
        OutboxModule,
        MetricsModule,
        HealthModule,
        TrialModule.for(config.get(TrialConfig) as TrialConfig),
        ConsoleModule,
      ],
      providers: [
        Clock,
        {
          provide: EventLog,
          inject: [PlatformConfig],
          useFactory: (platform: PlatformConfig) => new EventLog(platform),
        },
      ],
      exports: [Clock, EventLog],
    };
  }
}
