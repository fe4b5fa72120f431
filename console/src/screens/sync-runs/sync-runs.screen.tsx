import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { RefreshCw } from 'lucide-react';
import { useProviders } from '@/api/integrations';
import { usePaged } from '@/api/paged';
import { withoutEmpty } from '@/api/without-empty';
import { Tag } from '@/components/badge';
import { Button } from '@/components/button';
import { FilterBar, SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingYet } from '@/components/list';
import { NewRowsPill } from '@/components/new-rows';
import { PageHeader } from '@/components/page';
import { type Column, ROW_LINK, Table } from '@/components/table';
import { Time } from '@/components/time';
import { toCount, toDuration } from '@/i18n/instants';
import { useTelling } from '@/i18n/use-telling';
import { useFresh } from '@/live/fresh';
import { useHeldRows } from '@/live/held-rows';
import { RunBadge } from './run-badge';
import { RunDrawer } from './run-drawer';
import { RUN_STATES, RUN_TRIGGERS, type RunFilter, type SyncRun, syncRunsQuery } from './sync-runs.queries';
import { syncRunsRoute } from './sync-runs.route';

export function SyncRunsScreen() {
  const { t } = useTranslation('sync-runs');
  const { open, ...filter } = syncRunsRoute.useSearch();
  const navigate = useNavigate({ from: syncRunsRoute.fullPath });
  const { query, rows: known } = usePaged(syncRunsQuery(filter));
  const { rows, heldCount, show } = useHeldRows(known, ({ id }) => id);
  const fresh = useFresh();
  const providers = useProviders();
  const columns = useColumns(filter);

  const isFiltered = Object.keys(filter).length > 0;
  const setFilter = (change: RunFilter) =>
    void navigate({ search: (former) => withoutEmpty({ ...former, ...change }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });

  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <SelectFilter
          label={t('provider')}
          any={t('anyProvider')}
          value={filter.provider ?? ''}
          onChange={(provider) => setFilter({ provider })}
          options={providers}
        />
        <SelectFilter
          label={t('state')}
          any={t('anyState')}
          value={filter.state ?? ''}
          onChange={(state) => setFilter({ state })}
          options={RUN_STATES.map((state) => [state, t(`states.${state}`)])}
        />
        <SelectFilter
          label={t('trigger')}
          any={t('anyTrigger')}
          value={filter.trigger ?? ''}
          onChange={(trigger) => setFilter({ trigger })}
          options={RUN_TRIGGERS.map((trigger) => [trigger, t(`triggers.${trigger}`)])}
        />
        {filter.integration_id && <Tag>{t('oneConnection')}</Tag>}
      </FilterBar>
      <ListState
        query={query}
        isEmpty={known.length === 0}
        isFiltered={isFiltered}
        onClearFilters={clear}
        nothingYet={
          <NothingYet
            icon={RefreshCw}
            title={t('nothing')}
            action={
              <Button asChild look="primary">
                <Link to="/connections">{t('connect')}</Link>
              </Button>
            }
          >
            {t('nothingHint')}
          </NothingYet>
        }
      >
        <NewRowsPill count={heldCount} onShow={show} />
        <Table
          caption={t('caption')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          isFresh={({ id }) => fresh.has(id)}
          openKey={open}
        />
        <ListFoot
          count={rows.length}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </ListState>
      {open && (
        <RunDrawer
          id={open}
          onClose={() => void navigate({ search: (former) => ({ ...former, open: undefined }), resetScroll: false })}
          onOpen={(id) => void navigate({ search: (former) => ({ ...former, open: id }), resetScroll: false })}
        />
      )}
    </>
  );
}

function useColumns(filter: RunFilter): Column<SyncRun>[] {
  const { t } = useTranslation('sync-runs');
  const { language } = useTelling();
  const word = (provider: string) => t(`common:provider.${provider}`, { defaultValue: provider });
  return [
    {
      key: 'begun',
      title: t('begun'),
      className: 'min-w-36',
      cell: ({ id, created_at: at, provider }) => (
        <>
          <Link to="/sync-runs" search={{ ...filter, open: id }} resetScroll={false} className={ROW_LINK}>
            <Time at={at} as="absolute" />
          </Link>
          <span className="block text-xs text-muted">
            <Time at={at} />
            <span className="sm:hidden"> · {word(provider)}</span>
          </span>
        </>
      ),
    },
    { key: 'provider', title: t('provider'), from: 'sm', cell: ({ provider }) => word(provider) },
    { key: 'trigger', title: t('trigger'), from: 'md', cell: ({ trigger }) => t(`triggers.${trigger}`) },
    {
      key: 'mode',
      title: t('mode'),
      from: 'lg',
      cell: ({ mode, full_reason: why }) => (
        <>
          {t(`modes.${mode}`)}
          {why && <span className="block text-xs text-muted">{t(`whyFullShort.${why}`)}</span>}
        </>
      ),
    },
    {
      key: 'result',
      title: t('result'),
      from: 'md',
      cell: (run) => <Result run={run} />,
    },
    { key: 'state', title: t('state'), cell: ({ state }) => <RunBadge state={state} /> },
    {
      key: 'took',
      title: t('took'),
      from: 'lg',
      align: 'right',
      className: 'whitespace-nowrap tabular-nums text-muted',
      cell: ({ started_at: from, finished_at: to }) =>
        from && to ? toDuration(Math.max(0, Date.parse(to) - Date.parse(from)), language) : '–',
    },
  ];
}

function Result({ run }: { run: SyncRun }) {
  const { t } = useTranslation('sync-runs');
  const { language } = useTelling();
  if (run.progress !== null) {
    const { done, total } = run.progress;
    return (
      <span className="text-muted tabular-nums">
        {total === null ? toCount(done, language) : `${toCount(done, language)} / ${toCount(total, language)}`}
      </span>
    );
  }
  if (run.error_code !== null) return <code className="font-mono text-xs text-bad-ink">{run.error_code}</code>;
  const { created = 0, updated = 0, removed = 0 } = run.counts;
  if (created + updated + removed === 0) return <span className="text-muted">{t('nothingChanged')}</span>;
  const parts = [
    created > 0 && t('created', { count: created }),
    updated > 0 && t('updated', { count: updated }),
    removed > 0 && t('removed', { count: removed }),
  ];
  return <span className="text-muted">{parts.filter(Boolean).join(', ')}</span>;
}
