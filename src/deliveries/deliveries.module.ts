import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { BookingsModule, isBookingProvider } from '../bookings/index.js';
import { CalendarsModule, isCalendarProvider } from '../calendars/index.js';
import { IntegrationLifecycle, IntegrationsModule, ProviderRegistry } from '../integrations/index.js';
import { RealtimeModule } from '../realtime/index.js';
import { SyncModule } from '../sync/index.js';
import { CalendarChannelKeeper } from './calendar-channel-keeper.js';
import { ChannelDirectory } from './channel-directory.js';
import { ChannelKeeper } from './channel-keeper.js';
import { ChannelOverview } from './channel-overview.js';
import { Channels } from './channels.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesSchedule } from './deliveries.schedule.js';
import { Deliveries } from './deliveries.service.js';
import { DeliveryDoor } from './delivery-door.js';
import { DeliveryInbox } from './delivery-inbox.js';
import { DeliveryNews } from './delivery-news.js';
import { DeliveryProcessing } from './delivery-processing.js';
import { DeliveryRecheck } from './delivery-recheck.js';
import { DeliveryReceiver } from './delivery-receiver.js';
import { PushReceiver } from './push-receiver.js';
import { RejectedDeliveries } from './rejected-deliveries.js';
import { ReplayRuns } from './replay-runs.js';
import { StrayChannels } from './stray-channels.js';
import { Retention } from './retention.js';
import { RetentionSchedule } from './retention.schedule.js';
import { KeepChannelJob } from './jobs/keep-channel.job.js';
import { ProcessDeliveriesJob } from './jobs/process-deliveries.job.js';
import { PurgeJob } from './jobs/purge.job.js';
import { ReplayDeliveriesJob } from './jobs/replay-deliveries.job.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, BookingsModule, CalendarsModule, SyncModule, RealtimeModule],
  controllers: [DeliveriesController, DeadLettersController],
  providers: [
    Deliveries,
    DeliveryReceiver,
    DeliveryDoor,
    DeliveryInbox,
    DeliveryProcessing,
    DeliveryNews,
    DeliveryRecheck,
    RejectedDeliveries,
    ReplayRuns,
    DeliveriesSchedule,
    Channels,
    ChannelDirectory,
    ChannelKeeper,
    ChannelOverview,
    CalendarChannelKeeper,
    StrayChannels,
    PushReceiver,
    KeepChannelJob,
    ProcessDeliveriesJob,
    ReplayDeliveriesJob,
    Retention,
    RetentionSchedule,
    PurgeJob,
  ],
  exports: [DeliveryReceiver, PushReceiver, ChannelKeeper, ChannelOverview],
})
export class DeliveriesModule implements OnModuleInit {
  constructor(
    private readonly keeper: ChannelKeeper,
    private readonly lifecycle: IntegrationLifecycle,
    private readonly registry: ProviderRegistry,
  ) {}

  onModuleInit(): void {
    this.lifecycle.onConnected(async (tx, integration) => {
      const provider = this.registry.get(integration.provider);
      if (isBookingProvider(provider) || isCalendarProvider(provider)) await this.keeper.request(tx, integration.id);
    });
    this.lifecycle.onDisconnecting((tx, { id }) => this.keeper.closeHere(tx, id));
    this.lifecycle.onFarewell((departure) => this.keeper.closeThere(departure));
  }
}
