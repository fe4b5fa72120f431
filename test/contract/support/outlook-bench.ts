import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { findIana, findWindows } from 'windows-iana';
import { isSameAddress } from '../../../sandbox/outlook/event-content.js';
import { type OutlookSandbox, startOutlookSandbox } from '../../../sandbox/outlook/start-outlook-sandbox.js';
import type { CodeExchange, ProviderAccess } from '../../../src/integrations/index.js';
import { consentPageUrl } from '../../../src/integrations/consent-page.js';
import { OutlookClient } from '../../../src/outlook/outlook.client.js';
import { OutlookConfig, outlookConfig } from '../../../src/outlook/outlook.config.js';
import { readNotices } from '../../../src/outlook/outlook.delivery.js';
import { OutlookProvider } from '../../../src/outlook/outlook.provider.js';
import { Clock } from '../../../src/platform/clock/clock.js';
import { loadConfig } from '../../../src/platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../../src/platform/config/platform.config.js';
import { EgressClient, type EgressRequest } from '../../../src/platform/egress/egress.client.js';
import { EventLog } from '../../../src/platform/logging/event-log.js';
import { CALENDAR_NOW } from '../calendar-provider.suite.js';
import type { CalendarBench, CalendarTrouble, PersonChange, PersonEvent, ReceivedPush } from './calendar-bench.js';
import { startCannedServer } from './canned-server.js';

export const usualRedirect = 'http://localhost:3000/calendar/callback/outlook';
const NARROW = ['openid', 'profile', 'email', 'offline_access', 'User.Read', 'Calendars.Read'];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The product's own client, whose patience a test of silence can shorten. */
class HurriedEgress extends EgressClient {
  patienceMs: number | undefined;

  override request(request: EgressRequest) {
    return super.request({ ...request, ...(this.patienceMs !== undefined && { timeoutMs: this.patienceMs }) });
  }
}

export interface OutlookParts {
  provider: OutlookProvider;
  egress: HurriedEgress;
  close(): void;
}

/** Outlook as the product makes it, in front of any server. */
export function makeOutlook(
  urls: { loginUrl: string; graphUrl: string },
  sandbox: OutlookSandbox,
  environment: Record<string, string> = {},
): OutlookParts {
  const config = loadConfig([platformConfig, outlookConfig], {
    NODE_ENV: 'test',
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    OUTLOOK_CLIENT_ID: sandbox.clientId,
    OUTLOOK_CLIENT_SECRET: sandbox.clientSecret,
    OUTLOOK_REDIRECT_URI: usualRedirect,
    OUTLOOK_LOGIN_URL: urls.loginUrl,
    OUTLOOK_GRAPH_URL: urls.graphUrl,
    ...environment,
  });
  const platform = config.get(PlatformConfig) as PlatformConfig;
  const outlook = config.get(OutlookConfig) as OutlookConfig;
  const clock = new (class extends Clock {
    override now(): Date {
      return new Date(sandbox.control.now().now);
    }
  })();
  const egress = new HurriedEgress(platform);
  const log = new EventLog({ logFormat: 'json', logLevel: 'error' }, () => {});
  const client = new OutlookClient(outlook, egress, clock, log);
  const provider = new OutlookProvider(outlook, platform, client, clock);
  return { provider, egress, close: () => egress.onModuleDestroy() };
}

/** A code as the consent page gives it to whoever agrees. */
export function consentTo(
  sandbox: OutlookSandbox,
  { oauth }: OutlookProvider,
  account: string,
  scopes: readonly string[] = oauth.scopes,
): CodeExchange {
  const verifier = randomBytes(32).toString('base64url');
  const page = consentPageUrl({ ...oauth, scopes }, { id: 't', state: 's', verifier } as never);
  const { location } = sandbox.control.consent({ authorize_url: page, account });
  return { code: new URL(location).searchParams.get('code')!, redirectUri: oauth.redirectUri, verifier };
}

/** What the product keeps of a connection, as far as calls need it. */
export async function connectOutlook(
  sandbox: OutlookSandbox,
  provider: OutlookProvider,
  account: string,
  scopes?: readonly string[],
): Promise<ProviderAccess> {
  const grant = await provider.exchangeCode(consentTo(sandbox, provider, account, scopes));
  const { accessToken } = grant;
  const access = { integrationId: account, organizationId: 'o1', accessToken, tokenVersion: 1, options: {} };
  const { options } = await provider.readAccount(access, grant);
  return { ...access, options: { ...grant.options, ...options } };
}

