import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type Connection, integrationsQuery } from '@/api/integrations';
import { bodyOf, type components, rest } from '@/api/passerelle';
import { beginConnection } from './provider-routes';

export type { Connection };
export type ConnectionDetail = components['schemas']['ConnectionDetailDto'];
export type ConnectionState = Connection['state'];
export type SyncRun = components['schemas']['SyncRunDto'];

const UNDER_WAY = new Set<ConnectionState>(['importing', 'syncing']);
const LOOK_AGAIN_MS = 2_000;

/** The socket says when something has changed; while something is under way, how far it is has to be asked. */
const whileUnderWay = (connections: readonly Connection[] | undefined) =>
  connections?.some(({ state }) => UNDER_WAY.has(state)) ? LOOK_AGAIN_MS : false;

export const connectionsQuery = queryOptions({
  ...integrationsQuery,
  refetchInterval: ({ state }) => whileUnderWay(state.data),
});

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['connections', 'detail', id],
    queryFn: () => bodyOf(rest.GET('/api/integrations/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => whileUnderWay(state.data && [state.data]),
  });

/** An account that is connected, or was and waits to be again. */
export const isLinked = ({ integration_id: id, state }: Connection): boolean =>
  id !== null && state !== 'not_connected' && state !== 'not_configured';

/** Leaves for the provider's consent page, where there is one; `return` is where it comes back to. */
export function useConnect() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: beginConnection,
    onSuccess: async (address) => {
      if (address === null) await queryClient.invalidateQueries({ queryKey: ['connections'] });
      else window.location.assign(address);
    },
  });
}

export type Order = 'sync' | 'full' | 'pause' | 'resume';

/** What can be done to a connection that exists. */
export function useOrder(id: string) {
  const queryClient = useQueryClient();
  const params = { path: { id } };
  return useMutation({
    mutationFn: async (order: Order): Promise<void> => {
      switch (order) {
        case 'sync':
        case 'full': {
          const query = { mode: order === 'full' ? ('full' as const) : ('changes' as const) };
          await rest.POST('/api/integrations/{id}/sync', { params: { ...params, query } });
          return;
        }
        case 'pause':
          await rest.POST('/api/integrations/{id}/pause', { params });
          return;
        case 'resume':
          await rest.POST('/api/integrations/{id}/resume', { params });
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['connections'] }),
  });
}

export function useDisconnect(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ erase }: { erase: boolean }) =>
      bodyOf(
        rest.POST('/api/integrations/{id}/disconnect', {
          params: { path: { id }, query: { data: erase ? 'erase' : 'keep' } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['connections'] }),
  });
}
