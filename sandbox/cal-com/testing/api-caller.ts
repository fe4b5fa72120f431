import { bookingsVersion } from '../api-version.js';
import type { CalComSandbox } from '../start-cal-com-sandbox.js';

export { seededEmail } from '../seed.js';

/** The fields tests read. An answer has those of its kind; which ones it must have is for the test to say. */
export interface AnswerBody {
  status: string;
  path: string;
  data: Data;
  pagination: Record<string, unknown>;
  error: { code: string; message: string; details?: object };
}

/** Loose on purpose: every endpoint has its own. */
export type Data = Record<string, unknown> & {
  id: number;
  uid: string;
  accessToken: string;
  refreshToken: string;
  authUrl: string;
  status: string;
  user: { id: number; email: string; username: string; defaultScheduleId: number | null };
};

export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

export interface Request {
  headers?: Record<string, string>;
  body?: unknown;
  query?: Record<string, string>;
}

/** Calls the API in somebody's name: the application's, a managed user's, an API key's. */
export class ApiCaller {
  constructor(
    readonly sandbox: CalComSandbox,
    readonly credentials: Record<string, string> = {},
  ) {}

  static asClient(sandbox: CalComSandbox): ApiCaller {
    const { clientId, clientSecret } = sandbox;
    return new ApiCaller(sandbox, { 'x-cal-client-id': clientId, 'x-cal-secret-key': clientSecret });
  }

  static withBearer(sandbox: CalComSandbox, token: string): ApiCaller {
    return new ApiCaller(sandbox, { authorization: `Bearer ${token}` });
  }

  static withApiKey(sandbox: CalComSandbox, account?: string): ApiCaller {
    return ApiCaller.withBearer(sandbox, sandbox.control.issueApiKey({ account }).api_key);
  }

  get(path: string, query: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, { query });
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.send('POST', path, { body });
  }

  async send(method: string, path: string, { headers = {}, body, query = {} }: Request = {}): Promise<Answer> {
    const url = new URL(`${this.sandbox.apiUrl}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const version: Record<string, string> = path.startsWith('/bookings') ? { 'cal-api-version': bookingsVersion } : {};
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...this.credentials, ...version, ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as AnswerBody,
    };
  }
}

/** A managed user, as an application makes one. */
export class ManagedUser extends ApiCaller {
  private constructor(
    sandbox: CalComSandbox,
    readonly data: Data,
  ) {
    super(sandbox, { authorization: `Bearer ${data.accessToken}` });
  }

  static async create(sandbox: CalComSandbox, changes: Record<string, unknown> = {}): Promise<ManagedUser> {
    const { status, body } = await createUser(sandbox, changes);
    if (status !== 201) throw new Error(`creation answered ${status}: ${body.error.message}`);
    return new ManagedUser(sandbox, body.data);
  }

  get id(): number {
    return this.data.user.id;
  }

  /** The path of the calendars' `save`, once the person has answered at the provider. */
  async walkConsent(calendar: 'google' | 'office365', decision: 'approve' | 'refuse', email?: string): Promise<string> {
    const { body } = await this.get(`/calendars/${calendar}/connect`, { redir: home });
    return this.sandbox.control.consentToCalendar({ auth_url: body.data.authUrl, decision, email }).location;
  }

  async linkCalendar(calendar: 'google' | 'office365' = 'google', email?: string): Promise<void> {
    await follow(await this.walkConsent(calendar, 'approve', email));
  }
}

export const home = 'https://app.exemple.fr/cal/retour?etat=1';

export function usersPath({ clientId }: CalComSandbox): string {
  return `/oauth-clients/${clientId}/users`;
}

export function createUser(sandbox: CalComSandbox, changes: Record<string, unknown> = {}): Promise<Answer> {
  const body = { email: 'ines@exemple.fr', name: 'Inès Roy', timeZone: 'Europe/Paris', ...changes };
  return ApiCaller.asClient(sandbox).post(usersPath(sandbox), body);
}

/** Where each redirect led, until one leaves the sandbox or there is none. */
export async function follow(url: string): Promise<string[]> {
  const trail: string[] = [];
  for (let next: string | null = url; next !== null && trail.length < 5;) {
    if (!next.startsWith('http://127.0.0.1')) return [...trail, next];
    const response: Response = await fetch(next, { redirect: 'manual' });
    trail.push(`${response.status} ${new URL(next).pathname}`);
    next = response.headers.get('location');
  }
  return trail;
}
