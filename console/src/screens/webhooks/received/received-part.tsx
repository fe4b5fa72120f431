import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Inbox, Radio, RotateCcw } from 'lucide-react';
import { useProviders } from '@/api/integrations';
import { usePaged } from '@/api/paged';
import { withoutEmpty } from '@/api/without-empty';
import { Tag } from '@/components/badge';
import { Button } from '@/components/button';
import { FilterBar, SearchField, SelectFilter } from '@/components/filters';
import { ListFoot, ListState, NothingYet } from '@/components/list';
import { NewRowsPill } from '@/components/new-rows';
import { Notice } from '@/components/notice';
import { Progress } from '@/components/progress';
import { type Column, ROW_LINK, Table } from '@/components/table';
import { Time } from '@/components/time';
import { toDuration } from '@/i18n/instants';
import { useTelling } from '@/i18n/use-telling';
import { useHeldRows } from '@/live/held-rows';
import { useLiveMessage, useLiveStatus } from '@/live/use-live';
import { webhooksRoute } from '../webhooks.route';
import {
  deliveriesQuery,
  type Delivery,
  DELIVERY_STATES,
  type DeliveryFilter,
  isUnderWay,
  replaysQuery,
  TAIL_SECONDS,
} from './deliveries.queries';
import { DeliveryBadge } from './delivery-badge';
import { DeliveryDrawer } from './delivery-drawer';
import { ReplayManyDialog, ReplayRunDialog } from './replay-many';

const SPANS_HOURS = { hour: 1, day: 24, week: 24 * 7 } as const;

/** What providers have sent: as it came in, and what came of it. */
export function ReceivedPart() {
  const { t } = useTranslation('webhooks');
  const { tab: _tab, open, message: _message, tail = false, ...filter } = webhooksRoute.useSearch();
  const navigate = useNavigate({ from: webhooksRoute.fullPath });
  // A calendar's pushes say that something has changed, and are no deliveries.
  const providers = useProviders('booking');
  const [isReplaying, setReplaying] = useState(false);
  const [followed, setFollowed] = useState<string | null>(null);
  const underWay = useQuery(replaysQuery()).data?.find(isUnderWay);
  const isLive = useLiveStatus().state === 'live';
  const { query, rows: known } = usePaged(deliveriesQuery(filter));
  const { rows, heldCount, show } = useHeldRows(known, ({ id }) => id);
  useTail(tail, isLive, query.refetch);

  const isFiltered = Object.keys(filter).length > 0;
  const setFilter = (change: Partial<DeliveryFilter> & { tail?: true | undefined }) =>
    void navigate({ search: (former) => withoutEmpty({ ...former, ...change }), replace: true });
  const clear = () => void navigate({ search: tail ? { tail } : {}, replace: true });
  const columns = useColumns((id) => ({ ...filter, ...(tail && { tail }), open: id }));

  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <SearchField
          label={t('received.email')}
          value={filter.email ?? ''}
          onChange={(email) => setFilter({ email })}
        />
        <SelectFilter
          label={t('received.provider')}
          any={t('received.anyProvider')}
          value={filter.provider ?? ''}
          onChange={(provider) => setFilter({ provider })}
          options={providers}
        />
        <SelectFilter
          label={t('received.state')}
          any={t('received.anyState')}
          value={filter.state ?? ''}
          onChange={(state) => setFilter({ state })}
          options={DELIVERY_STATES.map((state) => [state, t(`received.states.${state}`)])}
        />
        <SinceFilter value={filter.since} onChange={(since) => setFilter({ since, until: undefined })} />
        {(['error_code', 'booking_id', 'integration_id'] as const).map(
          (name) => filter[name] && <Tag key={name}>{t(`received.only.${name}`, { value: filter[name] })}</Tag>,
        )}
        <span className="flex flex-wrap gap-2 sm:ml-auto">
          <Button aria-pressed={tail} onClick={() => setFilter({ tail: tail ? undefined : true })}>
            <Radio aria-hidden className={tail ? 'text-good-ink' : ''} />
            {tail
              ? isLive
                ? t('received.tailLive')
                : t('received.tailOn', { count: TAIL_SECONDS })
              : t('received.tail')}
          </Button>
          <Button disabled={known.length === 0} onClick={() => setReplaying(true)}>
            <RotateCcw aria-hidden />
            {t('received.replayMany')}
          </Button>
        </span>
      </FilterBar>
      {underWay && (
        <Notice
          tone="info"
          title={t('replay.states.running', { count: underWay.total })}
          actions={
            <Button size="small" onClick={() => setFollowed(underWay.id)}>
              {t('replay.follow')}
            </Button>
          }
        >
          <Progress label={t('replay.progress')} done={underWay.done} total={underWay.total} />
        </Notice>
      )}
      <ListState
        query={query}
        isEmpty={known.length === 0}
        isFiltered={isFiltered}
        onClearFilters={clear}
        nothingYet={
          <NothingYet
            icon={Inbox}
            title={t('received.nothing')}
            action={
              <Button asChild look="primary">
                <Link to="/connections">{t('received.connect')}</Link>
              </Button>
            }
          >
            {t('received.nothingHint')}
          </NothingYet>
        }
      >
        <NewRowsPill count={heldCount} onShow={show} />
        <Table caption={t('received.caption')} columns={columns} rows={rows} rowKey={({ id }) => id} openKey={open} />
        <ListFoot
          count={rows.length}
          hasMore={query.hasNextPage}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </ListState>
      {open && (
        <DeliveryDrawer
          id={open}
          onClose={() => void navigate({ search: (former) => ({ ...former, open: undefined }), resetScroll: false })}
        />
      )}
      {isReplaying && <ReplayManyDialog filter={filter} onClose={() => setReplaying(false)} />}
      {followed && <ReplayRunDialog id={followed} onClose={() => setFollowed(null)} />}
    </>
  );
}

