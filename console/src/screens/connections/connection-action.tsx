import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link2, Play, RefreshCw, RotateCw } from 'lucide-react';
import { Problem } from '@/api/passerelle';
import { Button } from '@/components/button';
import { Dialog } from '@/components/drawer';
import { Form, TextField } from '@/components/form';
import { toast } from '@/components/toast';
import { ProblemNotice } from '@/components/notice';
import { type Connection, useConnect, useOrder } from './connections.queries';

const ICONS = { connect: Link2, reconnect: Link2, resume: Play, retry: RotateCw, sync: RefreshCw } as const;

/** What helps most, as the server sees it, on one button. What went wrong with it stays at this connection. */
export function ConnectionAction({ connection }: { connection: Connection }) {
  const { kind } = connection.action;
  if (kind === 'connect' || kind === 'reconnect') return <ConnectButton connection={connection} />;
  if (kind === 'wait' || kind === 'none' || connection.integration_id === null) return null;
  return <OrderButton id={connection.integration_id} kind={kind} />;
}

const KEY_MISSING = 'cal-com/api-key-missing';
const KEY_REFUSED = 'cal-com/api-key-refused';

export function ConnectButton({ connection, word }: { connection: Connection; word?: string }) {
  const { t } = useTranslation('connections');
  const connect = useConnect();
  const { provider, provider_name: name } = connection;
  const kind = connection.action.kind === 'reconnect' ? 'reconnect' : 'connect';
  const begin = () => connect.mutate({ provider });
  const code = connect.error instanceof Problem ? connect.error.code : null;
  const asksForKey = code === KEY_MISSING || code === KEY_REFUSED || connect.variables?.apiKey !== undefined;
  const isLeaving = connect.isSuccess && connect.data !== null;
  return (
    <>
      <Button look={word ? 'secondary' : 'primary'} isPending={connect.isPending || isLeaving} onClick={begin}>
        <Link2 aria-hidden />
        {word ?? t(kind === 'connect' ? 'action.connectTo' : 'action.reconnect', { provider: name })}
      </Button>
      {connect.isError && !asksForKey && (
        <div className="basis-full">
          <ProblemNotice error={connect.error} onRetry={begin} />
        </div>
      )}
      {asksForKey && !connect.isSuccess && (
        <ApiKeyDialog
          provider={name}
          error={code === KEY_MISSING ? null : connect.error}
          isPending={connect.isPending}
          onSubmit={(apiKey) => connect.mutate({ provider, apiKey })}
          onClose={connect.reset}
        />
      )}
    </>
  );
}

/** For a server that connects by a key which somebody makes in the provider's settings. */
function ApiKeyDialog({
  provider,
  error,
  isPending,
  onSubmit,
  onClose,
}: {
  provider: string;
  error: unknown;
  isPending: boolean;
  onSubmit: (apiKey: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('connections');
  const id = useId();
  return (
    <Dialog
      title={t('apiKey.title', { provider })}
      hint={t('apiKey.hint', { provider })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button type="submit" form={id} look="primary" isPending={isPending}>
            {t('action.connect')}
          </Button>
        </>
      }
    >
      <Form id={id} error={error} onSubmit={({ apiKey = '' }) => onSubmit(apiKey.trim())}>
        <TextField
          name="apiKey"
          label={t('apiKey.label')}
          type="password"
          autoComplete="off"
          maxLength={255}
          required
        />
      </Form>
    </Dialog>
  );
}

function OrderButton({ id, kind }: { id: string; kind: 'resume' | 'retry' | 'sync' }) {
  const { t } = useTranslation('connections');
  const order = useOrder(id);
  const Icon = ICONS[kind];
  const run = () =>
    order.mutate(kind === 'resume' ? 'resume' : 'sync', {
      onSuccess: () => toast.done(t(kind === 'resume' ? 'resumed' : 'asked')),
    });
  return (
    <>
      <Button look={kind === 'sync' ? 'secondary' : 'primary'} isPending={order.isPending} onClick={run}>
        <Icon aria-hidden />
        {t(`action.${kind}`)}
      </Button>
      {order.isError && (
        <div className="basis-full">
          <ProblemNotice error={order.error} onRetry={run} />
        </div>
      )}
    </>
  );
}
