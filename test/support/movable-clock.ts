import { Clock } from '../../src/platform/clock/clock.js';

/** A clock that can be set ahead. */
export class MovableClock extends Clock {
  private aheadMs = 0;

  moveAhead(seconds: number): void {
    this.aheadMs += seconds * 1_000;
  }

  override now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}
