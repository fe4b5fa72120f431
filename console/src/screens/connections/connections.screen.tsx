import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Plug } from 'lucide-react';
import { ListState, NothingYet } from '@/components/list';
import { PageHeader } from '@/components/page';
import { ConnectionCard } from './connection-card';
import { connectionsQuery } from './connections.queries';

export function ConnectionsScreen() {
  const { t } = useTranslation('connections');
  const query = useQuery(connectionsQuery);
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <ListState
        query={query}
        isEmpty={query.data?.length === 0}
        skeleton={<SkeletonCards />}
        nothingYet={
          <NothingYet icon={Plug} title={t('nothing')}>
            {t('nothingHint')}
          </NothingYet>
        }
      >
        <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 2xl:grid-cols-3">
          {query.data?.map((connection) => (
            <li key={connection.integration_id ?? connection.provider} className="grid grid-cols-1">
              <ConnectionCard connection={connection} />
            </li>
          ))}
        </ul>
      </ListState>
    </>
  );
}

function SkeletonCards() {
  return (
    <div aria-hidden className="grid grid-cols-1 gap-4 md:grid-cols-2 2xl:grid-cols-3">
      {[0, 1, 2, 3].map((card) => (
        <div key={card} className="space-y-4 rounded-lg border border-line bg-surface p-4">
          <div className="flex gap-3">
            <div className="skeleton size-9" />
            <div className="flex-1 space-y-2 pt-1">
              <div className="skeleton h-3.5 w-1/3" />
              <div className="skeleton h-3 w-1/2" />
            </div>
          </div>
          <div className="skeleton h-3.5 w-4/5" />
        </div>
      ))}
    </div>
  );
}
