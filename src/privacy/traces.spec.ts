import { describe, expect, it } from '@jest/globals';
import { isTelling, tracePattern } from './traces.js';

const ANN = { email: 'ann.lee@example.org', names: ['Ann Lee'], phones: ['+33 6 12 34 56 78'] };

describe('the traces of a person', () => {
  const pattern = new RegExp(tracePattern(ANN), 'iu');

  it.each([
    'ann.lee@example.org',
    'write to ANN.LEE@example.org.',
    '"email":"ann.lee@example.org"',
    'https://host.example/?email=ann.lee%40example.org&x=1',
    'Ann Lee a réservé',
    'ANN LEE',
    'name=Ann+Lee',
    '06 12 34 56 78',
    'tel:+33612345678',
    '(+33) 6.12.34.56.78',
  ])('are found in %s', (text) => {
    expect(pattern.test(text)).toBe(true);
  });

  it.each([
    'joann.lee@example.org',
    'ann.lee@example.org.uk',
    'ann.lee@example.organic',
    'annxlee@example.org',
    'Joann Lee',
    'Ann Leeds',
    '9406123456781',
    'a0612345678',
  ])('are not seen in %s', (text) => {
    expect(pattern.test(text)).toBe(false);
  });

  it('hold names as they stand in JSON', () => {
    const odd = new RegExp(tracePattern({ ...ANN, names: ['Ann "A" Lee'] }), 'iu');
    expect(odd.test(JSON.stringify({ name: 'Ann "A" Lee' }))).toBe(true);
  });

  it('are no single words, which could be anybody’s', () => {
    expect(['Marie', 'A B', 'Ann Lee', ' Ann '].filter(isTelling)).toEqual(['Ann Lee']);
  });
});
