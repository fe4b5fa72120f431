import { bodyOf, ORIGIN, Problem, rest, session } from '@/api/passerelle';
import { toProblem } from '@passerelle/client';

/** What a provider's redirect has brought. */
export interface Brought {
  readonly code?: string;
  readonly state?: string;
  readonly error?: string;
  readonly iss?: string;
}

export type CalComCalendar = 'google' | 'office365';

/** Routes that each provider has of its own; everything else about a connection is the same for all. */
interface ProviderRoutes {
  begin(choice?: CalComCalendar): Promise<string>;
  finish(brought: Brought): Promise<{ email: string }>;
}

const ROUTES: Record<string, ProviderRoutes> = {
  calendly: {
    begin: async () => (await bodyOf(rest.GET('/api/calendly/auth-url'))).authUrl,
    finish: (body) => bodyOf(rest.POST('/api/calendly/callback', { body })),
  },
  'google-calendar': {
    begin: async () => (await bodyOf(rest.GET('/api/calendar-integration/google/auth-url'))).authUrl,
    finish: (body) => bodyOf(rest.POST('/api/calendar-integration/google/callback', { body })),
  },
  outlook: {
    begin: async () => (await bodyOf(rest.GET('/api/calendar-integration/outlook/auth-url'))).authUrl,
    finish: (body) => bodyOf(rest.POST('/api/calendar-integration/outlook/callback', { body })),
  },
  'cal-com': {
    // Cal.com comes back to the server, which sends the browser on with nothing left to finish.
    begin: async (choice = 'google') => {
      const address = new URL('/api/cal/calendars/oauth-connect-url', ORIGIN);
      address.searchParams.set('type', choice);
      const response = await session.fetch(new Request(address));
      if (!response.ok) throw await toProblem(response);
      const { data } = (await response.json()) as { data: { authUrl: string } };
      return data.authUrl;
    },
    finish: () => Promise.reject(new Problem({ status: 400, code: 'oauth/state-missing' })),
  },
};

/** The names that return addresses use, and the ids of providers. */
const ALIASES: Record<string, string> = { google: 'google-calendar', 'google-calendar': 'google-calendar' };

export const providerIdOf = (name: string): string => ALIASES[name] ?? name;

export const isKnownProvider = (name: string): boolean => providerIdOf(name) in ROUTES;

function routesOf(provider: string): ProviderRoutes {
  const routes = ROUTES[providerIdOf(provider)];
  if (routes === undefined) throw new Problem({ status: 404, code: 'provider/unknown' });
  return routes;
}

/** The address of the provider's consent page. */
export async function beginConnection(order: { provider: string; choice?: CalComCalendar }): Promise<string> {
  return await routesOf(order.provider).begin(order.choice);
}

export async function finishConnection(provider: string, brought: Brought): Promise<{ email: string }> {
  return await routesOf(provider).finish(brought);
}
