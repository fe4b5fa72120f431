import { type DynamicModule, Module } from '@nestjs/common';
import { AboutModule, aboutConfig } from './about/index.js';
import { AccountsModule, accountsConfig } from './accounts/index.js';
import { BookingsModule } from './bookings/index.js';
import { CalComModule, calComConfig } from './cal-com/index.js';
import { CalendarsModule } from './calendars/index.js';
import { CalendlyModule, calendlyConfig } from './calendly/index.js';
import { ConnectionsModule } from './connections/index.js';
import { DeliveriesModule, retentionConfig } from './deliveries/index.js';
import { DoctorModule } from './doctor/index.js';
import { FormationsModule } from './formations/index.js';
import { GoogleCalendarModule, googleCalendarConfig } from './google-calendar/index.js';
import { IntegrationsModule, integrationsConfig } from './integrations/index.js';
import { mailConfig, NotificationsModule } from './notifications/index.js';
import { OutlookModule, outlookConfig } from './outlook/index.js';
import type { ConfigSlice } from './platform/config/config-slice.js';
import type { LoadedConfig } from './platform/config/load-config.js';
import { platformConfig } from './platform/config/platform.config.js';
import { consoleConfig } from './platform/console/console.config.js';
import { jobsConfig } from './platform/jobs/index.js';
import { PlatformModule } from './platform/platform.module.js';
import { trialConfig } from './platform/trial/trial.config.js';
import { ProspectsModule } from './prospects/index.js';
import { RealtimeModule } from './realtime/index.js';
import { StandInsModule } from './stand-ins/index.js';
import { SyncModule } from './sync/index.js';
import { outgoingWebhooksConfig, WebhooksModule } from './webhooks/index.js';

/** Every share of the environment that some room reads. */
export const configSlices: readonly ConfigSlice[] = [
  platformConfig,
  trialConfig,
  consoleConfig,
  jobsConfig,
  accountsConfig,
  mailConfig,
  integrationsConfig,
  retentionConfig,
  outgoingWebhooksConfig,
  aboutConfig,
  calendlyConfig,
  calComConfig,
  googleCalendarConfig,
  outlookConfig,
];

/** The table of contents. */
@Module({
  imports: [
    AccountsModule,
    RealtimeModule,
    NotificationsModule,
    ProspectsModule,
    FormationsModule,
    IntegrationsModule,
    BookingsModule,
    CalendarsModule,
    SyncModule,
    DeliveriesModule,
    ConnectionsModule,
    WebhooksModule,
    AboutModule,
    DoctorModule,
    StandInsModule,
    // The providers. Nothing else knows them.
    CalendlyModule,
    CalComModule,
    GoogleCalendarModule,
    OutlookModule,
  ],
})
export class AppModule {
  static with(config: LoadedConfig, databaseUrl: string): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config, databaseUrl)] };
  }
}
