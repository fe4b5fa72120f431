import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { BookingsModule, isBookingProvider } from '../bookings/index.js';
import { IntegrationLifecycle, IntegrationsModule, ProviderRegistry } from '../integrations/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { RealtimeModule } from '../realtime/index.js';
import { BookingPass } from './booking-pass.js';
import { BeginPassJob } from './jobs/begin-pass.job.js';
import { ReadBookingsJob } from './jobs/read-bookings.job.js';
import { ReadMarks } from './read-marks.js';
import { SyncController } from './sync.controller.js';
import { SyncOutcome } from './sync-outcome.js';
import { SyncRuns } from './sync-runs.js';
import { SyncSchedule } from './sync.schedule.js';
import { Sync } from './sync.service.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, BookingsModule, NotificationsModule, RealtimeModule],
  controllers: [SyncController],
  providers: [Sync, SyncRuns, SyncOutcome, SyncSchedule, ReadMarks, BookingPass, ReadBookingsJob, BeginPassJob],
  exports: [Sync],
})
export class SyncModule implements OnModuleInit {
  constructor(
    private readonly sync: Sync,
    private readonly lifecycle: IntegrationLifecycle,
    private readonly registry: ProviderRegistry,
  ) {}

  onModuleInit(): void {
    this.lifecycle.onConnected(async (tx, integration) => {
      if (isBookingProvider(this.registry.get(integration.provider)))
        await this.sync.request(tx, integration, 'initial');
    });
  }
}
