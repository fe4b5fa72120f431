import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { OUTBOX_KIND, type OutboxEffect } from './outbox-effect.js';

/** The effects of this application, found by their decorator. */
@Injectable()
export class OutboxEffects implements OnApplicationBootstrap {
  private found: ReadonlyMap<string, OutboxEffect> | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    this.found ??= this.discover();
  }

  find(kind: string): OutboxEffect | null {
    return (this.found ??= this.discover()).get(kind) ?? null;
  }

  private discover(): ReadonlyMap<string, OutboxEffect> {
    const effects = new Map<string, OutboxEffect>();
    for (const { metatype, instance, name } of this.discovery.getProviders()) {
      const kind = metatype && this.reflector.get<string | undefined>(OUTBOX_KIND, metatype);
      if (!kind) continue;
      const effect = instance as OutboxEffect | undefined;
      if (typeof effect?.deliver !== 'function') {
        throw new Error(
          `${name} is declared as the effect "${kind}" and cannot deliver: it must be a singleton with a deliver method`,
        );
      }
      const other = effects.get(kind);
      if (other !== undefined) {
        throw new Error(`The outbox kind "${kind}" has two effects: ${other.constructor.name} and ${name}`);
      }
      effects.set(kind, effect);
    }
    return effects;
  }
}
