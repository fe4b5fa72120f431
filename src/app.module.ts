import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule, accountsConfig } from './accounts/index.js';
import { BookingsModule } from './bookings/index.js';
import { CalendlyModule, calendlyConfig } from './calendly/index.js';
import { DeliveriesModule } from './deliveries/index.js';
import { IntegrationsModule, integrationsConfig } from './integrations/index.js';
import { NotificationsModule } from './notifications/index.js';
import type { ConfigSlice } from './platform/config/config-slice.js';
import type { LoadedConfig } from './platform/config/load-config.js';
import { platformConfig } from './platform/config/platform.config.js';
import { jobsConfig } from './platform/jobs/index.js';
import { PlatformModule } from './platform/platform.module.js';
import { trialConfig } from './platform/trial/trial.config.js';
import { ProspectsModule } from './prospects/index.js';
import { RealtimeModule } from './realtime/index.js';
import { SyncModule } from './sync/index.js';

/** Every share of the environment that some room reads. */
export const configSlices: readonly ConfigSlice[] = [
  platformConfig,
  trialConfig,
  jobsConfig,
  accountsConfig,
  integrationsConfig,
  calendlyConfig,
];

/** The table of contents. */
@Module({
  imports: [
    AccountsModule,
    RealtimeModule,
    NotificationsModule,
    ProspectsModule,
    IntegrationsModule,
    BookingsModule,
    SyncModule,
    DeliveriesModule,
    // The providers. Nothing else knows them.
    CalendlyModule,
  ],
})
export class AppModule {
  static with(config: LoadedConfig, databaseUrl: string): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config, databaseUrl)] };
  }
}
