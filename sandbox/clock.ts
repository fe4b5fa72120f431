interface Task {
  at: number;
  run: () => Promise<void> | void;
}

/** The longest wait a Node timer can hold. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The sandbox's own time. It follows the wall clock until someone advances it; a frozen clock moves only when advanced.
 *
 * Whatever is due later (a retry, a conference link) is scheduled here. While the clock follows the wall, one timer waits
 * for the earliest task; `advance` instead walks from task to task, so a retry that schedules the next retry is followed
 * through, each at its own moment, however far the jump.
 */
export class SandboxClock {
  #offsetMs = 0;
  #frozenAtMs: number | null;
  readonly #startAt: Date | null;
  readonly #tasks: Task[] = [];
  #timer: NodeJS.Timeout | null = null;
  #advancing: Promise<void> = Promise.resolve();
  #isAdvancing = false;

  constructor(startAt: Date | null = null) {
    this.#startAt = startAt;
    this.#frozenAtMs = startAt?.getTime() ?? null;
  }

  now(): Date {
    return new Date(this.#frozenAtMs ?? Date.now() + this.#offsetMs);
  }

  /** The present moved by a number of seconds, negative for the past. */
  in(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }

  schedule(at: Date, run: () => Promise<void> | void): void {
    const task = { at: at.getTime(), run };
    const position = this.#tasks.findIndex((other) => other.at > task.at);
    this.#tasks.splice(position === -1 ? this.#tasks.length : position, 0, task);
    this.#arm();
  }

  /** Resolves once everything that fell due on the way has run. */
  advance(seconds: number): Promise<void> {
    this.#advancing = this.#advancing.then(() => this.#walk(this.now().getTime() + seconds * 1000));
    return this.#advancing;
  }

  /** Back to the time it was started with; nothing that was scheduled remains. */
  reset(): void {
    this.stop();
    this.#offsetMs = 0;
    this.#frozenAtMs = this.#startAt?.getTime() ?? null;
  }

  stop(): void {
    this.#tasks.length = 0;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #walk(targetMs: number): Promise<void> {
    this.#isAdvancing = true;
    try {
      for (let task = this.#takeDue(targetMs); task; task = this.#takeDue(targetMs)) {
        this.#moveTo(task.at);
        await task.run();
      }
      this.#moveTo(targetMs);
    } finally {
      this.#isAdvancing = false;
      this.#arm();
    }
  }

  #takeDue(untilMs: number): Task | undefined {
    const first = this.#tasks[0];
    return first && first.at <= untilMs ? this.#tasks.shift() : undefined;
  }

  #moveTo(instantMs: number): void {
    const forwardMs = Math.max(0, instantMs - this.now().getTime());
    if (this.#frozenAtMs === null) this.#offsetMs += forwardMs;
    else this.#frozenAtMs += forwardMs;
  }

  #arm(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const first = this.#tasks[0];
    if (!first || this.#frozenAtMs !== null || this.#isAdvancing) return;
    const waitMs = Math.min(Math.max(0, first.at - this.now().getTime()), longestTimerMs);
    this.#timer = setTimeout(() => this.#runDue(), waitMs);
    this.#timer.unref();
  }

  #runDue(): void {
    const nowMs = this.now().getTime();
    for (let task = this.#takeDue(nowMs); task; task = this.#takeDue(nowMs)) void task.run();
    this.#arm();
  }
}
