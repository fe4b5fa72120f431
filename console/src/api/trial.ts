import { queryOptions } from '@tanstack/react-query';
import { bodyOf, ORIGIN, rest } from './passerelle';

/** What a server offers to whoever is only trying it. */
export interface TrialOffer {
  readonly sandboxUrl: string | null;
  readonly demo: { readonly email: string; readonly password: string } | null;
}

/** Where the stand-ins are, and who may enter. A server in production offers neither. */
export const trialQuery = queryOptions({
  queryKey: ['trial'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<TrialOffer> => {
    const [sandboxUrl, demo] = await Promise.all([readSandboxUrl(), readDemo()]);
    return { sandboxUrl, demo };
  },
});

async function readSandboxUrl(): Promise<string | null> {
  try {
    const { is_sandbox: isSandbox, sandbox_url: url } = await bodyOf(rest.GET('/api/meta'));
    return isSandbox ? url : null;
  } catch {
    return null;
  }
}

/** Not of the API: only a server that has made a demo account has this address. */
async function readDemo(): Promise<TrialOffer['demo']> {
  try {
    const response = await fetch(new URL('/trial/config.json', ORIGIN));
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) return null;
    return ((await response.json()) as { demo: TrialOffer['demo'] }).demo;
  } catch {
    return null;
  }
}
