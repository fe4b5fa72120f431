import { describe, expect, it } from '@jest/globals';
import { isTraversable } from './server-account.js';

const account = { uid: 101, gid: 104 };

describe('isTraversable', () => {
  it.each([
    ['the home folder of root', 0o700, 0, 0, false],
    ['a folder open to all', 0o755, 0, 0, true],
    ['a folder that only lets pass', 0o711, 0, 0, true],
    ['its own private folder', 0o700, 101, 104, true],
    ['a folder of its group', 0o710, 0, 104, true],
    ['a folder that shuts out its group alone', 0o705, 0, 104, false],
  ])('judges %s', (_name, mode, uid, gid, expected) => {
    expect(isTraversable({ mode, uid, gid }, account)).toBe(expected);
  });
});
