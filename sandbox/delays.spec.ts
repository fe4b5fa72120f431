import { describe, expect, it } from '@jest/globals';
import { Delays } from './delays.js';

describe('calls that are kept waiting', () => {
  it('go on after their time', async () => {
    const delays = new Delays();
    const startedAt = performance.now();
    await delays.wait(30);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
  });

  it('go on at once when all are let go, and those that come later wait again', async () => {
    const delays = new Delays();
    const gone: string[] = [];
    const wait = (name: string) => delays.wait(60_000).then(() => gone.push(name));
    const [first, second] = [wait('first'), wait('second')];
    await delays.wait(0);
    expect(gone).toEqual([]);
    delays.letGo();
    await Promise.all([first, second]);
    const third = wait('third');
    await delays.wait(0);
    expect(gone).toEqual(['first', 'second']);
    delays.letGo();
    await third;
  });
});
