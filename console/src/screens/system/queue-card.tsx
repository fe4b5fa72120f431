import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card, CardHeader, Facts } from '@/components/card';
import { ListState } from '@/components/list';
import { doctorQuery } from './system.queries';

/** How much work waits in the background, and who does it. */
export function QueueCard() {
  const { t } = useTranslation('system');
  const query = useQuery(doctorQuery);
  const queue = query.data?.queue;
  return (
    <Card>
      <CardHeader title={t('queue')} />
      <div className="px-4 py-3">
        <ListState
          query={query}
          isEmpty={queue === null}
          nothingYet={<p className="text-muted">{t('queueUnknown')}</p>}
        >
          {queue && (
            <Facts
              items={[
                [t('workers'), queue.workers],
                [t('waiting'), queue.waiting],
                [t('oldest'), queue.waiting > 0 && t('minutes', { count: queue.oldest_minutes })],
                [t('parked'), queue.parked],
              ]}
            />
          )}
        </ListState>
      </div>
    </Card>
  );
}
