import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ArrowLeft, Plug } from 'lucide-react';
import { ListState, NothingYet } from '@/components/list';
import { PageHeader } from '@/components/page';
import { Tab, Tabs } from '@/components/tabs';
import { Card } from '@/components/card';
import { ConnectionAction } from './connection-action';
import { ConnectionBadge } from './connection-badge';
import { ConnectionLine } from './connection-line';
import { connectionQuery, connectionsQuery, type ConnectionDetail, isLinked } from './connections.queries';
import { connectionRoute, type ConnectionTab } from './connections.route';
import { NotConfigured } from './not-configured';
import { ApprovalNotice } from './parts/approval-notice';
import { CalComPart } from './parts/cal-com-part';
import { CalendarsPart } from './parts/calendars-part';
import { DangerPart } from './parts/danger-part';
import { OverviewPart } from './parts/overview-part';
import { RulesPart } from './parts/rules-part';
import { RunsPart } from './parts/runs-part';
import { WebhooksPart } from './parts/webhooks-part';
import { ProviderMark } from './provider-mark';
import { providerIdOf } from './provider-routes';

export function ConnectionScreen() {
  const { t } = useTranslation('connections');
  const { provider: name } = connectionRoute.useParams();
  const { account } = connectionRoute.useSearch();
  const provider = providerIdOf(name);
  const list = useQuery(connectionsQuery);
  const mine = list.data?.filter((connection) => connection.provider === provider) ?? [];
  const chosen = mine.find(({ integration_id: id }) => id === account) ?? mine[0];

  return (
    <>
      <Link
        to="/connections"
        className="mb-2 inline-flex h-7 items-center gap-1 rounded-md pr-2 text-muted hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t('back')}
      </Link>
      <ListState
        query={list}
        isEmpty={chosen === undefined}
        nothingYet={
          <>
            <PageHeader title={t('unknown')} />
            <NothingYet icon={Plug} title={t('unknown')}>
              {t('unknownHint')}
            </NothingYet>
          </>
        }
      >
        {chosen && (
          <>
            <PageHeader title={chosen.provider_name} hint={chosen.account_email ?? t(`scope.${chosen.scope}`)}>
              <ConnectionBadge connection={chosen} />
              <ConnectionAction connection={chosen} />
            </PageHeader>
            {chosen.integration_id && isLinked(chosen) ? (
              <Linked id={chosen.integration_id} />
            ) : (
              <Card className="flex gap-4 p-4">
                <ProviderMark provider={chosen.provider} />
                {chosen.state === 'not_configured' ? (
                  <NotConfigured connection={chosen} />
                ) : (
                  <ConnectionLine connection={chosen} />
                )}
              </Card>
            )}
          </>
        )}
      </ListState>
    </>
  );
}

function Linked({ id }: { id: string }) {
  const query = useQuery(connectionQuery(id));
  return (
    <ListState query={query} isEmpty={false} nothingYet={null}>
      {query.data && <Parts connection={query.data} />}
    </ListState>
  );
}

function Parts({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  const { tab = 'overview' } = connectionRoute.useSearch();
  const navigate = useNavigate({ from: connectionRoute.fullPath });
  const tabs: ConnectionTab[] =
    connection.kind === 'calendar' || connection.provider === 'cal-com'
      ? ['overview', 'calendars', 'rules', 'runs', 'webhooks', 'danger']
      : ['overview', 'rules', 'runs', 'webhooks', 'danger'];
  return (
    <>
      <ApprovalNotice connection={connection} />
      <Tabs
        label={t('tabs.label')}
        value={tabs.includes(tab) ? tab : 'overview'}
        onChange={(next) => void navigate({ search: (former) => ({ ...former, tab: next }), replace: true })}
        tabs={tabs.map((name) => [name, t(`tabs.${name}`)])}
      >
        <Tab value="overview">
          <OverviewPart connection={connection} />
        </Tab>
        <Tab value="calendars">
          {connection.provider === 'cal-com' ? <CalComPart /> : <CalendarsPart connection={connection} />}
        </Tab>
        <Tab value="rules">
          <RulesPart connection={connection} />
        </Tab>
        <Tab value="runs">
          <RunsPart connection={connection} />
        </Tab>
        <Tab value="webhooks">
          <WebhooksPart connection={connection} />
        </Tab>
        <Tab value="danger">
          <DangerPart connection={connection} />
        </Tab>
      </Tabs>
    </>
  );
}
