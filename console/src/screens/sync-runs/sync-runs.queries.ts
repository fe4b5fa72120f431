import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type SyncRun = components['schemas']['SyncRunDto'];
export type SyncRunDetail = components['schemas']['SyncRunDetailDto'];
export type SyncStep = components['schemas']['SyncStepDto'];

export const RUN_STATES = ['queued', 'running', 'succeeded', 'failed', 'needs_approval', 'canceled'] as const;
export const RUN_TRIGGERS = ['initial', 'backfill', 'schedule', 'manual', 'recovery', 'push', 'approval'] as const;

export interface RunFilter {
  readonly provider?: string;
  readonly state?: string;
  readonly trigger?: string;
  readonly integration_id?: string;
}

const UNDER_WAY = new Set<SyncRun['state']>(['queued', 'running']);
const LOOK_AGAIN_MS = 2_000;

export const isUnderWay = ({ state }: SyncRun): boolean => UNDER_WAY.has(state);

export const syncRunsQuery = (filter: RunFilter) => ({
  ...pagedQuery<SyncRun>(['sync-runs', 'list', filter], (cursor) =>
    pageOf(rest.GET('/api/sync-runs', { params: { query: { ...(filter as object), cursor, limit: 50 } } })),
  ),
});

export const syncRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['sync-runs', 'detail', id],
    queryFn: () => bodyOf(rest.GET('/api/sync-runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_AGAIN_MS : false),
  });

export const removalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['sync-runs', 'removals', id],
    queryFn: () =>
      bodyOf(rest.GET('/api/sync-runs/{id}/removals', { params: { path: { id }, query: { limit: 1_000 } } })),
  });

export function useDecide(id: string) {
  const queryClient = useQueryClient();
  const params = { path: { id } };
  return useMutation({
    mutationFn: (decision: 'approve' | 'reject') =>
      decision === 'approve'
        ? bodyOf(rest.POST('/api/sync-runs/{id}/approve', { params }))
        : bodyOf(rest.POST('/api/sync-runs/{id}/reject', { params })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['sync-runs'] });
      await queryClient.invalidateQueries({ queryKey: ['connections'] });
    },
  });
}
