import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ArrowRight } from 'lucide-react';
import { hasRole, useMe } from '@/api/account';
import type { Screens } from './screens';

/** For administrators only, as in the navigation. */
const ADMIN_SCREENS = new Set<unknown>(['/webhooks', '/sync-runs', '/mails']);

/** Where to look afterwards. */
export function Then({ screens }: { screens: Screens }) {
  const { t } = useTranslation('shell');
  const { role } = useMe();
  return screens
    .filter(({ to }) => !ADMIN_SCREENS.has(to) || hasRole(role, 'admin'))
    .map(({ word, to }) => (
      <Link
        key={word}
        to={to}
        className="inline-flex min-h-6 items-center gap-1 text-accent-ink underline underline-offset-2"
      >
        {t(`nav.${word}`)}
        <ArrowRight aria-hidden className="size-3.5" />
      </Link>
    ));
}
