import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyRound, MoreHorizontal, Pencil, Power, Send, Trash2 } from 'lucide-react';
import { Tag } from '@/components/badge';
import { Button, IconButton } from '@/components/button';
import { Facts } from '@/components/card';
import { Confirm } from '@/components/confirm';
import { Drawer } from '@/components/drawer';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { Notice } from '@/components/notice';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { webhooksRoute } from '../webhooks.route';
import { EndpointBadge } from './endpoint-badge';
import { EndpointForm } from './endpoint-form';
import { type Endpoint, useEndpointActions } from './endpoints.queries';
import { MessageDetail } from './message-detail';
import { MessageList } from './message-list';

interface EndpointDrawerProps {
  endpoint: Endpoint;
  onClose: () => void;
  onSecret: (secret: string) => void;
}

export function EndpointDrawer({ endpoint, onClose, onSecret }: EndpointDrawerProps) {
  const { t } = useTranslation('webhooks');
  const { message } = webhooksRoute.useSearch();
  const navigate = useNavigate({ from: webhooksRoute.fullPath });
  const [asked, setAsked] = useState<'edit' | 'rotate' | 'remove' | null>(null);
  const { enable, test, rotate, remove } = useEndpointActions(endpoint.id);
  const showMessage = (id: string | undefined) =>
    void navigate({
      search: { tab: 'sent', open: endpoint.id, ...(id && { message: id }) },
      resetScroll: false,
    });

  return (
    <Drawer
      title={<span className="font-mono text-sm break-all">{endpoint.url}</span>}
      hint={<EndpointBadge endpoint={endpoint} />}
      onClose={onClose}
      actions={
        <>
          <Menu
            align="start"
            trigger={
              <IconButton label={t('common:actions.moreFor', { subject: endpoint.url })} className="border border-line">
                <MoreHorizontal aria-hidden />
              </IconButton>
            }
          >
            <MenuItem
              icon={<Power aria-hidden />}
              onSelect={() =>
                enable.mutate(!endpoint.enabled, {
                  onSuccess: () => toast.done(t('sent.saved')),
                  onError: toast.failed,
                })
              }
            >
              {t(endpoint.enabled ? 'sent.disable' : 'sent.enable')}
            </MenuItem>
            <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => setAsked('rotate')}>
              {t('sent.rotate')}
            </MenuItem>
            <MenuLine />
            <MenuItem icon={<Trash2 aria-hidden />} isDangerous onSelect={() => setAsked('remove')}>
              {t('common:actions.delete')}
            </MenuItem>
          </Menu>
          <Button onClick={() => setAsked('edit')}>
            <Pencil aria-hidden />
            {t('common:actions.edit')}
          </Button>
          <Button
            look="primary"
            isPending={test.isPending}
            onClick={() =>
              test.mutate(undefined, {
                onSuccess: ({ id }) => {
                  toast.done(t('sent.tested'));
                  showMessage(id);
                },
                onError: toast.failed,
              })
            }
          >
            <Send aria-hidden />
            {t('sent.test')}
          </Button>
        </>
      }
    >
      {message ? (
        <MessageDetail endpointId={endpoint.id} id={message} onBack={() => showMessage(undefined)} />
      ) : (
        <div className="space-y-6">
          <Trouble endpoint={endpoint} />
          <Facts
            items={[
              [t('sent.lastSuccess'), <Time key="success" at={endpoint.last_success_at} as="both" />],
              [t('sent.created'), <Time key="created" at={endpoint.created_at} as="both" />],
              [
                t('sent.events'),
                <span key="events" className="flex flex-wrap gap-1">
                  {endpoint.events.map((name) => (
                    <Tag key={name}>{name}</Tag>
                  ))}
                </span>,
              ],
            ]}
          />
          <MessageList endpointId={endpoint.id} onOpen={showMessage} />
        </div>
      )}
      {asked === 'edit' && <EndpointForm endpoint={endpoint} onClose={() => setAsked(null)} />}
      {asked === 'rotate' && (
        <Confirm
          title={t('sent.rotateTitle')}
          action={t('sent.rotate')}
          isDangerous={false}
          isPending={rotate.isPending}
          error={rotate.error}
          onClose={() => setAsked(null)}
          onConfirm={() =>
            rotate.mutate(undefined, {
              onSuccess: ({ secret }) => {
                setAsked(null);
                onSecret(secret);
              },
            })
          }
        >
          <p>{t('sent.rotateHint')}</p>
          {endpoint.previous_secret_until && <p>{t('sent.rotateAgain')}</p>}
        </Confirm>
      )}
      {asked === 'remove' && (
        <Confirm
          title={t('sent.removeTitle')}
          action={t('common:actions.delete')}
          isPending={remove.isPending}
          error={remove.error}
          onClose={() => setAsked(null)}
          onConfirm={() =>
            remove.mutate(undefined, {
              onSuccess: () => {
                toast.done(t('sent.removed'));
                onClose();
              },
            })
          }
        >
          <p>{t('sent.removeHint')}</p>
        </Confirm>
      )}
    </Drawer>
  );
}

/** What somebody should know of it before they look at anything else. */
function Trouble({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  const { enabled, disabled_reason: reason, failing_since: failing, previous_secret_until: formerUntil } = endpoint;
  return (
    <>
      {!enabled && reason !== null && (
        <Notice tone={reason === 'person' ? 'idle' : 'bad'}>{t(`sent.offBecause.${reason}`)}</Notice>
      )}
      {enabled && failing !== null && (
        <Notice tone="warn" title={t('sent.failing')}>
          <Time at={failing} as="both" /> · {t('sent.failingHint')}
        </Notice>
      )}
      {formerUntil !== null && (
        <Notice tone="info">
          {t('sent.twoSecrets')} <Time at={formerUntil} as="absolute" />
        </Notice>
      )}
    </>
  );
}
