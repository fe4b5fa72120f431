import type { SandboxClock } from '../clock.js';

export interface Allowance {
  limit: number;
  remaining: number;
  /** Seconds to wait, not an epoch (contract 3). */
  resetSeconds: number;
  isExceeded: boolean;
}

const windowMs = 60_000;

/** So many requests a minute and key, in windows that open with the first request. */
export class RateLimit {
  readonly #windows = new Map<string, { openedAt: number; used: number }>();
  readonly #clock: SandboxClock;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  take(key: string, limit: number): Allowance {
    const nowMs = this.#clock.now().getTime();
    const current = this.#windows.get(key);
    const window = current && nowMs < current.openedAt + windowMs ? current : { openedAt: nowMs, used: 0 };
    this.#windows.set(key, window);
    const isExceeded = window.used >= limit;
    if (!isExceeded) window.used += 1;
    return {
      limit,
      remaining: limit - Math.min(window.used, limit),
      resetSeconds: Math.max(1, Math.ceil((window.openedAt + windowMs - nowMs) / 1000)),
      isExceeded,
    };
  }

  clear(): void {
    this.#windows.clear();
  }
}
