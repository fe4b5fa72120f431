import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link2, Play, RefreshCw, RotateCw } from 'lucide-react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/drawer';
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

export function ConnectButton({ connection, word }: { connection: Connection; word?: string }) {
  const { t } = useTranslation('connections');
  const connect = useConnect();
  const [isChoosing, setChoosing] = useState(false);
  const { provider, provider_name: name } = connection;
  const kind = connection.action.kind === 'reconnect' ? 'reconnect' : 'connect';
  const begin = () => (provider === 'cal-com' ? setChoosing(true) : connect.mutate({ provider }));
  return (
    <>
      <Button
        look={word ? 'secondary' : 'primary'}
        // Once more than the question takes: the page is leaving.
        isPending={connect.isPending || connect.isSuccess}
        onClick={begin}
      >
        <Link2 aria-hidden />
        {word ?? t(kind === 'connect' ? 'action.connectTo' : 'action.reconnect', { provider: name })}
      </Button>
      {connect.isError && (
        <div className="basis-full">
          <ProblemNotice error={connect.error} onRetry={begin} />
        </div>
      )}
      {isChoosing && (
        <Dialog title={t('calCom.title')} onClose={() => setChoosing(false)}>
          <div className="flex flex-col gap-2">
            {(['google', 'office365'] as const).map((choice) => (
              <Button
                key={choice}
                onClick={() => {
                  setChoosing(false);
                  connect.mutate({ provider, choice });
                }}
              >
                {t(`calCom.${choice}`)}
              </Button>
            ))}
          </div>
        </Dialog>
      )}
    </>
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
