import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { RealtimeGateway } from './realtime.gateway.js';
import { Realtime } from './realtime.js';
import { SessionEndings } from './session-endings.js';

@Module({
  imports: [AccountsModule],
  providers: [Realtime, RealtimeGateway, SessionEndings],
  exports: [Realtime],
})
export class RealtimeModule {}
