import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/page';
import { AddressesCard } from './addresses-card';
import { DiagnosisCard } from './diagnosis-card';
import { LinksCard } from './links-card';
import { QueueCard } from './queue-card';
import { ReadinessCard } from './readiness-card';
import { VersionCard } from './version-card';

/** Each card reads for itself: one that cannot be had leaves the others alone. */
export function SystemScreen() {
  const { t } = useTranslation('system');
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <DiagnosisCard />
        <div className="space-y-4">
          <ReadinessCard />
          <QueueCard />
          <VersionCard />
          <LinksCard />
        </div>
        <div className="lg:col-span-2">
          <AddressesCard />
        </div>
      </div>
    </>
  );
}
