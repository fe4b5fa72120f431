import { describe, expect, it } from '@jest/globals';
import { restartDelayMs } from './restart-delay.js';

describe('restartDelayMs', () => {
  it('doubles from a quarter of a second up to fifteen', () => {
    expect([1, 2, 3, 7, 8].map(restartDelayMs)).toEqual([250, 500, 1000, 15_000, 15_000]);
  });

  it('stays finite however long the server is down', () => {
    expect(restartDelayMs(1_000_000)).toBe(15_000);
  });
});
