import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { CalendarsModule } from '../calendars/index.js';
import { DeliveriesModule } from '../deliveries/index.js';
import { IntegrationsModule, ProviderRegistry } from '../integrations/index.js';
import { SyncModule } from '../sync/index.js';
import { OutlookChannelController } from './outlook-channel.controller.js';
import { OutlookClient } from './outlook.client.js';
import { OutlookController } from './outlook.controller.js';
import { OutlookProvider } from './outlook.provider.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, CalendarsModule, SyncModule, DeliveriesModule],
  controllers: [OutlookController, OutlookChannelController],
  providers: [OutlookProvider, OutlookClient],
})
export class OutlookModule implements OnModuleInit {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly provider: OutlookProvider,
  ) {}

  onModuleInit(): void {
    this.registry.register(this.provider);
  }
}
