import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CalendarX } from 'lucide-react';
import { bodyOf, rest } from '@/api/passerelle';
import { Tag } from '@/components/badge';
import { Card, CardHeader } from '@/components/card';
import { ListState, NothingYet } from '@/components/list';
import type { ConnectionDetail } from '../connections.queries';
import { calendarTypeOf, useCalendarSettings } from './calendar-settings';

const choicesQuery = (type: string) =>
  queryOptions({
    queryKey: ['connections', 'calendars', type],
    queryFn: () => bodyOf(rest.GET('/api/calendar-integration/calendars', { params: { query: { type } } })),
  });

/** Which calendar of the account is meant. One only: what is read is also where formations go. */
export function CalendarsPart({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  const type = calendarTypeOf(connection);
  const query = useQuery(choicesQuery(type));
  const settings = useCalendarSettings(type);
  return (
    <Card>
      <CardHeader title={t('calendars.title')} hint={t('calendars.hint')} />
      <div className="p-4">
        <ListState
          query={query}
          isEmpty={query.data?.length === 0}
          nothingYet={
            <NothingYet icon={CalendarX} title={t('calendars.none')}>
              {t('calendars.noneHint')}
            </NothingYet>
          }
        >
          <fieldset disabled={settings.isPending} className="space-y-1">
            <legend className="sr-only">{t('calendars.title')}</legend>
            {query.data?.map(({ id, name, primary, can_write: canWrite, time_zone: zone }) => (
              <label
                key={id}
                className="flex min-h-9 items-center gap-2.5 rounded-md px-2 has-checked:bg-accent-soft hover:bg-sunken"
              >
                <input
                  type="radio"
                  name="calendar"
                  value={id}
                  disabled={!canWrite}
                  defaultChecked={connection.settings.calendar_id === id}
                  onChange={() => settings.change({ calendar_id: id })}
                  className="size-4 accent-(--accent)"
                />
                <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                {primary && <Tag>{t('calendars.primary')}</Tag>}
                {!canWrite && <Tag>{t('calendars.readOnly')}</Tag>}
                {zone && <span className="text-xs text-muted max-sm:hidden">{zone}</span>}
              </label>
            ))}
          </fieldset>
        </ListState>
      </div>
    </Card>
  );
}
