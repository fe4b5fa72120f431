import type { SandboxClock } from '../clock.js';
import { ControlError } from '../control-errors.js';
import { AttemptFaults } from './attempt-faults.js';
import { post } from './delivery-transport.js';
import { randomIds } from './ids.js';
import type { Links } from './links.js';
import type { ScheduledEvent, WebhookSubscription } from './model.js';
import type { Settings } from './settings.js';
import { signDelivery } from './signature.js';
import type { Store } from './store.js';
import { toWireTime } from './wire-time.js';

/** Something happened that subscriptions may have asked to hear of. */
export interface WebhookFact {
  event: string;
  organizationId: string;
  /** User-scoped subscriptions hear only of their user; null reaches organization scope alone. */
  hostId: string | null;
  payload: unknown;
  /** Retries end a day after the booked event passes (contract 5.5). */
  bookedEvent: ScheduledEvent | null;
}

interface Attempt {
  at: Date;
  status: number | null;
  error: string | null;
  signedAt: number | null;
}

type DeliveryState = 'waiting' | 'held' | 'retrying' | 'delivered' | 'dropped' | 'abandoned';

interface Delivery {
  id: string;
  subscription: WebhookSubscription;
  event: string;
  body: string;
  state: DeliveryState;
  attempts: Attempt[];
  nextAttemptAt: Date | null;
  deadline: Date | null;
  bookedEvent: ScheduledEvent | null;
}

export type DeliveryRecord = ReturnType<typeof toRecord>;

const dayMs = 86_400_000;

/**
 * What Calendly sends to subscribers.
 *
 * A delivery is `waiting` until its first attempt, `delivered` after a 2xx, and `retrying` after anything else, at waits
 * that double, each attempt signed anew. After a day it is `abandoned`. Tests may have it `held` until released, or
 * `dropped`: lost on the way without a trace.
 *
 * The first failure dates the subscription's `retry_started_at`; any success clears it. A day without success disables the
 * subscription for good, and nothing is sent to it again (contract 5.5).
 */
export class Deliveries {
  readonly faults = new AttemptFaults();
  readonly #deliveries = new Map<string, Delivery>();
  /** First attempts to one subscription go out one after the other, so that their order can be chosen. */
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #underWay = new Set<Promise<void>>();
  #abort = new AbortController();
  #isHolding = false;

  constructor(
    private readonly store: Store,
    private readonly clock: SandboxClock,
    private readonly links: Links,
    private readonly settings: Settings,
  ) {}

  publish(fact: WebhookFact): void {
    for (const subscription of this.store.subscriptions.values()) {
      if (hears(subscription, fact)) this.#enqueue(subscription, fact);
    }
  }

  hold(): void {
    this.#isHolding = true;
  }

  /** Sends what was held, in the order given, and resolves when every first attempt has an outcome. */
  async release(order: 'oldest-first' | 'newest-first' | string[], concurrency: number): Promise<number> {
    this.#isHolding = false;
    const queue = this.#heldIn(order);
    for (const delivery of queue) delivery.state = 'waiting';
    const remaining = queue.values();
    const work = async () => {
      for (const delivery of remaining) await this.#attempt(delivery);
    };
    await this.#track(Promise.all(Array.from({ length: concurrency }, work)).then(() => undefined));
    return queue.length;
  }

  /** Sends the same body again under a fresh signature. Whether it is accepted changes nothing here. */
  async repeat(id: string, times: number): Promise<void> {
    const delivery = this.#get(id);
    for (let sent = 0; sent < times; sent += 1) await this.#track(this.#send(delivery).then(() => undefined));
  }

  list(): DeliveryRecord[] {
    return [...this.#deliveries.values()].map(toRecord);
  }

  /** Resolves when no attempt is under way. Retries that are due later are not waited for. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** What is still owed to a subscription that is gone or disabled will never be sent. */
  abandonFor(subscription: WebhookSubscription): void {
    for (const delivery of this.#deliveries.values()) {
      const isOver = delivery.state === 'delivered' || delivery.state === 'dropped';
      if (delivery.subscription === subscription && !isOver) abandon(delivery);
    }
  }

  async clear(): Promise<void> {
    this.#abort.abort();
    await this.settled();
    this.#abort = new AbortController();
    this.#deliveries.clear();
    this.#lanes.clear();
    this.faults.clear();
    this.#isHolding = false;
  }

  #enqueue(subscription: WebhookSubscription, fact: WebhookFact): void {
    const delivery: Delivery = {
      id: randomIds.uuid(),
      subscription,
      event: fact.event,
      body: JSON.stringify({
        event: fact.event,
        created_at: toWireTime(this.clock.now()),
        created_by: this.links.to('users', subscription.creatorId),
        payload: fact.payload,
      }),
      state: this.#isHolding ? 'held' : 'waiting',
      attempts: [],
      nextAttemptAt: null,
      deadline: null,
      bookedEvent: fact.bookedEvent,
    };
    this.#deliveries.set(delivery.id, delivery);
    if (this.faults.takeDrop()) delivery.state = 'dropped';
    if (delivery.state === 'waiting') this.#startAfterEarlier(delivery);
  }

