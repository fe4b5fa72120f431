import { describe, expect, it } from '@jest/globals';
import { toSlug, uniqueSlug } from './organization-slug.js';

describe('toSlug', () => {
  it.each([
    ['Atelier Démo', 'atelier-demo'],
    ['  L’Œuvre & Cie !', 'l-uvre-cie'],
    ['株式会社', 'organisation'],
    ['---', 'organisation'],
    [`${'a'.repeat(47)} b`, 'a'.repeat(47)],
  ])('makes of %j the slug %j', (name, slug) => {
    expect(toSlug(name)).toBe(slug);
  });

  it('tells two organizations of one name apart by their ids', () => {
    expect(uniqueSlug('Démo', '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f')).toBe('demo-0c07398f');
  });
});
