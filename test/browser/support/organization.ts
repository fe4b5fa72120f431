import { ask } from '../../support/chaos/client.js';
import { eventually } from '../../support/eventually.js';
import type { Application } from './application.js';

/** What somebody at a terminal does with the same server, to have something to look at. */
export class Organization {
  private constructor(
    private readonly app: Application,
    readonly token: string,
    readonly login: { email: string; password: string },
  ) {}

  static async ofDemo(app: Application): Promise<Organization> {
    const { demo } = (await ask(app.url, 'GET', '/trial/config.json')).body as { demo: Organization['login'] };
    const { body } = await ask(app.url, 'POST', '/api/auth/login', { body: demo });
    return new Organization(app, body.access_token, demo);
  }

  static async register(app: Application): Promise<Organization> {
    const login = { email: 'camille@atelier.example', password: 'quatre mots pris au hasard' };
    const registration = { organization_name: 'Atelier', name: 'Camille Martin', ...login };
    const { body } = await ask(app.url, 'POST', '/api/auth/register', { body: registration });
    return new Organization(app, body.access_token, login);
  }

  async call(method: string, path: string, body?: object) {
    const answer = await ask(this.app.url, method, `/api${path}`, { token: this.token, body });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Through the consent page, as a person would; ends when what was there has been read. */
  async connect(provider: 'calendly' | 'google'): Promise<void> {
    const routes = provider === 'calendly' ? '/calendly' : '/calendar-integration/google';
    const { authUrl } = await this.call('GET', `${routes}/auth-url`);
    const { location } = (await this.app.order(`${provider}/consent`, { authorize_url: authUrl })) as {
      location: string;
    };
    await this.call('POST', `${routes}/callback`, Object.fromEntries(new URL(location).searchParams));
    await eventually(
      async () => await this.connection(provider),
      (connection) => connection?.state === 'connected' && connection.last_synced_at !== null,
      30_000,
    );
  }

  async connection(
    provider: 'calendly' | 'google',
  ): Promise<{ state: string; last_synced_at: string | null } | undefined> {
    const all = (await this.call('GET', '/integrations')) as {
      provider: string;
      state: string;
      last_synced_at: string;
    }[];
    return all.find((one) => one.provider.startsWith(provider));
  }

  /** Ends when the prospect has the note. */
  async book(name: string, email: string, startTime: string): Promise<void> {
    await this.app.order('calendly/book', { event_type: '30min', start_time: startTime, invitees: [{ name, email }] });
  }

  async prospects(search: string): Promise<{ id: string; notes: string }[]> {
    return await this.call('GET', `/prospects?search=${encodeURIComponent(search)}`);
  }
}
