import { useTranslation } from 'react-i18next';

/** A footbridge. */
export function Brand() {
  const { t } = useTranslation('shell');
  return (
    <span className="inline-flex items-center gap-2 text-base font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" aria-hidden className="size-6 text-accent">
        <rect width="32" height="32" rx="8" fill="currentColor" />
        <path
          d="M5 21h22M8 21c0-9 16-9 16 0M12 21v-5.6M16 21v-6.8M20 21v-5.6"
          fill="none"
          stroke="var(--on-accent)"
          strokeWidth="2.2"
          strokeLinecap="round"
        />
      </svg>
      {t('product')}
    </span>
  );
}
