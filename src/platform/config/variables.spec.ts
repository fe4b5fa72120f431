import { describe, expect, it } from '@jest/globals';
import { keyDigits, flag, httpUrl, list, wholeNumber } from './variables.js';

describe('the kinds of variables', () => {
  it.each([
    ['https://crm.example', 'https://crm.example'],
    ['https://crm.example/', 'https://crm.example'],
    ['http://localhost:3000/under/here//', 'http://localhost:3000/under/here'],
  ])('take the address %s without its last slash', (given, read) => {
    expect(httpUrl().parse(given)).toBe(read);
  });

  it.each([
    'crm.example',
    '//crm.example',
    'ftp://crm.example',
    'https://crm.example/#there',
    'https://',
    'javascript:1',
  ])('refuse the address %s', (given) => {
    expect(httpUrl().safeParse(given).success).toBe(false);
  });

  it.each(['-1', '1.5', '1e3', '0x10', '101', 'NaN', ' 5'])('refuse %s as a whole number up to 100', (given) => {
    expect(wholeNumber(0, 100).safeParse(given).success).toBe(false);
  });

  it('take both ends of a range', () => {
    expect([wholeNumber(0, 100).parse('0'), wholeNumber(0, 100).parse('100')]).toEqual([0, 100]);
  });

  it('take true and false, by their letters alone', () => {
    expect([flag().parse('true'), flag().parse('false')]).toEqual([true, false]);
    expect(['1', '0', 'yes', 'TRUE', 'False'].filter((given) => flag().safeParse(given).success)).toEqual([]);
  });

  it('take a list apart, and leave out what is empty', () => {
    expect(list().parse(' https://a.example ,,https://b.example, ')).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });

  it('take 64 hexadecimal digits for a key, no fewer and no more', () => {
    expect(keyDigits().safeParse('0aF'.repeat(21) + '1').success).toBe(true);
    expect(
      ['a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64)].filter((key) => keyDigits().safeParse(key).success),
    ).toEqual([]);
  });
});
