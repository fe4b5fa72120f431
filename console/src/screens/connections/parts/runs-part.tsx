import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Ban, CircleCheck, CircleX, Clock, Hand, LoaderCircle, type LucideIcon, RefreshCw } from 'lucide-react';
import { hasRole, useMe } from '@/api/account';
import { Badge, type Tone } from '@/components/badge';
import { NothingYet } from '@/components/list';
import { type Column, Table } from '@/components/table';
import { Time } from '@/components/time';
import { useFresh } from '@/live/fresh';
import type { ConnectionDetail, SyncRun } from '../connections.queries';

const LOOKS: Record<SyncRun['state'], { tone: Tone; icon: LucideIcon; isBusy?: true }> = {
  queued: { tone: 'idle', icon: Clock },
  running: { tone: 'info', icon: LoaderCircle, isBusy: true },
  succeeded: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'bad', icon: CircleX },
  needs_approval: { tone: 'warn', icon: Hand },
  canceled: { tone: 'idle', icon: Ban },
};

export function SyncRunBadge({ state }: { state: SyncRun['state'] }) {
  const { t } = useTranslation('connections');
  const { tone, icon, isBusy } = LOOKS[state];
  return (
    <Badge tone={tone} icon={icon} isBusy={isBusy}>
      {t(`runs.states.${state}`)}
    </Badge>
  );
}

export function RunsPart({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  const { role } = useMe();
  const fresh = useFresh();
  const runs = connection.last_runs;
  if (runs.length === 0) {
    return (
      <NothingYet icon={RefreshCw} title={t('runs.nothing')}>
        {t('runs.nothingHint')}
      </NothingYet>
    );
  }
  const columns: Column<SyncRun>[] = [
    { key: 'begun', title: t('runs.begun'), cell: ({ created_at: at }) => <Time at={at} as="both" /> },
    { key: 'state', title: t('runs.state'), cell: ({ state }) => <SyncRunBadge state={state} /> },
    {
      key: 'trigger',
      title: t('runs.trigger'),
      from: 'sm',
      cell: ({ trigger }) => t(`runs.triggers.${trigger}`, { defaultValue: trigger }),
    },
    { key: 'mode', title: t('runs.mode'), from: 'md', cell: ({ mode }) => t(`runs.modes.${mode}`) },
    {
      key: 'result',
      title: t('runs.result'),
      from: 'md',
      cell: ({ counts, error_code: code }) =>
        code ? <code className="font-mono text-xs text-bad-ink">{code}</code> : <Counts counts={counts} />,
    },
  ];
  return (
    <>
      <Table
        caption={t('runs.caption')}
        columns={columns}
        rows={runs}
        rowKey={({ id }) => id}
        isFresh={({ id }) => fresh.has(id)}
      />
      {hasRole(role, 'admin') && (
        <p>
          <Link to="/sync-runs" className="text-accent-ink underline underline-offset-2">
            {t('runs.all')}
          </Link>
        </p>
      )}
    </>
  );
}

function Counts({ counts }: { counts: SyncRun['counts'] }) {
  const { t } = useTranslation('connections');
  const { created = 0, updated = 0, listed = 0, read = 0 } = counts;
  return <span className="text-muted">{t('runs.counts', { created, updated, listed: listed || read })}</span>;
}
