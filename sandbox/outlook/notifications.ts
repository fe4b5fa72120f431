import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { SandboxClock } from '../clock.js';
import { ControlError } from '../control-errors.js';
import type { Happening } from './event-writing.js';
import { post } from './http-post.js';
import { toId } from './ids.js';
import { etagOf, idOf } from './mailbox.js';
import type { Account, CalendarItem } from './model.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';
import type { ChangeType, Subscription, Subscriptions } from './subscriptions.js';
import { toWireInstant } from './times.js';

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';
export type ReleaseOrder = 'oldest-first' | 'newest-first' | string[];

interface Attempt {
  at: Date;
  status: number | null;
  error: string | null;
}

/** One line of a POST, and whom it is for. */
interface Notice {
  subscription: Subscription;
  line: Record<string, unknown>;
  isLifecycle: boolean;
}

type DeliveryState = 'waiting' | 'held' | 'retrying' | 'delivered' | 'dropped' | 'lost';

interface Delivery {
  id: string;
  url: string;
  notices: Notice[];
  state: DeliveryState;
  attempts: Attempt[];
  firstAt: Date;
}

/**
 * What Graph posts to subscribers (contract 9).
 *
 * Changes of one moment that go to the same address share a POST. Any 2xx within three seconds ends it; everything else is
 * tried again, at waits that double, for four hours, and then lost. Tests may have a POST `held` until released, or
 * `dropped`: lost on the way without a trace.
 */
