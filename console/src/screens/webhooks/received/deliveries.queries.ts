import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type Delivery = components['schemas']['DeliveryDto'];
export type DeliveryDetail = components['schemas']['DeliveryDetailDto'];
export type DeliveryState = Delivery['state'];

export const DELIVERY_STATES = ['received', 'processed', 'ignored', 'dead'] as const;

export interface DeliveryFilter {
  readonly provider?: string;
  readonly state?: string;
  readonly error_code?: string;
  readonly since?: string;
  readonly until?: string;
  readonly email?: string;
  readonly booking_id?: string;
  readonly integration_id?: string;
}

/** While somebody watches what comes in. */
export const TAIL_SECONDS = 5;

const LOOK_AGAIN_MS = 1_000;

const read = (filter: DeliveryFilter, page: { cursor?: string | undefined; limit: number }) =>
  pageOf(rest.GET('/api/deliveries', { params: { query: { ...(filter as object), ...page } } }));

export const deliveriesQuery = (filter: DeliveryFilter) =>
  pagedQuery<Delivery>(['deliveries', 'list', filter], (cursor) => read(filter, { cursor, limit: 50 }));

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['deliveries', 'detail', id],
    queryFn: () => bodyOf(rest.GET('/api/deliveries/{id}', { params: { path: { id } } })),
    // One that waits is about to become something else.
    refetchInterval: ({ state }) => (state.data?.state === 'received' ? LOOK_AGAIN_MS : false),
  });

export function useReplay(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(rest.POST('/api/deliveries/{id}/replay', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
  });
}

/** More than this is said as "more than": nobody decides otherwise because of the exact number. */
export const MOST_COUNTED = 2_000;

export interface ReplayPlan {
  /** How often each of them had been worked through when they were counted, by id. */
  readonly attempts: ReadonlyMap<string, number>;
  /** Their body is no longer kept: they would be passed over. */
  readonly gone: number;
  /** They are waiting to be worked through anyway. */
  readonly waiting: number;
  readonly isMore: boolean;
  readonly oldest: string | null;
  readonly newest: string | null;
}

/** What a replay of this filter would mean, before anything is done. */
export const replayPlanQuery = (filter: DeliveryFilter) =>
  queryOptions({
    queryKey: ['deliveries', 'replay-plan', filter],
    queryFn: async (): Promise<ReplayPlan> => {
      const { rows, isMore } = await readMany(filter);
      const replayable = rows.filter(({ body_kept: isKept, state }) => isKept && state !== 'received');
      return {
        attempts: new Map(replayable.map(({ id, attempts }) => [id, attempts])),
        gone: rows.filter(({ body_kept: isKept }) => !isKept).length,
        waiting: rows.filter(({ state }) => state === 'received').length,
        isMore,
        oldest: replayable.at(-1)?.received_at ?? null,
        newest: replayable[0]?.received_at ?? null,
      };
    },
    staleTime: 0,
    gcTime: 0,
  });

export function useReplayMany() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (filter: DeliveryFilter) => {
      const { provider, state, error_code, since, until, email, integration_id } = filter;
      const meant = { provider, state, error_code, since, until, email, integration_id };
      const body = meant as components['schemas']['ReplayDeliveriesDto'];
      return bodyOf(rest.POST('/api/deliveries/replay', { body }));
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deliveries', 'list'] }),
  });
}

/** How many of the plan have been worked through since it was set going. */
export const replayProgressQuery = (plan: ReplayPlan) =>
  queryOptions({
    queryKey: ['deliveries', 'replay-progress', plan.oldest, plan.newest],
    queryFn: async (): Promise<number> => {
      if (plan.oldest === null || plan.newest === null) return 0;
      // The bound itself is left out on that side.
      const until = new Date(Date.parse(plan.newest) + 1).toISOString();
      const { rows } = await readMany({ since: plan.oldest, until });
      const isDone = ({ id, attempts, processed_at: at }: Delivery) =>
        at !== null && attempts > (plan.attempts.get(id) ?? Number.POSITIVE_INFINITY);
      return rows.filter(isDone).length;
    },
    refetchInterval: ({ state }) => ((state.data ?? 0) < plan.attempts.size ? LOOK_AGAIN_MS : false),
    gcTime: 0,
  });

async function readMany(filter: DeliveryFilter): Promise<{ rows: Delivery[]; isMore: boolean }> {
  const rows: Delivery[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(filter, { cursor, limit: 200 });
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && rows.length < MOST_COUNTED);
  return { rows, isMore: cursor !== undefined };
}
