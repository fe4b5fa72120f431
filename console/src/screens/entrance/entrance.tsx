import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CalendarSync, type LucideIcon, Radio, UserRoundPlus } from 'lucide-react';
import { PageHeader } from '@/components/page';
import { Brand } from '@/shell/brand';
import { LanguageSwitch } from '@/shell/language-switch';

const POINTS: readonly (readonly [string, LucideIcon])[] = [
  ['bookings', UserRoundPlus],
  ['calendars', CalendarSync],
  ['live', Radio],
];

/** The frame of signing in and of registering: what this is, and a form. */
export function Entrance({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  const { t } = useTranslation('entrance');
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(22rem,5fr)_7fr]">
      <aside className="hidden flex-col justify-between border-r border-line bg-surface p-10 lg:flex">
        <Brand />
        <div className="max-w-[46ch]">
          <p className="text-2xl leading-snug font-semibold tracking-tight text-balance">{t('pitch')}</p>
          <ul className="mt-6 space-y-4">
            {POINTS.map(([point, Icon]) => (
              <li key={point} className="flex gap-3 text-muted">
                <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-ink" />
                {t(`points.${point}`)}
              </li>
            ))}
          </ul>
        </div>
        <span />
      </aside>
      <div className="flex flex-col px-5 py-5">
        <div className="flex items-center justify-between">
          <span className="lg:invisible">
            <Brand />
          </span>
          <LanguageSwitch />
        </div>
        <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-10">
          <PageHeader title={title} hint={hint} />
          {children}
        </main>
      </div>
    </div>
  );
}
