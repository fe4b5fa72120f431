import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { calendarAccountsQuery, useProviders } from '@/api/integrations';
import { FORMATIONS, type Source } from './entries';

/** What can stand in the calendar, with its name: providers of bookings, calendars, and our own trainings. */
export function useSources(): readonly (readonly [Source, string])[] {
  const { t } = useTranslation('agenda');
  const bookings = useProviders('booking');
  const { data: calendars = [] } = useQuery(calendarAccountsQuery);
  const named = (source: Source, name: string) => [source, t(`sources.${source}`, { defaultValue: name })] as const;
  return [
    ...bookings.map(([provider, name]) => named(provider, name)),
    ...[...new Set(calendars.map(({ type }) => type))].map((type) => named(type, type)),
    named(FORMATIONS, FORMATIONS),
  ];
}
