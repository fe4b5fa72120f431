import type { Locale } from '../errors/problem.js';

/** The best of the product's languages for an Accept-Language header; French when nothing better is asked for. */
export function preferredLocale(header: string | undefined): Locale {
  if (header === undefined) return 'fr';
  const wishes = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.trim().split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => (language === 'fr' || language === 'en') && quality > 0)
    .sort((left, right) => right.quality - left.quality);
  return wishes[0]?.language === 'en' ? 'en' : 'fr';
}
