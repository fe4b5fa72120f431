/** How many calls of an account are under way at once, and how many there ever were. */
export class Concurrency {
  readonly #current = new Map<string, number>();
  readonly #peaks = new Map<string, number>();

  begin(email: string): void {
    const current = (this.#current.get(email) ?? 0) + 1;
    this.#current.set(email, current);
    this.#peaks.set(email, Math.max(current, this.#peaks.get(email) ?? 0));
  }

  end(email: string): void {
    this.#current.set(email, Math.max(0, (this.#current.get(email) ?? 0) - 1));
  }

  peaks(): Record<string, number> {
    return Object.fromEntries(this.#peaks);
  }

  /** Forgets the peaks; what is under way stays under way. */
  clear(): void {
    this.#peaks.clear();
  }
}
