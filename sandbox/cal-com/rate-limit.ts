import type { SandboxClock } from '../clock.js';

export interface Allowance {
  limit: number;
  remaining: number;
  /** What is left of the minute, or of the block: a duration, not an epoch (contract 2.4). */
  resetSeconds: number;
  isExceeded: boolean;
}

const windowMs = 60_000;
const blockMs = 60_000;

interface Window {
  openedAt: number;
  used: number;
  blockedUntil: number;
}

/** So many requests a minute and tracker. One too many, and the tracker is blocked for a minute. */
export class RateLimit {
  readonly #windows = new Map<string, Window>();
  readonly #clock: SandboxClock;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  take(tracker: string, limit: number): Allowance {
    const nowMs = this.#clock.now().getTime();
    const window = this.#windowOf(tracker, nowMs);
    if (nowMs >= window.blockedUntil) {
      window.used += 1;
      if (window.used > limit) window.blockedUntil = nowMs + blockMs;
    }
    const isExceeded = nowMs < window.blockedUntil;
    const endsAt = isExceeded ? window.blockedUntil : window.openedAt + windowMs;
    return {
      limit,
      remaining: isExceeded ? 0 : limit - window.used,
      resetSeconds: Math.max(1, Math.ceil((endsAt - nowMs) / 1000)),
      isExceeded,
    };
  }

  clear(): void {
    this.#windows.clear();
  }

  #windowOf(tracker: string, nowMs: number): Window {
    const current = this.#windows.get(tracker);
    const isOpen = current && nowMs < Math.max(current.openedAt + windowMs, current.blockedUntil);
    const window = isOpen ? current : { openedAt: nowMs, used: 0, blockedUntil: 0 };
    this.#windows.set(tracker, window);
    return window;
  }
}
