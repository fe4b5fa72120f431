import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ensureRole } from '../../src/platform/database/embedded/application-role.js';
import { findClusterRecord } from '../../src/platform/database/embedded/cluster-record.js';
import { EmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';
import { isRunning } from '../../src/platform/database/embedded/process-table.js';
import { SUPERUSER } from '../../src/platform/database/embedded/server-probe.js';
import { runMigrations } from '../../src/platform/database/migrations.js';

/** Read by `createTestDatabase` in Jest's workers, which inherit the environment and nothing else. */
export const SERVER_URL_VARIABLE = 'PASSERELLE_TEST_POSTGRES_URL';
export const OWNER_URL_VARIABLE = 'PASSERELLE_TEST_OWNER_URL';
export const APPLICATION_URL_VARIABLE = 'PASSERELLE_TEST_APPLICATION_URL';
export const TEMPLATE_VARIABLE = 'PASSERELLE_TEST_TEMPLATE';

const FOLDER_PREFIX = 'passerelle-test-';

// On a server that is given; the password is the name.
const TEST_OWNER = 'passerelle_test_owner';
const TEST_APPLICATION = 'passerelle_test_application';

// Copying the template means making some three hundred files: 340 ms on the disk of a virtual machine, 15 ms here.
const MEMORY_FOLDER = '/dev/shm';
const ROOM_NEEDED_BYTES = 2 * 1024 ** 3;

export interface TestServer {
  stop(): Promise<void>;
}

/** The same server for a superuser, for the owner of the tables, and for the application. */
interface ServerUrls {
  readonly superuser: string;
  readonly owner: string;
  readonly application: string;
}

/**
 * One PostgreSQL for the whole run, with a migrated template that each test copies: TEST_DATABASE_URL when it is given
 * (of a superuser), else an embedded one in a temporary folder. The tests' databases belong to one role and the tested
 * code works as another, as in production: every test runs behind row-level security.
 */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) {
    // Not ours alone: another run may be using the same server, with other migrations.
    const template = `passerelle_template_${process.pid}`;
    await createTemplate(await makeRoles(given), template);
    return { stop: async () => await dropTemplate(given, template) };
  }
  const parent = await chooseParent();
  await removeAbandonedServers(parent);
  const dataDir = await mkdtemp(join(parent, `${FOLDER_PREFIX}${process.pid}-`));
  // Root runs PostgreSQL under another account, which must be able to enter.
  await chmod(dataDir, 0o711);
  const server = await EmbeddedPostgres.start({ dataDir, isDisposable: true, log: () => undefined });
  try {
    await createTemplate(await urlsOf(server, dataDir), 'passerelle_template');
  } catch (error) {
    await discard(server, dataDir);
    throw error;
  }
  return { stop: async () => await discard(server, dataDir) };
}

/** Memory where there is plenty: a container gives 64 MB, which PostgreSQL needs for itself. */
async function chooseParent(): Promise<string> {
  const room = await statfs(MEMORY_FOLDER).catch(() => null);
  return room !== null && room.bavail * room.bsize > ROOM_NEEDED_BYTES ? MEMORY_FOLDER : tmpdir();
}

export async function urlsOf({ url, ownerUrl }: EmbeddedPostgres, dataDir: string): Promise<ServerUrls> {
  const record = await findClusterRecord(dataDir);
  const superuser = withLogin(onDatabase(url, 'postgres'), SUPERUSER, record?.superuserPassword ?? '');
  return { superuser, owner: ownerUrl, application: url };
}

/** On a server that somebody gives us; several runs may share it, and with it the roles. */
async function makeRoles(superuser: string): Promise<ServerUrls> {
  const client = new Client({ connectionString: superuser, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    for (const role of [TEST_OWNER, TEST_APPLICATION]) await ensureRole(client, role, role);
  } finally {
    await client.end();
  }
  return {
    superuser,
    owner: withLogin(superuser, TEST_OWNER, TEST_OWNER),
    application: withLogin(superuser, TEST_APPLICATION, TEST_APPLICATION),
  };
}

async function createTemplate({ superuser, owner, application }: ServerUrls, template: string): Promise<void> {
  await execute(
    superuser,
    `drop database if exists ${template} with (force)`,
    `create database ${template} owner ${new URL(owner).username}`,
  );
  await runMigrations(onDatabase(owner, template), { applicationUrl: onDatabase(application, template) });
  // A database that somebody is connected to cannot be copied.
  await execute(superuser, `alter database ${template} with allow_connections false`);
  process.env[SERVER_URL_VARIABLE] = superuser;
  process.env[OWNER_URL_VARIABLE] = owner;
  process.env[APPLICATION_URL_VARIABLE] = application;
  process.env[TEMPLATE_VARIABLE] = template;
}

async function dropTemplate(serverUrl: string, template: string): Promise<void> {
  await execute(serverUrl, `drop database if exists ${template} with (force)`);
}

async function discard(server: EmbeddedPostgres, dataDir: string): Promise<void> {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** A run that was killed leaves its server running; its folder carries the number of the process that made it. */
async function removeAbandonedServers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid] = /^passerelle-test-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || (await isRunning(Number(pid)))) continue;
    const dataDir = join(parent, name);
    try {
      await discard(await EmbeddedPostgres.start({ dataDir, isDisposable: true, log: () => undefined }), dataDir);
    } catch {
      // Another run may be clearing the same folder, or it never became a server. Not this run's problem.
    }
  }
}

async function execute(serverUrl: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function onDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

function withLogin(serverUrl: string, username: string, password: string): string {
  return Object.assign(new URL(serverUrl), { username, password: encodeURIComponent(password) }).href;
}
