import { queryOptions } from '@tanstack/react-query';
import { ORIGIN } from './passerelle';

/** What a server offers to whoever is only trying it. */
export interface TrialOffer {
  readonly sandboxUrl: string | null;
  readonly demo: { readonly email: string; readonly password: string } | null;
}

const NOTHING: TrialOffer = { sandboxUrl: null, demo: null };

/** Where the stand-ins are, and who may enter. A server in production has no such address, and offers nothing. */
export const trialQuery = queryOptions({
  queryKey: ['trial'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<TrialOffer> => {
    try {
      const response = await fetch(new URL('/trial/config.json', ORIGIN));
      if (!response.ok || !response.headers.get('content-type')?.includes('json')) return NOTHING;
      const offer = (await response.json()) as { sandbox_url: string | null; demo: TrialOffer['demo'] };
      return { sandboxUrl: offer.sandbox_url, demo: offer.demo };
    } catch {
      return NOTHING;
    }
  },
});
