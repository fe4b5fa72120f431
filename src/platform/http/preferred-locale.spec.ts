import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { preferredLocale } from './preferred-locale.js';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'fr'],
    ['', 'fr'],
    ['*', 'fr'],
    ['de-DE, es', 'fr'],
    ['fr-CA', 'fr'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['de, en;q=0.5', 'en'],
    ['fr;q=0.4, en;q=0.9', 'en'],
    ['en;q=0.4, fr;q=0.9', 'fr'],
    ['fr, en', 'fr'],
    ['en, fr', 'en'],
    ['en;q=0', 'fr'],
    ['en;q=0, fr;q=0.1', 'fr'],
    ['en ; q=0.2 , fr ; q=0.1', 'en'],
    ['en;level=1;q=0.1, fr;q=0.2', 'fr'],
    ['english', 'fr'],
  ])('for %j is %s', (header, locale) => {
    expect(preferredLocale(header)).toBe(locale);
  });

  it('is one of the two, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(['fr', 'en']).toContain(preferredLocale(header));
      }),
    );
  });
});
