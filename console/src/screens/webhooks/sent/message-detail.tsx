import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ArrowLeft, RotateCcw } from 'lucide-react';
import { Button } from '@/components/button';
import { Facts } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { ListState } from '@/components/list';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { toDuration } from '@/i18n/instants';
import { useTelling } from '@/i18n/use-telling';
import { MessageBadge } from './endpoint-badge';
import { type MessageDetail as Detail, messageQuery, useResend } from './endpoints.queries';

/** Words of `last_error` that are ours; anything else is the system's own word. */
const KNOWN_ERRORS = new Set(['status', 'redirect', 'timeout', 'certificate', 'address-forbidden', 'disabled']);

export function MessageDetail({ endpointId, id, onBack }: { endpointId: string; id: string; onBack: () => void }) {
  const { t } = useTranslation('webhooks');
  const query = useQuery(messageQuery(endpointId, id));
  const resend = useResend(endpointId, id);
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button look="quiet" size="small" onClick={onBack}>
          <ArrowLeft aria-hidden />
          {t('sent.allMessages')}
        </Button>
        <Button
          size="small"
          isPending={resend.isPending}
          onClick={() =>
            resend.mutate(undefined, { onSuccess: () => toast.done(t('sent.resent')), onError: toast.failed })
          }
        >
          <RotateCcw aria-hidden />
          {t('sent.resend')}
        </Button>
      </div>
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {query.data && <Parts message={query.data} />}
      </ListState>
    </div>
  );
}

function Parts({ message }: { message: Detail }) {
  const { t } = useTranslation('webhooks');
  const { language } = useTelling();
  const { last_error: error } = message;
  return (
    <div className="space-y-6">
      <Facts
        items={[
          [t('sent.type'), <code key="type">{message.event_type}</code>],
          [t('sent.state'), <MessageBadge key="state" state={message.state} />],
          [
            t('sent.why'),
            error && (KNOWN_ERRORS.has(error) ? t(`sent.errors.${error}`) : t('sent.errors.system', { word: error })),
          ],
          [t('sent.created'), <Time key="created" at={message.created_at} as="both" />],
          [t('sent.nextTry'), message.next_try_at && <Time at={message.next_try_at} as="both" />],
          [t('sent.messageId'), <CopyText key="id" text={message.message_id} />],
        ]}
      />
      <section aria-labelledby="message-attempts">
        <h3 id="message-attempts" className="mb-2 font-semibold">
          {t('sent.attempts')}
        </h3>
        {message.attempt_entries.length === 0 ? (
          <p className="text-muted">{t('sent.noAttempt')}</p>
        ) : (
          <ol className="divide-y divide-line rounded-md border border-line">
            {message.attempt_entries.map(({ attempt, at, duration_ms: ms, status, error: word }) => (
              <li key={attempt} className="flex flex-wrap justify-between gap-x-3 px-3 py-1.5">
                <span>
                  {t('sent.attempt', { number: attempt })} · <Time at={at} as="absolute" className="text-muted" />
                </span>
                <span className="text-muted tabular-nums">
                  <span className="font-mono text-xs">{status ?? word}</span> · {toDuration(ms, language)}
                </span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <section aria-labelledby="message-payload">
        <h3 id="message-payload" className="mb-2 font-semibold">
          {t('sent.payload')}
        </h3>
        <pre
          tabIndex={0}
          className="max-h-96 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap"
        >
          {JSON.stringify(message.payload, null, 2)}
        </pre>
      </section>
    </div>
  );
}
