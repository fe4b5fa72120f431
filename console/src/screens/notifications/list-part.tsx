import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bell, CheckCheck } from 'lucide-react';
import { usePaged } from '@/api/paged';
import { withoutEmpty } from '@/api/without-empty';
import { Button } from '@/components/button';
import { FilterBar, SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingYet } from '@/components/list';
import { NewRowsPill } from '@/components/new-rows';
import { toast } from '@/components/toast';
import { useHeldRows } from '@/live/held-rows';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification-kinds';
import { NotificationRows } from './notification-rows';
import { notificationsQuery, useMarkAllRead } from './notifications.queries';
import { notificationsRoute } from './notifications.route';

/** What is new stands first; what was read stays below, for whoever looks for it. */
export function ListPart() {
  const { t } = useTranslation('notifications');
  const { kind, only } = notificationsRoute.useSearch();
  const navigate = useNavigate({ from: notificationsRoute.fullPath });
  const filter = kind ? { kind } : {};
  const unread = usePaged(notificationsQuery({ ...filter, unread: true }));
  const all = usePaged(notificationsQuery(filter));
  const { rows: unreadRows, heldCount, show } = useHeldRows(unread.rows, ({ id }) => id);
  const read = only === 'unread' ? [] : all.rows.filter(({ read_at: at }) => at !== null);
  const markAll = useMarkAllRead();

  const isFiltered = kind !== undefined || only !== undefined;
  const setFilter = (change: { kind?: NotificationKind | undefined; only?: 'unread' | undefined }) =>
    void navigate({ search: (former) => withoutEmpty({ ...former, ...change }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });

  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <SelectFilter
          label={t('kind')}
          any={t('anyKind')}
          value={kind ?? ''}
          onChange={(next) => setFilter({ kind: (next || undefined) as NotificationKind | undefined })}
          options={NOTIFICATION_KINDS.map((one) => [one, t(`kinds.${one}`)])}
        />
        <SelectFilter
          label={t('state')}
          any={t('readAndUnread')}
          value={only ?? ''}
          onChange={(next) => setFilter({ only: next === 'unread' ? 'unread' : undefined })}
          options={[['unread', t('unreadOnly')]]}
        />
        {unread.rows.length > 0 && (
          <Button
            className="sm:ml-auto"
            isPending={markAll.isPending}
            onClick={() =>
              markAll.mutate(kind, {
                onSuccess: ({ updated }) => toast.done(t('allRead', { count: updated })),
                onError: toast.failed,
              })
            }
          >
            <CheckCheck aria-hidden />
            {t(kind ? 'markKindRead' : 'markAllRead')}
          </Button>
        )}
      </FilterBar>
      <ListState
        query={only === 'unread' ? unread.query : all.query}
        isEmpty={unread.rows.length === 0 && read.length === 0 && !all.query.hasNextPage}
        isFiltered={isFiltered}
        onClearFilters={clear}
        nothingYet={
          <NothingYet icon={Bell} title={t('nothing')}>
            {t('nothingHint')}
          </NothingYet>
        }
      >
        <NewRowsPill count={heldCount} onShow={show} />
        {unreadRows.length > 0 && (
          <section aria-labelledby="notifications-unread">
            <h2 id="notifications-unread" className="mb-2 font-semibold">
              {t('unread')}
            </h2>
            <NotificationRows notifications={unreadRows} />
            {unread.query.hasNextPage && (
              <ListFoot
                count={unreadRows.length}
                hasMore
                isLoading={unread.query.isFetchingNextPage}
                onMore={() => void unread.query.fetchNextPage()}
              />
            )}
          </section>
        )}
        {only !== 'unread' && (read.length > 0 || all.query.hasNextPage) && (
          <section aria-labelledby="notifications-read">
            <h2 id="notifications-read" className="mb-2 font-semibold">
              {t('read')}
            </h2>
            {read.length === 0 ? (
              <p className="text-muted">{t('noneRead')}</p>
            ) : (
              <NotificationRows notifications={read} />
            )}
            <ListFoot
              count={read.length}
              hasMore={all.query.hasNextPage}
              isLoading={all.query.isFetchingNextPage}
              onMore={() => void all.query.fetchNextPage()}
            />
          </section>
        )}
      </ListState>
    </>
  );
}
