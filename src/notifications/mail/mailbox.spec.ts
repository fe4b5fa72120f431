import { describe, expect, it } from '@jest/globals';
import { mailboxKey, toMailbox } from './mailbox.js';

describe('a mailbox', () => {
  it.each([
    ['contact@atelier.example', 'contact@atelier.example'],
    [' Contact+rdv@Atelier.example ', 'Contact+rdv@atelier.example'],
    ['zoe@éléphant.example', 'zoe@xn--lphant-9uab.example'],
    ["o'neil@atelier.example", "o'neil@atelier.example"],
  ])('is read from %j', (text, expected) => {
    expect(toMailbox(text)).toBe(expected);
  });

  it.each([
    '',
    'a@b',
    'a@@b.fr',
    '"x y"@z.fr',
    'a@b.fr\r\nBcc: c@d.fr',
    'a@b.fr\nc@d.fr',
    'a@b.fr,c@d.fr',
    'a@b.fr;c@d.fr',
    'a@b.fr c@d.fr',
    'Ann <a@b.fr>',
    '<a@b.fr>',
    'a@b.fr(comment)',
    'undisclosed:a@b.fr;',
    'a@[127.0.0.1]',
    '-oQ/tmp@b.fr',
    'zoé@b.fr',
    'a\0@b.fr',
    'a@b.fr\u2028',
    `a@b\u202e.fr`,
    `${'a'.repeat(250)}@b.fr`,
    '\ud800@b.fr',
  ])('is not what %j is', (text) => {
    expect(toMailbox(text)).toBeNull();
  });

  it('is the same in capitals', () => {
    expect(mailboxKey('Contact@Atelier.example')).toBe(mailboxKey('contact@atelier.example'));
  });
});
