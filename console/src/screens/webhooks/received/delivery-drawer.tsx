import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RotateCcw } from 'lucide-react';
import { Button } from '@/components/button';
import { Facts } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { Drawer } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Notice } from '@/components/notice';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { type DeliveryDetail, deliveryQuery, useReplay } from './deliveries.queries';
import { DeliveryBadge } from './delivery-badge';
import { DeliveryCauses } from './delivery-causes';

const TONES = { received: 'info', processed: 'good', ignored: 'idle', dead: 'bad' } as const;

export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const query = useQuery(deliveryQuery(id));
  const replay = useReplay(id);
  const delivery = query.data;
  return (
    <Drawer
      title={delivery?.event_type ?? t('received.one')}
      hint={delivery && <DeliveryBadge state={delivery.state} />}
      onClose={onClose}
      actions={
        delivery?.body_kept && (
          <Button
            look="primary"
            isPending={replay.isPending || delivery.state === 'received'}
            onClick={() =>
              replay.mutate(undefined, { onSuccess: () => toast.done(t('received.replayed')), onError: toast.failed })
            }
          >
            <RotateCcw aria-hidden />
            {t('received.replay')}
          </Button>
        )
      }
    >
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {delivery && <Detail delivery={delivery} />}
      </ListState>
    </Drawer>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation('webhooks');
  const headers = Object.entries(delivery.headers as Record<string, string>);
  return (
    <div className="space-y-6">
      <Notice tone={TONES[delivery.state]} role="status">
        <p>{delivery.explanation}</p>
        {delivery.attempts > 1 && delivery.last_effect === 'unchanged' && <p>{t('received.noEffect')}</p>}
        {delivery.body_kept ? (
          delivery.state === 'dead' && <p>{t('received.deadHint')}</p>
        ) : (
          <p>{t('received.bodyGone')}</p>
        )}
      </Notice>
      <Facts
        items={[
          [t('received.provider'), t(`common:provider.${delivery.provider}`, { defaultValue: delivery.provider })],
          [t('received.at'), <Time key="at" at={delivery.received_at} as="both" />],
          [t('received.processedAt'), <Time key="processed" at={delivery.processed_at} as="both" />],
          [t('received.attempts'), delivery.attempts],
          [t('received.reason'), delivery.error_code && <CopyText text={delivery.error_code} />],
          [t('received.id'), <CopyText key="id" text={delivery.id} />],
        ]}
      />
      <DeliveryCauses caused={delivery.caused} />
      <section aria-labelledby="delivery-headers">
        <h3 id="delivery-headers" className="mb-1 font-semibold">
          {t('received.headers')}
        </h3>
        <p className="mb-2 text-xs text-muted">{t('received.headersHint')}</p>
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
