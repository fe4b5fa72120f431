import { describe, expect, it } from '@jest/globals';
import { retryDelayMs } from './retry-delay.js';

const HOUR_MS = 60 * 60 * 1_000;

describe('retry delay', () => {
  it('begins with seconds, grows each time, and spans about a day in eight waits', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => retryDelayMs(attempt, 0.5));
    expect(delays[0]).toBe(5_000);
    expect(delays.every((delay, index) => index === 0 || delay > Number(delays[index - 1]))).toBe(true);
    const sum = delays.reduce((total, delay) => total + delay, 0);
    expect(sum).toBeGreaterThan(23 * HOUR_MS);
    expect(sum).toBeLessThan(25 * HOUR_MS);
  });

  it('stays at the longest wait for a job with more tries', () => {
    expect(retryDelayMs(20, 0.5)).toBe(12 * HOUR_MS);
  });

  it('differs by up to a fifth, so that what failed together does not come back together', () => {
    expect(retryDelayMs(1, 0)).toBe(4_000);
    expect(retryDelayMs(1, 1)).toBe(6_000);
  });
});
