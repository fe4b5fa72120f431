import { describe, expect, it } from '@jest/globals';
import { toLine, toLines } from './readable-text.js';

describe('what others wrote', () => {
  it.each([
    ['Jean Dupont', 'Jean Dupont'],
    ['  Jean\r\nBcc: a@b.fr\u2028x\0 ', 'Jean Bcc: a@b.fr x'],
    ['moc.\u202eelgoog', 'moc.elgoog'],
    ['\ud800Zoé 👩‍👩‍👧', '\ufffdZoé 👩‍👩‍👧'],
    ['', ''],
  ])('%j is one line', (text, line) => {
    expect(toLine(text)).toBe(line);
  });

  it('is cut between characters, and says so', () => {
    expect(toLine('a'.repeat(300), 5)).toBe('aaaa…');
    expect(toLine('👩‍👩‍👧'.repeat(10), 3)).toBe('👩‍👩‍👧👩‍👩‍👧…');
    expect(toLine('é'.repeat(200))).toBe('é'.repeat(200));
  });

  it('keeps the lines of a longer text, each without what controls', () => {
    expect(toLines('\n\nUn meuble\r\n  scandinave\u2029\u0007pour le salon\n\n')).toEqual([
      'Un meuble',
      'scandinave',
      'pour le salon',
    ]);
    expect(toLines('\n')).toEqual(['']);
  });
});
