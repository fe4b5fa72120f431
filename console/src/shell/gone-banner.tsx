import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudOff } from 'lucide-react';
import { askAgain, useServerLink } from '@/api/server-link';
import { Button } from '@/components/button';
import { toast } from '@/components/toast';

/** While the server does not answer. What is on screen stays, and is brought up to date when it does. */
export function GoneBanner() {
  const { t } = useTranslation('errors');
  const link = useServerLink();
  const former = useRef(link);
  useEffect(() => {
    if (former.current === 'gone' && link === 'up') toast.done(t('gone.back'));
    former.current = link;
  }, [link, t]);
  if (link === 'up') return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-warn-soft px-4 py-2 text-warn-ink sm:px-6"
    >
      <CloudOff aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">{t('gone.title')}</strong> {t('gone.detail')}
      </p>
      <Button size="small" onClick={() => void askAgain()}>
        {t('gone.retry')}
      </Button>
    </div>
  );
}
