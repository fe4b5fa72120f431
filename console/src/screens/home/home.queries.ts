import { queryOptions } from '@tanstack/react-query';
import { bodyOf, type components, rest } from '@/api/passerelle';
import { dayOf } from './today';

type Delivery = components['schemas']['DeliveryDto'];

/** Of the organization's day, not of the browser's. */
export const todaysBookingsQuery = (zone: string, now: Date) => {
  const { from, to } = dayOf(now, zone);
  return queryOptions({
    queryKey: ['bookings', 'today', from],
    queryFn: () => bodyOf(rest.GET('/api/bookings', { params: { query: { from, to, status: 'active', limit: 50 } } })),
  });
};

export const latestProspectsQuery = queryOptions({
  queryKey: ['prospects', 'latest'],
  queryFn: () => bodyOf(rest.GET('/api/prospects', { params: { query: { limit: 5 } } })),
});

/** Whether somebody has booked: what an import brings is not told. */
export const hasNewBookingQuery = queryOptions({
  queryKey: ['notifications', 'has-booking'],
  queryFn: async () => {
    const query = { kind: 'booking_created' as const, limit: 1 };
    return (await bodyOf(rest.GET('/api/notifications', { params: { query } }))).length > 0;
  },
});

const FORMATIONS_LOOKED_AT = 5;

/** Whether any training has ever been written to a calendar. */
export const hasExportQuery = queryOptions({
  queryKey: ['formations', 'has-export'],
  queryFn: async () => {
    const formations = await bodyOf(
      rest.GET('/api/formations', { params: { query: { limit: FORMATIONS_LOOKED_AT } } }),
    );
    const details = await Promise.all(
      formations.map(({ id }) => bodyOf(rest.GET('/api/formations/{id}', { params: { path: { id } } }))),
    );
    return details.some(({ sessions }) => sessions.some(({ copies }) => copies.length > 0));
  },
  staleTime: 60_000,
});

const DAY_MS = 24 * 3_600_000;
const MOST_COUNTED = 200;

export interface DeliveryCounts {
  readonly received: number;
  readonly processed: number;
  readonly failed: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
}

/** For administrators: nobody else may read the deliveries. */
export const deliveryCountsQuery = (now: Date) =>
  queryOptions({
    queryKey: ['deliveries', 'last-24-hours'],
    queryFn: async (): Promise<DeliveryCounts> => {
      const deliveries = await bodyOf(rest.GET('/api/deliveries', { params: { query: { limit: MOST_COUNTED } } }));
      const since = new Date(now.getTime() - DAY_MS).toISOString();
      const recent = deliveries.filter(({ received_at: at }) => at >= since);
      const count = (isSo: (delivery: Delivery) => boolean) => recent.filter(isSo).length;
      return {
        received: recent.length,
        processed: count(({ processed_at: at }) => at !== null),
        failed: count(({ error_code: code }) => code !== null),
        isMore: recent.length === MOST_COUNTED,
      };
    },
    staleTime: 30_000,
  });
