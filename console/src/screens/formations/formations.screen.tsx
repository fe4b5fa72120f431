import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BookOpenCheck, Plus } from 'lucide-react';
import { usePaged } from '@/api/paged';
import { withoutEmpty } from '@/api/without-empty';
import { Button } from '@/components/button';
import { FilterBar, SearchField, SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingYet } from '@/components/list';
import { PageHeader } from '@/components/page';
import { type Column, ROW_LINK, Table } from '@/components/table';
import { Time } from '@/components/time';
import { FormationDrawer } from './formation-drawer';
import { FormationForm } from './formation-form';
import { FORMATION_STATUSES, type FormationFilter, formationsQuery, type FormationSummary } from './formations.queries';
import { formationsRoute } from './formations.route';
import { StatusBadge } from './status-badge';

export function FormationsScreen() {
  const { t } = useTranslation('formations');
  const { open, ...filter } = formationsRoute.useSearch();
  const navigate = useNavigate({ from: formationsRoute.fullPath });
  const { query, rows } = usePaged(formationsQuery(filter));
  const [isAdding, setAdding] = useState(false);

  const isFiltered = Object.keys(filter).length > 0;
  const setFilter = (change: FormationFilter) =>
    void navigate({ search: (former) => withoutEmpty({ ...former, ...change }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });
  const add = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );

  const columns: Column<FormationSummary>[] = [
    {
      key: 'title',
      title: t('name'),
      className: 'min-w-44',
      cell: ({ id, title, first_starts_at: first }) => (
        <>
          <Link to="/formations" search={{ ...filter, open: id }} resetScroll={false} className={ROW_LINK}>
            {title}
          </Link>
          <span className="block text-xs text-muted sm:hidden">
            {first ? <Time at={first} as="absolute" /> : t('noDate')}
          </span>
        </>
      ),
    },
    {
      key: 'first',
      title: t('firstDate'),
      from: 'sm',
      className: 'whitespace-nowrap',
      cell: ({ first_starts_at: at }) =>
        at ? <Time at={at} as="absolute" /> : <span className="text-muted">{t('noDate')}</span>,
    },
    {
      key: 'sessions',
      title: t('sessions'),
      from: 'md',
      align: 'right',
      className: 'tabular-nums',
      cell: ({ session_count: count }) => count,
    },
    {
      key: 'participants',
      title: t('participants'),
      from: 'md',
      align: 'right',
      className: 'tabular-nums',
      cell: ({ participant_count: count }) => count,
    },
    {
      key: 'location',
      title: t('location'),
      from: 'xl',
      cell: ({ location }) => <span className="text-muted">{location ?? '–'}</span>,
    },
    { key: 'status', title: t('status'), cell: ({ status }) => <StatusBadge status={status} /> },
    {
      key: 'changed',
      title: t('changed'),
      from: 'lg',
      align: 'right',
      className: 'whitespace-nowrap',
      cell: ({ updated_at: at }) => <Time at={at} className="text-muted" />,
    },
  ];

  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')}>
        {add}
      </PageHeader>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <SearchField label={t('search')} value={filter.search ?? ''} onChange={(search) => setFilter({ search })} />
        <SelectFilter
          label={t('status')}
          any={t('anyStatus')}
          value={filter.status ?? ''}
          onChange={(status) => setFilter({ status })}
          options={FORMATION_STATUSES.map((status) => [status, t(`statuses.${status}`)])}
        />
      </FilterBar>
      <ListState
        query={query}
        isEmpty={rows.length === 0}
        isFiltered={isFiltered}
        onClearFilters={clear}
        nothingYet={
          <NothingYet icon={BookOpenCheck} title={t('nothing')} action={add}>
            {t('nothingHint')}
          </NothingYet>
        }
      >
        <Table caption={t('caption')} columns={columns} rows={rows} rowKey={({ id }) => id} openKey={open} />
        <ListFoot
          count={rows.length}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </ListState>
      {open && (
        <FormationDrawer
          id={open}
          onClose={() => void navigate({ search: (former) => ({ ...former, open: undefined }), resetScroll: false })}
        />
      )}
      {isAdding && (
        <FormationForm
          formation={null}
          onClose={() => setAdding(false)}
          onWritten={({ id }) => void navigate({ search: (former) => ({ ...former, open: id }) })}
        />
      )}
    </>
  );
}
