import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { Dialog } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Notice, ProblemNotice } from '@/components/notice';
import { Progress } from '@/components/progress';
import { Time } from '@/components/time';
import type { components } from '@/api/passerelle';
import {
  type DeliveryFilter,
  isReplayable,
  isUnderWay,
  type ReplayRun,
  replayPlanQuery,
  replayQuery,
  useCancelReplay,
  useReplayMany,
} from './deliveries.queries';

type ReplayPlan = components['schemas']['ReplayPlanDto'];

/** First how many are meant, then the question, then how far it is. */
export function ReplayManyDialog({ filter, onClose }: { filter: DeliveryFilter; onClose: () => void }) {
  const [begun, setBegun] = useState<string | null>(null);
  return begun === null ? (
    <PlanDialog filter={filter} onBegun={setBegun} onClose={onClose} />
  ) : (
    <ReplayRunDialog id={begun} onClose={onClose} />
  );
}

function PlanDialog({
  filter,
  onBegun,
  onClose,
}: {
  filter: DeliveryFilter;
  onBegun: (runId: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('webhooks');
  // What was counted is what is asked about, whatever comes in meanwhile.
  const [until] = useState(() => filter.until ?? new Date().toISOString());
  const meant = { ...filter, until };
  const canBe = isReplayable(filter);
  const query = useQuery({ ...replayPlanQuery(meant), enabled: canBe });
  const replay = useReplayMany();
  const count = query.data?.count ?? 0;

  const begin = () =>
    replay.mutate(meant, { onSuccess: ({ run_id: id }) => (id === null ? void query.refetch() : onBegun(id)) });
  return (
    <Dialog
      title={t('replay.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button look="primary" disabled={count === 0} isPending={replay.isPending} onClick={begin}>
            {t('replay.confirm', { count })}
          </Button>
        </>
      }
    >
      {canBe ? (
        <ListState query={query} isEmpty={false} nothingYet={null}>
          {replay.isError && <ProblemNotice error={replay.error} />}
          {query.data && <Plan plan={query.data} />}
        </ListState>
      ) : (
        <Notice tone="info">{t(filter.state === 'rejected' ? 'replay.notRejected' : 'replay.notWaiting')}</Notice>
      )}
    </Dialog>
  );
}

function Plan({ plan }: { plan: ReplayPlan }) {
  const { t } = useTranslation('webhooks');
  return (
    <div className="space-y-3">
      <p role="status" className="text-base font-semibold">
        {t('replay.match', { count: plan.count })}
      </p>
      {plan.oldest && plan.newest && (
        <p className="text-muted">
          {t('replay.from')} <Time at={plan.oldest} as="absolute" /> → <Time at={plan.newest} as="absolute" />
        </p>
      )}
      {plan.body_gone > 0 && <p className="text-muted">{t('replay.gone', { count: plan.body_gone })}</p>}
      {plan.waiting > 0 && <p className="text-muted">{t('replay.waiting', { count: plan.waiting })}</p>}
      <Notice tone="info">{t('replay.safe')}</Notice>
    </div>
  );
}

/** One that is under way or has ended, also when it was begun elsewhere or before a restart. */
export function ReplayRunDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const query = useQuery(replayQuery(id));
  const cancel = useCancelReplay(id);
  const run = query.data;
  return (
    <Dialog
      title={t('replay.title')}
      onClose={onClose}
      actions={
        <>
          {run && isUnderWay(run) && (
            <Button look="danger" isPending={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('replay.stop')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common:actions.close')}</Button>
        </>
      }
    >
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {cancel.isError && <ProblemNotice error={cancel.error} />}
        {run && <Run run={run} />}
      </ListState>
    </Dialog>
  );
}

const TONES = { queued: 'info', running: 'info', done: 'good', canceled: 'idle', failed: 'bad' } as const;

function Run({ run: { state, done, total } }: { run: ReplayRun }) {
  const { t } = useTranslation('webhooks');
  const count = state === 'queued' || state === 'running' ? total : done;
  return (
    <div className="space-y-3">
      <Progress label={t('replay.progress')} done={done} total={total} />
      <Notice tone={TONES[state]} role="status" title={t(`replay.states.${state}`, { count, total })}>
        {t(`replay.hints.${state}`)}
      </Notice>
    </div>
  );
}
