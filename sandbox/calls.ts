export interface Call {
  base: string;
  method: string;
  /** Relative to its base: `/users/me`, `/oauth/token`. */
  path: string;
  query: Record<string, unknown>;
  /** Null while unanswered, and for good when the answer was withheld. */
  status: number | null;
  at: string;
  account: string | null;
}

const kept = 20_000;

/** What was asked of a stand-in, for tests that count requests. Holds no header and no body, hence no token. */
export class Calls {
  readonly #calls: Call[] = [];

  record(call: Call): Call {
    if (this.#calls.length >= kept) this.#calls.shift();
    this.#calls.push(call);
    return call;
  }

  list(): Call[] {
    return this.#calls.map((call) => ({ ...call }));
  }

  clear(): void {
    this.#calls.length = 0;
  }
}
