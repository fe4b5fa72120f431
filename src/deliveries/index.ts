export { ChannelKeeper } from './channel-keeper.js';
export { deliveriesNotConfigured, deliveryAddressUnknown, deliveryForged } from './deliveries.problems.js';
export { DeliveriesModule } from './deliveries.module.js';
export { DeliveryReceiver } from './delivery-receiver.js';
export { ReceivedDto } from './dto/received.dto.js';
