import { Global, Module } from '@nestjs/common';
import { EgressClient } from './egress.client.js';

/** Global: each provider's client goes out through it. */
@Global()
@Module({
  providers: [EgressClient],
  exports: [EgressClient],
})
export class EgressModule {}
