import { queryOptions } from '@tanstack/react-query';
import { bodyOf, type components, type Page, pageOf, rest } from '@/api/passerelle';

export type Booking = components['schemas']['BookingDto'];
export type BookingDetail = components['schemas']['BookingDetailDto'];
export type CalendarEvent = components['schemas']['CalendarEventDto'];
export type Formation = components['schemas']['FormationDetailDto'];
export type Session = Formation['sessions'][number];

/** What is on the page: instants, the end left out. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

/** Two thousand in one month: whoever has more looks at a week. */
const MOST_PAGES = 10;
const PAGE = 200;

async function readAll<T>(readPage: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, nextCursor } = await readPage(cursor);
    rows.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return rows;
}

export const bookingsQuery = ({ from, to }: Range) =>
  queryOptions({
    queryKey: ['bookings', 'agenda', from, to],
    queryFn: () =>
      readAll<Booking>((cursor) =>
        pageOf(rest.GET('/api/bookings', { params: { query: { from, to, cursor, limit: PAGE } } })),
      ),
  });

/** Cancelled events come only when they are asked for. */
export const eventsQuery = ({ from, to }: Range, isWithCancelled: boolean) =>
  queryOptions({
    queryKey: ['calendar-events', 'agenda', from, to, isWithCancelled],
    queryFn: async () => {
      const read = (query: { status?: 'cancelled' }) =>
        readAll<CalendarEvent>((cursor) =>
          pageOf(
            rest.GET('/api/calendar-integration/events', {
              params: { query: { from, to, cursor, limit: PAGE, ...query } },
            }),
          ),
        );
      const [kept, cancelled] = await Promise.all([read({}), isWithCancelled ? read({ status: 'cancelled' }) : []]);
      return [...kept, ...cancelled];
    },
  });

const MOST_FORMATIONS = 50;

export const formationsQuery = ({ from, to }: Range) =>
  queryOptions({
    queryKey: ['formations', 'agenda', from, to],
    queryFn: async () => {
      const query = { from, to, limit: MOST_FORMATIONS };
      const found = await bodyOf(rest.GET('/api/formations', { params: { query } }));
      return await Promise.all(
        found.map(({ id }) => bodyOf(rest.GET('/api/formations/{id}', { params: { path: { id } } }))),
      );
    },
  });

export const bookingQuery = (id: string) =>
  queryOptions({
    queryKey: ['bookings', 'detail', id],
    queryFn: () => bodyOf(rest.GET('/api/bookings/{id}', { params: { path: { id } } })),
  });
