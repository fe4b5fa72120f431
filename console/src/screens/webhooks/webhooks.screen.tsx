import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/page';
import { Tab, Tabs } from '@/components/tabs';
import { addWords } from '@/i18n/i18n';
import { ParkedPart } from './parked/parked-part';
import { ReceivedPart } from './received/received-part';
import { SentPart } from './sent/sent-part';
import { WEBHOOK_TABS, webhooksRoute } from './webhooks.route';
import { words } from './words.webhooks';

addWords('webhooks', words);

export function WebhooksScreen() {
  const { t } = useTranslation('webhooks');
  const { tab = 'received' } = webhooksRoute.useSearch();
  const navigate = useNavigate({ from: webhooksRoute.fullPath });
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(next) => void navigate({ search: next === 'received' ? {} : { tab: next } })}
        tabs={WEBHOOK_TABS.map((name) => [name, t(`tabs.${name}`)] as const)}
      >
        <Tab value="received">
          <ReceivedPart />
        </Tab>
        <Tab value="sent">
          <SentPart />
        </Tab>
        <Tab value="parked">
          <ParkedPart />
        </Tab>
      </Tabs>
    </>
  );
}
