import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GoogleSandbox, startGoogleSandbox } from '../../../sandbox/google/start-google-sandbox.js';
import { GoogleCalendarClient } from '../../../src/google-calendar/google-calendar.client.js';
import { GoogleCalendarConfig, googleCalendarConfig } from '../../../src/google-calendar/google-calendar.config.js';
import { readNotice } from '../../../src/google-calendar/google-calendar.delivery.js';
import { GoogleCalendarProvider } from '../../../src/google-calendar/google-calendar.provider.js';
import type { CodeExchange, ProviderAccess } from '../../../src/integrations/index.js';
import { Clock } from '../../../src/platform/clock/clock.js';
import { loadConfig } from '../../../src/platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../../src/platform/config/platform.config.js';
import { EgressClient, type EgressRequest } from '../../../src/platform/egress/egress.client.js';
import { CALENDAR_NOW } from '../calendar-provider.suite.js';
import type { CalendarBench, CalendarTrouble, PersonChange, PersonEvent } from './calendar-bench.js';
import { startCannedServer } from './canned-server.js';

const CAMILLE = 'camille@example.test';
/** Has consented to nothing before, so that what she leaves out stays out: later consents add to earlier ones. */
const NADIA = 'nadia@example.test';
const SAM = 'sam@example.test';
const STRANGER = 'alex@example.test';
const FIRST_DAY = new Date('2026-01-01T00:00:00Z');
const LAST_DAY = new Date('2032-01-01T00:00:00Z');
const REDIRECT = 'http://localhost:3000/calendar/callback/google';

/** The product's own client, whose patience a test of silence can shorten. */
class HurriedEgress extends EgressClient {
  patienceMs: number | undefined;

  override request(request: EgressRequest) {
    return super.request({ ...request, ...(this.patienceMs !== undefined && { timeoutMs: this.patienceMs }) });
  }
}

export interface GoogleParts {
  provider: GoogleCalendarProvider;
  egress: HurriedEgress;
  close(): void;
}

/** Where Google's parts are, as far as the product is told. */
export type GoogleAddresses = Record<'authUrl' | 'tokenUrl' | 'revokeUrl' | 'userInfoUrl' | 'apiUrl', string>;

/** Google Calendar as the product makes it, in front of any server. */
export function makeGoogle(addresses: GoogleAddresses, sandbox: GoogleSandbox): GoogleParts {
  const config = loadConfig([platformConfig, googleCalendarConfig], {
    NODE_ENV: 'test',
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    GOOGLE_CLIENT_ID: sandbox.clientId,
    GOOGLE_CLIENT_SECRET: sandbox.clientSecret,
    GOOGLE_REDIRECT_URI: REDIRECT,
    GOOGLE_AUTH_URL: addresses.authUrl,
    GOOGLE_TOKEN_URL: addresses.tokenUrl,
    GOOGLE_REVOKE_URL: addresses.revokeUrl,
    GOOGLE_USERINFO_URL: addresses.userInfoUrl,
    GOOGLE_API_URL: addresses.apiUrl,
  });
  const google = config.get(GoogleCalendarConfig) as GoogleCalendarConfig;
  const platform = config.get(PlatformConfig) as PlatformConfig;
  const clock = new (class extends Clock {
    override now(): Date {
      return new Date(sandbox.control.now().now);
    }
  })();
  const egress = new HurriedEgress(platform);
  const provider = new GoogleCalendarProvider(google, platform, new GoogleCalendarClient(google, egress, clock));
  return { provider, egress, close: () => egress.onModuleDestroy() };
}

/** What the browser brings back from the consent page; `without` is left unticked. */
export function consentAtGoogle(
  { provider }: GoogleParts,
  sandbox: GoogleSandbox,
  { account = CAMILLE, without }: { account?: string; without?: string } = {},
): CodeExchange {
  const verifier = randomBytes(32).toString('base64url');
  const page = new URL(provider.oauth.authorizeUrl);
  const parameters = {
    response_type: 'code',
    redirect_uri: provider.oauth.redirectUri,
    scope: provider.oauth.scopes.join(' '),
    state: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...provider.oauth.authorizeParams,
  };
  for (const [name, value] of Object.entries(parameters)) page.searchParams.set(name, value);
  const { location } = sandbox.control.consent({
    authorize_url: page.href,
    account,
    ...(without && { scopes: provider.oauth.scopes.filter((scope) => !scope.endsWith(without)) }),
  });
  const code = new URL(location).searchParams.get('code');
  if (code === null) throw new Error(`The consent page gave no code: ${location}`);
  return { code, redirectUri: provider.oauth.redirectUri, verifier };
}

