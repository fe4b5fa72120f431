import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Plus, Users } from 'lucide-react';
import { usePaged } from '@/api/paged';
import { Tag } from '@/components/badge';
import { Button } from '@/components/button';
import { FilterBar, SearchField, SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingYet } from '@/components/list';
import { NewRowsPill } from '@/components/new-rows';
import { PageHeader } from '@/components/page';
import { type Column, ROW_LINK, Table } from '@/components/table';
import { Time } from '@/components/time';
import { useFresh } from '@/live/fresh';
import { useHeldRows } from '@/live/held-rows';
import { ProspectDrawer } from './prospect-drawer';
import { ProspectForm } from './prospect-form';
import { lastNoteOf, nameOf, sourceWord, statusWord } from './prospect-words';
import { type Prospect, prospectsQuery } from './prospects.queries';
import { prospectsRoute } from './prospects.route';

const SOURCES = ['calendly', 'calcom', 'manual'];
const STATUSES = ['new', 'contacted', 'qualified', 'won', 'lost'];

export function ProspectsScreen() {
  const { t } = useTranslation('prospects');
  const { open, ...filter } = prospectsRoute.useSearch();
  const navigate = useNavigate({ from: prospectsRoute.fullPath });
  const { query, rows: known } = usePaged(prospectsQuery(filter));
  const { rows, heldCount, show } = useHeldRows(known, ({ id }) => id);
  const fresh = useFresh();
  const [isAdding, setAdding] = useState(false);

  const isFiltered = Object.values(filter).some(Boolean);
  const setFilter = (change: Partial<typeof filter>) =>
    void navigate({ search: (former) => withoutEmpty({ ...former, ...change }), replace: true });
  const clearFilters = () => void navigate({ search: {}, replace: true });

  const columns: Column<Prospect>[] = [
    {
      key: 'name',
      title: t('name'),
      className: 'min-w-44',
      cell: (prospect) => (
        <>
          <Link to="/prospects" search={{ ...filter, open: prospect.id }} resetScroll={false} className={ROW_LINK}>
            <bdi>{nameOf(prospect, t)}</bdi>
          </Link>
          <span className="block truncate text-xs text-muted md:hidden">{prospect.email}</span>
        </>
      ),
    },
    { key: 'email', title: t('email'), from: 'md', cell: ({ email }) => email ?? <Missing /> },
    {
      key: 'phone',
      title: t('phone'),
      from: 'lg',
      className: 'whitespace-nowrap',
      cell: ({ phone }) => phone ?? <Missing />,
    },
    { key: 'status', title: t('status'), from: 'sm', cell: ({ status }) => <Tag>{statusWord(status, t)}</Tag> },
    { key: 'source', title: t('source'), from: 'lg', cell: ({ source }) => <Tag>{sourceWord(source, t)}</Tag> },
    {
      key: 'note',
      title: t('lastNote'),
      from: 'xl',
      className: 'w-[32%] max-w-0',
      cell: ({ notes }) => <span className="line-clamp-2 text-xs text-muted">{lastNoteOf(notes)}</span>,
    },
    {
      key: 'changed',
      title: t('changed'),
      align: 'right',
      className: 'whitespace-nowrap',
      cell: ({ updated_at: at }) => <Time at={at} className="text-muted" />,
    },
  ];

  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')}>
        <Button look="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {t('add')}
        </Button>
      </PageHeader>
      <FilterBar isFiltered={isFiltered} onClear={clearFilters}>
        <SearchField label={t('search')} value={filter.search ?? ''} onChange={(search) => setFilter({ search })} />
        <SelectFilter
          label={t('source')}
          any={t('anySource')}
          value={filter.source ?? ''}
          onChange={(source) => setFilter({ source })}
          options={SOURCES.map((source) => [source, sourceWord(source, t)])}
        />
        <SelectFilter
          label={t('status')}
          any={t('anyStatus')}
          value={filter.status ?? ''}
          onChange={(status) => setFilter({ status })}
          options={STATUSES.map((status) => [status, statusWord(status, t)])}
        />
      </FilterBar>
      <ListState
        query={query}
        isEmpty={known.length === 0}
        isFiltered={isFiltered}
        onClearFilters={clearFilters}
        nothingYet={
          <NothingYet
            icon={Users}
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
        <ProspectDrawer
          id={open}
          onClose={() => void navigate({ search: (former) => ({ ...former, open: undefined }), resetScroll: false })}
        />
      )}
      {isAdding && (
        <ProspectForm
          prospect={null}
          onClose={() => setAdding(false)}
          onWritten={({ id }) => void navigate({ search: (former) => ({ ...former, open: id }) })}
        />
      )}
    </>
  );
}

function Missing() {
  return (
    <span aria-hidden className="text-muted">
      –
    </span>
  );
}

function withoutEmpty<T extends Record<string, string | undefined>>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as T;
}
