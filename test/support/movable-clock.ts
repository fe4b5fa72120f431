import { Clock } from '../../src/platform/clock/clock.js';

/** A clock that can be set ahead, or be stopped at an instant. */
export class MovableClock extends Clock {
  private aheadMs = 0;
  private stoppedAt: number | null = null;

  moveAhead(seconds: number): void {
    this.aheadMs += seconds * 1_000;
  }

  /** For limits: a busy machine takes its time between two lines of a test. */
  stopAt(instant: Date): void {
    this.stoppedAt = instant.getTime();
  }

  override now(): Date {
    return new Date(this.stoppedAt ?? Date.now() + this.aheadMs);
  }
}
