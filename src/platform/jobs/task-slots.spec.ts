import { describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { TaskSlots } from './task-slots.js';

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('task slots', () => {
  it('names the tasks that are full', async () => {
    const slots = new TaskSlots(new Map([['pass', 1]]));
    const ends = new EventEmitter();
    const run = slots.run('pass', async () => {
      await once(ends, 'end');
    });
    await settle();
    expect(slots.full).toEqual(['pass']);
    ends.emit('end');
    await run;
    expect(slots.full).toEqual([]);
  });

  it('makes those wait that were fetched too many, and keeps the slot when a run fails', async () => {
    const slots = new TaskSlots(new Map([['pass', 1]]));
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await settle();
      running--;
      throw new Error('bad');
    };
    const ends = await Promise.allSettled([1, 2, 3].map(async () => slots.run('pass', work)));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(most).toBe(1);
    expect(slots.full).toEqual([]);
  });

  it('leaves tasks without a limit alone', async () => {
    const slots = new TaskSlots(new Map([['pass', 1]]));
    await Promise.all([slots.run('mail', settle), slots.run('mail', settle)]);
    expect(slots.full).toEqual([]);
  });
});
