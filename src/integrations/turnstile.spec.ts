import { describe, expect, it } from '@jest/globals';
import { Turnstile } from './turnstile.js';

describe('turnstile', () => {
  it('lets in as many as it has places, the urgent first, and the next when one leaves or fails', async () => {
    const turnstile = new Turnstile(2);
    const order: string[] = [];
    let inside = 0;
    let most = 0;
    const work =
      (name: string, fails = false) =>
      async () => {
        order.push(name);
        most = Math.max(most, (inside += 1));
        await new Promise(setImmediate);
        inside -= 1;
        if (fails) throw new Error(name);
      };
    const outcomes = await Promise.allSettled([
      turnstile.pass(work('a', true), false),
      turnstile.pass(work('b'), false),
      turnstile.pass(work('c'), false),
      turnstile.pass(work('d'), false),
      turnstile.pass(work('e'), true),
    ]);
    expect(order).toEqual(['a', 'b', 'e', 'c', 'd']);
    expect(most).toBe(2);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...Array.from({ length: 4 }, () => 'fulfilled')]);
    await turnstile.pass(work('f'), false);
    expect(order.at(-1)).toBe('f');
  });
});
