import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Realtime } from '../realtime/index.js';
import type { DeliveryState } from './delivery.js';
import { Paced } from './paced.js';

const AT_MOST_EVERY_MS = 1_000;

/** More than anybody follows with their eyes, and few enough for one message. */
const MOST_NAMED = 50;

/**
 * Tells browsers what has become of deliveries, after it is committed: one message a second for each organization and
 * process, however many there are. Only a hint, so that what a process still had to say when it was killed is not missed.
 */
@Injectable()
export class DeliveryNews implements BeforeApplicationShutdown {
  private waiting = new Map<string, Map<string, DeliveryState>>();
  private readonly paced = new Paced(AT_MOST_EVERY_MS, () => this.say());

  constructor(
    private readonly work: UnitOfWork,
    private readonly realtime: Realtime,
    private readonly log: EventLog,
  ) {}

  tell(organizationId: string, id: string, state: DeliveryState): void {
    const known = this.waiting.get(organizationId);
    if (known) known.set(id, state);
    else this.waiting.set(organizationId, new Map([[id, state]]));
    this.paced.ask();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.paced.close();
  }

  private async say(): Promise<void> {
    const news = this.waiting;
    this.waiting = new Map();
    for (const [organizationId, states] of news) {
      const named = [...states].slice(-MOST_NAMED).map(([id, state]) => ({ id, state }));
      const payload = { deliveries: named, more: states.size - named.length };
      try {
        await this.work.inOrganization({ organizationId }, (tx) =>
          this.realtime.publish(tx, { name: 'delivery:changed', payload }),
        );
      } catch (error) {
        this.log.failure('delivery.news_failed', error, { organization_id: organizationId, deliveries: states.size });
      }
    }
  }
}
