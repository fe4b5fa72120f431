/** Whatever comes at the same moment is done together. */
const GATHERS_MS = 50;

/**
 * Work that is asked for often and done seldom: soon after the first time it is asked for, and not again before a while
 * has passed, however often that is. The work must not fail.
 */
export class Paced {
  private isAsked = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<void> | null = null;

  constructor(
    private readonly distanceMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  ask(): void {
    if (this.isClosed) return;
    this.isAsked = true;
    if (this.timer === undefined && this.underWay === null) this.wait(GATHERS_MS);
  }

  /** Does what has been asked for and takes no more. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.underWay;
    if (this.isAsked) await this.work();
    this.isAsked = false;
  }

  private wait(milliseconds: number): void {
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isAsked) this.underWay = this.run();
    }, milliseconds);
  }

  private async run(): Promise<void> {
    this.isAsked = false;
    await this.work();
    this.underWay = null;
    if (!this.isClosed) this.wait(this.distanceMs);
  }
}
