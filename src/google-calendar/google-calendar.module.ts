import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { CalendarsModule } from '../calendars/index.js';
import { DeliveriesModule } from '../deliveries/index.js';
import { IntegrationsModule, ProviderRegistry } from '../integrations/index.js';
import { SyncModule } from '../sync/index.js';
import { GoogleCalendarChannelController } from './google-calendar-channel.controller.js';
import { GoogleCalendarClient } from './google-calendar.client.js';
import { GoogleCalendarController } from './google-calendar.controller.js';
import { GoogleCalendarProvider } from './google-calendar.provider.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, CalendarsModule, SyncModule, DeliveriesModule],
  controllers: [GoogleCalendarController, GoogleCalendarChannelController],
  providers: [GoogleCalendarProvider, GoogleCalendarClient],
})
export class GoogleCalendarModule implements OnModuleInit {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly provider: GoogleCalendarProvider,
  ) {}

  onModuleInit(): void {
    this.registry.register(this.provider);
  }
}
