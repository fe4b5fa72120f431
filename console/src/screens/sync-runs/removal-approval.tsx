import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { ListState } from '@/components/list';
import { Notice, ProblemNotice } from '@/components/notice';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { removalsQuery, type SyncRun, useDecide } from './sync-runs.queries';

/** A reading has stopped because it would remove too much: somebody looks at the list, and decides. */
export function RemovalApproval({ run, onOpen }: { run: SyncRun; onOpen: (id: string) => void }) {
  const { t } = useTranslation('sync-runs');
  const query = useQuery(removalsQuery(run.id));
  const decide = useDecide(run.id);
  const removals = query.data ?? [];
  return (
    <section aria-labelledby="run-removals" className="space-y-3">
      <Notice
        tone="warn"
        title={t('approval.title')}
        actions={
          <>
            <Button
              size="small"
              look="danger"
              disabled={decide.isPending || query.data === undefined}
              onClick={() =>
                decide.mutate('approve', {
                  onSuccess: ({ id }) => {
                    toast.done(t('approval.approved'));
                    onOpen(id);
                  },
                })
              }
            >
              {t('approval.approve', { count: removals.length })}
            </Button>
            <Button
              size="small"
              disabled={decide.isPending}
              onClick={() => decide.mutate('reject', { onSuccess: () => toast.done(t('approval.rejected')) })}
            >
              {t('approval.reject')}
            </Button>
          </>
        }
      >
        {t('approval.hint')}
      </Notice>
      {decide.isError && <ProblemNotice error={decide.error} />}
      <h3 id="run-removals" className="font-semibold">
        {t('approval.list')}
      </h3>
      <ListState query={query} isEmpty={removals.length === 0} nothingYet={<p>{t('approval.empty')}</p>}>
        <ul className="max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line" tabIndex={0}>
          {removals.map(({ id, kind, title, starts_at: at, start_date: day }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-4 px-3 py-1.5">
              <span className="min-w-0 break-words">
                {title ?? <span className="text-muted">{t('approval.private')}</span>}{' '}
                <span className="text-xs text-muted">· {t(`approval.${kind}`)}</span>
              </span>
              {at ? (
                <Time at={at} as="absolute" className="text-muted" />
              ) : (
                <span className="text-muted tabular-nums">{day}</span>
              )}
            </li>
          ))}
        </ul>
      </ListState>
    </section>
  );
}
