import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { bookingsQuery, eventsQuery, formationsQuery, type Range } from './agenda.queries';
import { type Entry, ofBooking, ofEvent, ofFormation } from './entries';

/** Everything in a range. A source that cannot be had is named, and leaves the others alone. */
export function useAgenda(range: Range | null, isWithCancelled: boolean) {
  const given = range ?? { from: '', to: '' };
  const usual = { enabled: range !== null, placeholderData: keepPreviousData };
  const bookings = useQuery({ ...bookingsQuery(given), ...usual });
  const events = useQuery({ ...eventsQuery(given, isWithCancelled), ...usual });
  const formations = useQuery({ ...formationsQuery(given), ...usual });

  const entries = useMemo<readonly Entry[]>(
    () => [
      ...(bookings.data ?? []).map(ofBooking),
      ...(events.data ?? []).map(ofEvent),
      ...(formations.data ?? []).flatMap(ofFormation),
    ],
    [bookings.data, events.data, formations.data],
  );
  const queries = { bookings, events, formations };
  const parts = Object.entries(queries) as [
    keyof typeof queries,
    typeof bookings | typeof events | typeof formations,
  ][];
  return {
    entries,
    isPending: parts.some(([, { isPending }]) => isPending),
    isFetching: parts.some(([, { isFetching }]) => isFetching),
    failures: parts
      .filter(([, { isError }]) => isError)
      .map(([name, { error, refetch }]) => ({ name, error, retry: () => void refetch() })),
  };
}
