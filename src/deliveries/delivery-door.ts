import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { isBookingProvider } from '../bookings/index.js';
import { ProviderRegistry } from '../integrations/index.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { transportSecurity } from '../platform/http/bare-headers.js';
import { type DoorRoute, FrontDoor } from '../platform/http/front-door.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { DeliveryReceiver } from './delivery-receiver.js';
import type { ReceivedDto } from './dto/received.dto.js';

/** Lets deliveries to the own address of a connection in at the front door. */
@Injectable()
export class DeliveryDoor implements OnApplicationBootstrap, OnModuleDestroy {
  private door: FrontDoor | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly registry: ProviderRegistry,
    private readonly receiver: DeliveryReceiver,
    private readonly config: PlatformConfig,
    private readonly metrics: Metrics,
    private readonly log: EventLog,
  ) {}

  onApplicationBootstrap(): void {
    // A command has all the parts and no server.
    const adapter = this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | null;
    if (adapter === null) return;
    const answer: ReceivedDto = { received: true };
    const routes = this.registry
      .list()
      .filter(isBookingProvider)
      .map(({ id, profile }): DoorRoute => ({
        path: profile.webhookPath,
        receive: (token, request) => this.receiver.receive(id, token, request),
        answer,
      }));
    this.door = new FrontDoor(routes, transportSecurity(this.config.publicUrl), this.metrics, this.log);
    this.door.standBefore(adapter.getHttpServer());
  }

  onModuleDestroy(): void {
    this.door?.close();
  }
}
