import { type GoogleSandbox, startGoogleSandbox } from '../../sandbox/google/start-google-sandbox.js';
import { type OutlookSandbox, startOutlookSandbox } from '../../sandbox/outlook/start-outlook-sandbox.js';
import { type AppOptions, demand, FRONTEND, type Person, startApp, type TestApp } from './app.js';

export const CALENDAR_TYPES = ['google', 'outlook'] as const;
export type CalendarType = (typeof CALENDAR_TYPES)[number];

/** Of the sandboxes: the first account of each, which has events, and the second. */
export const ACCOUNTS = {
  google: ['camille@example.test', 'alex@example.test'],
  outlook: ['dominique@example.test', 'sacha@example.test'],
} as const;

export interface CalendarApp extends Omit<TestApp, 'sandbox' | 'registerConnected'> {
  readonly google: GoogleSandbox;
  readonly outlook: OutlookSandbox;
  /** Through consent page and callback; the account becomes this person's. Answers the callback's answer. */
  connect(person: Person, type: CalendarType, options?: { account?: string; scopes?: string[] }): Promise<void>;
  /** Connected, read once, and pushed to. */
  registerConnected(type: CalendarType, options?: { account?: string }): Promise<Person>;
  /** The finished reading's counts. */
  importNow(person: Person, type: CalendarType): Promise<Record<string, unknown>>;
  listEvents(person: Person, query?: string): Promise<Record<string, never>[]>;
}

export interface CalendarAppOptions extends AppOptions {
  /** Other addresses than the stand-ins’ own, made of theirs. */
  through?: (environment: Record<string, string>) => Record<string, string>;
}

/** The product with the stand-ins of both calendars, and no other provider. */
export async function startCalendarApp({ through, ...options }: CalendarAppOptions = {}): Promise<CalendarApp> {
  const google = await startGoogleSandbox({ redirectUris: [`${FRONTEND}/calendar/callback/google`] });
  const outlook = await startOutlookSandbox({ redirectUris: [`${FRONTEND}/calendar/callback/outlook`] });
  const app = await startApp({
    ...options,
    sandbox: false,
    standIns: [google, outlook],
    environment: { ...through?.({ ...google.environment, ...outlook.environment }), ...options.environment },
  });

  const consent = (type: CalendarType, authorizeUrl: string, account: string, scopes?: string[]) =>
    type === 'google'
      ? google.control.consent({ authorize_url: authorizeUrl, account, ...(scopes && { scopes }) })
      : outlook.control.consent({ authorize_url: authorizeUrl, account });

  const connect: CalendarApp['connect'] = async ({ token }, type, { account = ACCOUNTS[type][0], scopes } = {}) => {
    const { body } = demand(200, await app.http('GET', `/api/calendar-integration/${type}/auth-url`, { token }));
    const returned = new URL(consent(type, body.authUrl, account, scopes).location).searchParams;
    const callback = { code: returned.get('code'), state: returned.get('state') };
    demand(200, await app.http('POST', `/api/calendar-integration/${type}/callback`, { token, body: callback }));
  };

  return {
    ...withoutSandbox(app),
    google,
    outlook,
    connect,
    registerConnected: async (type, given) => {
      const person = await app.registerOrganization();
      await connect(person, type, given);
      await app.eventually(async () => {
        const [settled] = await app.database.query(
          `SELECT FROM integrations WHERE organization_id = $1 AND last_synced_at IS NOT NULL AND webhook_active
             AND NOT EXISTS (SELECT FROM sync_runs r WHERE r.integration_id = integrations.id
                               AND r.state IN ('queued', 'running'))`,
          [person.organizationId],
        );
        if (!settled) {
          await app.hurryJobs();
          throw new Error('The calendar has not settled');
        }
      });
      return person;
    },
    importNow: async ({ token }, type) => {
      const { body } = demand(200, await app.http('POST', `/api/calendar-integration/${type}/import`, { token }));
      return body;
    },
    listEvents: async ({ token }, query = '') =>
      demand(200, await app.http('GET', `/api/calendar-integration/events?limit=200${query}`, { token })).body,
  };
}

/** Reading its sandbox, which it was started without, is an error. */
function withoutSandbox(app: TestApp): Omit<TestApp, 'sandbox'> {
  const { sandbox: _, ...descriptors } = Object.getOwnPropertyDescriptors(app);
  return Object.defineProperties({}, descriptors) as Omit<TestApp, 'sandbox'>;
}
