import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/page';
import { Tab, Tabs } from '@/components/tabs';
import { GroupsPart } from './groups-part';
import { ListPart } from './list-part';
import { NOTIFICATION_TABS, notificationsRoute } from './notifications.route';
import { PreferencesPart } from './preferences-part';

export function NotificationsScreen() {
  const { t } = useTranslation('notifications');
  const { tab = 'list' } = notificationsRoute.useSearch();
  const navigate = useNavigate({ from: notificationsRoute.fullPath });
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(next) => void navigate({ search: next === 'list' ? {} : { tab: next } })}
        tabs={NOTIFICATION_TABS.map((name) => [name, t(`tabs.${name}`)] as const)}
      >
        <Tab value="list">
          <ListPart />
        </Tab>
        <Tab value="groups">
          <GroupsPart />
        </Tab>
        <Tab value="preferences">
          <PreferencesPart />
        </Tab>
      </Tabs>
    </>
  );
}
