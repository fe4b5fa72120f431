import { Problem } from '../platform/errors/problem.js';
import { accountsBusy } from './accounts.problems.js';

/**
 * Lets a few pieces of costly work run at once and some more wait in the order they came. Beyond that it refuses:
 * somebody who is told to come back is served better than everybody who waits behind a flood.
 */
export class HashQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.takePlace();
    try {
      return await work();
    } finally {
      this.leavePlace();
    }
  }

  private async takePlace(): Promise<void> {
    if (this.running < this.atOnce) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= this.mostWaiting) throw new Problem(accountsBusy, { retryAfterSeconds: 2 });
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private leavePlace(): void {
    const next = this.waiting.shift();
    // The place is handed on, not freed: nobody who comes in between can take it.
    if (next !== undefined) next();
    else this.running -= 1;
  }
}
