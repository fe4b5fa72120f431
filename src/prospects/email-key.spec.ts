import { describe, expect, it } from '@jest/globals';
import { toEmailKey } from './email-key.js';

describe('the key of an e-mail address', () => {
  it('is the same for every spelling of one address', () => {
    const spellings = ['zoé@exämple.fr', ' ZOÉ@EXÄMPLE.FR\n', 'zoé@xn--exmple-cua.fr', 'zoe\u0301@exa\u0308mple.fr'];

    expect(new Set(spellings.map(toEmailKey))).toEqual(new Set(['zoé@xn--exmple-cua.fr']));
  });

  it('keeps apart what mail servers may keep apart', () => {
    expect(toEmailKey('jean.dupont@example.fr')).not.toBe(toEmailKey('jeandupont@example.fr'));
    expect(toEmailKey('jean+crm@example.fr')).not.toBe(toEmailKey('jean@example.fr'));
  });

  it.each([
    'a@b',
    '"x y"@z.fr',
    '"x"@z.fr',
    'a@b.fr\r\nBcc: c@d.fr',
    'a@b.fr,c@d.fr',
    'a@b.fr;c@d.fr',
    '<a@b.fr>',
    'Jean <a@b.fr>',
    'a@[127.0.0.1]',
    'a@b@c.fr',
    'a(comment)@b.fr',
    `${'a'.repeat(65)}@b.fr`,
    `a@${'b'.repeat(250)}.fr`,
    'a@xn--zz--.fr',
    '\ud800@b.fr',
    '',
    '@',
  ])('is refused for %j, which is not one mailbox', (text) => {
    expect(toEmailKey(text)).toBeNull();
  });
});
