/**
 * Holds tasks to their own limits within one worker. `full` keeps the queue from handing out more of them; because
 * several fetches may be under way when a task becomes full, `run` makes the few extra ones wait.
 */
export class TaskSlots {
  private readonly running = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly limits: ReadonlyMap<string, number>) {}

  /** The tasks that have no free slot. */
  get full(): string[] {
    return [...this.limits].filter(([task, limit]) => this.count(task) >= limit).map(([task]) => task);
  }

  async run<T>(task: string, work: () => Promise<T>): Promise<T> {
    const limit = this.limits.get(task);
    if (limit === undefined) return await work();
    if (this.count(task) >= limit) await new Promise<void>((resolve) => this.queueFor(task).push(resolve));
    else this.running.set(task, this.count(task) + 1);
    try {
      return await work();
    } finally {
      const next = this.queueFor(task).shift();
      // A slot goes to whoever waits, without becoming free in between.
      if (next) next();
      else this.running.set(task, this.count(task) - 1);
    }
  }

  private count(task: string): number {
    return this.running.get(task) ?? 0;
  }

  private queueFor(task: string): (() => void)[] {
    let queue = this.waiting.get(task);
    if (queue === undefined) this.waiting.set(task, (queue = []));
    return queue;
  }
}