export class Notifications {
  readonly #deliveries = new Map<string, Delivery>();
  readonly #underWay = new Set<Promise<void>>();
  #gathered: { url: string; notice: Notice }[] = [];
  #isFlushDue = false;
  #isHolding = false;
  #drops = 0;
  #forgeries = 0;
  #abort = new AbortController();

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
    private readonly store: Store,
    private readonly subscriptions: Subscriptions,
  ) {}

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  publish(happening: Happening): void {
    for (const subscription of this.subscriptions.list(happening.mailbox.account)) {
      if (subscription.isPaused) continue;
      for (const [changeType, id] of linesFor(subscription, happening)) {
        if (subscription.changeTypes.includes(changeType)) this.#gather(subscription, changeType, id, happening);
      }
    }
  }

  /** Goes to the lifecycle address alone; without one there is nobody to tell. */
  async sendLifecycle(subscription: Subscription, lifecycleEvent: LifecycleEvent): Promise<{ sent: boolean }> {
    if (lifecycleEvent === 'reauthorizationRequired') subscription.isPaused = true;
    if (lifecycleEvent === 'subscriptionRemoved') this.subscriptions.remove(subscription);
    const url = subscription.lifecycleNotificationUrl;
    if (url === null) return { sent: false };
    const line = { ...this.#envelope(subscription), lifecycleEvent };
    const delivery = this.#newDelivery(url, [{ subscription, line, isLifecycle: true }]);
    if (delivery.state === 'waiting') await this.#track(this.#attempt(delivery));
    return { sent: true };
  }

  hold(): void {
    this.#isHolding = true;
  }

  /** Sends what was held, in the order given, and resolves when every first attempt has an outcome. */
  async release(order: ReleaseOrder, concurrency: number): Promise<number> {
    this.#flush();
    this.#isHolding = false;
    const held = this.#heldIn(order);
    for (const delivery of held) delivery.state = 'waiting';
    const atOnce = pLimit(concurrency);
    await this.#track(Promise.all(held.map((delivery) => atOnce(() => this.#attempt(delivery)))).then(() => undefined));
    return held.length;
  }

  dropNext(times: number): void {
    this.#drops += times;
  }

  /** Their client state is another's. */
  forgeNext(times: number): void {
    this.#forgeries += times;
  }

  /** Posts the same bytes again. Whether they are accepted changes nothing here. */
  async repeat(id: string, times: number): Promise<void> {
    const delivery = this.#deliveries.get(id);
    if (!delivery) throw new ControlError('notification', `no notification has the id ${id}`, 404);
    for (let sent = 0; sent < times; sent += 1) await this.#track(this.#send(delivery).then(() => undefined));
  }

  list() {
    return [...this.#deliveries.values()].map((delivery) => ({
      id: delivery.id,
      url: delivery.url,
      state: delivery.state,
      attempts: delivery.attempts.map((attempt) => ({ ...attempt, at: toWireInstant(attempt.at) })),
      body: JSON.parse(bodyOf(delivery)) as { value: Record<string, unknown>[] },
    }));
  }

  /** Resolves when no attempt is under way. Retries that are due later are not waited for. */
  async settled(): Promise<void> {
    if (this.settings.notification_delay_seconds === 0) this.#flush();
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async clear(): Promise<void> {
    this.#abort.abort();
    this.#gathered = [];
    await this.settled();
    this.#abort = new AbortController();
    this.#deliveries.clear();
    this.#isHolding = false;
    this.#drops = 0;
    this.#forgeries = 0;
  }

  #gather(subscription: Subscription, changeType: ChangeType, id: string, { entry }: Happening): void {
    const resource = `Users/${subscription.accountId}/Events/${id}`;
    const line = {
      ...this.#envelope(subscription),
      changeType,
      resource,
      resourceData: {
        '@odata.type': '#Microsoft.Graph.Event',
        '@odata.id': resource,
        '@odata.etag': etagOf(entry),
        id,
      },
    };
    const notice = { subscription, line, isLifecycle: false };
    this.#gathered.push({ url: subscription.notificationUrl, notice });
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    const delay = this.settings.notification_delay_seconds;
    if (delay > 0) this.clock.schedule(this.clock.in(delay), () => this.#flush());
    else setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushDue = false;
    const byUrl = new Map<string, Notice[]>();
    for (const { url, notice } of this.#gathered) byUrl.set(url, [...(byUrl.get(url) ?? []), notice]);
    this.#gathered = [];
    for (const [url, gathered] of byUrl) {
      for (let from = 0; from < gathered.length; from += this.settings.notification_batch_size) {
        const delivery = this.#newDelivery(url, gathered.slice(from, from + this.settings.notification_batch_size));
        if (delivery.state === 'waiting') void this.#track(this.#attempt(delivery));
      }
    }
  }

  #newDelivery(url: string, notices: Notice[]): Delivery {
    const state = this.#isHolding ? 'held' : 'waiting';
    const sent = this.#forgeries > 0 ? notices.map(forged) : notices;
    if (this.#forgeries > 0) this.#forgeries -= 1;
    const delivery: Delivery = { id: randomUUID(), url, notices: sent, state, attempts: [], firstAt: this.clock.now() };
    this.#deliveries.set(delivery.id, delivery);
    if (this.#drops > 0) {
      this.#drops -= 1;
      delivery.state = 'dropped';
    }
    return delivery;
  }

  async #attempt(delivery: Delivery): Promise<void> {
    if (delivery.state !== 'waiting' && delivery.state !== 'retrying') return;
    // Of a subscription that has gone meanwhile only its farewell is delivered.
    delivery.notices = delivery.notices.filter(
      ({ subscription, isLifecycle }) => isLifecycle || this.subscriptions.isLive(subscription),
    );
    if (delivery.notices.length === 0) {
      delivery.state = 'lost';
      return;
    }
    const { status } = await this.#send(delivery);
    if (this.#abort.signal.aborted) return;
    if (status !== null && status >= 200 && status < 300) {
      delivery.state = 'delivered';
      for (let sent = 0; sent < this.settings.notification_duplicates; sent += 1) await this.#send(delivery);
    } else this.#retryLater(delivery);
  }

  async #send(delivery: Delivery): Promise<Attempt> {
    const attempt: Attempt = { at: this.clock.now(), status: null, error: null };
    delivery.attempts.push(attempt);
    const outcome = await post({
      url: delivery.url,
      contentType: 'application/json; charset=utf-8',
      body: bodyOf(delivery),
      timeoutMs: this.settings.notification_timeout_ms,
      signal: this.#abort.signal,
    });
    if ('status' in outcome) attempt.status = outcome.status;
    else attempt.error = outcome.error;
    return attempt;
  }

  #retryLater(delivery: Delivery): void {
    const { retry_first_seconds: first, retry_longest_seconds: longest } = this.settings;
    const nextAt = this.clock.in(Math.min(first * 2 ** (delivery.attempts.length - 1), longest));
    const deadline = delivery.firstAt.getTime() + this.settings.retry_during_seconds * 1000;
    delivery.state = nextAt.getTime() > deadline ? 'lost' : 'retrying';
    if (delivery.state === 'retrying') this.clock.schedule(nextAt, () => this.#track(this.#attempt(delivery)));
  }

  #heldIn(order: ReleaseOrder): Delivery[] {
    const held = [...this.#deliveries.values()].filter(({ state }) => state === 'held');
    if (order === 'oldest-first') return held;
    if (order === 'newest-first') return held.reverse();
    const named = order.map((id) => held.find((delivery) => delivery.id === id)).filter((found) => found !== undefined);
    return [...named, ...held.filter((delivery) => !named.includes(delivery))];
  }

  #envelope(subscription: Subscription) {
    const account = this.store.accounts.get(subscription.accountId);
    return {
      subscriptionId: subscription.id,
      subscriptionExpirationDateTime: toWireInstant(subscription.expiresAt),
      ...(subscription.clientState === null ? {} : { clientState: subscription.clientState }),
      tenantId: (account as Account).tenantId,
    };
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return tracked;
  }
}

function forged(notice: Notice): Notice {
  return { ...notice, line: { ...notice.line, clientState: 'forged' } };
}

function bodyOf({ notices }: Delivery): string {
  return JSON.stringify({ value: notices.map(({ line }) => line) });
}

/**
 * What one subscription hears of a happening. A move is a change where ids stay; where they do not, or where only one of
 * the two calendars is listened to, it is the end of one event and the beginning of another.
 */
function linesFor(subscription: Subscription, { kind, entry, from }: Happening): [ChangeType, string][] {
  const { calendarId, idFormat } = subscription;
  const id = idOf(entry, idFormat);
  const hears = (item: CalendarItem) => calendarId === null || item.calendarId === calendarId;
  if (kind !== 'moved' || from === null) return hears(entry.item) && kind !== 'moved' ? [[kind, id]] : [];
  const oldId = toId(idFormat, idFormat === 'immutable' ? from.immutableCore : from.mutableCore, null);
  if (calendarId === null && oldId === id) return [['updated', id]];
  return [
    ...(hears(from) ? [['deleted', oldId] as [ChangeType, string]] : []),
    ...(hears(entry.item) ? [['created', id] as [ChangeType, string]] : []),
  ];
}
