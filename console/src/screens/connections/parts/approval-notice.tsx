import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodyOf, rest } from '@/api/passerelle';
import { Button } from '@/components/button';
import { Dialog } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Notice, ProblemNotice } from '@/components/notice';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import type { Connection } from '../connections.queries';

/** A reading has stopped because it would remove too much: somebody has to look at it first. */
export function ApprovalNotice({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const [isOpen, setOpen] = useState(false);
  const runId = connection.approval_run_id;
  if (runId === null) return null;
  return (
    <div className="mb-4">
      <Notice
        tone="warn"
        title={t('approval.title')}
        actions={
          <Button size="small" onClick={() => setOpen(true)}>
            {t('approval.see')}
          </Button>
        }
      >
        {t('approval.hint')}
      </Notice>
      {isOpen && <Removals runId={runId} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Removals({ runId, onClose }: { runId: string; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const queryClient = useQueryClient();
  const params = { path: { id: runId } };
  const query = useQuery({
    queryKey: ['sync-runs', 'removals', runId],
    queryFn: () => bodyOf(rest.GET('/api/sync-runs/{id}/removals', { params })),
  });
  const decide = useMutation({
    mutationFn: (isApproved: boolean) =>
      isApproved
        ? rest.POST('/api/sync-runs/{id}/approve', { params })
        : rest.POST('/api/sync-runs/{id}/reject', { params }),
    onSuccess: async (_, isApproved) => {
      toast.done(t(isApproved ? 'approval.approved' : 'approval.rejected'));
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['connections'] });
    },
  });
  return (
    <Dialog
      title={t('approval.dialog')}
      onClose={onClose}
      actions={
        <>
          <Button look="danger" disabled={decide.isPending} onClick={() => decide.mutate(true)}>
            {t('approval.approve')}
          </Button>
          <Button look="primary" disabled={decide.isPending} onClick={() => decide.mutate(false)}>
            {t('approval.reject')}
          </Button>
        </>
      }
    >
      {decide.isError && <ProblemNotice error={decide.error} />}
      <ListState query={query} isEmpty={false} nothingYet={null}>
        <ul className="divide-y divide-line">
          {query.data?.map(({ id, kind, title, starts_at: at, start_date: day }) => (
            <li key={id} className="flex justify-between gap-4 py-2">
              <span className="min-w-0 truncate">
                {title ?? t('approval.untitled')} <span className="text-muted">· {t(`approval.${kind}`)}</span>
              </span>
              {at ? <Time at={at} as="absolute" className="shrink-0 text-muted" /> : <span>{day}</span>}
            </li>
          ))}
        </ul>
      </ListState>
    </Dialog>
  );
}
