import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RotateCcw, ShieldCheck } from 'lucide-react';
import { Button } from '@/components/button';
import { Facts } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { Drawer } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Notice } from '@/components/notice';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { type DeliveryDetail, deliveryQuery, useRecheck, useReplay } from './deliveries.queries';
import { DeliveryBadge } from './delivery-badge';
import { DeliveryBody } from './delivery-body';
import { DeliveryCauses } from './delivery-causes';

const TONES = { received: 'info', processed: 'good', ignored: 'idle', dead: 'bad', rejected: 'warn' } as const;

export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const query = useQuery(deliveryQuery(id));
  const replay = useReplay(id);
  const recheck = useRecheck(id);
  const delivery = query.data;
  return (
    <Drawer
      title={delivery?.event_type ?? t('received.one')}
      hint={delivery && <DeliveryBadge delivery={delivery} />}
      onClose={onClose}
      actions={
        delivery && (
          <>
            {delivery.recheckable && (
              <Button
                look="primary"
                isPending={recheck.isPending}
                onClick={() => recheck.mutate(undefined, { onError: toast.failed })}
              >
                <ShieldCheck aria-hidden />
                {t('received.recheck')}
              </Button>
            )}
            {delivery.body_kept && (
              <Button
                look="primary"
                isPending={replay.isPending || delivery.state === 'received'}
                onClick={() =>
                  replay.mutate(undefined, {
                    onSuccess: () => toast.done(t('received.replayed')),
                    onError: toast.failed,
                  })
                }
              >
                <RotateCcw aria-hidden />
                {t('received.replay')}
              </Button>
            )}
          </>
        )
      }
    >
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {recheck.data && (
          <div className="mb-4">
            <Notice tone={recheck.data.outcome === 'refused' ? 'warn' : 'good'} role="status">
              {recheck.data.explanation}
            </Notice>
          </div>
        )}
        {delivery && <Detail delivery={delivery} />}
      </ListState>
    </Drawer>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation('webhooks');
  const headers = Object.entries(delivery.headers as Record<string, string>);
  const isRejected = delivery.state === 'rejected';
  return (
    <div className="space-y-6">
      <Notice tone={TONES[delivery.state]} role="status">
        <p>{delivery.explanation}</p>
        {delivery.attempts > 1 && delivery.last_effect === 'unchanged' && <p>{t('received.noEffect')}</p>}
        {delivery.state === 'dead' && delivery.body_kept && <p>{t('received.deadHint')}</p>}
        {isRejected && <p>{t(delivery.recheckable ? 'received.rejectedHint' : 'received.evidenceGone')}</p>}
        {isRejected && delivery.others_rejected > 0 && (
          <p>{t('received.othersRejected', { count: delivery.others_rejected })}</p>
        )}
        {!isRejected && !delivery.body_kept && <p>{t('received.bodyGone')}</p>}
      </Notice>
      <Facts
        items={[
          [t('received.provider'), t(`common:provider.${delivery.provider}`, { defaultValue: delivery.provider })],
          [t('received.at'), <Time key="at" at={delivery.received_at} as="both" />],
          [t('received.processedAt'), <Time key="processed" at={delivery.processed_at} as="both" />],
          [t('received.recheckedAt'), delivery.rechecked_at && <Time at={delivery.rechecked_at} as="both" />],
          [t('received.attempts'), delivery.attempts],
          [t('received.reason'), delivery.error_code && <CopyText text={delivery.error_code} />],
          [t('received.id'), <CopyText key="id" text={delivery.id} />],
        ]}
      />
      <section aria-labelledby="delivery-signature">
        <h3 id="delivery-signature" className="mb-1 font-semibold">
          {t('received.signature')}
        </h3>
        <p>{delivery.signature_check}</p>
      </section>
      {!isRejected && <DeliveryCauses caused={delivery.caused} />}
      {(delivery.body_kept || delivery.recheckable) && <DeliveryBody id={delivery.id} />}
      <section aria-labelledby="delivery-headers">
        <h3 id="delivery-headers" className="mb-1 font-semibold">
          {t('received.headers')}
        </h3>
        <p className="mb-2 text-xs text-muted">{t(isRejected ? 'received.headersMasked' : 'received.headersHint')}</p>
        {headers.length === 0 ? (
          <p className="text-muted">{t('received.noHeaders')}</p>
        ) : (
          <dl className="space-y-1 rounded-md bg-sunken p-3 font-mono text-xs">
            {headers.map(([name, value]) => (
              <div key={name} className="flex flex-wrap gap-x-2">
                <dt className="text-muted">{name}:</dt>
                <dd className="min-w-0 break-all">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
    </div>
  );
}
