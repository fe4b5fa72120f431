import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ChevronRight } from 'lucide-react';
import { Card } from '@/components/card';
import { Time } from '@/components/time';
import { ConnectionAction } from './connection-action';
import { ConnectionBadge } from './connection-badge';
import { ConnectionLine } from './connection-line';
import { type Connection, isLinked } from './connections.queries';
import { NotConfigured } from './not-configured';
import { ProviderMark } from './provider-mark';

/** One account at one provider, with everything about it: another account's trouble is on another card. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const { provider, provider_name: name, kind, scope, state, account_email: email } = connection;
  const heading = `connection-${connection.integration_id ?? provider}`;
  return (
    <Card aria-labelledby={heading} className="flex flex-col">
      <div className="flex items-start gap-3 px-4 pt-4">
        <ProviderMark provider={provider} />
        <div className="min-w-0 flex-1">
          <h2 id={heading} className="font-semibold">
            {name}
          </h2>
          <p className="truncate text-xs text-muted">{email ?? `${t(`kind.${kind}`)} · ${t(`scope.${scope}`)}`}</p>
        </div>
        <ConnectionBadge connection={connection} />
      </div>
      <div className="flex-1 px-4 py-3">
        {state === 'not_configured' ? (
          <NotConfigured connection={connection} />
        ) : (
          <ConnectionLine connection={connection} />
        )}
        {isLinked(connection) && <Figures connection={connection} />}
      </div>
      <footer className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2.5">
        <ConnectionAction connection={connection} />
        {connection.integration_id && (
          <Link
            to="/connections/$provider"
            params={{ provider }}
            search={{ account: connection.integration_id }}
            aria-label={t('detailOf', { name: email ?? name })}
            className="ml-auto inline-flex h-8.5 items-center gap-0.5 rounded-md px-2 font-medium text-muted hover:bg-sunken hover:text-ink"
          >
            {t('detail')}
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        )}
      </footer>
    </Card>
  );
}

function Figures({ connection }: { connection: Connection }) {
  const { t } = useTranslation('connections');
  const { kind, counts, next_sync_at: next } = connection;
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 text-xs text-muted tabular-nums">
      <span>{t(kind === 'booking' ? 'fact.bookings' : 'fact.events', { count: counts.events })}</span>
      {kind === 'booking' && <span>{t('fact.prospects', { count: counts.prospects })}</span>}
      {next && (
        <span>
          {t('line.next')} <Time at={next} />
        </span>
      )}
    </p>
  );
}