/** The application's side of a subscription: says that it wants to hear, and keeps what it is told. */
export async function startPushReceiver() {
  const received: ReceivedPush[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const address = new URL(request.url!, 'http://localhost');
    asked.push(address.pathname);
    const token = address.searchParams.get('validationToken');
    void buffer(request).then((body) => {
      if (token !== null) return response.writeHead(200, { 'content-type': 'text/plain' }).end(token);
      for (const { externalId, secret } of readNotices(body) ?? []) {
        received.push({ externalId, secret: secret ?? '' });
      }
      return response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function startOutlook(): Promise<CalendarBench> {
  const sandbox = await startOutlookSandbox({
    frozenAt: CALENDAR_NOW,
    redirectUris: [usualRedirect],
    settings: {
      access_token_seconds: 30_000_000,
      request_limit: 1_000_000,
      refuse_duplicate_subscriptions: false,
      latency_ms: 2,
    },
  });
  const receiver = await startPushReceiver();
  const cannedServer = await startCannedServer();
  const { control } = sandbox;
  const live = makeOutlook(sandbox, sandbox);
  const odd = makeOutlook({ loginUrl: cannedServer.url, graphUrl: cannedServer.url }, sandbox);
  const email = 'iris@example.test';
  const [other, last] = ['sacha@example.test', 'noe@example.test'];
  for (const address of [email, last]) control.addAccount({ name: 'Iris Moreau', email: address });
  control.addCalendar({ account: email, name: 'Formations' });
  const [calendarId, otherCalendarId] = control.calendars({ account: email }).map(({ id }) => String(id));
  const access = await connectOutlook(sandbox, live.provider, email);
  const stranger = await connectOutlook(sandbox, live.provider, other);
  const readOnly = await connectOutlook(sandbox, live.provider, email, NARROW);

  const shown = (from: Date, to: Date) =>
    control.events({ account: email, calendar: calendarId!, from: from.toISOString(), to: to.toISOString() });
  const everything = () => shown(new Date('2020-01-01'), new Date('2040-01-01'));
  /** Ids of a series' occurrences, as they stood when one of them was first asked for: as they were planned. */
  const planned = new Map<string, string[]>();
  const plan = (seriesId: string): string[] => {
    const ids = everything().flatMap((one) => (one.seriesMasterId === seriesId ? [one.id] : []));
    planned.set(seriesId, ids);
    return ids;
  };
  const occurrenceOf = (seriesId: string, number: number): string => {
    const id = (planned.get(seriesId) ?? plan(seriesId))[number - 1];
    if (id === undefined) throw new Error(`The series has no occurrence number ${number}`);
    return id;
  };
  let urls = 0;
  /** Nothing happens in the same moment as something else. */
  const act = async <T>(work: () => T): Promise<T> => {
    await control.advance({ seconds: 1 });
    return work();
  };

  return {
    provider: live.provider,
    access,
    stranger,
    readOnly,
    refused: { ...access, accessToken: 'not-a-token' },
    email,
    calendarId: calendarId!,
    otherCalendarId: otherCalendarId!,
    now: () => new Date(control.now().now),

    add: (event) => act(() => control.addEvent({ account: email, event: toBody(event) }).id),
    change: (id, change) =>
      act(() => {
        control.changeEvent({ account: email, event: id, changes: toChanges(change) });
        // Of a series that was moved as a whole.
        planned.delete(id);
      }),
    remove: (id) => act(() => control.deleteEvent({ account: email, event: id })),
    changeOccurrence: (id, number, change) =>
      act(() => {
        control.changeEvent({ account: email, event: occurrenceOf(id, number), changes: toChanges(change) });
      }),
    removeOccurrence: (id, number) =>
      act(() => control.deleteEvent({ account: email, event: occurrenceOf(id, number) })),
    changeFollowing: (id, number, change) =>
      act(() => {
        const event = occurrenceOf(id, number);
        control.changeEvent({ account: email, event, scope: 'following', changes: toChanges(change) });
      }),
    accept: (id, guest) => act(() => acceptFor(sandbox, email, id, guest)),
    fill: (events) =>
      act(() => {
        control.seed({ account: email, events, from: '2026-12-01T00:00:00Z', to: '2027-10-01T00:00:00Z' });
      }),
    truth: ({ from, to }) =>
      Promise.resolve(
        shown(from, to).map(({ subject, start, end, isAllDay }) => {
          const say = ({ dateTime }: { dateTime: string }) =>
            isAllDay ? dateTime.slice(0, 10) : new Date(`${dateTime.slice(0, 23)}Z`).toISOString();
          return { title: subject || null, start: say(start), end: say(end) };
        }),
      ),
    untouchable: (id) => {
      const {
        subject: _,
        changeKey: __,
        lastModifiedDateTime: ___,
        '@odata.etag': ____,
        ...rest
      } = everything().find((event) => event.id === id)!;
      return Promise.resolve(rest);
    },
    mails: () => Promise.resolve(control.mails().length),
    edits: () => control.calls().filter(({ method }) => ['PATCH', 'DELETE'].includes(method)).length,

    expireCursors: () => act(() => control.invalidateDeltaTokens({ account: email })),
    emptyPage: () => act(() => control.nextPageEmpty()),
    get pushUrl() {
      urls += 1;
      return `${receiver.url}/${urls}`;
    },
    pushes: async () => {
      await control.notificationsSettled();
      return receiver.received.splice(0);
    },
    outliveChannels: async () => void (await control.advance({ seconds: 7 * 86_400 })),
    peakConcurrency: () => control.throttle().find(({ account }) => account === email)!.peak_concurrency,

    consent: ({ narrow = false, ofAnother = false } = {}) =>
      act(() => consentTo(sandbox, live.provider, ofAnother ? last : email, narrow ? NARROW : undefined)),
    canRevoke: false,
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
      const who = { ...access, integrationId: 'odd', accessToken: 'a' };
      return { provider: odd.provider, access: who, calendarId: 'C1', asked: cannedServer.asked };
    },
    close: async () => {
      live.close();
      odd.close();
      await Promise.all([sandbox.close(), receiver.close(), cannedServer.close()]);
    },
  };
}

/** An event in Graph's words, as Outlook itself would write it. */
export function toBody({ guests = [], weeks, isPrivate, isFree, withMeeting, ...event }: PersonEvent) {
  const timeZone = toMailboxZone(event.timeZone ?? 'Europe/Paris');
  return {
    ...toChanges(event, timeZone),
    isAllDay: isDate(event.start),
    attendees: guests.map((address) => ({ type: 'required', emailAddress: { address } })),
    ...(isPrivate && { sensitivity: 'private' }),
    ...(isFree && { showAs: 'free' }),
    ...(withMeeting && { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' }),
    ...(withMeeting && { reminderMinutesBeforeStart: 42, categories: ['Rouge'] }),
    ...(weeks !== undefined && { recurrence: toWeekly(event.start.slice(0, 10), weeks, timeZone) }),
  };
}

function toChanges({ title, description, location, start, end }: PersonChange, timeZone = 'Romance Standard Time') {
  const at = (wall: string) => ({ dateTime: isDate(wall) ? `${wall}T00:00:00` : `${wall}:00`, timeZone });
  return {
    ...(title !== undefined && { subject: title }),
    ...(description !== undefined && { body: { contentType: 'text', content: description } }),
    ...(location !== undefined && { location: { displayName: location } }),
    ...(start !== undefined && { start: at(start) }),
    ...(end !== undefined && { end: at(end) }),
  };
}

/** Outlook writes the Windows name where there is one that means this very zone. */
function toMailboxZone(timeZone: string): string {
  const [windows] = findWindows(timeZone);
  return windows !== undefined && findIana(windows)[0] === timeZone ? windows : timeZone;
}

function toWeekly(startDate: string, weeks: number, timeZone: string) {
  const day = DAYS[new Date(`${startDate}T12:00:00Z`).getUTCDay()]!;
  return {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: [day], firstDayOfWeek: 'monday' },
    range: { type: 'numbered', startDate, numberOfOccurrences: weeks, recurrenceTimeZone: timeZone },
  };
}

/** What reaches the organizer's calendar when a guest agrees. */
function acceptFor({ control }: OutlookSandbox, email: string, id: string, guest: string): void {
  const { store, writing, clock } = control['parts'];
  const mailbox = store.mailboxOf(store.findAccountByEmail(email)!);
  const named = mailbox.named(id);
  if (named.kind !== 'entry') throw new Error('There is no such event');
  const attendees = named.entry.content.attendees.map((attendee) =>
    isSameAddress(attendee.emailAddress.address, guest)
      ? { ...attendee, status: { response: 'accepted' as const, at: clock.now() } }
      : attendee,
  );
  writing.amend(mailbox, named.entry, { attendees });
}

function isDate(wall: string): boolean {
  return wall.length === 10;
}

function toFault(trouble: CalendarTrouble): Parameters<OutlookSandbox['control']['failNext']>[0] {
  switch (trouble.kind) {
    case 'too-many-requests':
      return { status: 429, retry_after: trouble.seconds };
    case 'status':
      return { status: trouble.status };
    case 'silence':
      return { mode: 'hang' };
    case 'cut':
      // A reading whose kept connection breaks is asked once more.
      return { mode: 'reset', times: 2 };
    case 'lost-answer':
      return { mode: 'lose-answer' };
  }
}
