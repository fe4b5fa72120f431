import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { validate, version } from 'uuid';
import { newId } from './identifiers.js';

describe('a new id', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is a UUID of the seventh version that says when it was made', () => {
    const before = Date.now();
    const id = newId();
    expect(validate(id) && version(id)).toBe(7);
    const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(madeAt).toBeGreaterThanOrEqual(before);
    expect(madeAt).toBeLessThanOrEqual(Date.now());
  });

  it('comes after those before it, within a millisecond as well', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  it('comes after those before it when the clock is put back', () => {
    const before = newId();
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 60_000);
    const ids = [before, newId(), newId()];
    expect(ids).toEqual(ids.toSorted());
  });

  it('is random in what is not time and order', () => {
    const tails = Array.from({ length: 1_000 }, () => newId().slice(-10));
    expect(new Set(tails).size).toBe(1_000);
  });
});
