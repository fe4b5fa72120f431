import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { Drawer } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Notice } from '@/components/notice';
import { Progress } from '@/components/progress';
import { Time } from '@/components/time';
import { toCount, toDuration } from '@/i18n/instants';
import { useTelling } from '@/i18n/use-telling';
import { RemovalApproval } from './removal-approval';
import { RunBadge } from './run-badge';
import { RunSteps } from './run-steps';
import { type SyncRun, type SyncRunDetail, syncRunQuery } from './sync-runs.queries';

interface RunDrawerProps {
  id: string;
  onClose: () => void;
  /** Another reading: the one that follows a decision. */
  onOpen: (id: string) => void;
}

export function RunDrawer({ id, onClose, onOpen }: RunDrawerProps) {
  const { t } = useTranslation('sync-runs');
  const query = useQuery(syncRunQuery(id));
  const run = query.data;
  return (
    <Drawer
      title={
        run ? t('of', { provider: t(`common:provider.${run.provider}`, { defaultValue: run.provider }) }) : t('one')
      }
      hint={run && <RunBadge state={run.state} />}
      onClose={onClose}
    >
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {run && <Detail run={run} onOpen={onOpen} />}
      </ListState>
    </Drawer>
  );
}

function Detail({ run, onOpen }: { run: SyncRunDetail; onOpen: (id: string) => void }) {
  const { t } = useTranslation('sync-runs');
  const { language } = useTelling();
  const { started_at: from, finished_at: to } = run;
  return (
    <div className="space-y-6">
      {run.progress && <Progress label={t('progress')} done={run.progress.done} total={run.progress.total} />}
      {run.error_code && (
        <Notice tone="bad" title={t(`errors.${run.error_code}`, { defaultValue: t('errors.unexpected') })}>
          <p>{t(`repairs.${run.error_code}`, { defaultValue: t('repairs.unexpected') })}</p>
          <p className="mt-1 text-xs">
            <CopyText text={run.error_code} />
          </p>
        </Notice>
      )}
      {run.state === 'needs_approval' && <RemovalApproval run={run} onOpen={onOpen} />}
      <Facts
        items={[
          [
            t('provider'),
            <Link
              key="provider"
              to="/connections/$provider"
              params={{ provider: run.provider }}
              search={{ account: run.integration_id }}
              className="text-accent-ink underline underline-offset-2"
            >
              {t(`common:provider.${run.provider}`, { defaultValue: run.provider })}
            </Link>,
          ],
          [t('trigger'), t(`triggersLong.${run.trigger}`)],
          [t('mode'), <Mode key="mode" run={run} />],
          [t('begun'), <Time key="begun" at={from ?? run.created_at} as="both" />],
          [t('took'), from && to && toDuration(Math.max(0, Date.parse(to) - Date.parse(from)), language)],
          [t('calls'), toCount(run.provider_calls, language)],
          [t('next'), run.next_run_at ? <Time key="next" at={run.next_run_at} as="both" /> : t('noNext')],
          [t('id'), <CopyText key="id" text={run.id} />],
        ]}
      />
      <Counts run={run} />
      <RunSteps steps={run.steps} />
    </div>
  );
}

/** Whether everything was read, and why. */
function Mode({ run: { mode, full_reason: reason } }: { run: SyncRun }) {
  const { t } = useTranslation('sync-runs');
  const why = mode === 'changes' ? t('whyChanges') : reason && t(`run-steps:whyFull.${reason}`);
  return (
    <>
      {t(`modes.${mode}`)} {why && <span className="text-muted">· {why}</span>}
    </>
  );
}

function Counts({ run }: { run: SyncRun }) {
  const { t } = useTranslation('sync-runs');
  const { language } = useTelling();
  const counts = Object.entries(run.counts);
  if (counts.length === 0) return null;
  return (
    <section aria-labelledby="run-counts">
      <h3 id="run-counts" className="mb-2 font-semibold">
        {t('counts')}
      </h3>
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {counts.map(([name, count]) => (
          <div key={name} className="rounded-md bg-sunken px-3 py-2">
            <dt className="text-xs text-muted">{t(`countNames.${name}`, { defaultValue: name })}</dt>
            <dd className="text-base font-semibold tabular-nums">{toCount(count, language)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
