import { Problem, toProblem, toUnreachable } from './problem.js';
import type { components } from './schema.js';
import type { SessionStore, SessionUser, StoredSession } from './session-store.js';

export type Registration = components['schemas']['RegisterDto'];
type Tokens = components['schemas']['TokensDto'];

/** Runs the work while nobody else who shares the store runs such work. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

export interface SessionOptions {
  readonly origin: string;
  readonly store: SessionStore;
  readonly language: () => string;
  readonly fetch: typeof globalThis.fetch;
  readonly exclusively: Exclusively;
}

const RACED = 'account/refresh-raced';
const RACE_WAIT_MS = 250;

/**
 * Who is signed in. Every request leaves with the access token of the store; one that is refused for its token is sent
 * once more with a renewed one. A refresh token is good for one renewal, so whoever needs it at the same moment shares
 * one, and between tabs the one who comes second finds the first one's tokens in the store.
 */
export class ClientSession {
  private readonly endListeners = new Set<() => void>();
  private renewing: Promise<void> | null = null;

  constructor(private readonly options: SessionOptions) {}

  get current(): StoredSession | null {
    return this.options.store.read();
  }

  /** Called when the session ends by itself, not when somebody signs out. Answers how to stop listening. */
  onEnd(listener: () => void): () => void {
    this.endListeners.add(listener);
    return () => void this.endListeners.delete(listener);
  }

  async signIn(email: string, password: string): Promise<SessionUser> {
    return await this.begin(() => this.post<Tokens>('/api/auth/login', { email, password }));
  }

  async register(account: Registration): Promise<SessionUser> {
    return await this.begin(() => this.post<Tokens>('/api/auth/register', account));
  }

  /** Forgets the session here whatever the server says; a session that it cannot be told about ends by its age. */
  async signOut(): Promise<void> {
    const token = this.current?.accessToken;
    this.options.store.write(null);
    await this.tellTheEnd(token);
  }

  /** A new session takes the place of the one that was held here: two would be open, and one of them forgotten. */
  private async begin(signIn: () => Promise<Tokens>): Promise<SessionUser> {
    const tokens = await signIn();
    const former = this.current?.accessToken;
    const user = this.keep(tokens);
    await this.tellTheEnd(former);
    return user;
  }

  private async tellTheEnd(token: string | undefined): Promise<void> {
    if (token) await this.post('/api/auth/logout', undefined, token).catch(() => undefined);
  }

  /** `fetch` with the session. Rejects with a `Problem` when there is no answer; refusals are answers. */
  async fetch(request: Request): Promise<Response> {
    const token = this.current?.accessToken;
    // Kept aside: a body can be read once.
    const again = request.clone();
    const response = await this.send(request, token);
    if (response.status !== 401 || !token) return response;
    await this.renew(token);
    return await this.send(again, this.current?.accessToken);
  }

  /** New tokens, unless somebody has fetched some since `spent` was read. Rejects with a 401 when the session is over. */
  async renew(spent: string | undefined = this.current?.accessToken): Promise<void> {
    if (this.current !== null && this.current.accessToken !== spent) return;
    this.renewing ??= this.options.exclusively(() => this.renewNow(spent)).finally(() => (this.renewing = null));
    await this.renewing;
  }

  private async renewNow(spent: string | undefined): Promise<void> {
    const session = this.current;
    if (session !== null && session.accessToken !== spent) return;
    try {
      if (session === null) throw new Problem({ status: 401, code: 'session/required' });
      this.keep(await this.post<Tokens>('/api/auth/refresh', { refresh_token: session.refreshToken }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // Another tab without our lock has won: its tokens will be in the store in a moment.
      if (error.code === RACED && (await this.seesOtherTokens(spent))) return;
      if (error.status === 401) this.end();
      throw error;
    }
  }

  private async seesOtherTokens(spent: string | undefined): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, RACE_WAIT_MS));
    return this.current !== null && this.current.accessToken !== spent;
  }

  private end(): void {
    this.options.store.write(null);
    for (const listener of this.endListeners) listener();
  }

  private keep({ access_token: accessToken, refresh_token: refreshToken, user }: Tokens): SessionUser {
    this.options.store.write({ accessToken, refreshToken, user });
    return user;
  }

  private async post<T>(path: string, body?: unknown, token?: string): Promise<T> {
    const request = new Request(new URL(path, this.options.origin), {
      method: 'POST',
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const response = await this.send(request, token);
    if (!response.ok) throw await toProblem(response);
    return (await response.json()) as T;
  }

  private async send(request: Request, token: string | undefined): Promise<Response> {
    request.headers.set('accept-language', this.options.language());
    if (token) request.headers.set('authorization', `Bearer ${token}`);
    try {
      return await this.options.fetch(request);
    } catch (cause) {
      if (request.signal.aborted) throw cause;
      throw toUnreachable(cause);
    }
  }
}
