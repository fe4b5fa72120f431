import { describe, expect, it } from 'vitest';
import { allWords, type Words } from '@/i18n/i18n';

const sources = import.meta.glob<string>('../src/**/*.{ts,tsx}', { eager: true, query: '?raw', import: 'default' });

/** Those that come with a part of a screen: `words.run-steps.ts` → `run-steps`. */
const lateWords = import.meta.glob<Words>('../src/screens/*/words.*.ts', { eager: true, import: 'words' });

const everyWord = {
  ...allWords,
  ...Object.fromEntries(Object.entries(lateWords).map(([path, words]) => [path.split('.').at(-2)!, words])),
};

function flatten(words: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value as object, `${prefix}${key}.`)],
    ),
  );
}

const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();

describe.each(Object.entries(everyWord))('the words of %s', (_, { fr, en }) => {
  const french = flatten(fr);
  const english = flatten(en);

  it('say the same things in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
  });

  it('have something to say everywhere, with the same placeholders', () => {
    const wrong = [...french].filter(([key, text]) => {
      const other = english.get(key) ?? '';
      return text.trim() === '' || other.trim() === '' || String(placeholders(other)) !== String(placeholders(text));
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a plain space before ; : ! ? » or after «', / [;:!?»]|« /],
    ['no space before ; ! ?', /[\p{L}\d][;!?](?!\p{L})/u],
    ['a straight apostrophe', /\p{L}'\p{L}/u],
    ['three dots', /\.\.\./],
  ])('are set as French is: without %s', (_mistake, pattern) => {
    expect([...french].filter(([, text]) => pattern.test(text))).toEqual([]);
  });
});

describe('what the sources ask for', () => {
  it('exists, wherever the key is written out', () => {
    const known = new Set(
      Object.entries(everyWord).flatMap(([namespace, { fr }]) =>
        [...flatten(fr).keys()].map((key) => `${namespace}:${key.replace(/_(zero|one|many|other)$/, '')}`),
      ),
    );
    const missing: string[] = [];
    for (const [path, source] of Object.entries(sources)) {
      const namespace = /useTranslation\('([\w-]+)'\)/.exec(source)?.[1] ?? 'common';
      for (const [, key = ''] of source.matchAll(/\bt\(\s*'([^']+)'/g)) {
        const full = key.includes(':') ? key : `${namespace}:${key}`;
        if (!known.has(full)) missing.push(`${path}: ${full}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
