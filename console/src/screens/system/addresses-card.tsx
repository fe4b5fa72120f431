import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CircleCheck, CircleDashed, Plug, Unplug } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Card, CardHeader } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { ListState } from '@/components/list';
import { doctorQuery, type ProviderAddress } from './system.queries';

/** What must be entered at each provider, to the letter. */
export function AddressesCard() {
  const { t } = useTranslation('system');
  const query = useQuery(doctorQuery);
  return (
    <Card>
      <CardHeader title={t('redirects')} hint={t('redirectsHint')} />
      <div className="px-4 py-1">
        <ListState query={query} isEmpty={false} nothingYet={null}>
          <ul className="divide-y divide-line">
            {query.data?.addresses.map((address) => (
              <Address key={address.provider} address={address} />
            ))}
          </ul>
        </ListState>
      </div>
    </Card>
  );
}

function Address({ address }: { address: ProviderAddress }) {
  const { t } = useTranslation('system');
  const {
    name,
    configured,
    reachable,
    missing_variables: missing,
    redirect_uri: redirect,
    webhook_url: webhook,
  } = address;
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 md:grid-cols-[12rem_1fr]">
      <p className="flex flex-wrap items-center gap-2 font-medium md:block md:space-y-1">
        <span className="md:block">{name}</span>
        {configured ? (
          <Badge tone="good" icon={CircleCheck}>
            {t('configured')}
          </Badge>
        ) : (
          <Badge tone="idle" icon={CircleDashed}>
            {t('notConfigured')}
          </Badge>
        )}
        {reachable !== null && (
          <Badge tone={reachable ? 'good' : 'bad'} icon={reachable ? Plug : Unplug}>
            {t(reachable ? 'reachable' : 'unreachable')}
          </Badge>
        )}
      </p>
      <dl className="min-w-0 space-y-1.5">
        <div>
          <dt className="text-xs text-muted">{t('redirect')}</dt>
          <dd>
            <CopyText text={redirect} />
          </dd>
        </div>
        {webhook && (
          <div>
            <dt className="text-xs text-muted">{t('webhook')}</dt>
            <dd>
              <CopyText text={webhook} />
            </dd>
          </div>
        )}
        {missing.length > 0 && (
          <div>
            <dt className="text-xs text-muted">{t('missing')}</dt>
            <dd className="font-mono text-xs break-words">{missing.join(', ')}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}
