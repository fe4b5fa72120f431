import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/notice';
import { PageHeader } from '@/components/page';
import { toDayKey } from '@/i18n/instants';
import { useZone, ZoneContext } from '@/i18n/use-telling';
import { AgendaCalendar } from './agenda-calendar';
import { AgendaNotes } from './agenda-notes';
import type { Range } from './agenda.queries';
import { type AgendaSearch, type AgendaView, agendaRoute } from './agenda.route';
import { AgendaToolbar } from './agenda-toolbar';
import { EntryDrawer } from './entry-drawer';
import { SourceFilter } from './source-filter';
import type { Entry, Source } from './entries';
import { useAgenda } from './use-agenda';
import { useSources } from './use-sources';

const WIDE_ENOUGH = '(min-width: 768px)';

export function AgendaScreen() {
  const { t } = useTranslation('agenda');
  const search = agendaRoute.useSearch();
  const navigate = useNavigate({ from: agendaRoute.fullPath });
  const ownZone = useZone();
  const zone = search.zone ?? ownZone;
  const [usualView] = useState<AgendaView>(() => (window.matchMedia(WIDE_ENOUGH).matches ? 'week' : 'list'));
  const view = search.view ?? usualView;
  const date = search.date ?? toDayKey(new Date(), zone);
  const sources = useSources();
  const hidden = sourcesOf(search.without);
  const isWithCancelled = search.cancelled !== 'hide';

  const [range, setRange] = useState<Range | null>(null);
  const onRange = useCallback(
    (next: Range) => setRange((former) => (former?.from === next.from && former.to === next.to ? former : next)),
    [],
  );
  const { entries, isPending, failures } = useAgenda(range, isWithCancelled);
  const shown = entries.filter(({ source, isCancelled }) => !hidden.has(source) && (isWithCancelled || !isCancelled));

  const change = (next: Partial<AgendaSearch>) =>
    void navigate({ search: (former) => withoutDefaults({ ...former, ...next }), replace: true, resetScroll: false });
  const open = (id: string) => {
    const entry = entries.find((one) => one.id === id);
    // The day goes along: a link to it leads to the week in which it stands.
    void navigate({
      search: (former) => ({ ...former, open: id, ...(entry && { date: dayOf(entry, zone) }) }),
      resetScroll: false,
    });
  };

  return (
    <ZoneContext value={zone}>
      <PageHeader title={t('title')} hint={t('hint')} />
      <AgendaToolbar
        view={view}
        date={date}
        zone={zone}
        ownZone={ownZone}
        range={range}
        onView={(next) => change({ view: next })}
        onDate={(next) => change({ date: next })}
        onZone={(next) => change({ zone: next === ownZone ? undefined : next })}
      />
      <SourceFilter
        sources={sources}
        hidden={hidden}
        isWithCancelled={isWithCancelled}
        onHidden={(next) => change({ without: [...next].join(',') || undefined })}
        onCancelled={(isShown) => change({ cancelled: isShown ? undefined : 'hide' })}
      />
      <div className="space-y-3">
        {failures.map(({ name, error, retry }) => (
          <section key={name} aria-label={t(`parts.${name}`)}>
            <p className="mb-1 font-medium">{t('partFailed', { part: t(`parts.${name}`) })}</p>
            <ProblemNotice error={error} onRetry={retry} />
          </section>
        ))}
        <AgendaNotes
          range={range}
          zone={zone}
          isEmpty={!isPending && failures.length === 0 && entries.length === 0}
          isFilteredOut={!isPending && entries.length > 0 && shown.length === 0}
          onClear={() => change({ without: undefined, cancelled: undefined })}
        />
        <AgendaCalendar entries={shown} view={view} date={date} zone={zone} onRange={onRange} onOpen={open} />
        <p className="text-xs text-muted">
          {t('readOnly')}{' '}
          <Link to="/connections" className="text-accent-ink underline underline-offset-2">
            {t('connections')}
          </Link>
        </p>
      </div>
      {search.open && (
        <EntryDrawer
          id={search.open}
          entry={entries.find(({ id }) => id === search.open)}
          isPending={isPending || range === null}
          onClose={() => void navigate({ search: (former) => ({ ...former, open: undefined }), resetScroll: false })}
        />
      )}
    </ZoneContext>
  );
}

function sourcesOf(list: string | undefined): ReadonlySet<Source> {
  const names = (list ?? '').split(',');
  return new Set(names.filter((name) => name !== ''));
}

function dayOf({ start, isAllDay }: Entry, zone: string): string {
  return isAllDay ? start : toDayKey(new Date(start), zone);
}

function withoutDefaults(search: AgendaSearch): AgendaSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
