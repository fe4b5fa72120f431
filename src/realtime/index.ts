export { RealtimeAdapter } from './realtime.adapter.js';
export { RealtimeModule } from './realtime.module.js';
export { Realtime } from './realtime.js';
export type {
  OrganizationMessage,
  ProspectMessage,
  ServerToClientEvents,
  SocketMessageName,
  SocketMessages,
} from './socket-messages.js';
