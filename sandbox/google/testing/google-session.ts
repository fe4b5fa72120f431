import { createHash, randomBytes } from 'node:crypto';
import { emptyEmail, mainEmail } from '../seed.js';
import type { GoogleSandbox } from '../start-google-sandbox.js';

export { emptyEmail, mainEmail };

export const usualRedirect = 'http://localhost:3000/calendar/callback/google';
const prefix = 'https://www.googleapis.com/auth/';
export const usualScopes = ['openid', 'email', `${prefix}calendar`];

export function scope(name: string): string {
  return `${prefix}${name}`;
}

/** A calendar that belongs to nobody, with a character in its id that paths must encode. */
export const holidays = 'fr.french#holiday@group.v.calendar.google.com';

/** The fields tests read. An answer has those of its kind; which ones it must have is for the test to say. */
export interface Item {
  kind: string;
  id: string;
  etag: string;
  status: string;
  summary: string;
  summaryOverride: string;
  description: string;
  created: string;
  updated: string;
  sequence: number;
  location: string;
  iCalUID: string;
  htmlLink: string;
  hangoutLink: string;
  eventType: string;
  colorId: string;
  start: Time;
  end: Time;
  recurrence: string[];
  recurringEventId: string;
  originalStartTime: Time;
  attendees: { email: string; responseStatus: string; self?: boolean; organizer?: boolean }[];
  attendeesOmitted: boolean;
  organizer: { email: string; self?: boolean };
  creator: { email: string; self?: boolean };
  reminders: { useDefault: boolean; overrides?: { method: string; minutes: number }[] };
  extendedProperties: { private?: Record<string, string>; shared?: Record<string, string> };
  conferenceData: { createRequest: { status: { statusCode: string } }; entryPoints: { uri: string }[] };
  visibility: string;
  timeZone: string;
  accessRole: string;
  primary: boolean;
  deleted: boolean;
  dataOwner: string;
}

interface Time {
  date?: string;
  dateTime?: string;
  timeZone?: string;
}

export interface AnswerBody extends Item {
  items: Item[];
  nextPageToken: string;
  nextSyncToken: string;
  error: { code: number; message: string; errors: { domain: string; reason: string; location?: string }[] };
  resourceId: string;
  resourceUri: string;
  token: string;
  expiration: string;
  calendars: Record<string, { busy: { start: string; end: string }[]; errors?: { reason: string }[] }>;
  event: Record<string, unknown>;
}

export interface TokenBody {
  access_token: string;
  refresh_token?: string;
  expires_in: number;
  scope: string;
  id_token?: string;
  refresh_token_expires_in?: number;
  error?: string;
  error_description?: string;
}

export interface Answer<T = AnswerBody> {
  status: number;
  headers: Headers;
  body: T;
}

export function newVerifier(): string {
  return randomBytes(32).toString('base64url');
}

