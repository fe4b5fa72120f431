import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { CalendlyStandIn } from '../../../sandbox/calendly/calendly.stand-in.js';
import { GoogleStandIn } from '../../../sandbox/google/google.stand-in.js';
import { MailStandIn } from '../../../sandbox/mail/mail.stand-in.js';
import { startSandboxServer } from '../../../sandbox/server.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';
import { WebhookHost } from '../webhook-host.js';
import { eventually } from '../eventually.js';
import { ask, type Asked, type HeardAnswer, NotAnswered } from './client.js';
import { addressOf, Fleet, freshSecrets, through } from './fleet.js';
import { FaultLine } from './fault-line.js';
import { Tripwire } from './tripwire.js';

const REDIRECTS = {
  calendly: 'https://crm.example/auth/calendly/callback',
  google: 'https://crm.example/calendar/callback/google',
} as const;

/** Far beyond what is promised: a machine may be busy with something else, and a hang is found all the same. */
export const IN_TIME = 120_000;

/** The owner of an organization. */
export interface Owner {
  readonly token: string;
  readonly organizationId: string;
  readonly email: string;
}

export interface WorldOptions {
  readonly spares?: number;
  readonly environment?: Record<string, string>;
  readonly database?: TestDatabase;
}

/**
 * Everything that the product deals with, and lines that can be broken between the two: a database, Calendly, Google, a
 * mail server, and a host application that is told by webhooks. The processes are the fleet's.
 */
export class World {
  private constructor(
    readonly database: TestDatabase,
    readonly fleet: Fleet,
    readonly calendly: CalendlyStandIn,
    readonly google: GoogleStandIn,
    readonly mail: MailStandIn,
    readonly host: WebhookHost,
    /** Between the product and both providers. */
    readonly providers: FaultLine,
    readonly providersWire: Tripwire,
    readonly smtp: FaultLine,
    private readonly secrets: Record<string, string>,
    private readonly closeStandIns: () => Promise<void>,
  ) {}

  static async create(options: WorldOptions = {}): Promise<World> {
    const database = options.database ?? (await createTestDatabase());
    const far = { host: '127.0.0.1', port: 1 };
    const providers = await FaultLine.open(() => far);
    // The stand-ins name themselves by the line's address, in every link they give.
    const origin = { url: `http://127.0.0.1:${providers.port}` };
    const { server, standIns } = await startSandboxServer(
      () =>
        [
          new CalendlyStandIn(origin, { redirectUris: [REDIRECTS.calendly] }),
          new GoogleStandIn(origin, { redirectUris: [REDIRECTS.google] }),
          new MailStandIn(origin),
        ] as const,
      0,
    );
    Object.assign(far, addressOf(server.url));
    const [calendly, google, mail] = standIns;
    const { SMTP_URL = '', ...mailEnvironment } = mail.environment();
    const smtp = await FaultLine.open(() => addressOf(SMTP_URL));
    const host = await WebhookHost.start();
    const secrets = freshSecrets();
    const fleet = await Fleet.prepare(() => ({
      databaseUrl: database.url,
      environment: {
        ...secrets,
        FRONTEND_URL: 'https://crm.example',
        CONSOLE_DIR: 'console/not-built',
        OUTGOING_WEBHOOKS_ALLOW_PRIVATE: 'true',
        MAIL_TIMEOUT_SECONDS: '5',
        ...calendly.environment(),
        ...google.environment(),
        ...mailEnvironment,
        SMTP_URL: through(SMTP_URL, smtp),
        ...options.environment,
      },
    }));
    return new World(
      database,
      fleet,
      calendly,
      google,
      mail,
      host,
      providers,
      Tripwire.onHttp(providers),
      smtp,
      secrets,
      () => server.close(),
    );
  }

  async close(): Promise<void> {
    await this.fleet.close();
    await this.host.stop();
    await this.closeStandIns();
    await this.providers.close();
    await this.smtp.close();
    await this.database.drop();
  }

  /** By the front. Throws when nobody answers. */
  ask(method: string, path: string, asked: Asked = {}): Promise<HeardAnswer> {
    return ask(this.fleet.url, method, path, asked);
  }

  /** Again and again until it is answered with less than 500: for what may be said twice. */
  async insist(method: string, path: string, asked: Asked = {}): Promise<HeardAnswer> {
    return await eventually(
      async () =>
        await this.ask(method, path, asked).catch((error: unknown) => {
          if (!(error instanceof NotAnswered)) throw error;
          return { status: 599, link: undefined, body: error.message };
        }),
      ({ status }) => status < 500,
      IN_TIME,
    );
  }

