import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { createConnection, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { SignJWT } from 'jose';
import type { CalendlyOptions } from '../../sandbox/calendly/calendly.stand-in.js';
import { type CalendlySandbox, startCalendlySandbox } from '../../sandbox/calendly/start-calendly-sandbox.js';
import { configureApp } from '../../src/app.configure.js';
import { AppModule, configSlices } from '../../src/app.module.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { PlatformConfig } from '../../src/platform/config/platform.config.js';
import { httpAdapter } from '../../src/platform/http/http-server.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { type Browser, openBrowser } from './browser.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export const FRONTEND = 'https://crm.example';
export const CALENDLY_REDIRECT = `${FRONTEND}/auth/calendly/callback`;

/** Of the sandbox: the account with a paid plan, and the one without. */
export const NORA = 'nora@example.test';
export const LEO = 'leo@example.test';

// A whole application is started, on a machine that may be busy with other tests.
jest.setTimeout(60_000);

const HOST = '127.0.0.1';
const PATIENCE_MS = 40_000;
const LOOK_AGAIN_MS = 20;

export interface AppOptions {
  /** Variables beside, or instead of, those a test application needs. */
  environment?: Record<string, string>;
  /** False: no provider is configured at all. */
  sandbox?: CalendlyOptions | false;
  /** Further stand-ins. They end with the application. */
  standIns?: readonly { environment: Record<string, string>; close(): Promise<void> }[];
  /** The caller's own, dropped by the caller. Without it the application gets one, which ends with it. */
  database?: TestDatabase;
  clock?: Clock;
}

/** Somebody with a session. */
export interface Person {
  readonly token: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly email: string;
}

export interface RequestOptions {
  token?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is; what it is must be said in the headers. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** What the text says when it is JSON, else undefined. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects to be there
  body: any;
}

export interface LogEntry {
  event: string;
  level: string;
  [field: string]: unknown;
}

export interface TestApp {
  /** Where this instance listens. */
  readonly url: string;
  readonly database: TestDatabase;
  readonly clock: Clock;
  /** Everything that was logged so far. */
  readonly log: readonly LogEntry[];
  /** Throws where the application was started without one. */
  readonly sandbox: CalendlySandbox;
  get<T>(token: Type<T>): T;
  http(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** A new organization and its owner. */
  registerOrganization(): Promise<Person>;
  /** A colleague of theirs, who comes with a token of the host application. */
  addMember(owner: Person, role?: 'admin' | 'member'): Promise<Person>;
  /** From the consent page to the connected account, as a front end does it. */
  connectCalendly(person: Person, options?: { account?: string }): Promise<Answer>;
  /** A new organization with a connected account: its channel is open (or refused), its past is imported. */
  registerConnected(options?: { account?: string }): Promise<Person>;
  browse(person: Pick<Person, 'token'>): Promise<Browser>;
  /** Looks again and again until the assertion holds; fails with its last failure. */
  eventually<T>(assertion: () => T | Promise<T>, options?: { within: number }): Promise<T>;
  /** What the queue keeps for later (a retry, a second look) becomes due now. */
  hurryJobs(): Promise<void>;
  /** A second instance behind the same public address: same database, keys and sandbox. It ends with the first. */
  startAnother(environment?: Record<string, string>): Promise<Instance>;
  /** Fails when anything is left: a connection to the database, a listening port, a socket, a timer. */
  close(): Promise<void>;
}

export type Instance = Omit<TestApp, 'sandbox' | 'startAnother'>;

/**
 * The product as it runs, but in this process: the real modules on a real PostgreSQL, a real port, and Calendly's
 * stand-in on another, which sends its webhooks to the first.
 */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  standing.enter();
  const ownDatabase = options.database === undefined;
  const database = options.database ?? (await createTestDatabase());
  const sandbox =
    options.sandbox === false
      ? null
      : await startCalendlySandbox({ redirectUris: [CALENDLY_REDIRECT], ...options.sandbox });
  const port = await findFreePort();
  const clock = options.clock ?? new Clock();
  const environment = {
    NODE_ENV: 'test',
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    JWT_SECRET: randomBytes(32).toString('hex'),
    FRONTEND_URL: FRONTEND,
    // Whether the console happens to be built here is of no account.
    CONSOLE_DIR: 'console/not-built',
    // The address the sandbox delivers to: known before anything listens.
    PUBLIC_URL: addressOf(port),
    ...sandbox?.environment,
    ...Object.assign({}, ...(options.standIns ?? []).map(({ environment: given }) => given)),
    ...options.environment,
  };
  const others: Instance[] = [];

  const shared = { database, clock, sandbox };
  const first = await startInstance({ ...shared, environment, port });
  return {
    ...first,
    get sandbox() {
      return sandboxOf(sandbox);
    },
    startAnother: async (extra = {}) => {
      const another = await startInstance({
        ...shared,
        environment: { ...environment, ...extra },
        port: await findFreePort(),
      });
      others.push(another);
      return another;
    },
    close: async () => {
      for (const other of others) await other.close();
      await first.close();
      await sandbox?.close();
      for (const standIn of options.standIns ?? []) await standIn.close();
      if (ownDatabase) {
        await eventually(() => assertDisconnected(database), { within: 2_000 });
        await database.drop();
      }
      await standing.leave();
    },
  };
}

interface InstanceOptions {
  environment: Record<string, string>;
  port: number;
  database: TestDatabase;
  sandbox: CalendlySandbox | null;
  clock: Clock;
}

async function startInstance({ environment, port, database, sandbox, clock }: InstanceOptions): Promise<Instance> {
  const config = loadConfig(configSlices, { ...environment, PORT: String(port), HOST });
  const entries: LogEntry[] = [];
  const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, (line) => entries.push(JSON.parse(line)));
  const module = await Test.createTestingModule({ imports: [AppModule.with(config, database.url)] })
    .overrideProvider(EventLog)
    .useValue(log)
    .overrideProvider(Clock)
    .useValue(clock)
    .setLogger(log)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(
    httpAdapter(config.get(PlatformConfig) as PlatformConfig),
    { bodyParser: false, return503OnClosing: true, routeConflictPolicy: { duplicate: 'error' } },
  );
  configureApp(app);
  await app.listen(port, HOST);

  const agent = new Agent({ keepAlive: true });
  const browsers: Browser[] = [];
  const url = addressOf(port);

  const http: TestApp['http'] = (method, path, options = {}) => send(agent, url, method, path, options);

  const registerOrganization: TestApp['registerOrganization'] = async () => {
    const id = randomBytes(4).toString('hex');
    const email = `camille.${id}@atelier.example`;
    const password = 'quatre mots pris au hasard';
    const registration = { organization_name: `Atelier ${id}`, name: 'Camille Martin', email, password };
    const { body } = demand(201, await http('POST', '/api/auth/register', { body: registration }));
    return { token: body.access_token, userId: body.user.id, organizationId: body.user.organization_id, email };
  };

  const addMember: TestApp['addMember'] = async ({ organizationId }, role = 'member') => {
    const userId = randomUUID();
    const email = `${role}.${userId.slice(0, 8)}@atelier.example`;
    await database.query(
      `INSERT INTO users (id, organization_id, email, email_key, name, role) VALUES ($1, $2, $3, $3, 'Alix', $4)`,
      [userId, organizationId, email, role],
    );
    const token = await new SignJWT({ email, organization_id: organizationId })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(Buffer.from(environment['JWT_SECRET'] ?? ''));
    return { token, userId, organizationId, email };
  };

  const connectCalendly: TestApp['connectCalendly'] = async ({ token, organizationId }, { account = NORA } = {}) => {
    const { control } = sandboxOf(sandbox);
    const { body } = demand(200, await http('GET', '/api/calendly/auth-url', { token }));
    const { location } = control.consent({ authorize_url: body.authUrl, account });
    const returned = new URL(location).searchParams;
    const [code, state] = [returned.get('code'), returned.get('state')];
    const callback = { code, state, organizationId, redirectUri: CALENDLY_REDIRECT };
    return await http('POST', '/auth/calendly/callback', { token, body: callback });
  };

  const registerConnected: TestApp['registerConnected'] = async (options) => {
    const person = await registerOrganization();
    demand(200, await connectCalendly(person, options));
    await eventually(async () => {
      const [settled] = await database.query(
        `SELECT FROM integrations
         WHERE organization_id = $1 AND last_synced_at IS NOT NULL AND (webhook_active OR options ? 'channel_refusal')`,
        [person.organizationId],
      );
      if (!settled) throw new Error('The connection has not settled');
    });
    return person;
  };

  return {
    url,
    database,
    clock,
    log: entries,
    get: (token) => app.get(token, { strict: false }),
    http,
    registerOrganization,
    addMember,
    connectCalendly,
    registerConnected,
    browse: async ({ token }) => {
      const browser = await openBrowser(url, token);
      browsers.push(browser);
      return browser;
    },
    eventually,
    hurryJobs: async () => {
      await database.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL');
    },
    close: async () => {
      for (const browser of browsers) browser.close();
      agent.destroy();
      await app.close();
      await assertClosed(port);
    },
  };
}