export function authorizeUrl(
  sandbox: GoogleSandbox,
  changes: Record<string, string | null> = {},
  verifier?: string,
): string {
  const challenge = verifier && createHash('sha256').update(verifier).digest('base64url');
  const parameters = {
    client_id: sandbox.clientId,
    response_type: 'code',
    redirect_uri: usualRedirect,
    scope: usualScopes.join(' '),
    state: 'state-1',
    access_type: 'offline',
    ...(challenge ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
    ...changes,
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null);
  return `${sandbox.authUrl}?${new URLSearchParams(given).toString()}`;
}

export function obtainCode(sandbox: GoogleSandbox, url: string, account = mainEmail, scopes?: string[]): string {
  const { location } = sandbox.control.consent({ authorize_url: url, account, ...(scopes && { scopes }) });
  return new URL(location).searchParams.get('code') ?? '';
}

export async function postToken(
  sandbox: GoogleSandbox,
  fields: Record<string, string | null>,
): Promise<Answer<TokenBody>> {
  const all = { client_id: sandbox.clientId, client_secret: sandbox.clientSecret, ...fields };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return answer(await fetch(sandbox.tokenUrl, { method: 'POST', body: new URLSearchParams(given) }));
}

/** A connected application: consent given, code exchanged. */
export class GoogleSession {
  private constructor(
    readonly sandbox: GoogleSandbox,
    readonly tokens: TokenBody,
  ) {}

  static async connect(
    sandbox: GoogleSandbox,
    account = mainEmail,
    scopes = usualScopes,
    changes: Record<string, string | null> = {},
  ): Promise<GoogleSession> {
    const verifier = newVerifier();
    const code = obtainCode(sandbox, authorizeUrl(sandbox, { scope: scopes.join(' '), ...changes }, verifier), account);
    const fields = { grant_type: 'authorization_code', code, redirect_uri: usualRedirect, code_verifier: verifier };
    const { status, body } = await postToken(sandbox, fields);
    if (status !== 200) throw new Error(`the token endpoint answered ${status}`);
    return new GoogleSession(sandbox, body);
  }

  get(path: string, query: Record<string, string | string[]> = {}, headers: Record<string, string> = {}) {
    return this.send('GET', path, { query, headers });
  }

  async send(
    method: string,
    path: string,
    more: { query?: Record<string, string | string[]>; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const query = new URLSearchParams(
      Object.entries(more.query ?? {}).flatMap(([name, values]) =>
        [values].flat().map((value): [string, string] => [name, value]),
      ),
    );
    const url = `${this.sandbox.apiUrl}${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
    const headers = { authorization: `Bearer ${this.tokens.access_token}`, ...more.headers };
    if (more.body === undefined) return answer(await fetch(url, { method, headers }));
    const json = { 'content-type': 'application/json', ...headers };
    return answer(await fetch(url, { method, headers: json, body: JSON.stringify(more.body) }));
  }

  /** The events of a calendar that starts out empty, for cases that count. */
  events(calendar = 'primary'): Events {
    return new Events(this, `/calendars/${encodeURIComponent(calendar)}/events`);
  }

  refresh(refreshToken = this.tokens.refresh_token ?? ''): Promise<Answer<TokenBody>> {
    return postToken(this.sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
  }
}

type Query = Record<string, string | string[]>;

export class Events {
  constructor(
    private readonly session: GoogleSession,
    readonly path: string,
  ) {}

  insert(body: unknown, query: Query = {}): Promise<Answer> {
    return this.session.send('POST', this.path, { body, query });
  }

  get(id: string, query: Query = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.session.get(`${this.path}/${encodeURIComponent(id)}`, query, headers);
  }

  patch(id: string, body: unknown, query: Query = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.session.send('PATCH', `${this.path}/${encodeURIComponent(id)}`, { body, query, headers });
  }

  put(id: string, body: unknown, query: Query = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.session.send('PUT', `${this.path}/${encodeURIComponent(id)}`, { body, query, headers });
  }

  delete(id: string, query: Query = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.session.send('DELETE', `${this.path}/${encodeURIComponent(id)}`, { query, headers });
  }

  list(query: Query = {}): Promise<Answer> {
    return this.session.get(this.path, query);
  }

  instances(id: string, query: Query = {}): Promise<Answer> {
    return this.session.get(`${this.path}/${id}/instances`, query);
  }

  watch(body: unknown, query: Query = {}): Promise<Answer> {
    return this.session.send('POST', `${this.path}/watch`, { body, query });
  }

  /** All pages, and the sync token of the last. */
  async listAll(query: Query = {}): Promise<{ items: Item[]; nextSyncToken: string | undefined; pages: number }> {
    const items: Item[] = [];
    let pageToken: string | undefined;
    let nextSyncToken: string | undefined;
    let pages = 0;
    do {
      const { body, status } = await this.list({ ...query, ...(pageToken !== undefined && { pageToken }) });
      if (status !== 200) throw new Error(`the list answered ${status} ${body.error.message}`);
      items.push(...body.items);
      pageToken = body.nextPageToken;
      nextSyncToken = body.nextSyncToken;
      pages += 1;
    } while (pageToken !== undefined);
    return { items, nextSyncToken, pages };
  }

  /** Starts a synchronisation, and answers how to go on with it. */
  async follow(query: Query = {}): Promise<(more?: Query) => Promise<Item[]>> {
    const { timeMin: _min, timeMax: _max, ...kept } = query;
    let syncToken = (await this.listAll(query)).nextSyncToken ?? '';
    return async (more = {}) => {
      const news = await this.listAll({ ...kept, ...more, syncToken });
      syncToken = news.nextSyncToken ?? syncToken;
      return news.items;
    };
  }
}

/** An hour on a day of March 2026, in Paris. */
export function hour(day: number, from: string, to: string): { start: Time; end: Time } {
  const at = (time: string) => ({
    dateTime: `2026-03-${String(day).padStart(2, '0')}T${time}:00`,
    timeZone: 'Europe/Paris',
  });
  return { start: at(from), end: at(to) };
}

export function reasonOf({ status, body }: Answer): string {
  return `${status} ${body.error?.errors[0]?.reason ?? ''}`.trim();
}

async function answer<T>(response: Response): Promise<Answer<T>> {
  const content = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body = JSON.parse(isJson ? content : '{}') as T;
  return { status: response.status, headers: response.headers, body };
}
