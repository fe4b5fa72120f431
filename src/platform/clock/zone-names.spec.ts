import { describe, expect, it } from '@jest/globals';
import { isZoneName } from './zone-names.js';

describe('the names of time zones', () => {
  it.each([
    ['Europe/Paris', true],
    ['europe/paris', true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['+02:00', false],
    ['Nulle/Part', false],
    ['', false],
    ['x'.repeat(100), false],
  ])('%s: %s, however often it is asked', (text, expected) => {
    expect([isZoneName(text), isZoneName(text)]).toEqual([expected, expected]);
  });

  it('cost little memory to ask about', () => {
    isZoneName('Europe/Paris');
    const before = process.memoryUsage().rss;
    for (let count = 0; count < 20_000; count += 1) isZoneName('Europe/Paris');
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('are not all kept where somebody makes them up', () => {
    for (let count = 0; count < 5_000; count += 1) expect(isZoneName(`Made/Up${count}`)).toBe(false);
    expect(isZoneName('Asia/Tokyo')).toBe(true);
  });
});
