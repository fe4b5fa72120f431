import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { BookingsModule, isBookingProvider } from '../bookings/index.js';
import { CalendarChanges, CalendarsModule, isCalendarProvider } from '../calendars/index.js';
import { IntegrationLifecycle, IntegrationsModule, ProviderRegistry } from '../integrations/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { RealtimeModule } from '../realtime/index.js';
import { BookingPass } from './booking-pass.js';
import { CalendarCursors } from './calendar-cursors.js';
import { CalendarImports } from './calendar-imports.js';
import { CalendarOutcome } from './calendar-outcome.js';
import { CalendarPass } from './calendar-pass.js';
import { CalendarReadings } from './calendar-readings.js';
import { BeginPassJob } from './jobs/begin-pass.job.js';
import { ReadBookingsJob } from './jobs/read-bookings.job.js';
import { ReadCalendarJob } from './jobs/read-calendar.job.js';
import { PassFailures } from './pass-failures.js';
import { ReadMarks } from './read-marks.js';
import { ReadingOverview } from './reading-overview.js';
import { SyncApprovals } from './sync-approvals.js';
import { SyncApprovalsController } from './sync-approvals.controller.js';
import { SyncController } from './sync.controller.js';
import { SyncOutcome } from './sync-outcome.js';
import { SyncRuns } from './sync-runs.js';
import { SyncSchedule } from './sync.schedule.js';
import { Sync } from './sync.service.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, BookingsModule, CalendarsModule, NotificationsModule, RealtimeModule],
  controllers: [SyncController, SyncApprovalsController],
  providers: [
    Sync,
    SyncRuns,
    SyncOutcome,
    SyncSchedule,
    SyncApprovals,
    PassFailures,
    ReadMarks,
    ReadingOverview,
    BookingPass,
    ReadBookingsJob,
    BeginPassJob,
    CalendarCursors,
    CalendarReadings,
    CalendarPass,
    CalendarOutcome,
    CalendarImports,
    ReadCalendarJob,
  ],
  exports: [Sync, CalendarImports, CalendarReadings, ReadingOverview],
})
export class SyncModule implements OnModuleInit {
  constructor(
    private readonly sync: Sync,
    private readonly lifecycle: IntegrationLifecycle,
    private readonly registry: ProviderRegistry,
    private readonly calendarChanges: CalendarChanges,
  ) {}

  onModuleInit(): void {
    this.lifecycle.onConnected(async (tx, integration) => {
      const provider = this.registry.get(integration.provider);
      if (isBookingProvider(provider) || isCalendarProvider(provider)) {
        await this.sync.request(tx, integration, 'initial');
      }
    });
    this.lifecycle.onDisconnecting((tx, { id }) => this.sync.stop(tx, id));
    this.calendarChanges.onChanged(async (tx, integration) => {
      await this.sync.requestAnew(tx, integration, 'manual', 'calendar_changed');
    });
    this.calendarChanges.onNarrowed((tx, integration) => this.sync.narrow(tx, integration, 'manual'));
  }
}
