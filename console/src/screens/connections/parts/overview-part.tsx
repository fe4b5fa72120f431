import { useTranslation } from 'react-i18next';
import { Check, X } from 'lucide-react';
import { Card, CardHeader, Facts } from '@/components/card';
import { Time } from '@/components/time';
import { ConnectionLine } from '../connection-line';
import type { ConnectionDetail } from '../connections.queries';

export function OverviewPart({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  const { access, kind, counts } = connection;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Card>
        <CardHeader title={t('overview.account')} />
        <div className="space-y-3 p-4">
          {connection.cause && <ConnectionLine connection={connection} />}
          <Facts
            items={[
              [t('fact.account'), [connection.account_name, connection.account_email].filter(Boolean).join(' · ')],
              [t('fact.usedBy'), t(`scope.${connection.scope}`)],
              [t('fact.connectedAt'), <Time key="connected" at={connection.connected_at} as="both" />],
              [t('fact.lastSync'), <Time key="last" at={connection.last_synced_at} as="both" />],
              [
                t('fact.nextSync'),
                connection.next_sync_at && <Time key="next" at={connection.next_sync_at} as="both" />,
              ],
              [t('fact.realTime'), <RealTime key="real-time" connection={connection} />],
              [
                t(`kind.${kind}`),
                [
                  t(kind === 'booking' ? 'fact.bookings' : 'fact.events', { count: counts.events }),
                  kind === 'booking' && t('fact.prospects', { count: counts.prospects }),
                ]
                  .filter(Boolean)
                  .join(' · '),
              ],
            ]}
          />
        </div>
      </Card>
      <div className="space-y-4">
        <Card>
          <CardHeader title={t('overview.access')} hint={t('overview.accessHint')} />
          <div className="p-4">
            <Facts
              items={[
                [t('overview.consentedAt'), <Time key="consented" at={access.consented_at} as="both" />],
                [
                  t('overview.expiresAt'),
                  access.expires_at && (
                    <>
                      <Time at={access.expires_at} as="both" /> · {t('overview.renewedByItself')}
                    </>
                  ),
                ],
                [
                  t('overview.refreshedAt'),
                  access.refreshed_at && <Time key="refreshed" at={access.refreshed_at} as="both" />,
                ],
              ]}
            />
          </div>
        </Card>
        <Scopes connection={connection} />
      </div>
    </div>
  );
}

function RealTime({
  connection: { is_real_time: isRealTime, real_time_until: until },
}: {
  connection: ConnectionDetail;
}) {
  const { t } = useTranslation('connections');
  if (!isRealTime) return t('fact.noRealTime');
  if (until === null) return t('fact.active');
  return (
    <>
      {t('fact.activeUntil')} <Time at={until} as="absolute" />
    </>
  );
}

function Scopes({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  const { required, granted, missing } = connection.scopes;
  if (required.length === 0) return null;
  const wordOf = (scope: string) => {
    if (missing.includes(scope)) return t('overview.missing');
    return granted === null ? t('overview.notTold', { provider: connection.provider_name }) : t('overview.granted');
  };
  return (
    <Card>
      <CardHeader title={t('overview.scopes')} hint={t('overview.scopesHint')} />
      <ul className="divide-y divide-line">
        {required.map((scope) => {
          const isMissing = missing.includes(scope);
          const Icon = isMissing ? X : Check;
          return (
            <li key={scope} className="flex items-center gap-2 px-4 py-2">
              <Icon aria-hidden className={`size-4 shrink-0 ${isMissing ? 'text-bad-ink' : 'text-good-ink'}`} />
              <code className="min-w-0 flex-1 font-mono text-xs break-all">{scope}</code>
              <span className={`text-xs ${isMissing ? 'text-bad-ink' : 'text-muted'}`}>{wordOf(scope)}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
