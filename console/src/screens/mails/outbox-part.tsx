import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Mail as MailIcon } from 'lucide-react';
import { usePaged } from '@/api/paged';
import { withoutEmpty } from '@/api/without-empty';
import { Tag } from '@/components/badge';
import { FilterBar, SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingYet } from '@/components/list';
import { NewRowsPill } from '@/components/new-rows';
import { type Column, ROW_LINK, Table } from '@/components/table';
import { Time } from '@/components/time';
import { useHeldRows } from '@/live/held-rows';
import { MailBadge } from './mail-badge';
import { MailDrawer } from './mail-drawer';
import { type Mail, MAIL_STATES, type MailFilter, mailsQuery } from './mails.queries';
import { mailsRoute } from './mails.route';

export function OutboxPart() {
  const { t } = useTranslation('mails');
  const { tab: _tab, open, ...filter } = mailsRoute.useSearch();
  const navigate = useNavigate({ from: mailsRoute.fullPath });
  const { query, rows: known } = usePaged(mailsQuery(filter));
  const { rows, heldCount, show } = useHeldRows(known, ({ id }) => id);

  const isFiltered = Object.keys(filter).length > 0;
  const setFilter = (change: MailFilter) =>
    void navigate({ search: (former) => withoutEmpty({ ...former, ...change }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });

  const columns: Column<Mail>[] = [
    {
      key: 'subject',
      title: t('subject'),
      className: 'min-w-44',
      cell: ({ id, subject, recipient }) => (
        <>
          <Link to="/mails" search={{ ...filter, open: id }} resetScroll={false} className={ROW_LINK}>
            {subject ?? t('forgotten')}
          </Link>
          <span className="block truncate text-xs text-muted sm:hidden">{recipient}</span>
        </>
      ),
    },
    { key: 'recipient', title: t('recipient'), from: 'sm', cell: ({ recipient }) => recipient },
    { key: 'kind', title: t('kind'), from: 'xl', cell: ({ kind }) => <Tag>{t(`kinds.${kind}`)}</Tag> },
    { key: 'state', title: t('state'), cell: ({ state }) => <MailBadge state={state} /> },
    {
      key: 'attempts',
      title: t('attempts'),
      from: 'lg',
      align: 'right',
      className: 'tabular-nums text-muted',
      cell: ({ attempts }) => attempts,
    },
    {
      key: 'created',
      title: t('created'),
      from: 'sm',
      align: 'right',
      className: 'whitespace-nowrap',
      cell: ({ created_at: at }) => <Time at={at} className="text-muted" />,
    },
  ];

  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <SelectFilter
          label={t('state')}
          any={t('anyState')}
          value={filter.state ?? ''}
          onChange={(state) => setFilter({ state })}
          options={MAIL_STATES.map((state) => [state, t(`states.${state}`)])}
        />
        {filter.booking_id && <Tag>{t('oneBooking')}</Tag>}
        {filter.notification_id && <Tag>{t('oneNotification')}</Tag>}
      </FilterBar>
      <ListState
        query={query}
        isEmpty={known.length === 0}
        isFiltered={isFiltered}
        onClearFilters={clear}
        nothingYet={
          <NothingYet icon={MailIcon} title={t('nothing')}>
            {t('nothingHint')}
          </NothingYet>
        }
      >
        <NewRowsPill count={heldCount} onShow={show} />
        <Table caption={t('caption')} columns={columns} rows={rows} rowKey={({ id }) => id} openKey={open} />
        <ListFoot
          count={rows.length}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </ListState>
      {open && (
        <MailDrawer
          id={open}
          onClose={() => void navigate({ search: (former) => ({ ...former, open: undefined }), resetScroll: false })}
        />
      )}
    </>
  );
}
