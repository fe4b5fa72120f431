import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type Prospect = components['schemas']['ProspectDto'];
export type ProspectDetail = components['schemas']['ProspectDetailDto'];
export type ProspectBooking = components['schemas']['ProspectBookingDto'];
export type WrittenProspect = components['schemas']['UpdateProspectDto'];

export interface ProspectFilter {
  readonly search?: string;
  readonly source?: string;
  readonly status?: string;
}

export const prospectsQuery = (filter: ProspectFilter) =>
  pagedQuery<Prospect>(['prospects', 'list', filter], (cursor) =>
    pageOf(rest.GET('/api/prospects', { params: { query: { ...filter, cursor, limit: 50 } } })),
  );

export const prospectQuery = (id: string) =>
  queryOptions({
    queryKey: ['prospects', 'detail', id],
    queryFn: () => bodyOf(rest.GET('/api/prospects/{id}', { params: { path: { id } } })),
  });

/** Writes one down, or changes the one of that id. */
export function useWriteProspect(id: string | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: WrittenProspect): Promise<Prospect> =>
      id === null
        ? bodyOf(rest.POST('/api/prospects', { body }))
        : bodyOf(rest.PATCH('/api/prospects/{id}', { params: { path: { id } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['prospects'] }),
  });
}

export function useDeleteProspect(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => rest.DELETE('/api/prospects/{id}', { params: { path: { id } } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: ['prospects', 'detail', id] });
      return queryClient.invalidateQueries({ queryKey: ['prospects', 'list'] });
    },
  });
}
