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

/** Somebody who has founded an organization, and goes about it as a front end would. */
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

  async disconnect(provider: Provider): Promise<void> {
    if (provider === 'calendly') await this.ask('POST', '/api/calendly/disconnect', {});
    else await this.ask('DELETE', `/api/calendar-integration/integrations/${provider}`);
  }

  /** The newest reading, once it and all before it are over. */
  async finishedReading(): Promise<SyncRun> {
    for (;;) {
      const runs = await this.ask<SyncRun[]>('GET', '/api/sync-runs?limit=10');
      const [newest] = runs;
      if (newest && runs.every(({ finished_at }) => finished_at !== null)) {
        if (newest.state !== 'succeeded') throw new Error(`A reading ended as ${JSON.stringify(newest)}`);
        return newest;
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }
}