/** What the product keeps of a connection, as far as calls need it. */
export async function connectGoogle(parts: GoogleParts, consent: CodeExchange): Promise<ProviderAccess> {
  const grant = await parts.provider.exchangeCode(consent);
  const access = toAccess(grant.accessToken);
  return { ...access, options: (await parts.provider.readAccount(access, grant)).options };
}

/** An event as the stand-in shows it, as far as it is looked at here. */
interface ShownEvent {
  id: string;
  recurringEventId?: string;
  summary?: string;
  eventType?: string;
  start: { date?: string; dateTime?: string };
  end: { date?: string; dateTime?: string };
  attendees?: { email: string; responseStatus?: string }[];
}

let connections = 0;

function toAccess(accessToken: string): ProviderAccess {
  connections += 1;
  return { integrationId: `i${connections}`, organizationId: 'o1', accessToken, tokenVersion: 1, options: {} };
}

export async function startGoogle(): Promise<CalendarBench> {
  const sandbox = await startGoogleSandbox({
    frozenAt: CALENDAR_NOW,
    // The clock stands still, so that all calls of a test fall into one minute.
    settings: { requests_per_minute_per_user: 1_000_000, requests_per_minute: 1_000_000, latency_ms: 2 },
  });
  const { control } = sandbox;
  const pushes = await startPushTarget();
  const cannedServer = await startCannedServer();
  const live = makeGoogle(sandbox, sandbox);
  const { url: odd } = cannedServer;
  const canned = makeGoogle({ authUrl: odd, tokenUrl: odd, revokeUrl: odd, userInfoUrl: odd, apiUrl: odd }, sandbox);
  control.addAccount({ name: 'Nadia Roy', email: NADIA });
  control.addAccount({ name: 'Sam Petit', email: SAM });
  const narrow = { account: NADIA, without: 'calendar.events' };
  const connect = (options: { account?: string; without?: string } = {}) =>
    connectGoogle(live, consentAtGoogle(live, sandbox, options));
  const access = await connect();
  const trainings = control.accounts().find(({ email }) => email === CAMILLE)!.calendars;

  const listTruth = (from: Date, to: Date) =>
    control.events({ from: from.toISOString(), to: to.toISOString() }) as unknown as ShownEvent[];

  /** Ids of a series' occurrences, as they stood when one of them was first asked for: as they were planned. */
  const planned = new Map<string, string[]>();
  const plan = (seriesId: string): string[] => {
    const occurrences = listTruth(FIRST_DAY, LAST_DAY).filter((one) => one.recurringEventId === seriesId);
    const ids = occurrences.map(({ id }) => id);
    planned.set(seriesId, ids);
    return ids;
  };
  const occurrence = (seriesId: string, number: number): string => {
    const id = (planned.get(seriesId) ?? plan(seriesId))[number - 1];
    if (id === undefined) throw new Error(`The series has no occurrence number ${number}`);
    return id;
  };
  /** Nothing happens in the same moment as something else. */
  const act = async <T>(work: () => T): Promise<T> => {
    await control.advance({ seconds: 1 });
    return work();
  };

  return {
    provider: live.provider,
    access,
    stranger: await connect({ account: STRANGER }),
    refused: { ...access, accessToken: 'not-a-token' },
    readOnly: await connect(narrow),
    email: CAMILLE,
    calendarId: CAMILLE,
    otherCalendarId: trainings.find((id) => id !== CAMILLE && !id.includes('holiday'))!,
    now: () => new Date(control.now().now),

    add: (event) =>
      act(() => {
        const { id } = control.addEvent({ event: toGoogleEvent(event) });
        // A meeting is pending until somebody looks.
        if (event.withMeeting) listTruth(FIRST_DAY, LAST_DAY);
        return id;
      }),
    change: (event, change) =>
      act(() => void control.changeEvent({ event, scope: 'all', changes: toGoogleChange(change) })),
    remove: (event) => act(() => control.deleteEvent({ event, scope: 'all' })),
    changeOccurrence: (seriesId, number, change) =>
      act(() => void control.changeEvent({ event: occurrence(seriesId, number), changes: toGoogleChange(change) })),
    removeOccurrence: (seriesId, number) => act(() => control.deleteEvent({ event: occurrence(seriesId, number) })),
    changeFollowing: (seriesId, number, change) =>
      act(
        () =>
          void control.changeEvent({
            event: occurrence(seriesId, number),
            scope: 'following',
            changes: toGoogleChange(change),
          }),
      ),
    accept: (event, guest) =>
      act(() => {
        const { attendees = [] } = control.event({ event }) as unknown as ShownEvent;
        const answered = attendees.map((one) => (one.email === guest ? { ...one, responseStatus: 'accepted' } : one));
        control.changeEvent({ event, changes: { attendees: answered } });
      }),
    fill: (events) =>
      act(() => void control.seed({ events, from: '2026-09-01T00:00:00Z', to: '2027-10-01T00:00:00Z' })),
    truth: ({ from, to }) =>
      Promise.resolve(
        listTruth(from, to)
          .filter(({ eventType = 'default' }) => ['default', 'fromGmail'].includes(eventType))
          .map(({ summary, start, end }) => ({ title: summary ?? null, start: momentOf(start), end: momentOf(end) })),
      ),
    untouchable: (event) => {
      const kept = structuredClone<Record<string, unknown>>(control.event({ event }));
      for (const name of ['summary', 'etag', 'updated', 'sequence']) delete kept[name];
      return Promise.resolve(kept);
    },
    mails: () => Promise.resolve(control.mails().length),
    edits: () => control.calls().filter(({ method }) => ['PATCH', 'PUT', 'DELETE'].includes(method)).length,

    expireCursors: () => act(() => void control.invalidateSyncTokens()),
    emptyPage: () => act(() => control.nextPageEmpty()),
    get pushUrl() {
      return pushes.nextUrl();
    },
    pushes: async () => {
      await control.pushesSettled();
      return pushes.received.splice(0).map((headers) => {
        const notice = readNotice(headers);
        if (notice === null) throw new Error('A push that the product would not understand');
        return { externalId: notice.externalId, secret: notice.secret };
      });
    },
    outliveChannels: () => act(() => void control.expireChannels()),
    peakConcurrency: () => control.peakConcurrency()[CAMILLE] ?? 0,

    consent: ({ narrow: isNarrow = false, ofAnother = false } = {}) =>
      Promise.resolve(consentAtGoogle(live, sandbox, isNarrow ? narrow : ofAnother ? { account: SAM } : {})),
    canRevoke: true,
    trouble: (trouble) => {
      control.failNext(toFault(trouble));
      if (trouble.kind === 'silence') live.egress.patienceMs = 200;
    },
    calm: () => {
      control.clearFaults();
      live.egress.patienceMs = undefined;
    },

    canned: (answers) => {
      cannedServer.answer(answers);
      return {
        provider: canned.provider,
        access: toAccess('a'),
        calendarId: 'c@example.test',
        asked: cannedServer.asked,
      };
    },
    close: async () => {
      live.close();
      canned.close();
      await Promise.all([sandbox.close(), pushes.close(), cannedServer.close()]);
    },
  };
}

