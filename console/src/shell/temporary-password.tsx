import { Link, useMatchRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { KeyRound } from 'lucide-react';
import { useMe } from '@/api/account';
import { Time } from '@/components/time';

/** Until somebody whose password was drawn for them has chosen their own: after its time nobody signs in with it. */
export function TemporaryPasswordBanner() {
  const { t } = useTranslation('shell');
  const { password_expires_at: expiresAt } = useMe();
  const isThere = Boolean(useMatchRoute()({ to: '/account' }));
  if (expiresAt === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-warn-soft px-4 py-2 text-warn-ink sm:px-6">
      <KeyRound aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">{t('temporaryPassword.title')}</strong> {t('temporaryPassword.detail')}{' '}
        <Time at={expiresAt} as="absolute" />
      </p>
      {!isThere && (
        <Link to="/account" className="font-medium underline underline-offset-2">
          {t('temporaryPassword.change')}
        </Link>
      )}
    </div>
  );
}
