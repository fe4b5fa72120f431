import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, Problem, rest } from '@/api/passerelle';
import type { Connection } from '../connections/connections.queries';

export type Gesture = components['schemas']['GestureDto'];

const CONFLICT = 409;

export const gesturesQuery = queryOptions({
  queryKey: ['sandbox', 'gestures'],
  queryFn: () => bodyOf(rest.GET('/api/sandbox/gestures')),
});

/** Done at the stand-in, then shown here: `read` are the accounts to read again at once. */
export function useGesture() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ read, ...body }: Gesture & { read: readonly Connection[] }): Promise<void> => {
      await rest.POST('/api/sandbox/gestures', { body });
      for (const { integration_id: id } of read) if (id !== null) await readAgain(id);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['connections'] }),
  });
}

async function readAgain(id: string): Promise<void> {
  try {
    await rest.POST('/api/integrations/{id}/sync', { params: { path: { id }, query: { mode: 'changes' } } });
  } catch (error) {
    // One that is paused, or waits for somebody to reconnect it, is not read.
    if (!(error instanceof Problem && error.status === CONFLICT)) throw error;
  }
}