function toGoogleEvent({ guests = [], weeks, isPrivate, isFree, withMeeting, ...event }: PersonEvent) {
  const { title, start, end, timeZone = 'Europe/Paris', ...texts } = event;
  const requestId = randomBytes(8).toString('hex');
  return {
    summary: title,
    ...texts,
    start: toGoogleTime(start, timeZone),
    end: toGoogleTime(end, timeZone),
    ...(guests.length > 0 && { attendees: guests.map((email) => ({ email })) }),
    ...(weeks !== undefined && { recurrence: [`RRULE:FREQ=WEEKLY;COUNT=${weeks}`] }),
    ...(isPrivate && { visibility: 'private' }),
    ...(isFree && { transparency: 'transparent' }),
    ...(withMeeting && {
      conferenceData: { createRequest: { requestId, conferenceSolutionKey: { type: 'hangoutsMeet' } } },
      reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: 42 }] },
    }),
  };
}

function toGoogleChange({ title, start, end, ...texts }: PersonChange) {
  return {
    ...(title !== undefined && { summary: title }),
    ...texts,
    ...(start !== undefined && { start: toGoogleTime(start, 'Europe/Paris') }),
    ...(end !== undefined && { end: toGoogleTime(end, 'Europe/Paris') }),
  };
}

function toGoogleTime(time: string, timeZone: string) {
  return time.includes('T') ? { dateTime: `${time}:00`, timeZone } : { date: time };
}

function momentOf({ date, dateTime }: ShownEvent['start']): string {
  return date ?? new Date(dateTime ?? Number.NaN).toISOString();
}

function toFault(trouble: CalendarTrouble): Parameters<GoogleSandbox['control']['failNext']>[0] {
  switch (trouble.kind) {
    case 'too-many-requests':
      // Google's own waits are whole seconds; fractions are a case of google-calendar.errors.spec.ts.
      return { status: 429, retry_after: Math.ceil(trouble.seconds) };
    case 'status':
      return { status: trouble.status };
    case 'silence':
      return { mode: 'hang' };
    case 'lost-answer':
      return { mode: 'lose-answer' };
    case 'cut':
      // A reading whose kept connection breaks is asked once more.
      return { mode: 'reset', times: 2 };
  }
}

/** Somewhere for pushes to go; they are all header. */
async function startPushTarget() {
  const received: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers);
    request.resume();
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let urls = 0;
  return {
    received,
    nextUrl: () => {
      urls += 1;
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${urls}`;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