function sandboxOf(sandbox: CalendlySandbox | null): CalendlySandbox {
  if (sandbox === null) throw new Error('This application was started without a sandbox');
  return sandbox;
}

/** An answer that a step depends on; what went wrong is in the message. */
export function demand(status: number, answer: Answer): Answer {
  if (answer.status !== status) throw new Error(`${status} was expected, ${answer.status} came: ${answer.text}`);
  return answer;
}

export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { within }: { within: number } = { within: PATIENCE_MS },
): Promise<T> {
  const deadline = performance.now() + within;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

function send(
  agent: Agent,
  url: string,
  method: string,
  path: string,
  { token, body, raw, headers = {} }: RequestOptions,
): Promise<Answer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    // The path goes out as it stands: an address would be tidied up first.
    const sent = request({
      hostname,
      port,
      path,
      method,
      agent,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(payload !== undefined && { 'content-length': Buffer.byteLength(payload) }),
        ...headers,
      },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parse(text) });
      });
    });
    sent.end(payload);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function addressOf(port: number): string {
  return `http://${HOST}:${port}`;
}

/** Below the ports that systems hand out for outgoing connections: nobody takes it between now and `listen`. */
async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

function assertClosed(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createConnection(port, HOST);
    probe.once('error', () => resolve());
    probe.once('connect', () => {
      probe.destroy();
      reject(new Error(`Port ${port} still accepts connections after close()`));
    });
  });
}

