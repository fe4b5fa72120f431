import type { Caller } from './http.js';
import type { Stage } from './stage.js';

export type Provider = 'calendly' | 'google' | 'outlook';

export interface ProviderCall {
  base: string;
  method: string;
  path: string;
  query: Record<string, unknown>;
  account: string | null;
}

/** Where people and tokens are dealt with, at each of them. */
const SIGN_IN = new Set(['auth', 'login']);

/** The providers' stand-ins in a process of their own, steered over HTTP. */
export class StandIns {
  private constructor(
    private readonly caller: Caller,
    readonly url: string,
    /** The variables that lead an application to them. */
    readonly environment: Record<string, string>,
  ) {}

  static async start(stage: Stage, frontendUrl: string): Promise<StandIns> {
    const environment = { SANDBOX_PORT: '0', FRONTEND_URL: frontendUrl };
    const child = stage.start({ entry: 'sandbox/main.js', environment });
    const ready = await child.message<{ url: string; environment: Record<string, string> }>();
    return new StandIns(stage.caller, ready.url, ready.environment);
  }

  control<T>(provider: Provider, method: string, path: string, body?: unknown): Promise<T> {
    return this.caller.json<T>(method, `${this.url}/_sandbox/${provider}${path}`, { body });
  }

  /** What was asked of the provider's API since the calls were last cleared; sign-in is not part of it. */
  async apiCalls(provider: Provider): Promise<ProviderCall[]> {
    const calls = await this.control<ProviderCall[]>(provider, 'GET', '/calls');
    return calls.filter(({ base }) => !SIGN_IN.has(base));
  }

  clearCalls(provider: Provider): Promise<void> {
    return this.control(provider, 'DELETE', '/calls');
  }
}
