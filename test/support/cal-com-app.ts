import type { CalComOptions } from '../../sandbox/cal-com/cal-com.stand-in.js';
import { type CalComSandbox, startCalComSandbox } from '../../sandbox/cal-com/start-cal-com-sandbox.js';
import { type Answer, demand, FRONTEND, type Person, startApp, type TestApp } from './app.js';

export type CalMode = 'platform' | 'oauth' | 'apikey';
export type CalendarType = 'google' | 'office365';

export const SUCCESS_PAGE = `${FRONTEND}/dashboard/settings?tab=integrations&success=true`;
export const ERROR_PAGE = `${FRONTEND}/dashboard/settings?tab=integrations&error=true`;

/** The host of the sandbox's own account. */
export const NORA = 'nora@example.test';

export interface CalComApp extends TestApp {
  readonly cal: CalComSandbox;
  /** What the person does in each mode until they are connected: nothing, a consent, a key. */
  connect(person: Person, options?: { account?: string }): Promise<void>;
  /** The address that starts linking a calendar; in the mode oauth the consent at Cal.com may come first. */
  calendarUrl(person: Person, type?: CalendarType): Promise<string>;
  /** From the calendar's consent page to wherever the browser ends up. */
  consentToCalendar(authUrl: string, options?: { email?: string; decision?: 'approve' | 'refuse' }): Promise<string>;
  /** As a browser does: from redirect to redirect, until the first address that is neither ours nor the sandbox's. */
  follow(url: string): Promise<string>;
  status(person: Person): Promise<Answer['body']>;
  /** The person's channel is open and their past is read. */
  settled(person: Person): Promise<void>;
  registerCalCom(options?: { account?: string }): Promise<Person>;
}

interface CalComAppOptions {
  mode: CalMode;
  sandbox?: CalComOptions;
  environment?: Record<string, string>;
}

/** The product as it runs, with Cal.com's stand-in behind it. */
export async function startCalComApp({ mode, sandbox, environment }: CalComAppOptions): Promise<CalComApp> {
  const cal = await startCalComSandbox(sandbox);
  const app = await startApp({
    sandbox: false,
    standIns: [{ environment: cal.environment, close: () => cal.close() }],
    environment: { CAL_MODE: mode, ...environment },
  });
  cal.control.setRedirectUris({ redirect_uris: [`${app.url}/api/cal/oauth-callback`] });

  const follow = async (url: string): Promise<string> => {
    for (let hops = 0; hops < 10; hops += 1) {
      if (!url.startsWith(app.url) && !url.startsWith(cal.url)) return url;
      if (url.startsWith(cal.appUrl)) return url;
      const response = await fetch(url, { redirect: 'manual' });
      await response.arrayBuffer();
      const location = response.headers.get('location');
      if (location === null) return url;
      url = new URL(location, url).href;
    }
    throw new Error('The browser is led in circles');
  };

  const connect: CalComApp['connect'] = async ({ token }, { account = NORA } = {}) => {
    const body = mode === 'apikey' ? { apiKey: cal.control.issueApiKey({ account }).api_key } : {};
    const { data } = demand(200, await app.http('POST', '/api/cal/connect', { token, body })).body;
    if (mode !== 'oauth') return;
    const ended = await follow(cal.control.consent({ authorize_url: data.authUrl, account }).location);
    if (ended !== SUCCESS_PAGE) throw new Error(`The consent ended at ${ended}`);
  };

  const settled: CalComApp['settled'] = async ({ organizationId }) => {
    await app.eventually(async () => {
      const [connection] = await app.database.query(
        `SELECT FROM integrations WHERE organization_id = $1 AND is_active AND last_synced_at IS NOT NULL
           AND (webhook_active OR options ? 'channel_refusal')`,
        [organizationId],
      );
      if (!connection) throw new Error('The connection has not settled');
    });
  };

  return Object.assign(app, {
    cal,
    connect,
    calendarUrl: async ({ token }, type = 'google') => {
      const answer = await app.http('GET', `/api/cal/calendars/oauth-connect-url?type=${type}`, { token });
      return demand(200, answer).body.data.authUrl;
    },
    consentToCalendar: (authUrl, given = {}) =>
      follow(cal.control.consentToCalendar({ auth_url: authUrl, ...given }).location),
    follow,
    status: async ({ token }) => demand(200, await app.http('GET', '/api/cal/calendars/status', { token })).body.data,
    settled,
    registerCalCom: async (options) => {
      const person = await app.registerOrganization();
      await connect(person, options);
      await settled(person);
      return person;
    },
  } satisfies Omit<CalComApp, keyof TestApp>);
}
