/**
 * Lets jobs run side by side, except one that is suspected of killing its worker: that one runs alone, so that its
 * neighbours are not blamed, nor killed. While it waits for its turn nothing new begins.
 */
export class Quarantine {
  private running = 0;
  /** Settles when every suspect so far is through. */
  private suspects: Promise<void> = Promise.resolve();
  private suspectsWaiting = 0;
  private whenEmpty: (() => void) | undefined;

  async beside<T>(work: () => Promise<T>): Promise<T> {
    while (this.suspectsWaiting > 0) await this.suspects;
    this.running++;
    try {
      return await work();
    } finally {
      this.running--;
      if (this.running === 0) this.whenEmpty?.();
    }
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.suspectsWaiting++;
    const turn = this.suspects.then(async () => {
      if (this.running > 0) await new Promise<void>((resolve) => (this.whenEmpty = resolve));
      this.whenEmpty = undefined;
      try {
        return await work();
      } finally {
        this.suspectsWaiting--;
      }
    });
    this.suspects = turn.then(
      () => undefined,
      () => undefined,
    );
    return await turn;
  }
}
