import { useTranslation } from 'react-i18next';
import { Progress } from '@/components/progress';
import { Time } from '@/components/time';
import type { Connection } from './connections.queries';

/** The line under the badge: the cause and what follows from it, or that all is well and since when. */
export function ConnectionLine({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const { state, cause, provider, progress, resumes_at: resumesAt } = connection;

  if (state === 'not_connected') {
    return <p className="text-muted">{t([`offer.${provider}`, 'offer.other'])}</p>;
  }
  if (state === 'importing' || state === 'syncing') {
    return (
      <div className="space-y-1">
        <Progress
          label={state === 'importing' ? t('line.importing') : t('line.syncing', { count: progress?.done ?? 0 })}
          done={progress?.done}
          total={progress?.total}
        />
      </div>
    );
  }
  return (
    <div className="text-muted">
      {cause && <p>{cause.detail}</p>}
      {resumesAt && (
        <p>
          {t('line.resumesAt')} <Time at={resumesAt} as="hour" />
        </p>
      )}
      {state === 'connected' && <Healthy connection={connection} />}
    </div>
  );
}

function Healthy({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const { last_synced_at: at, is_real_time: isRealTime, real_time_until: until } = connection;
  return (
    <p>
      {t('line.synced')} <Time at={at} />
      {isRealTime && ' · '}
      {isRealTime && until === null && t('line.realTime')}
      {isRealTime && until !== null && (
        <>
          {t('line.realTimeUntil')} <Time at={until} as="absolute" />
        </>
      )}
    </p>
  );
}
