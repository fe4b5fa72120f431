import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from './application.js';
import type { Caller } from './http.js';
import { FRONTEND } from './stage.js';
import type { Provider, StandIns } from './stand-ins.js';

const LOOK_AGAIN_MS = 100;

export interface SyncRun {
  id: string;
  trigger: string;
  state: string;
  mode: 'changes' | 'full';
  counts: Record<string, number>;
  provider_calls: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** Somebody with a session, who goes about it as a front end would. */
export class Owner {
  private constructor(
    private readonly application: Application,
    private readonly standIns: StandIns,
    private readonly caller: Caller,
    readonly token: string,
    readonly organizationId: string,
  ) {}

  static async register(application: Application, standIns: StandIns, caller: Caller): Promise<Owner> {
    const id = randomBytes(4).toString('hex');
    const answer = await caller.json<{ access_token: string; user: { organization_id: string } }>(
      'POST',
      `${application.url}/api/auth/register`,
      {
        body: {
          organization_name: `Atelier ${id}`,
          name: 'Camille Martin',
          email: `camille.${id}@atelier.example`,
          password: 'quatre mots pris au hasard',
        },
      },
    );
    return new Owner(application, standIns, caller, answer.access_token, answer.user.organization_id);
  }

  /** Somebody who has a session already. */
  static known(
    application: Application,
    standIns: StandIns,
    caller: Caller,
    token: string,
    organizationId: string,
  ): Owner {
    return new Owner(application, standIns, caller, token, organizationId);
  }

  ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.caller.json<T>(method, this.application.url + path, { token: this.token, body });
  }

  /** All pages of a list. */
  async list<T>(path: string): Promise<T[]> {
    const rows: T[] = [];
    let url: string | null = this.application.url + path;
    while (url !== null) {
      const page: { body: T[]; next: string | null } = await this.caller.page<T[]>('GET', url, { token: this.token });
      rows.push(...page.body);
      url = page.next;
    }
    return rows;
  }

  /** Through consent page and callback. */
  async connect(provider: Provider, account: string): Promise<void> {
    const [authUrl, callback] =
      provider === 'calendly'
        ? ['/api/calendly/auth-url', '/auth/calendly/callback']
        : [`/api/calendar-integration/${provider}/auth-url`, `/api/calendar-integration/${provider}/callback`];
    const asked = await this.ask<{ authUrl: string }>('GET', authUrl);
    const { location } = await this.standIns.control<{ location: string }>(provider, 'POST', '/consent', {
      authorize_url: asked.authUrl,
      account,
    });
    const returned = new URL(location).searchParams;
    await this.ask('POST', callback, {
      code: returned.get('code'),
      state: returned.get('state'),
      ...(provider === 'calendly' && {
        organizationId: this.organizationId,
        redirectUri: `${FRONTEND}/auth/calendly/callback`,
      }),
    });
  }

  /** Connected, read once, pushed to, and at rest. Answers the first reading. */
  async settledReading(provider: Provider): Promise<SyncRun> {
    for (;;) {
      const runs = await this.readings();
      const first = runs.find(({ trigger }) => trigger === 'initial');
      const isAtRest = runs.every(({ finished_at }) => finished_at !== null);
      if (first && isAtRest && (await this.isPushedTo(provider))) return succeeded(first);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Asks for a reading now, and waits for its end. */
  async readNow(provider: Provider): Promise<SyncRun> {
    if (provider === 'calendly') await this.ask('POST', '/api/calendly/sync?wait=true');
    else await this.ask('POST', `/api/calendar-integration/${provider}/import`);
    for (;;) {
      const [newest] = await this.readings();
      if (newest?.finished_at) return succeeded(newest);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Newest first. */
  private readings(): Promise<SyncRun[]> {
    return this.ask('GET', '/api/sync-runs?limit=10');
  }

  private async isPushedTo(provider: Provider): Promise<boolean> {
    if (provider === 'calendly') {
      return (await this.ask<{ webhook_active: boolean }>('GET', '/api/calendly/status')).webhook_active;
    }
    const accounts = await this.ask<{ type: string; delivery_mode: string }[]>(
      'GET',
      '/api/calendar-integration/integrations',
    );
    return accounts.some(({ type, delivery_mode: mode }) => type === provider && mode === 'push');
  }
}

function succeeded(run: SyncRun): SyncRun {
  if (run.state !== 'succeeded') throw new Error(`A reading ended as ${JSON.stringify(run)}`);
  return run;
}
