import { useTranslation } from 'react-i18next';

export type PreviewLanguage = 'fr' | 'en';

const LANGUAGES: readonly (readonly [PreviewLanguage, string])[] = [
  ['fr', 'Français'],
  ['en', 'English'],
];

/** In which language the mail is put into words; its own is the one it goes out in. */
export function PreviewLanguageSwitch({
  value,
  onChange,
}: {
  value: PreviewLanguage;
  onChange: (language: PreviewLanguage) => void;
}) {
  const { t } = useTranslation('mails');
  return (
    <div role="group" aria-label={t('previewLanguage')} className="inline-flex rounded-md border border-line p-0.5">
      {LANGUAGES.map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-label={`${language.toUpperCase()}, ${name}`}
          aria-pressed={language === value}
          onClick={() => onChange(language)}
          className={`h-6 min-w-7 rounded px-1.5 text-2xs font-semibold uppercase ${
            language === value ? 'bg-sunken text-ink' : 'text-muted hover:text-ink'
          }`}
        >
          {language}
        </button>
      ))}
    </div>
  );
}
