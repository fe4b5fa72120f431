import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '@/api/account';
import { Card, CardHeader } from '@/components/card';
import { ListState } from '@/components/list';
import { Time, useNow } from '@/components/time';
import { toCount } from '@/i18n/instants';
import { useTelling, useZone } from '@/i18n/use-telling';
import { useFresh } from '@/live/fresh';
import { ConnectionBadge } from '../connections/connection-badge';
import { type Connection, isLinked } from '../connections/connections.queries';
import { nameOf, sourceWord } from '../prospects/prospect-words';
import type { Prospect } from '../prospects/prospects.queries';
import { deliveryCountsQuery, todaysBookingsQuery } from './home.queries';

const TROUBLED = new Set<Connection['state']>(['needs_reauth', 'error', 'rate_limited', 'paused', 'stale']);

export function Overview({
  connections,
  prospects,
}: {
  connections: readonly Connection[];
  prospects: readonly Prospect[];
}) {
  const { role } = useMe();
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Today />
      <Attention connections={connections} />
      <Latest prospects={prospects} />
      <div className="space-y-4">
        <NextReadings connections={connections} />
        {hasRole(role, 'admin') && <Deliveries />}
      </div>
    </div>
  );
}

function Today() {
  const { t } = useTranslation('home');
  const zone = useZone();
  const query = useQuery(todaysBookingsQuery(zone, useNow()));
  return (
    <Card>
      <CardHeader title={t('today')} />
      <ListState query={query} isEmpty={query.data?.length === 0} nothingYet={<Quiet>{t('noToday')}</Quiet>}>
        <ol className="divide-y divide-line">
          {query.data?.map(
            ({ id, event_start_time: at, event_end_time: until, invitee_name: guest, event_name: what }) => (
              <li key={id} className="flex gap-4 px-4 py-2">
                <span className="w-24 shrink-0 text-muted tabular-nums">
                  <Time at={at} as="hour" />–<Time at={until} as="hour" />
                </span>
                <span className="min-w-0">
                  <span className="block truncate font-medium">{guest || t('guest')}</span>
                  <span className="block truncate text-xs text-muted">{what ?? t('appointment')}</span>
                </span>
              </li>
            ),
          )}
        </ol>
      </ListState>
    </Card>
  );
}

function Attention({ connections }: { connections: readonly Connection[] }) {
  const { t } = useTranslation('home');
  const troubled = connections.filter(({ state, approval_run_id: run }) => TROUBLED.has(state) || run !== null);
  return (
    <Card>
      <CardHeader title={t('attention')}>
        <SeeAll to="/connections" />
      </CardHeader>
      {troubled.length === 0 ? (
        <Quiet>{t(connections.some(isLinked) ? 'allWell' : 'noConnection')}</Quiet>
      ) : (
        <ul className="divide-y divide-line">
          {troubled.map((connection) => (
            <li key={connection.integration_id} className="relative px-4 py-2.5 hover:bg-sunken">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <Link
                  to="/connections/$provider"
                  params={{ provider: connection.provider }}
                  search={{ account: connection.integration_id ?? undefined }}
                  className="font-medium after:absolute after:inset-0"
                >
                  {connection.provider_name}
                </Link>
                <ConnectionBadge connection={connection} />
              </div>
              {connection.cause && <p className="mt-0.5 text-muted">{connection.cause.detail}</p>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Latest({ prospects }: { prospects: readonly Prospect[] }) {
  const { t } = useTranslation('home');
  const fresh = useFresh();
  return (
    <Card>
      <CardHeader title={t('recent')}>
        <SeeAll to="/prospects" />
      </CardHeader>
      {prospects.length === 0 ? (
        <Quiet>{t('noRecent')}</Quiet>
      ) : (
        <ul className="divide-y divide-line">
          {prospects.map((prospect) => (
            <li
              key={prospect.id}
              className={`relative flex items-center justify-between gap-4 px-4 py-2 hover:bg-sunken ${
                fresh.has(prospect.id) ? 'fresh-row' : ''
              }`}
            >
              <span className="min-w-0">
                <Link
                  to="/prospects"
                  search={{ open: prospect.id }}
                  className="font-medium after:absolute after:inset-0"
                >
                  <bdi>{nameOf(prospect, t)}</bdi>
                </Link>
                <span className="block truncate text-xs text-muted">{sourceWord(prospect.source, t)}</span>
              </span>
              <Time at={prospect.created_at} className="shrink-0 text-xs text-muted" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function NextReadings({ connections }: { connections: readonly Connection[] }) {
  const { t } = useTranslation('home');
  const planned = connections
    .flatMap(({ next_sync_at: at, ...rest }) => (at === null ? [] : [{ ...rest, at }]))
    .toSorted((one, other) => one.at.localeCompare(other.at));
  return (
    <Card>
      <CardHeader title={t('next')} />
      {planned.length === 0 ? (
        <Quiet>{t('noNext')}</Quiet>
      ) : (
        <ul className="divide-y divide-line">
          {planned.map(({ integration_id: id, provider_name: name, account_email: email, at }) => (
            <li key={id} className="flex justify-between gap-4 px-4 py-2">
              <span className="min-w-0 truncate">
                {name} <span className="text-muted">{email}</span>
              </span>
              <Time at={at} className="shrink-0 text-muted" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Deliveries() {
  const { t } = useTranslation('home');
  const { language } = useTelling();
  const query = useQuery(deliveryCountsQuery(useNow()));
  const figure = (count: number, isMore: boolean) => `${toCount(count, language)}${isMore ? '+' : ''}`;
  return (
    <Card>
      <CardHeader title={t('last24')}>
        <SeeAll to="/webhooks" />
      </CardHeader>
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {query.data && (
          <dl className="grid grid-cols-3 divide-x divide-line text-center">
            {(['received', 'processed', 'failed'] as const).map((name) => (
              <div key={name} className="flex flex-col-reverse py-3">
                <dt className="text-xs text-muted">{t(name)}</dt>
                <dd
                  className={`text-xl font-semibold tabular-nums ${
                    name === 'failed' && query.data.failed > 0 ? 'text-bad-ink' : ''
                  }`}
                >
                  {figure(query.data[name], query.data.isMore)}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </ListState>
    </Card>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return <p className="px-4 py-5 text-muted">{children}</p>;
}

function SeeAll({ to }: { to: '/connections' | '/prospects' | '/webhooks' }) {
  const { t } = useTranslation('home');
  return (
    <Link to={to} className="text-xs font-medium text-accent-ink underline-offset-2 hover:underline">
      {t('seeAll')}
    </Link>
  );
}
