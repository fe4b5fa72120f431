import { describe, expect, it } from '@jest/globals';
import { zoneDataAge } from './zone-data.js';

describe('the age of zone data', () => {
  it.each([
    ['2025b', '2026-03-22T00:00:00Z', 'current'],
    ['2025b', '2026-03-23T00:00:00Z', 'old'],
    ['2019c', '2026-01-01T00:00:00Z', 'old'],
    // Not met yet: the year must be over, and another one.
    ['2031a', '2032-12-31T00:00:00Z', 'current'],
    ['2031a', '2033-01-01T00:00:00Z', 'old'],
    ['2030z', '2026-01-01T00:00:00Z', 'current'],
    [undefined, '2026-01-01T00:00:00Z', 'unknown'],
    ['', '2026-01-01T00:00:00Z', 'unknown'],
    ['unknown', '2026-01-01T00:00:00Z', 'unknown'],
  ] as const)('%s on %s is %s', (version, now, age) => {
    expect(zoneDataAge(version, new Date(now))).toBe(age);
  });
});
