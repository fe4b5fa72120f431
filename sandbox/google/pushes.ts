import { post } from '../calendly/delivery-transport.js';
import type { SandboxClock } from '../clock.js';
import { ControlError } from '../control-errors.js';
import type { Channel } from './channels.js';
import type { Settings } from './settings.js';

type ResourceState = 'sync' | 'exists' | 'not_exists';
type PushState = 'waiting' | 'held' | 'retrying' | 'delivered' | 'lost' | 'dropped' | 'abandoned';

interface Push {
  id: number;
  channel: Channel;
  messageNumber: number;
  resourceState: ResourceState;
  state: PushState;
  attempts: { at: Date; status: number | null; error: string | null }[];
  nextAttemptAt: Date | null;
}

export type PushRecord = ReturnType<typeof toRecord>;

/** The answers after which Google tries again; any other loses the message (contract 9). */
const retried = new Set([500, 502, 503, 504]);
const accepted = new Set([102, 200, 201, 202, 204]);

/**
 * The notifications on their way to the addresses of channels: an empty POST, everything in its headers.
 *
 * A push is `waiting` until its first attempt, `delivered` if the answer is one that counts, `retrying` after one that asks
 * for it, and else `lost` for good. Tests may have it `held` until released, or `dropped`: lost without an attempt.
 */
export class Pushes {
  readonly #pushes: Push[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #abort = new AbortController();
  #isHolding = false;
  #drops = 0;
  #forgeries = 0;
  #dropDebt = 0;
  #serial = 0;

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
  ) {}

  /** Resolves when the first attempt has an outcome. */
  async send(channel: Channel, resourceState: ResourceState): Promise<void> {
    const push: Push = {
      id: (this.#serial += 1),
      channel,
      messageNumber: channel.messageNumber,
      resourceState,
      state: this.#isHolding ? 'held' : 'waiting',
      attempts: [],
      nextAttemptAt: null,
    };
    this.#pushes.push(push);
    if (this.#isToBeDropped()) push.state = 'dropped';
    if (push.state === 'waiting') await this.#track(this.#attempt(push));
  }

  dropNext(times: number): void {
    this.#drops += times;
  }

  /** Their channel token is another's. */
  forgeNext(times: number): void {
    this.#forgeries += times;
  }

  hold(): void {
    this.#isHolding = true;
  }

  /** Sends what was held, in this order, and resolves when every first attempt has an outcome. */
  async release(order: 'oldest-first' | 'newest-first'): Promise<number> {
    this.#isHolding = false;
    const held = this.#pushes.filter(({ state }) => state === 'held');
    if (order === 'newest-first') held.reverse();
    for (const push of held) push.state = 'waiting';
    for (const push of held) await this.#track(this.#attempt(push));
    return held.length;
  }

  /** The same message again, number and all. How it is answered changes nothing here. */
  async repeat(id: number, times: number): Promise<void> {
    const push = this.#pushes.find((candidate) => candidate.id === id);
    if (!push) throw new ControlError('push', `no push has the id ${id}`, 404);
    for (let sent = 0; sent < times; sent += 1) await this.#track(this.#post(push).then(() => undefined));
  }

  list(): PushRecord[] {
    return this.#pushes.map(toRecord);
  }

  /** Resolves when no attempt is under way. Retries that are due later are not waited for. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async clear(): Promise<void> {
    this.#abort.abort();
    await this.settled();
    this.#abort = new AbortController();
    this.#pushes.length = 0;
    this.#isHolding = false;
    this.#drops = 0;
    this.#forgeries = 0;
    this.#dropDebt = 0;
  }

  /** Of the share to lose, so much has come together that this one goes: evenly, and the same in every run. */
  #isToBeDropped(): boolean {
    if (this.#drops > 0) {
      this.#drops -= 1;
      return true;
    }
    this.#dropDebt += this.settings.push_drop_share;
    if (this.#dropDebt < 1) return false;
    this.#dropDebt -= 1;
    return true;
  }

  async #attempt(push: Push): Promise<void> {
    push.nextAttemptAt = null;
    const status = await this.#post(push);
    if (this.#abort.signal.aborted) return;
    if (status !== null && accepted.has(status)) push.state = 'delivered';
    else if (status !== null && retried.has(status)) this.#retryLater(push);
    else push.state = 'lost';
  }

  #retryLater(push: Push): void {
    const { push_retry_first_seconds: first, push_retry_longest_seconds: longest, push_retries: most } = this.settings;
    if (push.attempts.length > most) {
      push.state = 'abandoned';
      return;
    }
    push.state = 'retrying';
    push.nextAttemptAt = this.clock.in(Math.min(first * 2 ** (push.attempts.length - 1), longest));
    this.clock.schedule(push.nextAttemptAt, () => this.#track(this.#attempt(push)));
  }

  async #post(push: Push): Promise<number | null> {
    const { channel } = push;
    const attempt: Push['attempts'][number] = { at: this.clock.now(), status: null, error: null };
    push.attempts.push(attempt);
    const limits = {
      connectTimeoutMs: this.settings.push_timeout_ms,
      readTimeoutMs: this.settings.push_timeout_ms,
    };
    const headers = this.#forgeries > 0 ? forged(headersOf(push)) : headersOf(push);
    if (this.#forgeries > 0) this.#forgeries -= 1;
    const outcome = await post(channel.address, headers, '', limits, this.#abort.signal);
    if ('status' in outcome) attempt.status = outcome.status;
    else attempt.error = outcome.error;
    return attempt.status;
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return tracked;
  }
}

function headersOf({ channel, messageNumber, resourceState }: Push): Record<string, string> {
  return {
    accept: '*/*',
    'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
    'x-goog-channel-id': channel.id,
    'x-goog-channel-expiration': channel.expiresAt.toUTCString(),
    'x-goog-message-number': String(messageNumber),
    'x-goog-resource-id': channel.resourceId,
    'x-goog-resource-state': resourceState,
    'x-goog-resource-uri': channel.resourceUri,
    ...(channel.token !== null && { 'x-goog-channel-token': channel.token }),
  };
}

function forged(headers: Record<string, string>): Record<string, string> {
  return { ...headers, 'x-goog-channel-token': 'forged' };
}

function toRecord(push: Push) {
  return {
    id: push.id,
    channel: push.channel.id,
    calendar: push.channel.calendarId,
    address: push.channel.address,
    message_number: push.messageNumber,
    resource_state: push.resourceState,
    state: push.state,
    next_attempt_at: push.nextAttemptAt && push.nextAttemptAt.toISOString(),
    attempts: push.attempts.map(({ at, status, error }) => ({ at: at.toISOString(), status, error })),
  };
}
