import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<CallTrace>();

/** How a provider has answered, as far as one needs it to ask about that answer. */
export interface TracedCall {
  /** 0 when no answer came. */
  readonly status: number;
  /** The provider's name for its answer; null where it gives none. */
  readonly requestId: string | null;
}

/** The last call of one piece of work, for whoever tells how that work went: also of one that has thrown. */
export class CallTrace {
  private last: TracedCall | null = null;

  /** The trace of the work that is going on, when anybody wants one. */
  static current(): CallTrace | undefined {
    return storage.getStore();
  }

  during<T>(work: () => Promise<T>): Promise<T> {
    return storage.run(this, work);
  }

  note(call: TracedCall): void {
    this.last = call;
  }

  /** Null when no call was made since the last time. */
  take(): TracedCall | null {
    const { last } = this;
    this.last = null;
    return last;
  }
}

/** https://learn.microsoft.com/graph/errors has `request-id`; most others who give one call it `x-request-id`. */
export function requestIdOf(headers: Readonly<Record<string, string>>): string | null {
  const given = headers['request-id'] ?? headers['x-request-id'] ?? '';
  return /^[\w.:-]{1,100}$/.test(given) ? given : null;
}
