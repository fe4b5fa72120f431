import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Activity, Pause, Play } from 'lucide-react';
import { hasRole, useMe } from '@/api/account';
import { useProviders } from '@/api/integrations';
import { usePaged } from '@/api/paged';
import { Button } from '@/components/button';
import { FilterBar, SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingYet } from '@/components/list';
import { NewRowsPill } from '@/components/new-rows';
import { PageHeader } from '@/components/page';
import { useHeldRows } from '@/live/held-rows';
import { activityQuery, recentMailsQuery } from './activity.queries';
import { activityRoute } from './activity.route';
import { ActivityRow } from './activity-row';
import { textIn } from './steps';
import { usePausedRows } from './use-paused-rows';

export function ActivityScreen() {
  const { t } = useTranslation('activity');
  const { provider } = activityRoute.useSearch();
  const { role } = useMe();
  const providers = useProviders();
  const navigate = useNavigate({ from: activityRoute.fullPath });
  const { query, rows: all } = usePaged(activityQuery);
  const { data: mails } = useQuery({ ...recentMailsQuery, enabled: hasRole(role, 'admin') });

  const known = provider ? all.filter(({ meta }) => textIn(meta, 'provider') === provider) : all;
  const paused = usePausedRows(known, ({ id }) => id);
  const held = useHeldRows(paused.rows, ({ id }) => id);
  const showAll = () => {
    paused.setPaused(false);
    held.show();
  };
  const clear = () => void navigate({ search: {}, replace: true });

  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')}>
        <Button aria-pressed={paused.isPaused} onClick={() => paused.setPaused(!paused.isPaused)}>
          {paused.isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {t(paused.isPaused ? 'resume' : 'pause')}
        </Button>
      </PageHeader>
      <FilterBar isFiltered={provider !== undefined} onClear={clear}>
        <SelectFilter
          label={t('provider')}
          any={t('anyProvider')}
          value={provider ?? ''}
          onChange={(next) => void navigate({ search: next ? { provider: next } : {}, replace: true })}
          options={providers}
        />
      </FilterBar>
      <ListState
        query={query}
        isEmpty={known.length === 0 && !query.hasNextPage}
        isFiltered={provider !== undefined}
        onClearFilters={clear}
        nothingYet={
          <NothingYet
            icon={Activity}
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
        <NewRowsPill count={paused.heldCount + held.heldCount} onShow={showAll} />
        {/* The shell says what is new, gathered: read out row by row it would be too much. */}
        <section role="log" aria-live="off" aria-label={t('feed')} aria-busy={query.isFetching}>
          <ol className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
            {held.rows.map((notification) => (
              <ActivityRow key={notification.id} notification={notification} mails={mails} />
            ))}
          </ol>
        </section>
        <ListFoot
          count={held.rows.length}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </ListState>
    </>
  );
}
