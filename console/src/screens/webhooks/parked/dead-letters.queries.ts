import { useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type DeadLetter = components['schemas']['DeadLetterDto'];

export const LETTER_STATES = ['parked', 'replayed', 'discarded'] as const;
export type LetterState = (typeof LETTER_STATES)[number];

export const deadLettersQuery = (state: LetterState) =>
  pagedQuery<DeadLetter>(['dead-letters', 'list', state], (cursor) =>
    pageOf(rest.GET('/api/dead-letters', { params: { query: { state, cursor, limit: 50 } } })),
  );

export function useLetterAction(action: 'replay' | 'discard') {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => {
      const params = { path: { id } };
      return action === 'replay'
        ? bodyOf(rest.POST('/api/dead-letters/{id}/replay', { params }))
        : bodyOf(rest.POST('/api/dead-letters/{id}/discard', { params }));
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
}
