import { describe, expect, it } from '@jest/globals';
import { RowRate } from './row-rate.js';

describe('a rate of rows', () => {
  it('waits for what the rows have not taken themselves', () => {
    let now = 1_000;
    const rate = new RowRate(500, () => now);
    now += 60;
    expect(rate.pauseAfter(50)).toBe(40);
    now += 40;
    expect(rate.pauseAfter(50)).toBe(100);
  });

  it('waits for nothing when the rows have taken longer, and does not hurry afterwards', () => {
    let now = 1_000;
    const rate = new RowRate(500, () => now);
    now += 900;
    expect(rate.pauseAfter(50)).toBe(0);
    now += 10;
    expect(rate.pauseAfter(50)).toBe(90);
  });

  it('counts on from when the wait should have ended, whatever a timer has added', () => {
    let now = 1_000;
    const rate = new RowRate(500, () => now);
    expect(rate.pauseAfter(50)).toBe(100);
    now += 103;
    expect(rate.pauseAfter(50)).toBe(97);
  });
});
