import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CalendarPlus } from 'lucide-react';
import { calendarAccountsQuery } from '@/api/integrations';
import { Button } from '@/components/button';
import { ListState } from '@/components/list';
import { toast } from '@/components/toast';
import { type CalendarType, type Formation, useExport } from './formations.queries';

const TYPES: readonly { readonly type: CalendarType; readonly provider: string }[] = [
  { type: 'google', provider: 'google-calendar' },
  { type: 'outlook', provider: 'outlook' },
];

/** Calendar by calendar: bring it there, or bring it there again. */
export function ExportPart({ formation }: { formation: Formation }) {
  const { t } = useTranslation('formations');
  const query = useQuery(calendarAccountsQuery);
  const connected = new Set(query.data?.filter((account) => account.connected).map(({ type }) => type));
  return (
    <section aria-labelledby="formation-exports">
      <h3 id="formation-exports" className="mb-2 font-semibold">
        {t('exports')}
      </h3>
      <ListState query={query} isEmpty={false} nothingYet={null}>
        <ul className="divide-y divide-line rounded-md border border-line">
          {TYPES.map(({ type, provider }) => (
            <CalendarLine
              key={type}
              formation={formation}
              type={type}
              provider={provider}
              isConnected={connected.has(type)}
            />
          ))}
        </ul>
      </ListState>
      {formation.status !== 'confirmed' && <p className="mt-2 text-xs text-muted">{t('exportNeedsConfirmed')}</p>}
    </section>
  );
}

function CalendarLine({
  formation,
  type,
  provider,
  isConnected,
}: {
  formation: Formation;
  type: CalendarType;
  provider: string;
  isConnected: boolean;
}) {
  const { t } = useTranslation('formations');
  const exporting = useExport(formation.id);
  const name = t(`common:provider.${provider}`);
  const copies = formation.sessions.flatMap((session) =>
    session.copies.filter((copy) => copy.provider === provider || copy.provider === type),
  );
  const synced = copies.filter(({ state }) => state === 'synced').length;
  const troubled = copies.filter(({ state }) => state === 'failed' || state === 'refused').length;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-2">
      <span className="min-w-0">
        <span className="font-medium">{name}</span>
        <span className="block text-xs text-muted">
          {copies.length === 0
            ? t('notExported')
            : troubled > 0
              ? t('exportTrouble', { count: troubled })
              : synced < copies.length
                ? t('exportUnderWay', { done: synced, total: copies.length })
                : t('exported', { count: synced })}
        </span>
      </span>
      {isConnected || copies.length > 0 ? (
        <Button
          size="small"
          isPending={exporting.isPending}
          disabled={formation.status !== 'confirmed' || formation.sessions.length === 0}
          onClick={() =>
            exporting.mutate(type, {
              onSuccess: (exports) => {
                const done = exports.filter(({ state }) => state === 'synced').length;
                toast.done(t('exportDone', { done, total: exports.length, name }));
              },
              onError: toast.failed,
            })
          }
        >
          {!exporting.isPending && <CalendarPlus aria-hidden />}
          {t(copies.length === 0 ? 'export' : 'exportAgain')}
          <span className="sr-only">: {name}</span>
        </Button>
      ) : (
        <Link
          to="/connections/$provider"
          params={{ provider }}
          className="text-accent-ink underline underline-offset-2"
        >
          {t('connectCalendar')}
          <span className="sr-only">: {name}</span>
        </Link>
      )}
    </li>
  );
}
