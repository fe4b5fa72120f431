import { describe, expect, it } from '@jest/globals';
import { toMailLink } from './mail-link.js';

describe('a link in a mail', () => {
  it.each([
    'https://archimeuble.com/configurator/save/abc123',
    'HTTPS://example.com/?a=1&b=<2>"',
    'https://éléphant.example/é',
  ])('is clickable and unchanged when it is %s', (text) => {
    expect(toMailLink(` ${text}\n`)).toEqual({ text, href: text });
  });

  it.each(['http://example.com/a', 'https://bank.example@evil.test/', 'https://user:word@evil.test/'])(
    'is shown in full, not clickable, when it is %s',
    (text) => {
      expect(toMailLink(text)).toEqual({ text, href: null });
    },
  );

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'java\nscript:alert(1)',
    'vbscript:x',
    'file:///etc/passwd',
    'mailto:a@b.fr',
    '//example.com',
    'https:example.com',
    'https://',
    'https://example.com/\r\nBcc: a@b.fr',
    'https://example.com/\u202egpj.exe',
    'https://exa\u200bmple.com/',
    'voir https://example.com',
    `https://example.com/${'a'.repeat(2_000)}`,
    '',
  ])('is no link when it is %j', (text) => {
    expect(toMailLink(text)).toBeNull();
  });
});
