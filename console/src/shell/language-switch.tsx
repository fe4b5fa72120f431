import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language } from '@/i18n/i18n';

const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['fr', 'Français'],
  ['en', 'English'],
];

/** FR | EN. What the server says comes in the language of the next reading. */
export function LanguageSwitch({ onChange }: { onChange?: () => void }) {
  const { t, i18n } = useTranslation('shell');
  return (
    <div role="group" aria-label={t('language')} className="inline-flex rounded-md border border-line p-0.5">
      {LANGUAGES.map(([language, name]) => {
        const isChosen = i18n.resolvedLanguage === language;
        return (
          <button
            key={language}
            type="button"
            lang={language}
            aria-label={`${language.toUpperCase()}, ${name}`}
            aria-pressed={isChosen}
            onClick={() => {
              chooseLanguage(language);
              onChange?.();
            }}
            className={`h-6 min-w-7 rounded px-1.5 text-2xs font-semibold uppercase ${
              isChosen ? 'bg-sunken text-ink' : 'text-muted hover:text-ink'
            }`}
          >
            {language}
          </button>
        );
      })}
    </div>
  );
}
