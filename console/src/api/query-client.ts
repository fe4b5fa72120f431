import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from '@passerelle/client';
import { onServerReturn, serverIsGone } from './server-link';

function noticeSilence(error: unknown): void {
  if (error instanceof Problem && error.isUnreachable) serverIsGone();
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: noticeSilence }),
    mutationCache: new MutationCache({ onError: noticeSilence }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // Whether there is a network is for the server's answer to say: it may run on this very machine.
        networkMode: 'always',
        // A refusal stays one; only a server that is busy for the moment is worth a second question.
        retry: (count, error) => count < 2 && error instanceof Problem && error.status === 503 && !error.isUnreachable,
        retryDelay: (_, error) => ((error as Problem).retryAfterSeconds ?? 1) * 1_000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

export const queryClient = createQueryClient();

onServerReturn(() => void queryClient.invalidateQueries());
