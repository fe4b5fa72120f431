import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type FormationSummary = components['schemas']['FormationSummaryDto'];
export type Formation = components['schemas']['FormationDetailDto'];
export type Session = Formation['sessions'][number];
export type Participant = Formation['participants'][number];
export type SessionCopy = Session['copies'][number];
export type Conflict = Formation['conflicts'][number];
export type FormationStatus = Formation['status'];
export type WrittenFormation = components['schemas']['ReplaceFormationDto'];
export type CalendarType = 'google' | 'outlook';

export const FORMATION_STATUSES = ['draft', 'confirmed', 'cancelled'] as const satisfies readonly FormationStatus[];

export interface FormationFilter {
  readonly search?: string;
  readonly status?: string;
}

export const formationsQuery = (filter: FormationFilter) =>
  pagedQuery<FormationSummary>(['formations', 'list', filter], (cursor) =>
    pageOf(rest.GET('/api/formations', { params: { query: { ...(filter as object), cursor, limit: 50 } } })),
  );

const UNSETTLED = new Set(['pending', 'removing']);
const LOOK_AGAIN_MS = 2_000;

export const formationQuery = (id: string) =>
  queryOptions({
    queryKey: ['formations', 'detail', id],
    queryFn: () => bodyOf(rest.GET('/api/formations/{id}', { params: { path: { id } } })),
    // A copy settles a moment after what changed it, and nobody announces that.
    refetchInterval: ({ state }) =>
      state.data?.sessions.some(({ copies }) => copies.some((copy) => UNSETTLED.has(copy.state)))
        ? LOOK_AGAIN_MS
        : false,
  });

/** Writes one down, or replaces the one of that id, with its sessions and participants. */
export function useWriteFormation(id: string | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: WrittenFormation): Promise<Formation> =>
      id === null
        ? bodyOf(rest.POST('/api/formations', { body }))
        : bodyOf(rest.PUT('/api/formations/{id}', { params: { path: { id } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['formations'] }),
  });
}

export function useSetStatus(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (status: FormationStatus) =>
      bodyOf(rest.PATCH('/api/formations/{id}', { params: { path: { id } }, body: { status } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['formations'] }),
  });
}

export function useDeleteFormation(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => rest.DELETE('/api/formations/{id}', { params: { path: { id } } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: ['formations', 'detail', id] });
      return queryClient.invalidateQueries({ queryKey: ['formations'] });
    },
  });
}

/** Repeated, it makes no doubles. Answers how each copy stands, as far as the calendar has answered. */
export function useExport(formationId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (type: CalendarType): Promise<readonly { readonly state: string }[]> => {
      const body = { formationId };
      const { exports } =
        type === 'google'
          ? await bodyOf(rest.POST('/api/calendar-integration/google/export-formation', { body }))
          : await bodyOf(rest.POST('/api/calendar-integration/outlook/export-formation', { body }));
      return exports;
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['formations'] }),
  });
}

export function useResolveConflict() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, keep }: { id: string; keep: 'ours' | 'theirs' }) =>
      rest.POST('/api/calendar-integration/conflicts/{id}/resolve', { params: { path: { id } }, body: { keep } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['formations'] }),
  });
}
