/**
 * So many rows a second, at most. The time that the rows themselves have taken counts: only what is missing is waited
 * for. Time that was lost is not made up for, so that no second sees more.
 */
export class RowRate {
  private dueAt: number;

  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.dueAt = this.now();
  }

  /** How long to wait after so many rows, in milliseconds. */
  pauseAfter(rows: number): number {
    const now = this.now();
    this.dueAt = Math.max(now, this.dueAt + (rows / this.perSecond) * 1_000);
    return this.dueAt - now;
  }
}
