import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CircleCheck, CircleSlash, PackageCheck, RotateCcw, Trash2, TriangleAlert } from 'lucide-react';
import { usePaged } from '@/api/paged';
import { Badge } from '@/components/badge';
import { Button, IconButton } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { FilterBar, SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingYet } from '@/components/list';
import { type Column, Table } from '@/components/table';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { webhooksRoute } from '../webhooks.route';
import { type DeadLetter, deadLettersQuery, LETTER_STATES, useLetterAction } from './dead-letters.queries';

const LOOKS = {
  parked: { tone: 'bad', icon: TriangleAlert },
  replayed: { tone: 'good', icon: CircleCheck },
  discarded: { tone: 'idle', icon: CircleSlash },
} as const;

/** Work that was given up after its last try, until somebody decides. */
export function ParkedPart() {
  const { t } = useTranslation('webhooks');
  const { state: asked } = webhooksRoute.useSearch();
  const state = LETTER_STATES.find((one) => one === asked) ?? 'parked';
  const navigate = useNavigate({ from: webhooksRoute.fullPath });
  const { query, rows } = usePaged(deadLettersQuery(state));
  const [discarding, setDiscarding] = useState<DeadLetter | null>(null);
  const replay = useLetterAction('replay');
  const discard = useLetterAction('discard');

  const taskOf = ({ task }: DeadLetter) => t(`parked.tasks.${task.replaceAll('.', '_')}`, { defaultValue: task });
  const columns: Column<DeadLetter>[] = [
    {
      key: 'task',
      title: t('parked.task'),
      cell: (letter) => (
        <>
          <span className="font-medium">{taskOf(letter)}</span>
          <code className="block font-mono text-2xs text-muted">{letter.task}</code>
        </>
      ),
    },
    {
      key: 'why',
      title: t('parked.why'),
      from: 'md',
      cell: ({ error_class: kind, error_code: code }) => (
        <>
          {t(`parked.classes.${kind}`)}
          <code className="block font-mono text-2xs text-muted">{code}</code>
        </>
      ),
    },
    {
      key: 'state',
      title: t('parked.state'),
      from: 'sm',
      cell: (letter) => <Badge {...LOOKS[letter.state]}>{t(`parked.states.${letter.state}`)}</Badge>,
    },
    {
      key: 'attempts',
      title: t('parked.attempts'),
      from: 'lg',
      align: 'right',
      className: 'tabular-nums text-muted',
      cell: ({ attempts }) => attempts,
    },
    {
      key: 'at',
      title: t('parked.at'),
      align: 'right',
      className: 'whitespace-nowrap',
      cell: ({ parked_at: at }) => <Time at={at} className="text-muted" />,
    },
    {
      key: 'actions',
      title: <span className="sr-only">{t('common:actions.more')}</span>,
      align: 'right',
      className: 'whitespace-nowrap',
      cell: (letter) =>
        letter.state === 'parked' && (
          <>
            <Button
              size="small"
              disabled={replay.isPending}
              onClick={() =>
                replay.mutate(letter.id, { onSuccess: () => toast.done(t('parked.replayed')), onError: toast.failed })
              }
            >
              <RotateCcw aria-hidden />
              {t('parked.replay')}
            </Button>
            <IconButton label={t('parked.discardOf', { task: taskOf(letter) })} onClick={() => setDiscarding(letter)}>
              <Trash2 aria-hidden />
            </IconButton>
          </>
        ),
    },
  ];

  return (
    <>
      <p className="max-w-[70ch] text-muted">{t('parked.hint')}</p>
      <FilterBar isFiltered={false} onClear={() => undefined}>
        <SelectFilter
          label={t('parked.state')}
          any={t('parked.states.parked')}
          value={state === 'parked' ? '' : state}
          onChange={(next) => void navigate({ search: { tab: 'parked', ...(next && { state: next }) }, replace: true })}
          options={LETTER_STATES.slice(1).map((one) => [one, t(`parked.states.${one}`)])}
        />
      </FilterBar>
      <ListState
        query={query}
        isEmpty={rows.length === 0}
        isFiltered={state !== 'parked'}
        onClearFilters={() => void navigate({ search: { tab: 'parked' }, replace: true })}
        nothingYet={
          <NothingYet icon={PackageCheck} title={t('parked.nothing')}>
            {t('parked.nothingHint')}
          </NothingYet>
        }
      >
        <Table caption={t('parked.caption')} columns={columns} rows={rows} rowKey={({ id }) => id} />
        <ListFoot
          count={rows.length}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </ListState>
      {discarding && (
        <Confirm
          title={t('parked.discardTitle')}
          action={t('parked.discard')}
          isPending={discard.isPending}
          error={discard.error}
          onClose={() => setDiscarding(null)}
          onConfirm={() => discard.mutate(discarding.id, { onSuccess: () => setDiscarding(null) })}
        >
          <p>{t('parked.discardHint')}</p>
        </Confirm>
      )}
    </>
  );
}