/** The server says at most once a second that something came; while it cannot be heard, the list is read at intervals. */
function useTail(isOn: boolean, isLive: boolean, refetch: () => unknown): void {
  useLiveMessage('delivery:changed', () => {
    if (isOn) refetch();
  });
  useEffect(() => {
    if (!isOn || isLive) return;
    const timer = setInterval(() => void refetch(), TAIL_SECONDS * 1_000);
    return () => clearInterval(timer);
  }, [isOn, isLive, refetch]);
}

function useColumns(searchOf: (id: string) => object): Column<Delivery>[] {
  const { t } = useTranslation('webhooks');
  const telling = useTelling();
  return [
    {
      key: 'at',
      title: t('received.at'),
      className: 'min-w-36',
      cell: ({ id, received_at: at, provider }) => (
        <>
          <Link to="/webhooks" search={searchOf(id)} resetScroll={false} className={ROW_LINK}>
            <Time at={at} as="absolute" />
          </Link>
          <span className="block text-xs text-muted">
            <Time at={at} />
            <span className="sm:hidden"> · {t(`common:provider.${provider}`, { defaultValue: provider })}</span>
          </span>
        </>
      ),
    },
    {
      key: 'provider',
      title: t('received.provider'),
      from: 'sm',
      cell: ({ provider }) => t(`common:provider.${provider}`, { defaultValue: provider }),
    },
    {
      key: 'type',
      title: t('received.type'),
      from: 'md',
      cell: ({ event_type: type }) => <code className="font-mono text-xs">{type ?? t('received.unknownType')}</code>,
    },
    {
      key: 'effect',
      title: t('received.effect'),
      from: 'lg',
      cell: ({ effect, error_code: code }) =>
        code ? (
          <code className="font-mono text-xs text-muted">{code}</code>
        ) : (
          <span className="text-muted">{effect ? t(`received.effects.${effect}`) : '–'}</span>
        ),
    },
    { key: 'state', title: t('received.state'), cell: (delivery) => <DeliveryBadge delivery={delivery} /> },
    {
      key: 'took',
      title: t('received.took'),
      from: 'lg',
      align: 'right',
      className: 'tabular-nums text-muted whitespace-nowrap',
      cell: ({ received_at: from, processed_at: to }) =>
        to ? toDuration(Math.max(0, Date.parse(to) - Date.parse(from)), telling.language) : '–',
    },
    {
      key: 'attempts',
      title: t('received.attempts'),
      from: 'lg',
      align: 'right',
      className: 'tabular-nums text-muted',
      cell: ({ attempts }) => attempts,
    },
  ];
}

function SinceFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (since: string | undefined) => void;
}) {
  const { t } = useTranslation('webhooks');
  const telling = useTelling();
  const begin = (span: keyof typeof SPANS_HOURS) =>
    new Date(Math.floor(Date.now() / 60_000 - SPANS_HOURS[span] * 60) * 60_000).toISOString();
  const options = (Object.keys(SPANS_HOURS) as (keyof typeof SPANS_HOURS)[]).map(
    (span) => [span, t(`received.spans.${span}`)] as const,
  );
  return (
    <SelectFilter
      label={t('received.since')}
      any={t('received.anySince')}
      value={value ? 'chosen' : ''}
      onChange={(next) => onChange(next && next in SPANS_HOURS ? begin(next as keyof typeof SPANS_HOURS) : undefined)}
      options={
        value ? [['chosen', t('received.sinceInstant', { at: sayInstant(value, telling) })], ...options] : options
      }
    />
  );
}

function sayInstant(value: string, { language, zone }: { language: string; zone: string }): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: zone,
  }).format(at);
}
