export { OutgoingWebhooksConfig, outgoingWebhooksConfig } from './webhooks.config.js';
export { WebhooksModule } from './webhooks.module.js';
