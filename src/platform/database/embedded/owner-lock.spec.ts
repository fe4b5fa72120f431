import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { OwnerLock } from './owner-lock.js';

describe('OwnerLock', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passerelle-lock-'));
    path = join(folder, 'owner');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('refuses a second owner until the first lets go', async () => {
    const first = await OwnerLock.acquire(path, 'It');
    await expect(OwnerLock.acquire(path, 'It')).rejects.toMatchObject({
      code: 'embedded-postgres/owned-by-another-process',
    });
    await first.release();
    await expect(OwnerLock.acquire(path, 'It')).resolves.toBeInstanceOf(OwnerLock);
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 30, startedAt: null })],
    ['a process whose number is ours by now', JSON.stringify({ pid: process.pid, startedAt: 'boot/1' })],
    ['a predecessor with our number, where start times are unknown', JSON.stringify({ pid: process.pid })],
    ['a writer whose disk was full', ''],
  ])('takes over from %s', async (_name, content) => {
    await writeFile(`${path}.7`, content);
    await expect(OwnerLock.acquire(path, 'It')).resolves.toBeInstanceOf(OwnerLock);
  });

  it('lets one win when many find the same stale lock', async () => {
    await writeFile(`${path}.7`, JSON.stringify({ pid: 2 ** 30, startedAt: null }));
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => OwnerLock.acquire(path, 'It')));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('never has two owners while many come and go, and keeps a single file', async () => {
    let owners = 0;
    let turns = 0;
    const comeAndGo = async (): Promise<void> => {
      for (let visit = 0; visit < 20; visit++) {
        const lock = await OwnerLock.acquire(path, 'It').catch(() => null);
        if (lock === null) continue;
        turns++;
        expect(++owners).toBe(1);
        await setImmediate();
        owners--;
        await lock.release();
      }
    };

    await Promise.all(Array.from({ length: 10 }, comeAndGo));

    expect(turns).toBeGreaterThan(1);
    expect(await readdir(folder)).toHaveLength(1);
  });
});
