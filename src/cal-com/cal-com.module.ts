import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { BookingsModule } from '../bookings/index.js';
import { DeliveriesModule } from '../deliveries/index.js';
import { IntegrationsModule, ProviderRegistry } from '../integrations/index.js';
import { SyncModule } from '../sync/index.js';
import { CalComApi } from './cal-com.api.js';
import { CalComAtomsController } from './cal-com-atoms.controller.js';
import { CalComCalendarsClient } from './cal-com.calendars.client.js';
import { CalComClient } from './cal-com.client.js';
import { CalComConnections } from './cal-com.connections.js';
import { CalComController } from './cal-com.controller.js';
import { CalComGrants } from './cal-com.grants.js';
import { CalComProvider } from './cal-com.provider.js';
import { CalComReturnController } from './cal-com-return.controller.js';
import { CalCom } from './cal-com.service.js';
import { CalComWebhookController } from './cal-com-webhook.controller.js';
import { CalendarLinks } from './calendar-links.js';
import { CalendarReturns } from './calendar-returns.js';
import { EventTypeMemory } from './event-type-memory.js';
import { HandedTokens } from './handed-tokens.js';
import { ManagedUserClaims } from './managed-user-claims.js';
import { ManagedUsers } from './managed-users.js';
import { ManagedUsersClient } from './managed-users.client.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, BookingsModule, SyncModule, DeliveriesModule],
  controllers: [CalComController, CalComReturnController, CalComAtomsController, CalComWebhookController],
  providers: [
    CalCom,
    CalComProvider,
    CalComApi,
    CalComClient,
    CalComGrants,
    CalComConnections,
    EventTypeMemory,
    ManagedUsers,
    ManagedUserClaims,
    ManagedUsersClient,
    { provide: CalendarLinks, useClass: CalComCalendarsClient },
    CalendarReturns,
    HandedTokens,
  ],
})
export class CalComModule implements OnModuleInit {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly provider: CalComProvider,
  ) {}

  onModuleInit(): void {
    this.registry.register(this.provider);
  }
}
