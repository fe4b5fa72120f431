import { describe, expect, it } from '@jest/globals';
import { drawBytes } from './random-supply.js';

describe('random bytes', () => {
  it('are as many as were asked for, and never the same, from one block to the next', () => {
    const drawn = Array.from({ length: 5_000 }, (_, index) => drawBytes(index % 2 === 0 ? 12 : 16));
    expect(new Set(drawn.map(({ length }, index) => `${index % 2} ${length}`))).toEqual(new Set(['0 12', '1 16']));
    expect(new Set(drawn.map((bytes) => bytes.toString('hex'))).size).toBe(5_000);
    // Not a byte of one is a byte of another.
    const places = drawn.map(({ buffer, byteOffset, length }) => ({
      buffer,
      from: byteOffset,
      to: byteOffset + length,
    }));
    const overlaps = places.filter(({ buffer, from }, index) => {
      const before = places[index - 1];
      return before?.buffer === buffer && from < before.to;
    });
    expect(overlaps).toEqual([]);
  });
});
