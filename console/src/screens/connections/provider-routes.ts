import { bodyOf, Problem, rest } from '@/api/passerelle';

/** What a provider's redirect has brought. */
export interface Brought {
  readonly code?: string;
  readonly state?: string;
  readonly error?: string;
  readonly iss?: string;
}

/** Routes that each provider has of its own; everything else about a connection is the same for all. */
interface ProviderRoutes {
  /** The address of the consent page; null when the account is connected without one. */
  begin(apiKey?: string): Promise<string | null>;
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
    // By a consent, a managed user or a key: which it is, the server's configuration says.
    begin: async (apiKey) => (await bodyOf(rest.POST('/api/cal/connect', { body: { apiKey } }))).data.authUrl,
    // Cal.com comes back to the server, which sends the browser on with nothing left to finish.
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

/** The address of the provider's consent page; null when there is none to go to. */
export async function beginConnection(order: { provider: string; apiKey?: string }): Promise<string | null> {
  return await routesOf(order.provider).begin(order.apiKey);
}

export async function finishConnection(provider: string, brought: Brought): Promise<{ email: string }> {
  return await routesOf(provider).finish(brought);
}
