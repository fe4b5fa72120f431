import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaged } from '@/api/paged';
import { SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingMatches } from '@/components/list';
import { Time } from '@/components/time';
import { MessageBadge } from './endpoint-badge';
import { MESSAGE_STATES, type MessageState, messagesQuery } from './endpoints.queries';

/** What was sent to one address, and what waits. */
export function MessageList({ endpointId, onOpen }: { endpointId: string; onOpen: (id: string) => void }) {
  const { t } = useTranslation('webhooks');
  const [state, setState] = useState<MessageState>();
  const { query, rows } = usePaged(messagesQuery(endpointId, state));
  return (
    <section aria-labelledby="endpoint-messages">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h3 id="endpoint-messages" className="font-semibold">
          {t('sent.messages')}
        </h3>
        <SelectFilter
          label={t('sent.state')}
          any={t('sent.anyState')}
          value={state ?? ''}
          onChange={(next) => setState(MESSAGE_STATES.find((one) => one === next))}
          options={MESSAGE_STATES.map((one) => [one, t(`sent.messageStates.${one}`)])}
        />
      </div>
      <ListState
        query={query}
        isEmpty={rows.length === 0}
        nothingYet={
          state ? (
            <NothingMatches onClear={() => setState(undefined)} />
          ) : (
            <p className="text-muted">{t('sent.noMessages')}</p>
          )
        }
      >
        <ul className="divide-y divide-line rounded-md border border-line">
          {rows.map((message) => (
            <li key={message.id}>
              <button
                type="button"
                onClick={() => onOpen(message.id)}
                className="flex w-full flex-wrap items-center justify-between gap-x-3 gap-y-1 px-3 py-2 text-left hover:bg-sunken"
              >
                <span className="min-w-0">
                  <code className="font-mono text-xs">{message.event_type}</code>
                  <span className="block text-xs text-muted">
                    <Time at={message.created_at} as="both" />
                  </span>
                </span>
                <span className="flex items-center gap-2 text-xs text-muted">
                  {message.last_status ?? message.last_error}
                  <MessageBadge state={message.state} />
                </span>
              </button>
            </li>
          ))}
        </ul>
        <ListFoot
          count={rows.length}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </ListState>
    </section>
  );
}
