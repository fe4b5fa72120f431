import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '@/api/account';
import { Card, CardHeader, Facts } from '@/components/card';
import { Time } from '@/components/time';
import type { ConnectionDetail } from '../connections.queries';

/** The provider's promise to push to us: a webhook subscription, or a push channel. */
export function WebhooksPart({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  const { role } = useMe();
  const { channel, cause, state } = connection;
  return (
    <Card>
      <CardHeader title={t('channel.title')} hint={t('channel.hint')}>
        {hasRole(role, 'admin') && (
          <Link to="/webhooks" className="text-accent-ink underline underline-offset-2">
            {t('channel.toDeliveries')}
          </Link>
        )}
      </CardHeader>
      <div className="space-y-3 p-4">
        {state === 'polling' && cause && <p>{cause.detail}</p>}
        <Facts
          items={[
            [t('channel.state'), t(`channel.states.${channel.state}`)],
            [t('channel.refusal'), channel.refusal && <code className="font-mono text-xs">{channel.refusal}</code>],
            [t('channel.createdAt'), channel.created_at && <Time key="created" at={channel.created_at} as="both" />],
            [t('channel.expiresAt'), channel.expires_at && <Time key="expires" at={channel.expires_at} as="both" />],
            [
              t('channel.lastCheckedAt'),
              channel.last_checked_at && <Time key="checked" at={channel.last_checked_at} as="both" />,
            ],
            [t('channel.lastDeliveryAt'), <Time key="delivery" at={channel.last_delivery_at} as="both" />],
          ]}
        />
      </div>
    </Card>
  );
}
