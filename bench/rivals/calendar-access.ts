import type { Caller } from '../stage/http.js';
import { FRONTEND } from '../stage/stage.js';
import type { StandIns } from '../stage/stand-ins.js';
import type { BareReadingOrder } from './messages.js';

export type CalendarProvider = 'google' | 'outlook';

const DAY_MS = 86_400_000;

/** As far as the application reads, and the page sizes it asks for: the rival is to read the same pages. */
const WINDOW = { daysBack: 90, daysAhead: 400 };
const PAGE_SIZES = { google: '500', outlook: '100' };

const OUTLOOK_PREFERENCES = [
  `odata.maxpagesize=${PAGE_SIZES.outlook}`,
  'outlook.timezone="UTC"',
  'IdType="ImmutableId"',
  'outlook.body-content-type="text"',
].join(', ');

/** A token of the same account and client as the application's, and the address of the same first page. */
export async function openCalendar(
  standIns: StandIns,
  caller: Caller,
  provider: CalendarProvider,
  account: string,
): Promise<Pick<BareReadingOrder, 'provider' | 'accessToken' | 'firstUrl' | 'headers'>> {
  const accessToken = await fetchToken(standIns, caller, provider, account);
  const [from, to] = [-WINDOW.daysBack, WINDOW.daysAhead].map((days) => new Date(Date.now() + days * DAY_MS));
  if (provider === 'google') {
    const first = new URL(`${standIns.environment['GOOGLE_API_URL']}/calendars/primary/events`);
    first.search = new URLSearchParams([
      ['singleEvents', 'true'],
      ['eventTypes', 'default'],
      ['eventTypes', 'fromGmail'],
      ['timeMin', from!.toISOString()],
      ['timeMax', to!.toISOString()],
      ['maxResults', PAGE_SIZES.google],
    ]).toString();
    return { provider, accessToken, firstUrl: first.href, headers: {} };
  }
  const graph = standIns.environment['OUTLOOK_GRAPH_URL'];
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await caller.send({ method: 'GET', url: `${graph}/me/calendars`, headers });
  const { value } = JSON.parse(answer.text) as { value: { id: string; isDefaultCalendar: boolean }[] };
  const calendar = value.find(({ isDefaultCalendar }) => isDefaultCalendar)?.id ?? '';
  const first = new URL(`${graph}/me/calendars/${encodeURIComponent(calendar)}/calendarView/delta`);
  first.searchParams.set('startDateTime', from!.toISOString());
  first.searchParams.set('endDateTime', to!.toISOString());
  return { provider, accessToken, firstUrl: first.href, headers: { prefer: OUTLOOK_PREFERENCES } };
}

async function fetchToken(
  standIns: StandIns,
  caller: Caller,
  provider: CalendarProvider,
  account: string,
): Promise<string> {
  const { client, authorizeUrl, tokenUrl, scope } = signInOf(provider, standIns.environment);
  const redirectUri = `${FRONTEND}/calendar/callback/${provider}`;
  const asked = new URL(authorizeUrl);
  const query = { response_type: 'code', client_id: client.id, redirect_uri: redirectUri, scope, state: 'bench' };
  asked.search = new URLSearchParams(query).toString();
  const consent = { authorize_url: asked.href, account };
  const { location } = await standIns.control<{ location: string }>(provider, 'POST', '/consent', consent);
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: new URL(location).searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    client_id: client.id,
    client_secret: client.secret,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await caller.send({ method: 'POST', url: tokenUrl, headers, body: form.toString() });
  if (answer.status !== 200) throw new Error(`No token for the rival: ${answer.text}`);
  return (JSON.parse(answer.text) as { access_token: string }).access_token;
}

function signInOf(provider: CalendarProvider, environment: Record<string, string>) {
  const of = (name: string) => environment[`${provider.toUpperCase()}_${name}`] ?? '';
  const client = { id: of('CLIENT_ID'), secret: of('CLIENT_SECRET') };
  if (provider === 'google') {
    const scope = 'openid email https://www.googleapis.com/auth/calendar.events';
    return { client, scope, authorizeUrl: of('AUTH_URL'), tokenUrl: of('TOKEN_URL') };
  }
  const login = `${of('LOGIN_URL')}/common/oauth2/v2.0`;
  const scope = 'openid User.Read Calendars.ReadWrite';
  return { client, scope, authorizeUrl: `${login}/authorize`, tokenUrl: `${login}/token` };
}
