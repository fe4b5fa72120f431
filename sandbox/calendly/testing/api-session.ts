import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from '../scopes.js';
import { freeEmail, paidEmail } from '../seed.js';
import type { CalendlySandbox } from '../start-calendly-sandbox.js';

export { freeEmail, paidEmail };

export const usualRedirect = 'http://localhost:3000/auth/calendly/callback';
export const usualScopes: Scope[] = [
  'users:read',
  'organizations:read',
  'event_types:read',
  'scheduled_events:write',
  'webhooks:write',
];

/** The fields tests read. An answer has those of its kind; which ones it must have is for the test to say. */
export interface AnswerBody {
  resource: Resource;
  collection: Resource[];
  pagination: { next_page: string | null; next_page_token: string; previous_page_token: string };
  title: string;
  message: string;
  details: { parameter: string; message: string }[];
  required_scopes: string[];
  error: string;
  access_token: string;
  refresh_token: string;
  owner: string;
  organization: string;
}

interface Resource {
  uri: string;
  name: string;
  status: string;
  state: string;
  invitee: string;
  created_at: string;
  retry_started_at: string | null;
  no_show: { uri: string } | null;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

export function newVerifier(): string {
  return randomBytes(32).toString('base64url');
}

export function authorizeUrl(
  sandbox: CalendlySandbox,
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
    ...(challenge ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
    ...changes,
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null);
  return `${sandbox.authUrl}/oauth/authorize?${new URLSearchParams(given).toString()}`;
}

export function obtainCode(sandbox: CalendlySandbox, url: string, account = paidEmail): string {
  const { location } = sandbox.control.consent({ authorize_url: url, account });
  return new URL(location).searchParams.get('code') ?? '';
}

export async function postToken(
  sandbox: CalendlySandbox,
  fields: Record<string, string>,
  headers: Record<string, string> = { authorization: basicAuthorization(sandbox) },
): Promise<Answer> {
  return post(`${sandbox.authUrl}/oauth/token`, new URLSearchParams(fields), headers);
}

export function basicAuthorization({ clientId, clientSecret }: CalendlySandbox): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

/** The one invitee of a booking, as controls want him named. */
export function inviteeOf(booked: { invitees: { uri: string }[] }, position = 0): { invitee: string } {
  return { invitee: booked.invitees[position]?.uri ?? '' };
}

export async function post(url: string, body: URLSearchParams, headers: Record<string, string> = {}): Promise<Answer> {
  return answer(await fetch(url, { method: 'POST', body, headers, redirect: 'manual' }));
}

/** A connected application: consent given, code exchanged. */
export class ApiSession {
  private constructor(
    readonly sandbox: CalendlySandbox,
    readonly tokens: AnswerBody,
  ) {}

  static async connect(sandbox: CalendlySandbox, account = paidEmail, scopes = usualScopes): Promise<ApiSession> {
    const verifier = newVerifier();
    const code = obtainCode(sandbox, authorizeUrl(sandbox, { scope: scopes.join(' ') }, verifier), account);
    const fields = { grant_type: 'authorization_code', code, redirect_uri: usualRedirect, code_verifier: verifier };
    const { status, body } = await postToken(sandbox, fields);
    if (status !== 200) throw new Error(`the token endpoint answered ${status}`);
    return new ApiSession(sandbox, body);
  }

  get(path: string, query: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', `${path}?${new URLSearchParams(query).toString()}`);
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const url = path.startsWith('http') ? path : `${this.sandbox.apiUrl}${path}`;
    const headers = { authorization: `Bearer ${this.tokens.access_token}` };
    if (body === undefined) return answer(await fetch(url, { method, headers }));
    const json = { ...headers, 'content-type': 'application/json' };
    return answer(await fetch(url, { method, headers: json, body: JSON.stringify(body) }));
  }

  refresh(refreshToken: string = this.tokens.refresh_token): Promise<Answer> {
    return postToken(this.sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  subscribe(url: string, changes: Record<string, unknown> = {}): Promise<Answer> {
    return this.send('POST', '/webhook_subscriptions', {
      url,
      events: ['invitee.created', 'invitee.canceled', 'invitee_no_show.created', 'invitee_no_show.deleted'],
      organization: this.tokens.organization,
      user: this.tokens.owner,
      scope: 'user',
      ...changes,
    });
  }
}

async function answer(response: Response): Promise<Answer> {
  const content = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body = JSON.parse(isJson ? content : '{}') as AnswerBody;
  return { status: response.status, headers: response.headers, body };
}
