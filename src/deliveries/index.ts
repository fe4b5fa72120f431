export { ChannelKeeper } from './channel-keeper.js';
export { type ChannelFacts, ChannelOverview } from './channel-overview.js';
export { deliveriesNotConfigured, deliveryAddressUnknown, deliveryForged } from './deliveries.problems.js';
export { DeliveriesModule } from './deliveries.module.js';
export { type PushNotice, PushReceiver } from './push-receiver.js';
export { DeliveryReceiver } from './delivery-receiver.js';
export { type Purge, purge } from './purge.js';
export { RetentionConfig, retentionConfig } from './retention.config.js';
export { ReceivedDto } from './dto/received.dto.js';
