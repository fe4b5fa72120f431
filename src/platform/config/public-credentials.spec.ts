import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isPublicCredential } from './public-credentials.js';

describe('a credential that anybody knows', () => {
  it.each([
    '<redacted>',
    'your-client-secret',
    'your_jwt_secret',
    'change-me',
    'changeme123',
    'CHANGE_ME',
    'secret',
    'password',
    'example',
    'xxxxxxxx',
    'test',
    '0'.repeat(64),
    'abc'.repeat(10),
    '0123456789abcdef'.repeat(4),
  ])('is %s', (value) => {
    expect(isPublicCredential(value)).toBe(true);
  });

  it('is none that was drawn', () => {
    const drawn = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => new Set(bytes).size > 16);
    fc.assert(
      fc.property(drawn, (bytes) => {
        expect(isPublicCredential(Buffer.from(bytes).toString('hex'))).toBe(false);
      }),
    );
  });

  it('is not one that only begins like a common word', () => {
    expect(['secretary-of-the-sea-41', 'testament-of-1893-and-more'].filter(isPublicCredential)).toEqual([]);
  });
});
