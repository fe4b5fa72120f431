import { describe, expect, it } from '@jest/globals';
import { equalDigests, randomToken, sha256 } from './hashing.js';

describe('sha256', () => {
  it('is the one of the standard, over the bytes of a text', () => {
    // FIPS 180-4, the example of one block.
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256('abc').toString('hex')).toBe(abc);
    expect(sha256('é')).toEqual(sha256(Buffer.from([0xc3, 0xa9])));
  });
});

describe('a random token', () => {
  it('is 256 bits unless more are asked for, never the same, in letters that survive a URL', () => {
    const tokens = Array.from({ length: 100 }, () => randomToken());
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) {
      expect(encodeURIComponent(token)).toBe(token);
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    }
    expect(Buffer.from(randomToken(48), 'base64url')).toHaveLength(48);
  });
});

describe('two digests', () => {
  it('are equal in every byte and in length, or they are not', () => {
    const digest = sha256('a');
    expect(equalDigests(digest, sha256('a'))).toBe(true);
    expect(equalDigests(digest, sha256('b'))).toBe(false);
    expect(equalDigests(digest, digest.subarray(1))).toBe(false);
    expect(equalDigests(digest, Buffer.alloc(0))).toBe(false);
    expect(equalDigests(digest, digest.with(31, digest[31]! ^ 1))).toBe(false);
  });
});