  async register(): Promise<Owner> {
    const id = randomBytes(4).toString('hex');
    const email = `camille.${id}@atelier.example`;
    const registration = {
      organization_name: `Atelier ${id}`,
      name: 'Camille Martin',
      email,
      password: 'quatre mots pris au hasard',
    };
    const { status, body } = await this.ask('POST', '/api/auth/register', { body: registration });
    if (status !== 201) throw new Error(`Registration was answered ${status} ${JSON.stringify(body)}`);
    const { id: userId, organization_id: organizationId } = body.user as { id: string; organization_id: string };
    // A token of the host application: it lives as long as the test.
    const token = await new SignJWT({ email, organization_id: organizationId })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setIssuedAt(Math.floor(Date.now() / 1_000) - 1_200)
      .setExpirationTime('6h')
      .sign(Buffer.from(this.secrets['JWT_SECRET'] ?? ''));
    return { token, organizationId, email };
  }

  /** From the consent page to the callback's answer. */
  async connect(owner: Owner, provider: 'calendly' | 'google', account?: string): Promise<HeardAnswer> {
    const prepared = await this.consent(owner, provider, account);
    return await this.ask('POST', prepared.path, { token: owner.token, body: prepared.body });
  }

  async consent(
    { token }: Owner,
    provider: 'calendly' | 'google',
    account?: string,
  ): Promise<{ path: string; body: object }> {
    const base = provider === 'calendly' ? '/api/calendly' : '/api/calendar-integration/google';
    const { body } = await this.insist('GET', `${base}/auth-url`, { token });
    const order = { authorize_url: String(body.authUrl), ...(account !== undefined && { account }) };
    const { location } =
      provider === 'calendly'
        ? this.calendly.control.consent(order)
        : this.google.control.consent({ account: 'camille@example.test', ...order });
    const returned = new URL(location).searchParams;
    const path = provider === 'calendly' ? '/auth/calendly/callback' : `${base}/callback`;
    return { path, body: { code: returned.get('code'), state: returned.get('state') } };
  }

  /** Nothing is under way and nothing is due any more; what waits for its time is called now. */
  async quiet(): Promise<void> {
    const said = (): string =>
      this.fleet.instances.map(({ role, process }) => `${role}:\n${process.lines.slice(-15).join('\n')}`).join('\n');
    await this.becomeQuiet().catch((error: unknown) => {
      throw new Error(`${(error as Error).message}\n${said()}`, { cause: error });
    });
  }

  private async becomeQuiet(): Promise<void> {
    await eventually(
      async () => {
        await this.hurry();
        const [left] = await this.database.query<{ jobs: number; inbox: number; tasks: string[] }>(
          `SELECT count(*)::int AS jobs, (SELECT count(*)::int FROM deliveries WHERE state = 'received') AS inbox,
                  coalesce(array_agg(t.identifier || ' ' || coalesce(j.last_error, '')), '{}') AS tasks
           FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id`,
        );
        return left!;
      },
      ({ jobs, inbox }) => jobs + inbox === 0,
      IN_TIME,
    );
  }

  /** Time goes by: what waits for its hour is due, and what a dead process held by a lease is free again. */
  async hurry(): Promise<void> {
    const isIdle = `NOT EXISTS (SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL)`;
    for (const statement of [
      `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL AND run_at > now()`,
      `UPDATE webhook_messages SET next_try_at = now() WHERE next_try_at > now()`,
      `UPDATE webhook_messages SET leased_until = NULL WHERE leased_until IS NOT NULL AND ${isIdle}`,
      `UPDATE mails SET claimed_until = now() WHERE claimed_until > now() AND ${isIdle}`,
      `UPDATE copies SET lease_until = NULL WHERE lease_until IS NOT NULL AND ${isIdle}`,
      `UPDATE channels SET created_at = created_at - interval '2 minutes' WHERE state = 'opening' AND ${isIdle}`,
      `UPDATE token_refresh_attempts SET started_at = started_at - interval '2 minutes'
       WHERE outcome IS NULL AND ${isIdle}`,
      `UPDATE integrations SET refresh_not_before = NULL, calls_not_before = NULL, lease_until = NULL
       WHERE (refresh_not_before IS NOT NULL OR calls_not_before IS NOT NULL OR lease_until IS NOT NULL) AND ${isIdle}`,
    ]) {
      await this.database.query(statement);
    }
  }

  /** A connection is looked at now: read, and its channel checked, as the schedule would in its time. */
  async lookAfter({ organizationId }: Owner): Promise<void> {
    await this.database.query(
      `UPDATE integrations SET next_sync_at = now(), next_channel_check_at = now() WHERE organization_id = $1`,
      [organizationId],
    );
    for (const task of ['deliveries.keep-channel', 'sync.begin-pass']) {
      await this.database.query(
        `SELECT graphile_worker.add_job($2, json_build_object('organizationId', organization_id, 'integrationId', id))
         FROM integrations WHERE organization_id = $1`,
        [organizationId, task],
      );
    }
  }
}
