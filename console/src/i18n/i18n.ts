import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { words as common } from './words.common';
import { words as errors } from './words.errors';
import { words as shell } from './words.shell';

export type Language = 'fr' | 'en';

/** What a screen says, in both languages, with the same keys. */
export interface Words {
  readonly fr: Readonly<Record<string, unknown>>;
  readonly en: Readonly<Record<string, unknown>>;
}

const KEY = 'passerelle.language';

/** A screen's words stand in its folder, and are its namespace: `screens/prospects/words.ts` → `prospects`. */
const ofScreens = import.meta.glob<Words>('../screens/*/words.ts', { eager: true, import: 'words' });

export const allWords: Readonly<Record<string, Words>> = {
  common,
  errors,
  shell,
  ...Object.fromEntries(Object.entries(ofScreens).map(([path, words]) => [path.split('/').at(-2) ?? path, words])),
};

export const i18n = createInstance();

export function currentLanguage(): Language {
  return i18n.resolvedLanguage === 'en' ? 'en' : 'fr';
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  void i18n.changeLanguage(language);
}

i18n.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

void i18n.use(initReactI18next).init({
  lng: preferred(),
  fallbackLng: 'fr',
  supportedLngs: ['fr', 'en'],
  defaultNS: 'common',
  ns: Object.keys(allWords),
  resources: {
    fr: Object.fromEntries(Object.entries(allWords).map(([name, { fr }]) => [name, fr])),
    en: Object.fromEntries(Object.entries(allWords).map(([name, { en }]) => [name, en])),
  },
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  // Everything is at hand, so that the first paint already speaks.
  initAsync: false,
  react: { useSuspense: false },
});

/**
 * Words of a screen or a part that few visits open, which come with it: `words.<namespace>.ts` beside it. It calls this as it is
 * loaded, before it says anything.
 */
export function addWords(namespace: string, { fr, en }: Words): void {
  i18n.addResourceBundle('fr', namespace, fr);
  i18n.addResourceBundle('en', namespace, en);
}

function preferred(): Language {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'fr' || chosen === 'en') return chosen;
  return navigator.languages.some((language) => /^fr\b/i.test(language)) ? 'fr' : 'en';
}
