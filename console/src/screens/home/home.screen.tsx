import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/account';
import { ListState } from '@/components/list';
import { PageHeader } from '@/components/page';
import { connectionsQuery, isLinked } from '../connections/connections.queries';
import { FirstSteps } from './first-steps';
import { hasExportQuery, hasNewBookingQuery, latestProspectsQuery } from './home.queries';
import { Overview } from './overview';
import { hasSeenProspect } from './seen-prospect';

export function HomeScreen() {
  const { t } = useTranslation('home');
  const { name } = useMe();
  const connections = useQuery(connectionsQuery);
  const prospects = useQuery(latestProspectsQuery);
  const hasNewBooking = useQuery(hasNewBookingQuery);
  const hasExport = useQuery(hasExportQuery);

  const all = connections.data ?? [];
  const hasProspects = (prospects.data?.length ?? 0) > 0;
  const steps = {
    connect: all.some(isLinked),
    booking: hasNewBooking.data === true,
    prospect: hasProspects && hasSeenProspect(),
    formation: hasExport.data === true,
  };
  const isThrough = Object.values(steps).every(Boolean);
  const [firstName = name] = name.split(' ');

  return (
    <>
      <PageHeader title={t('welcome', { name: firstName })} hint={t(isThrough ? 'hint' : 'firstHint')} />
      <ListState query={connections} isEmpty={false} nothingYet={null}>
        <div className="space-y-5">
          {!isThrough && !hasNewBooking.isPending && !hasExport.isPending && <FirstSteps steps={steps} />}
          {(isThrough || steps.connect || hasProspects) && (
            <Overview connections={all} prospects={prospects.data ?? []} />
          )}
        </div>
      </ListState>
    </>
  );
}