  #startAfterEarlier(delivery: Delivery): void {
    const earlier = this.#lanes.get(delivery.subscription.id) ?? Promise.resolve();
    const attempt = this.#track(earlier.then(() => this.#attempt(delivery)));
    this.#lanes.set(delivery.subscription.id, attempt);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    if (delivery.state !== 'waiting' && delivery.state !== 'retrying') return;
    const { subscription } = delivery;
    delivery.nextAttemptAt = null;
    const attempt = await this.#send(delivery);
    if (this.#abort.signal.aborted || !this.#isStillOwed(delivery)) return;
    if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
      delivery.state = 'delivered';
      subscription.retryStartedAt = null;
    } else {
      this.#noteFailure(subscription);
      this.#retryLater(delivery);
    }
  }

  #isStillOwed(delivery: Delivery): boolean {
    return delivery.state !== 'abandoned';
  }

  async #send(delivery: Delivery): Promise<Attempt> {
    const { subscription, body } = delivery;
    const attempt: Attempt = { at: this.clock.now(), status: null, error: null, signedAt: null };
    delivery.attempts.push(attempt);
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    const signingFault = this.faults.takeSigningFault();
    if (subscription.signingKey !== null) {
      const signedBy = this.settings.signature_clock === 'wall' ? new Date() : attempt.at;
      attempt.signedAt = Math.floor(signedBy.getTime() / 1000) - signingFault.ageSeconds;
      const key = signingFault.isForged ? `${subscription.signingKey}-forged` : subscription.signingKey;
      headers['calendly-webhook-signature'] = signDelivery(key, attempt.signedAt, body);
    }
    const limits = {
      connectTimeoutMs: this.settings.connect_timeout_ms,
      readTimeoutMs: this.settings.read_timeout_ms,
    };
    const outcome = await post(subscription.callbackUrl, headers, body, limits, this.#abort.signal);
    if ('status' in outcome) attempt.status = outcome.status;
    else attempt.error = outcome.error;
    return attempt;
  }

  #noteFailure(subscription: WebhookSubscription): void {
    if (subscription.retryStartedAt !== null) return;
    const startedAt = this.clock.now();
    subscription.retryStartedAt = startedAt;
    this.clock.schedule(this.clock.in(this.settings.retry_during_seconds), () => {
      if (subscription.retryStartedAt === startedAt) this.#disable(subscription);
    });
  }

  #disable(subscription: WebhookSubscription): void {
    subscription.state = 'disabled';
    subscription.updatedAt = this.clock.now();
    this.abandonFor(subscription);
  }

  #retryLater(delivery: Delivery): void {
    delivery.deadline ??= this.#deadlineOf(delivery);
    const { retry_first_seconds: first, retry_longest_seconds: longest } = this.settings;
    const nextAt = this.clock.in(Math.min(first * 2 ** (delivery.attempts.length - 1), longest));
    if (nextAt >= delivery.deadline) {
      abandon(delivery);
      return;
    }
    delivery.state = 'retrying';
    delivery.nextAttemptAt = nextAt;
    this.clock.schedule(nextAt, () => this.#track(this.#attempt(delivery)));
  }

  #deadlineOf({ bookedEvent }: Delivery): Date {
    const afterFirst = this.clock.in(this.settings.retry_during_seconds);
    if (bookedEvent === null) return afterFirst;
    return new Date(Math.min(afterFirst.getTime(), bookedEvent.endsAt.getTime() + dayMs));
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

function hears(subscription: WebhookSubscription, fact: WebhookFact): boolean {
  if (subscription.state !== 'active' || !subscription.events.includes(fact.event)) return false;
  if (subscription.scope === 'user') return subscription.userId === fact.hostId;
  return subscription.organizationId === fact.organizationId;
}

function abandon(delivery: Delivery): void {
  delivery.state = 'abandoned';
  delivery.nextAttemptAt = null;
}

function toRecord(delivery: Delivery) {
  return {
    id: delivery.id,
    subscription: delivery.subscription.id,
    callback_url: delivery.subscription.callbackUrl,
    event: delivery.event,
    state: delivery.state,
    next_attempt_at: delivery.nextAttemptAt && toWireTime(delivery.nextAttemptAt),
    attempts: delivery.attempts.map((attempt) => ({
      at: toWireTime(attempt.at),
      status: attempt.status,
      error: attempt.error,
      signed_at: attempt.signedAt,
    })),
    body: JSON.parse(delivery.body) as unknown,
  };
}
