import { describe, expect, it } from '@jest/globals';
import { toEmailKey } from './email-key.js';

describe('the key of an address', () => {
  it.each([
    [' John.Doe@Example.COM ', 'john.doe@example.com'],
    ['zoe\u0301@exa\u0308mple.fr', 'zoé@xn--exmple-cua.fr'],
    ['zoé@xn--exmple-cua.fr', 'zoé@xn--exmple-cua.fr'],
    ["O'Neil+crm@example.fr", "o'neil+crm@example.fr"],
  ])('is one for all spellings: %s', (written, key) => {
    expect(toEmailKey(written)).toBe(key);
  });

  it.each([
    '',
    'nobody',
    'a@b',
    '"x y"@z.fr',
    'a@b.fr\r\nBcc: c@d.fr',
    'a@b.fr,c@d.fr',
    '<a@b.fr>',
    'Jean <a@b.fr>',
    `${'a'.repeat(250)}@b.fr`,
    'a\ud800@b.fr',
  ])('is none of %j', (written) => {
    expect(toEmailKey(written)).toBeNull();
  });
});
