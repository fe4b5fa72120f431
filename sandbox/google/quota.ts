import type { SandboxClock } from '../clock.js';
import { type ApiError, refusalOf } from './api-error.js';
import type { Settings } from './settings.js';

const windowMs = 60_000;

interface Spending {
  at: number;
  cost: number;
}

/** The budgets of a minute, sliding: one for each account, one for the project (contract 11). A refused call costs nothing. */
export class Quota {
  readonly #spent = new Map<string, Spending[]>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
  ) {}

  /** Null: the call may go on. */
  take(email: string, cost: number): ApiError | null {
    const now = this.clock.now().getTime();
    const { requests_per_minute_per_user: ofUser, requests_per_minute: ofProject } = this.settings;
    const budgets = [
      { spendings: this.#recent(`user ${email}`, now), limit: ofUser },
      { spendings: this.#recent('project', now), limit: ofProject },
    ];
    const isExceeded = budgets.some(({ spendings, limit }) => sumOf(spendings) + cost > limit);
    if (isExceeded) return this.#refusal();
    for (const { spendings } of budgets) spendings.push({ at: now, cost });
    return null;
  }

  clear(): void {
    this.#spent.clear();
  }

  #recent(key: string, now: number): Spending[] {
    const recent = (this.#spent.get(key) ?? []).filter(({ at }) => at > now - windowMs);
    this.#spent.set(key, recent);
    return recent;
  }

  #refusal(): ApiError {
    const { quota_status: status, quota_reason: reason, quota_retry_after_seconds: seconds } = this.settings;
    return refusalOf(status, reason, seconds === null ? {} : { 'retry-after': String(seconds) });
  }
}

function sumOf(spendings: Spending[]): number {
  return spendings.reduce((sum, { cost }) => sum + cost, 0);
}
