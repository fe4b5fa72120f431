import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/page';
import { Tab, Tabs } from '@/components/tabs';
import { MailSettingsPart } from './mail-settings-part';
import { MAIL_TABS, mailsRoute } from './mails.route';
import { OutboxPart } from './outbox-part';

export function MailsScreen() {
  const { t } = useTranslation('mails');
  const { tab = 'outbox' } = mailsRoute.useSearch();
  const navigate = useNavigate({ from: mailsRoute.fullPath });
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(next) => void navigate({ search: next === 'outbox' ? {} : { tab: next } })}
        tabs={MAIL_TABS.map((name) => [name, t(`tabs.${name}`)] as const)}
      >
        <Tab value="outbox">
          <OutboxPart />
        </Tab>
        <Tab value="settings">
          <MailSettingsPart />
        </Tab>
      </Tabs>
    </>
  );
}
