import { createHash, randomBytes } from 'node:crypto';
import { personalEmail, workEmail } from '../seed.js';
import type { OutlookSandbox } from '../start-outlook-sandbox.js';

export { personalEmail, workEmail };

export const usualRedirect = 'http://localhost:3000/calendar/callback/outlook';
export const usualScopes = 'openid profile email offline_access User.Read Calendars.ReadWrite';
export const immutable = 'IdType="ImmutableId"';

/** The fields tests read. An answer has those of its kind; which ones it must have is for the test to say. */
export interface AnswerBody {
  [name: string]: unknown;
  id: string;
  value: EventAnswer[];
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
  error: ErrorAnswer & string;
  error_description: string;
  error_codes: number[];
  access_token: string;
  refresh_token: string;
  id_token: string;
  scope: string;
  expires_in: number;
  responses: { id: string; status: number; headers: Record<string, string>; body: EventAnswer }[];
}

export interface ErrorAnswer {
  [name: string]: unknown;
  code: string;
  message: string;
}

export interface EventAnswer {
  [name: string]: unknown;
  id: string;
  subject: string;
  type: string;
  seriesMasterId: string | null;
  '@odata.etag': string;
  '@removed'?: { reason: string };
  start: { dateTime: string; timeZone: string };
  end: { dateTime: string; timeZone: string };
  body: { contentType: string; content: string };
}

export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
  event: EventAnswer;
  text: string;
}

export function newVerifier(): string {
  return randomBytes(32).toString('base64url');
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

export function authorizeUrl(
  sandbox: OutlookSandbox,
  changes: Record<string, string | null> = {},
  { verifier, tenant = 'common' }: { verifier?: string; tenant?: string } = {},
): string {
  const parameters = {
    client_id: sandbox.clientId,
    response_type: 'code',
    redirect_uri: usualRedirect,
    scope: usualScopes,
    state: 'state-1',
    ...(verifier ? { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' } : {}),
    ...changes,
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null);
  return `${sandbox.loginUrl}/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams(given).toString()}`;
}

export function obtainCode(sandbox: OutlookSandbox, url: string, account = workEmail): string {
  const { location } = sandbox.control.consent({ authorize_url: url, account });
  return new URL(location).searchParams.get('code') ?? '';
}

export async function postToken(
  sandbox: OutlookSandbox,
  fields: Record<string, string>,
  { tenant = 'common', headers = {} }: { tenant?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const own = { client_id: sandbox.clientId, client_secret: sandbox.clientSecret };
  const body = new URLSearchParams({ ...own, ...fields });
  return toAnswer(await fetch(`${sandbox.loginUrl}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body, headers }));
}

/** A connected application: consent given, code exchanged. */
export class GraphSession {
  private constructor(
    readonly sandbox: OutlookSandbox,
    readonly tokens: AnswerBody,
  ) {}

  static async connect(sandbox: OutlookSandbox, account = workEmail, scope = usualScopes): Promise<GraphSession> {
    const verifier = newVerifier();
    const code = obtainCode(sandbox, authorizeUrl(sandbox, { scope }, { verifier }), account);
    const fields = { grant_type: 'authorization_code', code, redirect_uri: usualRedirect, code_verifier: verifier };
    const { status, body } = await postToken(sandbox, fields);
    if (status !== 200) throw new Error(`the token endpoint answered ${status} ${JSON.stringify(body)}`);
    return new GraphSession(sandbox, body);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('PATCH', path, body, headers);
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const url = path.startsWith('http') ? path : `${this.sandbox.graphUrl}${path}`;
    const own = { authorization: `Bearer ${this.tokens.access_token}`, ...headers };
    if (body === undefined) return toAnswer(await fetch(url, { method, headers: own }));
    const json = { 'content-type': 'application/json', ...own };
    return toAnswer(await fetch(url, { method, headers: json, body: JSON.stringify(body) }));
  }

  refresh(refreshToken: string = this.tokens.refresh_token, fields: Record<string, string> = {}): Promise<Answer> {
    return postToken(this.sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken, ...fields });
  }

  /** A whole round of delta: every page to the link that ends it. */
  async round(first: string, prefer = `${immutable}, odata.maxpagesize=50`): Promise<Round> {
    const lines: EventAnswer[] = [];
    let next: string | undefined = first;
    let pages = 0;
    for (;;) {
      const answer: Answer = await this.get(next, { prefer });
      if (answer.status !== 200) throw new Error(`delta answered ${answer.status}: ${answer.text}`);
      pages += 1;
      lines.push(...answer.body.value);
      const link = answer.body['@odata.deltaLink'];
      if (link) return { lines, link, pages };
      next = answer.body['@odata.nextLink'];
      if (!next) throw new Error('delta answered a page without a link');
    }
  }
}

export interface Round {
  lines: EventAnswer[];
  link: string;
  pages: number;
}

/** The default calendar's changes between two days. */
export function deltaPath(from: string, to: string): string {
  return `/me/calendarView/delta?startDateTime=${from}T00:00:00Z&endDateTime=${to}T00:00:00Z`;
}

export function viewPath(from: string, to: string, more = ''): string {
  return `/me/calendarView?startDateTime=${from}T00:00:00Z&endDateTime=${to}T00:00:00Z&$top=200${more}`;
}

/** An event on a wall in Paris. */
export function eventAt(day: string, from: string, to: string, more: Record<string, unknown> = {}) {
  const timeZone = 'Romance Standard Time';
  return {
    subject: 'Formation',
    start: { dateTime: `${day}T${from}:00`, timeZone },
    end: { dateTime: `${day}T${to}:00`, timeZone },
    ...more,
  };
}

export function weekly(day: string, times: number, daysOfWeek: string[]) {
  return {
    pattern: { type: 'weekly', interval: 1, daysOfWeek, firstDayOfWeek: 'monday' },
    range: {
      type: 'numbered',
      startDate: day,
      numberOfOccurrences: times,
      recurrenceTimeZone: 'Romance Standard Time',
    },
  };
}

/** A path that names an event. */
export function eventPath(id: string, rest = ''): string {
  return `/me/events/${encodeURIComponent(id)}${rest}`;
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body = JSON.parse(isJson && text !== '' ? text : '{}') as AnswerBody;
  return { status: response.status, headers: response.headers, body, event: body as unknown as EventAnswer, text };
}
