import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { BookingsModule } from '../bookings/index.js';
import { IntegrationsModule } from '../integrations/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { ProspectsModule } from '../prospects/index.js';
import { PurgeWebhooksJob } from './purge-webhooks.job.js';
import { SendWebhookJob } from './send-webhook.job.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { WebhookLog } from './webhook-log.js';
import { WebhookNews } from './webhook-news.js';
import { WebhookPromises } from './webhook-promises.js';
import { WebhookSending } from './webhook-sending.js';
import { WebhookTransport } from './webhook-transport.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksSchedule } from './webhooks.schedule.js';

/** What we send to the host application. What providers send to us is in `deliveries`. */
@Module({
  imports: [AccountsModule, NotificationsModule, ProspectsModule, IntegrationsModule, BookingsModule],
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [
    WebhookEndpoints,
    WebhookLog,
    WebhookNews,
    WebhookPromises,
    WebhookSending,
    WebhookTransport,
    SendWebhookJob,
    PurgeWebhooksJob,
    WebhooksSchedule,
  ],
})
export class WebhooksModule {}
