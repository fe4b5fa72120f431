import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { BookingsModule } from '../bookings/index.js';
import { CalendarsModule } from '../calendars/index.js';
import { DeliveriesModule } from '../deliveries/index.js';
import { IntegrationsModule } from '../integrations/index.js';
import { SyncModule } from '../sync/index.js';
import { ConnectionActions } from './connection-actions.js';
import { ConnectionsController } from './connections.controller.js';
import { Connections } from './connections.service.js';

/**
 * How every connection is, for whoever looks at all of them at once. A room of its own, below those it asks: how an
 * account is depends on its readings and on its channel, and neither `integrations`, which knows too little, nor
 * `deliveries`, which is about what comes in, is the place to put the two together.
 */
@Module({
  imports: [AccountsModule, IntegrationsModule, BookingsModule, CalendarsModule, SyncModule, DeliveriesModule],
  controllers: [ConnectionsController],
  providers: [Connections, ConnectionActions],
})
export class ConnectionsModule {}
