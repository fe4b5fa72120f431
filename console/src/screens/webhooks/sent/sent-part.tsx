import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Plus, Send } from 'lucide-react';
import { ORIGIN } from '@/api/passerelle';
import { Button } from '@/components/button';
import { ListState, NothingYet } from '@/components/list';
import { type Column, ROW_LINK, Table } from '@/components/table';
import { Time } from '@/components/time';
import { webhooksRoute } from '../webhooks.route';
import { EndpointBadge } from './endpoint-badge';
import { EndpointDrawer } from './endpoint-drawer';
import { EndpointForm } from './endpoint-form';
import { type Endpoint, endpointsQuery } from './endpoints.queries';
import { SecretDialog } from './secret-dialog';

/** Where other programs are told what happens here. */
export function SentPart() {
  const { t } = useTranslation('webhooks');
  const { open } = webhooksRoute.useSearch();
  const navigate = useNavigate({ from: webhooksRoute.fullPath });
  const query = useQuery(endpointsQuery);
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const endpoints = query.data ?? [];
  const opened = endpoints.find(({ id }) => id === open);
  const add = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('sent.add')}
    </Button>
  );

  const columns: Column<Endpoint>[] = [
    {
      key: 'url',
      title: t('sent.url'),
      className: 'min-w-48',
      cell: ({ id, url }) => (
        <Link
          to="/webhooks"
          search={{ tab: 'sent', open: id }}
          resetScroll={false}
          className={`${ROW_LINK} font-mono text-xs break-all`}
        >
          {url}
        </Link>
      ),
    },
    {
      key: 'events',
      title: t('sent.events'),
      from: 'md',
      cell: ({ events }) => <span className="text-muted">{t('sent.eventCount', { count: events.length })}</span>,
    },
    { key: 'state', title: t('sent.state'), cell: (endpoint) => <EndpointBadge endpoint={endpoint} /> },
    {
      key: 'success',
      title: t('sent.lastSuccess'),
      from: 'sm',
      align: 'right',
      className: 'whitespace-nowrap',
      cell: ({ last_success_at: at }) => <Time at={at} className="text-muted" />,
    },
  ];

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-[70ch] text-muted">
          {t('sent.hint')}{' '}
          <a
            href={new URL('/docs', ORIGIN).href}
            target="_blank"
            rel="noreferrer"
            className="text-accent-ink underline underline-offset-2"
          >
            {t('sent.docs')}
          </a>
        </p>
        {endpoints.length > 0 && add}
      </div>
      <ListState
        query={query}
        isEmpty={endpoints.length === 0}
        nothingYet={
          <NothingYet icon={Send} title={t('sent.nothing')} action={add}>
            {t('sent.nothingHint')}
          </NothingYet>
        }
      >
        <Table caption={t('sent.caption')} columns={columns} rows={endpoints} rowKey={({ id }) => id} openKey={open} />
      </ListState>
      {opened && (
        <EndpointDrawer
          endpoint={opened}
          onClose={() => void navigate({ search: { tab: 'sent' }, resetScroll: false })}
          onSecret={setSecret}
        />
      )}
      {isAdding && (
        <EndpointForm
          endpoint={null}
          onClose={() => setAdding(false)}
          onWritten={(written) => 'secret' in written && setSecret(written.secret)}
        />
      )}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
