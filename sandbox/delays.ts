/** Calls that are kept waiting: for their time, or until all of them are let go. */
export class Delays {
  readonly #waiting = new Set<() => void>();

  wait(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, milliseconds).unref();
      this.#waiting.add(go);
    });
  }

  letGo(): void {
    for (const go of this.#waiting) go();
  }
}
