import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Paced } from './paced.js';

let runs: number;
let paced: Paced;

beforeEach(() => {
  jest.useFakeTimers();
  runs = 0;
  paced = new Paced(1_000, async () => {
    runs += 1;
  });
});

afterEach(() => {
  jest.useRealTimers();
});

describe('paced work', () => {
  it('is done once for everything of a moment, at once when it was quiet', async () => {
    for (let asked = 0; asked < 500; asked += 1) paced.ask();
    await jest.advanceTimersByTimeAsync(60);
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(runs).toBe(1);
  });

  it('keeps its distance under a flood, and does not forget the last of it', async () => {
    for (let passed = 0; passed < 3_000; passed += 10) {
      paced.ask();
      await jest.advanceTimersByTimeAsync(10);
    }
    expect(runs).toBeLessThanOrEqual(3);
    const before = runs;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(runs).toBe(before + 1);
  });

  it('is done a last time when it is closed, and then no more', async () => {
    paced.ask();
    await paced.close();
    expect(runs).toBe(1);
    paced.ask();
    await jest.advanceTimersByTimeAsync(10_000);
    expect([runs, jest.getTimerCount()]).toEqual([1, 0]);
  });
});
