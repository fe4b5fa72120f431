import type { SandboxClock } from '../clock.js';
import { ControlError } from '../control-errors.js';
import { post } from './delivery-transport.js';
import { randomUids } from './ids.js';
import type { Booking, Webhook } from './model.js';
import { fillTemplate } from './payload-template.js';
import type { Settings } from './settings.js';
import { signatureOf } from './signature.js';
import type { Store } from './store.js';
import type { BookingFact, TriggerDetails } from './triggers.js';
import type { WebhookPayload } from './webhook-payload.js';

type State = 'waiting' | 'held' | 'delivered' | 'failed' | 'dropped';

interface Attempt {
  at: Date;
  status: number | null;
  error: string | null;
  signature: string;
}

interface Delivery {
  id: string;
  webhook: Webhook;
  trigger: BookingFact;
  uid: string;
  contentType: string;
  body: string;
  state: State;
  attempts: Attempt[];
}

export type DeliveryRecord = ReturnType<typeof toRecord>;
type Forgery = 'other-secret' | 'no-secret';

/**
 * What Cal.com sends to subscribers: once, whatever the answer (contract 8.5).
 *
 * A delivery is `waiting`, then `delivered` after a 2xx and `failed` after anything else. Tests may have it `held` until
 * released, or `dropped`: lost on the way without a trace. It has no id that a receiver could see.
 */
export class Deliveries {
  readonly #deliveries = new Map<string, Delivery>();
  /** Those of one webhook go out one after the other, so that their order can be chosen. */
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #underWay = new Set<Promise<void>>();
  #abort = new AbortController();
  #isHolding = false;
  #drops = 0;
  #forgeries: Forgery[] = [];

  constructor(
    private readonly store: Store,
    private readonly clock: SandboxClock,
    private readonly payloads: WebhookPayload,
    private readonly settings: Settings,
  ) {}

  /** The body is made now: what happens to the booking later does not change what is on its way. */
  publish(fact: BookingFact, booking: Booking, details: TriggerDetails): void {
    for (const webhook of this.store.webhooks.values()) {
      if (!this.#hears(webhook, fact, booking)) continue;
      const body = this.payloads.body(fact, booking, details, this.clock.now());
      this.#enqueue(webhook, fact, booking.uid, body);
    }
  }

  hold(): void {
    this.#isHolding = true;
  }

  /** Sends what was held, in the order given, and resolves when every one has an outcome. */
  async release(order: 'oldest-first' | 'newest-first' | string[], concurrency: number): Promise<number> {
    this.#isHolding = false;
    const queue = this.#heldIn(order);
    for (const delivery of queue) delivery.state = 'waiting';
    const remaining = queue.values();
    const work = async () => {
      for (const delivery of remaining) await this.#send(delivery);
    };
    await this.#track(Promise.all(Array.from({ length: concurrency }, work)).then(() => undefined));
    return queue.length;
  }

  /** The same bytes again, which their signature allows at any time (contract 8.3). */
  async repeat(id: string, times: number): Promise<void> {
    const delivery = this.#get(id);
    for (let sent = 0; sent < times; sent += 1) await this.#track(this.#send(delivery));
  }

  drop(times: number): void {
    this.#drops += times;
  }

  forge(times: number, how: Forgery): void {
    this.#forgeries.push(...Array.from({ length: times }, () => how));
  }

  list(): DeliveryRecord[] {
    return [...this.#deliveries.values()].map(toRecord);
  }

  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  clearFaults(): void {
    this.#drops = 0;
    this.#forgeries = [];
  }

  async clear(): Promise<void> {
    this.#abort.abort();
    await this.settled();
    this.#abort = new AbortController();
    this.#deliveries.clear();
    this.#lanes.clear();
    this.clearFaults();
    this.#isHolding = false;
  }

  #hears({ isActive, owner, triggers }: Webhook, fact: BookingFact, booking: Booking): boolean {
    if (!isActive || !triggers.includes(fact)) return false;
    if (owner.kind === 'user') return owner.userId === booking.hostId;
    if (owner.kind === 'event-type') return owner.eventTypeId === booking.eventTypeId;
    return this.store.hostOf(booking).clientId === owner.clientId;
  }

  #enqueue(webhook: Webhook, trigger: BookingFact, uid: string, content: Record<string, unknown>): void {
    const delivery: Delivery = {
      id: randomUids.uuid(),
      webhook,
      trigger,
      uid,
      ...written(webhook, content),
      state: this.#isHolding ? 'held' : 'waiting',
      attempts: [],
    };
    this.#deliveries.set(delivery.id, delivery);
    if (this.#takeDrop()) delivery.state = 'dropped';
    if (delivery.state === 'waiting') this.#sendAfterEarlier(delivery);
  }

  #sendAfterEarlier(delivery: Delivery): void {
    const earlier = this.#lanes.get(delivery.webhook.id) ?? Promise.resolve();
    const sent = this.#track(earlier.then(() => this.#send(delivery)));
    this.#lanes.set(delivery.webhook.id, sent);
  }

