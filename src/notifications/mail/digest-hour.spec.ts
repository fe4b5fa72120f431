import { describe, expect, it } from '@jest/globals';
import { nextDigestAt } from './digest-hour.js';

describe('the hour of a digest', () => {
  it.each([
    ['2026-01-16T06:59:00Z', 'Europe/Paris', '2026-01-16T07:00:00.000Z'],
    ['2026-01-16T07:00:00Z', 'Europe/Paris', '2026-01-17T07:00:00.000Z'],
    // The night in which the clock goes forward, and the one in which it goes back.
    ['2026-03-28T08:00:00Z', 'Europe/Paris', '2026-03-29T06:00:00.000Z'],
    ['2026-10-24T08:00:00Z', 'Europe/Paris', '2026-10-25T07:00:00.000Z'],
    ['2026-01-16T20:00:00Z', 'Pacific/Auckland', '2026-01-17T19:00:00.000Z'],
  ])('after %s in %s is %s', (now, zone, expected) => {
    expect(nextDigestAt(new Date(now), zone).toISOString()).toBe(expected);
  });
});
