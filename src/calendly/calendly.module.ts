import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { BookingsModule } from '../bookings/index.js';
import { DeliveriesModule } from '../deliveries/index.js';
import { IntegrationsModule, ProviderRegistry } from '../integrations/index.js';
import { SyncModule } from '../sync/index.js';
import { EventLog } from '../platform/logging/event-log.js';
import { CalendlyClient } from './calendly.client.js';
import { CalendlyConfig } from './calendly.config.js';
import { CalendlyController } from './calendly.controller.js';
import { CalendlyProvider } from './calendly.provider.js';
import { Calendly } from './calendly.service.js';
import { CalendlyWebhookController } from './calendly-webhook.controller.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, BookingsModule, SyncModule, DeliveriesModule],
  controllers: [CalendlyController, CalendlyWebhookController],
  providers: [Calendly, CalendlyProvider, CalendlyClient],
})
export class CalendlyModule implements OnModuleInit {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly provider: CalendlyProvider,
    private readonly config: CalendlyConfig,
    private readonly log: EventLog,
  ) {}

  onModuleInit(): void {
    this.registry.register(this.provider);
    if (this.config.allowsUnsigned) this.log.warning('calendly.unsigned_deliveries_allowed');
  }
}
