import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { Dialog } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Notice, ProblemNotice } from '@/components/notice';
import { Progress } from '@/components/progress';
import { Time } from '@/components/time';
import {
  type DeliveryFilter,
  MOST_COUNTED,
  type ReplayPlan,
  replayPlanQuery,
  replayProgressQuery,
  useReplayMany,
} from './deliveries.queries';

interface Begun {
  readonly plan: ReplayPlan;
  readonly count: number;
}

/** First how many are meant, then the question, then how far it is. */
export function ReplayManyDialog({ filter, onClose }: { filter: DeliveryFilter; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  // What was counted is what is asked about, whatever comes in meanwhile.
  const [until] = useState(() => filter.until ?? new Date().toISOString());
  const meant = { ...filter, until };
  const [begun, setBegun] = useState<Begun | null>(null);
  const query = useQuery({ ...replayPlanQuery(meant), enabled: begun === null });
  const replay = useReplayMany();
  const plan = query.data;

  const begin = (chosen: ReplayPlan) =>
    replay.mutate(meant, { onSuccess: ({ count }) => setBegun({ plan: chosen, count }) });
  return (
    <Dialog
      title={t('replay.title')}
      onClose={onClose}
      actions={
        begun ? (
          <Button onClick={onClose}>{t('common:actions.close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
            <Button
              look="primary"
              disabled={!plan || plan.attempts.size === 0 || filter.booking_id !== undefined}
              isPending={replay.isPending}
              onClick={() => plan && begin(plan)}
            >
              {t('replay.confirm', { count: plan?.attempts.size ?? 0 })}
            </Button>
          </>
        )
      }
    >
      {begun ? (
        <Under begun={begun} />
      ) : (
        <ListState query={query} isEmpty={false} nothingYet={null}>
          {replay.isError && <ProblemNotice error={replay.error} />}
          {plan && <Plan plan={plan} hasBooking={filter.booking_id !== undefined} />}
        </ListState>
      )}
    </Dialog>
  );
}

function Plan({ plan, hasBooking }: { plan: ReplayPlan; hasBooking: boolean }) {
  const { t } = useTranslation('webhooks');
  if (hasBooking) return <Notice tone="info">{t('replay.notByBooking')}</Notice>;
  return (
    <div className="space-y-3">
      <p className="text-base font-semibold">
        {plan.isMore
          ? t('replay.matchMore', { count: MOST_COUNTED })
          : t('replay.match', { count: plan.attempts.size })}
      </p>
      {plan.oldest && plan.newest && (
        <p className="text-muted">
          {t('replay.from')} <Time at={plan.oldest} as="absolute" /> → <Time at={plan.newest} as="absolute" />
        </p>
      )}
      {plan.gone > 0 && <p className="text-muted">{t('replay.gone', { count: plan.gone })}</p>}
      {plan.waiting > 0 && <p className="text-muted">{t('replay.waiting', { count: plan.waiting })}</p>}
      <Notice tone="info">{t('replay.safe')}</Notice>
    </div>
  );
}

function Under({ begun: { plan, count } }: { begun: Begun }) {
  const { t } = useTranslation('webhooks');
  const { data: done = 0, isError, error } = useQuery(replayProgressQuery(plan));
  const isDone = !plan.isMore && done >= plan.attempts.size;
  return (
    <div className="space-y-3">
      <Progress label={t('replay.progress')} done={done} total={plan.isMore ? null : plan.attempts.size} />
      <Notice tone={isDone ? 'good' : 'info'} role="status" title={isDone ? t('replay.done', { count }) : undefined}>
        {isDone ? t('replay.doneHint') : t('replay.under', { count })}
      </Notice>
      {isError && <ProblemNotice error={error} />}
    </div>
  );
}
