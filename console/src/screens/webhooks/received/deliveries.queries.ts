import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type Delivery = components['schemas']['DeliveryDto'];
export type DeliveryDetail = components['schemas']['DeliveryDetailDto'];
export type DeliveryState = Delivery['state'];

export type ReplayRun = components['schemas']['ReplayRunDto'];

export const DELIVERY_STATES = ['received', 'processed', 'ignored', 'dead', 'rejected'] as const;

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

/** While somebody watches what comes in and the socket is away. */
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

/** What came in, byte for byte. Only asked for where it is kept. */
export const deliveryBodyQuery = (id: string) =>
  queryOptions({
    queryKey: ['deliveries', 'body', id],
    queryFn: () => bodyOf(rest.GET('/api/deliveries/{id}/body', { params: { path: { id } } })),
    staleTime: Infinity,
    // It speaks of people: not kept longer than it is looked at.
    gcTime: 0,
  });

/** Looks at a refused signature again, with the keys of today. */
export function useRecheck(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(rest.POST('/api/deliveries/{id}/recheck', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
  });
}

/** Neither what waits anyway nor what was refused can be meant by a replay. */
export function isReplayable({ state }: DeliveryFilter): boolean {
  return state !== 'received' && state !== 'rejected';
}

/** What a replay of this filter would mean, before anything is done. */
export const replayPlanQuery = (filter: DeliveryFilter) =>
  queryOptions({
    queryKey: ['deliveries', 'replay-plan', filter],
    queryFn: () => bodyOf(rest.POST('/api/deliveries/replay/plan', { body: toCriteria(filter) })),
    staleTime: 0,
    gcTime: 0,
  });

export function useReplayMany() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (filter: DeliveryFilter) => bodyOf(rest.POST('/api/deliveries/replay', { body: toCriteria(filter) })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deliveries', 'replays'] }),
  });
}

export const isUnderWay = ({ state }: ReplayRun): boolean => state === 'queued' || state === 'running';

/** The last replays of many. The socket says when one has moved; this looks again where it cannot. */
export const replaysQuery = () =>
  queryOptions({
    queryKey: ['deliveries', 'replays', 'list'],
    queryFn: () => bodyOf(rest.GET('/api/deliveries/replays')),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? LOOK_AGAIN_MS : false),
  });

export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ['deliveries', 'replays', id],
    queryFn: () => bodyOf(rest.GET('/api/deliveries/replays/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (!state.data || isUnderWay(state.data) ? LOOK_AGAIN_MS : false),
  });

export function useCancelReplay(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(rest.POST('/api/deliveries/replays/{id}/cancel', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
  });
}

function toCriteria(filter: DeliveryFilter): components['schemas']['ReplayDeliveriesDto'] {
  const { provider, state, error_code, since, until, email, booking_id, integration_id } = filter;
  const meant = { provider, state, error_code, since, until, email, booking_id, integration_id };
  return meant as components['schemas']['ReplayDeliveriesDto'];
}
