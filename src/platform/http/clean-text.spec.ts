import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { IsCleanText } from './clean-text.js';

class Letter {
  @IsCleanText({ min: 2, max: 10 })
  subject: unknown;

  @IsCleanText({ max: 20, multiline: true })
  body: unknown;
}

function faultsOf(written: { subject?: unknown; body?: unknown }): string[] {
  const letter = Object.assign(new Letter(), { subject: 'Bonjour', body: '' }, written);
  return validateSync(letter).map(({ property }) => property);
}

describe('a clean text', () => {
  it.each(['Zoé', 'שלום', '👩‍👩‍👧', 'a\u0301b', 'x'.repeat(10)])('may be %j', (subject) => {
    expect(faultsOf({ subject })).toEqual([]);
  });

  it.each([
    ['too short', 'x'],
    ['nothing but space', '     '],
    ['too long', 'x'.repeat(11)],
    ['a NUL', 'ab\0cd'],
    ['half a surrogate pair', 'ab\ud83d'],
    ['a line break', 'ab\ncd'],
    ['a tab', 'ab\tcd'],
    ['an escape sequence', 'ab\u001b[2J'],
    ['a delete', 'ab\u007f'],
    ['a number', 12345],
    ['a list', ['ab']],
    ['nothing', undefined],
    ['null', null],
  ])('is not %s', (_, subject) => {
    expect(faultsOf({ subject })).toEqual(['subject']);
  });

  it('may have lines where they are allowed, and still no other control character', () => {
    expect(faultsOf({ body: 'one\r\n\ttwo' })).toEqual([]);
    expect(faultsOf({ body: 'one\0two' })).toEqual(['body']);
    expect(faultsOf({ body: 'one\u000btwo' })).toEqual(['body']);
  });

  it('is refused with the name of the field and its limits, not with what was written', () => {
    const letter = Object.assign(new Letter(), { subject: 'hunter2\0', body: '' });
    const [fault] = validateSync(letter);
    expect(Object.values(fault?.constraints ?? {})).toEqual([
      'subject must be a text of 2 to 10 characters without control characters',
    ]);
  });
});
