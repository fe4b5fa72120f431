import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { OutboxModule } from '../platform/outbox/index.js';
import { ConnectFlow } from './connect-flow.js';
import { NotificationsModule } from '../notifications/index.js';
import { RealtimeModule } from '../realtime/index.js';
import { ConnectionHealth } from './connection-health.js';
import { ConnectionNews } from './connection-news.js';
import { ConnectedAccounts } from './connected-accounts.js';
import { IntegrationLifecycle } from './integration-lifecycle.js';
import { IntegrationStatusBook } from './integration-status.js';
import { IntegrationsSchedule } from './integrations.schedule.js';
import { Integrations } from './integrations.service.js';
import { OAuthTransactions } from './oauth-transactions.js';
import { KeepAliveJob } from './jobs/keep-alive.job.js';
import { ProviderFarewellEffect } from './provider-farewell.effect.js';
import { ProviderFarewell } from './provider-farewell.js';
import { ProviderRegistry } from './provider.registry.js';
import { SharedAccounts } from './shared-accounts.js';
import { TokenStore } from './token-store.js';
import { TokenVault } from './token-vault.js';

@Module({
  imports: [AccountsModule, NotificationsModule, RealtimeModule, OutboxModule],
  providers: [
    ProviderRegistry,
    IntegrationLifecycle,
    IntegrationStatusBook,
    Integrations,
    IntegrationsSchedule,
    KeepAliveJob,
    OAuthTransactions,
    ConnectedAccounts,
    SharedAccounts,
    ConnectFlow,
    ConnectionHealth,
    ConnectionNews,
    TokenStore,
    TokenVault,
    ProviderFarewell,
    ProviderFarewellEffect,
  ],
  exports: [ProviderRegistry, IntegrationLifecycle, Integrations, ConnectFlow, ConnectionHealth, TokenVault],
})
export class IntegrationsModule {}
