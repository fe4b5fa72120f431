import type { SandboxClock } from '../clock.js';
import { GraphError } from './graph-error.js';
import type { Account } from './model.js';
import type { Settings } from './settings.js';

interface Load {
  active: number;
  peak: number;
  /** When each request of the window came, refused ones included: retrying early counts (contract 10). */
  arrivals: number[];
  refused: number;
  /** Until when the caller was asked to wait, and how often it did not. */
  waitUntil: number;
  early: number;
}

/** The limits of Outlook, for each mailbox: so many requests in ten minutes, and so many at once. */
export class Throttle {
  readonly #loads = new Map<string, Load>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
  ) {}

  /** Refuses, or answers what to call when the request is over. */
  enter(account: Account): () => void {
    const load = this.#loadOf(account);
    const now = this.clock.now().getTime();
    if (now < load.waitUntil) load.early += 1;
    const opened = now - this.settings.request_window_seconds * 1000;
    load.arrivals = load.arrivals.filter((at) => at > opened);
    load.arrivals.push(now);
    const excess = load.arrivals.length - this.settings.request_limit;
    if (excess > 0) {
      // The next one fits when so many have left the window that it is the last of the allowed ones.
      const until = (load.arrivals[excess] ?? now) + this.settings.request_window_seconds * 1000;
      throw this.#refuse(account, 'TooManyRequests', 'Too many requests.', (until - now) / 1000);
    }
    if (load.active >= this.settings.concurrent_requests) {
      load.refused += 1;
      throw tooMany('ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', this.#shown(1));
    }
    load.active += 1;
    load.peak = Math.max(load.peak, load.active);
    let isOver = false;
    return () => {
      if (!isOver) load.active -= 1;
      isOver = true;
    };
  }

  /** A refusal that came from elsewhere counts as one to be waited for as well. */
  askToWait(account: Account, seconds: number): void {
    this.#loadOf(account).waitUntil = this.clock.in(seconds).getTime();
  }

  loads(accounts: Iterable<Account>) {
    return [...accounts].map((account) => {
      const { active, peak, refused, early } = this.#loadOf(account);
      return { account: account.email, active, peak_concurrency: peak, refused, requests_before_retry_after: early };
    });
  }

  /** Requests under way stay counted: they will end. */
  forget(): void {
    for (const load of this.#loads.values()) {
      Object.assign(load, { peak: load.active, arrivals: [], refused: 0, waitUntil: 0, early: 0 });
    }
  }

  #refuse(account: Account, code: string, message: string, seconds: number): GraphError {
    this.#loadOf(account).refused += 1;
    const shown = this.#shown(seconds);
    this.askToWait(account, Number(shown));
    return tooMany(code, message, shown);
  }

  /** Never less than what is to be waited: a caller that waits exactly so long is let in. */
  #shown(seconds: number): string {
    if (!this.settings.fractional_retry_after) return String(Math.ceil(seconds));
    return String((Math.ceil(seconds * 1000) + 128) / 1000);
  }

  #loadOf({ id }: Account): Load {
    const found = this.#loads.get(id) ?? { active: 0, peak: 0, arrivals: [], refused: 0, waitUntil: 0, early: 0 };
    this.#loads.set(id, found);
    return found;
  }
}

function tooMany(code: string, message: string, retryAfter: string): GraphError {
  return new GraphError(429, code, message, {}, { 'retry-after': retryAfter });
}
