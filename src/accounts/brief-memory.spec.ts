import { describe, expect, it } from '@jest/globals';
import { BriefMemory } from './brief-memory.js';

/** A memory of one second whose clock and lookups are in the test's hands. */
function remember(largest = 100) {
  let elapsedMs = 0;
  const asked: string[] = [];
  const memory = new BriefMemory<string>(1_000, largest, () => elapsedMs);
  return {
    memory,
    asked,
    pass: (ms: number) => (elapsedMs += ms),
    recall: (key: string, answer: string | null = key) =>
      memory.recall(key, async () => {
        asked.push(key);
        return answer;
      }),
  };
}

describe('BriefMemory', () => {
  it('looks once for a burst, and again after a second', async () => {
    const { recall, asked, pass } = remember();

    expect(await Promise.all([recall('a'), recall('a'), recall('a')])).toEqual(['a', 'a', 'a']);
    pass(999);
    await recall('a');
    expect(asked).toEqual(['a']);
    pass(1);
    await recall('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('does not remember that nothing was found', async () => {
    const { recall } = remember();

    expect(await recall('a', null)).toBeNull();
    expect(await recall('a', 'there now')).toBe('there now');
  });

  it('does not remember a failure', async () => {
    const { memory, recall } = remember();

    await expect(memory.recall('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await recall('a')).toBe('a');
  });

  it('forgets one or all when told', async () => {
    const { memory, recall, asked } = remember();
    await recall('a');
    await recall('b');

    memory.forget('a');
    await recall('a');
    await recall('b');
    memory.forgetAll();
    await recall('b');

    expect(asked).toEqual(['a', 'b', 'a', 'b']);
  });

  it('starts anew rather than grow without end', async () => {
    const { recall, asked } = remember(2);
    for (const key of ['a', 'b', 'c', 'a']) await recall(key);

    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('lets a late failure of an old look not undo a newer answer', async () => {
    const { memory, recall, asked } = remember();
    let fail!: (error: Error) => void;
    const old = memory.recall('a', () => new Promise((_, reject) => (fail = reject)));
    memory.forget('a');
    await recall('a');

    fail(new Error('late'));
    await expect(old).rejects.toThrow('late');
    await recall('a');

    expect(asked).toEqual(['a']);
  });
});
