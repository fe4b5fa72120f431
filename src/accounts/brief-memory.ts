/**
 * Answers remembered for a moment, so that a burst of requests of one session costs one look at the database. A lookup
 * under way is shared; a failed one, and one that found nothing, is not kept.
 */
export class BriefMemory<T> {
  private readonly entries = new Map<string, { answer: Promise<T | null>; staleAt: number }>();

  constructor(
    private readonly keptForMs: number,
    private readonly largest: number,
    private readonly elapsedMs: () => number = () => performance.now(),
  ) {}

  async recall(key: string, look: () => Promise<T | null>): Promise<T | null> {
    const known = this.entries.get(key);
    if (known !== undefined && known.staleAt > this.elapsedMs()) return await known.answer;

    const answer = look();
    if (this.entries.size >= this.largest) this.entries.clear();
    const entry = { answer, staleAt: this.elapsedMs() + this.keptForMs };
    this.entries.set(key, entry);
    const drop = () => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    };
    answer.then((found) => found === null && drop(), drop);
    return await answer;
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  forgetAll(): void {
    this.entries.clear();
  }
}
