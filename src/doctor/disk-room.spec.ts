import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { DiskRoom, percentFree } from './disk-room.js';

describe('the room on a disk', () => {
  it.each([
    ['nothing reserved', { blocks: 1_000, bfree: 400, bavail: 400 }, 40],
    ['more reserved than left', { blocks: 1_000, bfree: 700, bavail: 100 }, 25],
    ['only reserved blocks left', { blocks: 1_000, bfree: 50, bavail: 0 }, 0],
    ['no blocks at all', { blocks: 0, bfree: 0, bavail: 0 }, null],
  ])('is counted of what may be filled: with %s', (_, given, expected) => {
    expect(percentFree(given)).toBe(expected);
  });

  it('is told of a folder, and of none that does not exist', async () => {
    const disk = new DiskRoom();
    expect(await disk.freePercent(tmpdir())).toEqual(expect.any(Number));
    expect(await disk.freePercent('/no/such/folder')).toBeNull();
  });
});
