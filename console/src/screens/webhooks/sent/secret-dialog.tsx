import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { CopyText } from '@/components/copy-text';
import { Dialog } from '@/components/drawer';
import { Notice } from '@/components/notice';

/** The only moment at which the secret is seen. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  return (
    <Dialog
      title={t('sent.secretTitle')}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          {t('sent.secretKept')}
        </Button>
      }
    >
      <div className="space-y-3">
        <Notice tone="warn">{t('sent.secretOnce')}</Notice>
        <p className="rounded-md bg-sunken px-3 py-2">
          <CopyText text={secret} />
        </p>
        <p className="text-muted">{t('sent.secretHint')}</p>
      </div>
    </Dialog>
  );
}