async function assertDisconnected(database: TestDatabase): Promise<void> {
  const left = await database.query(
    `SELECT application_name, state, query FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'passerelle%'`,
  );
  if (left.length > 0) throw new Error(`Database connections left after close(): ${JSON.stringify(left)}`);
}

/** How many of each kind of thing keep this process alive. */
type Resources = Record<string, number>;

/**
 * The applications that stand at the moment. What one of them holds cannot be told from what another does, so the
 * account is made up when the last one has gone: then there must be no more than before the first one came.
 */
const standing = {
  count: 0,
  before: {} as Resources,
  enter(): void {
    if (this.count === 0) this.before = countResources();
    this.count += 1;
  },
  async leave(): Promise<void> {
    this.count -= 1;
    if (this.count === 0) await eventually(() => assertNothingLeft(this.before, countResources()), { within: 5_000 });
  },
};

function countResources(): Resources {
  const counts: Resources = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function assertNothingLeft(before: Resources, after: Resources): void {
  const left = Object.entries(after).filter(([kind, count]) => count > (before[kind] ?? 0));
  if (left.length === 0) return;
  const list = left.map(([kind, count]) => `${count - (before[kind] ?? 0)} ${kind}`).join(', ');
  throw new Error(`Left behind after close(): ${list}`);
}
