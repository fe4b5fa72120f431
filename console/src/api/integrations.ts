import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { bodyOf, type components, rest } from './passerelle';

export type Connection = components['schemas']['ConnectionDto'];

/** Every provider that the server knows, with the accounts that are connected to it. */
export const integrationsQuery = queryOptions({
  queryKey: ['connections', 'list'],
  queryFn: () => bodyOf(rest.GET('/api/integrations')),
});

/** The calendars of whoever looks at it, by the names that their events carry: also those that are not connected. */
export const calendarAccountsQuery = queryOptions({
  queryKey: ['connections', 'calendar-accounts'],
  queryFn: () => bodyOf(rest.GET('/api/calendar-integration/integrations')),
});

/** The providers there are, each with its name: what a list can be filtered by. `kind`: only those of bookings, or of calendars. */
export function useProviders(kind?: Connection['kind']): readonly (readonly [id: string, name: string])[] {
  const { t } = useTranslation();
  const { data: connections = [] } = useQuery(integrationsQuery);
  const named = connections
    .filter((one) => kind === undefined || one.kind === kind)
    .map(({ provider, provider_name: name }) => [provider, t(`provider.${provider}`, { defaultValue: name })] as const);
  // A provider with several accounts is there once for each.
  return [...new Map(named)];
}
