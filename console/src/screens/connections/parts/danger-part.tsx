import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { Confirm } from '@/components/confirm';
import { toast } from '@/components/toast';
import { type ConnectionDetail, type Order, useDisconnect, useOrder } from '../connections.queries';

export function DangerPart({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  const [asked, setAsked] = useState<'full' | 'disconnect' | null>(null);
  const id = connection.integration_id ?? '';
  const order = useOrder(id);
  const isPaused = connection.state === 'paused';
  const run = (what: Order, word: string) =>
    order.mutate(what, {
      onSuccess: () => {
        toast.done(word);
        setAsked(null);
      },
      onError: toast.failed,
    });
  return (
    <Card className="divide-y divide-line">
      {isPaused ? (
        <Row title={t('danger.resume')} hint={t('danger.resumeHint')}>
          <Button look="primary" isPending={order.isPending} onClick={() => run('resume', t('resumed'))}>
            {t('danger.resume')}
          </Button>
        </Row>
      ) : (
        <Row title={t('danger.pause')} hint={t('danger.pauseHint')}>
          <Button isPending={order.isPending} onClick={() => run('pause', t('paused'))}>
            {t('danger.pause')}
          </Button>
        </Row>
      )}
      <Row title={t('danger.full')} hint={t('danger.fullHint')}>
        <Button disabled={connection.state === 'needs_reauth'} onClick={() => setAsked('full')}>
          {t('danger.full')}
        </Button>
      </Row>
      <Row title={t('danger.disconnect')} hint={t('danger.disconnectHint')}>
        <Button look="danger" onClick={() => setAsked('disconnect')}>
          {t('danger.disconnect')}
        </Button>
      </Row>
      {asked === 'full' && (
        <Confirm
          title={t('danger.confirmFull')}
          action={t('danger.full')}
          isDangerous={false}
          isPending={order.isPending}
          onConfirm={() => run('full', t('asked'))}
          onClose={() => setAsked(null)}
        >
          <p>{t('danger.confirmFullDetail')}</p>
        </Confirm>
      )}
      {asked === 'disconnect' && <Disconnect connection={connection} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function Row({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">{title}</p>
        <p className="text-muted">{hint}</p>
      </div>
      {children}
    </div>
  );
}

/** Says what stays and what ends. Also for an account whose access is dead already. */
function Disconnect({ connection, onClose }: { connection: ConnectionDetail; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const navigate = useNavigate();
  const [erase, setErase] = useState(false);
  const disconnect = useDisconnect(connection.integration_id ?? '');
  const isCalendar = connection.kind === 'calendar';
  return (
    <Confirm
      title={t('danger.confirmDisconnect', { account: connection.account_email ?? connection.provider_name })}
      action={t('danger.disconnect')}
      isPending={disconnect.isPending}
      error={disconnect.error}
      onClose={onClose}
      onConfirm={() =>
        disconnect.mutate(
          { erase },
          {
            onSuccess: () => {
              toast.done(t('disconnected'));
              void navigate({ to: '/connections' });
            },
          },
        )
      }
    >
      <p>{t(isCalendar ? 'danger.keptCalendar' : 'danger.kept')}</p>
      <p>{t(isCalendar ? 'danger.goneCalendar' : 'danger.gone')}</p>
      {isCalendar && (
        <label className="flex min-h-6 items-center gap-2 text-ink">
          <input
            type="checkbox"
            checked={erase}
            onChange={(event) => setErase(event.target.checked)}
            className="size-4 accent-(--accent)"
          />
          {t('danger.erase')}
        </label>
      )}
    </Confirm>
  );
}