  async #send(delivery: Delivery): Promise<void> {
    const { webhook, body, contentType } = delivery;
    const attempt: Attempt = { at: this.clock.now(), status: null, error: null, signature: this.#sign(delivery) };
    delivery.attempts.push(attempt);
    const headers = {
      'content-type': contentType,
      'x-cal-signature-256': attempt.signature,
      'x-cal-webhook-version': '2021-10-20',
    };
    const { signal } = this.#abort;
    const outcome = await post(
      { url: webhook.subscriberUrl, headers, body },
      this.settings.delivery_timeout_ms,
      signal,
    );
    if ('status' in outcome) attempt.status = outcome.status;
    else attempt.error = outcome.error;
    const isTaken = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
    delivery.state = isTaken ? 'delivered' : 'failed';
  }

  #sign({ webhook, body }: Delivery): string {
    const forgery = this.#forgeries.shift();
    if (forgery === 'no-secret') return signatureOf(body, null);
    return signatureOf(body, forgery === 'other-secret' ? `${webhook.secret ?? ''}-forged` : webhook.secret);
  }

  #takeDrop(): boolean {
    if (this.#drops === 0) return false;
    this.#drops -= 1;
    return true;
  }

  #heldIn(order: 'oldest-first' | 'newest-first' | string[]): Delivery[] {
    const held = [...this.#deliveries.values()].filter((delivery) => delivery.state === 'held');
    if (order === 'oldest-first') return held;
    if (order === 'newest-first') return held.reverse();
    const named = order.map((id) => this.#get(id)).filter((delivery) => delivery.state === 'held');
    return [...named, ...held.filter((delivery) => !named.includes(delivery))];
  }

  #get(id: string): Delivery {
    const delivery = this.#deliveries.get(id);
    if (!delivery) throw new ControlError('delivery', `no delivery has the id ${id}`, 404);
    return delivery;
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return tracked;
  }
}

/** A template sees the payload's fields at the top, beside `triggerEvent` and `createdAt` (contract 8.4). */
function written(
  { payloadTemplate }: Webhook,
  content: Record<string, unknown>,
): { contentType: string; body: string } {
  if (payloadTemplate === null) return { contentType: 'application/json', body: JSON.stringify(content) };
  const { payload, ...others } = content;
  return fillTemplate(payloadTemplate, { ...others, ...(typeof payload === 'object' ? payload : {}) });
}

function toRecord(delivery: Delivery) {
  return {
    id: delivery.id,
    webhook: delivery.webhook.id,
    subscriber_url: delivery.webhook.subscriberUrl,
    trigger: delivery.trigger,
    uid: delivery.uid,
    state: delivery.state,
    attempts: delivery.attempts.map(({ at, ...attempt }) => ({ at: at.toISOString(), ...attempt })),
    body: delivery.body,
  };
}
