import { runMigrations as runQueueMigrations } from 'graphile-worker';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientBase, type ClientConfig, Pool } from 'pg';
import { DataSource } from 'typeorm';
import { grantApplicationAccess } from './application-access.js';
import { migrations } from './migrations/index.js';

export const QUEUE_SCHEMA = 'graphile_worker';

export type MigrationClasses = readonly (new () => object)[];

export interface MigrationOptions {
  /** Where the application works, when that is with another role than the one that migrates: it is given its rights. */
  readonly applicationUrl?: string | undefined;
  /** All of the application's, unless a test brings its own. */
  readonly migrations?: MigrationClasses;
}

// Any number will do; all releases must share it.
const STARTERS_LOCK = 7_273_519_043;
const BETWEEN_LOCK_TRIES_MS = 100;

const BUSY = new Set(['55P03', '40P01']);
const BUSY_TABLE_TRIES = 20;
const AFTER_BUSY_TABLE_MS = 500;

/**
 * Brings the database, and the schema of the job queue in it, up to date. Several instances may start at once: one
 * migrates, the others wait for it and then find nothing to do. Answers the names of what this call applied.
 */
export async function runMigrations(url: string, options: MigrationOptions = {}): Promise<{ applied: string[] }> {
  return await withStartersLock(url, async () => {
    const applied = await withMigrationSource(url, options, async (source) => await applyPending(source));
    await migrateQueue(url);
    if (options.applicationUrl !== undefined) await letApplicationIn(url, options.applicationUrl);
    return { applied };
  });
}

/** The names of migrations that have not been applied; with a role that may look and no more. */
export async function listPendingMigrations(url: string): Promise<string[]> {
  return await withClient(url, async (client) => {
    const { rows: found } = await client.query<{ exists: boolean }>(
      `select to_regclass('migrations') is not null as exists`,
    );
    const { rows } = found[0]?.exists
      ? await client.query<{ name: string }>('select name from migrations')
      : { rows: [] };
    const applied = new Set(rows.map(({ name }) => name));
    return migrations.map(({ name }) => name).filter((name) => !applied.has(name));
  });
}

/** Takes back the newest migration and answers its name, or `null` when there is none. The queue's schema stays. */
export async function revertLastMigration(url: string, options: MigrationOptions = {}): Promise<string | null> {
  return await withStartersLock(url, async () =>
    withMigrationSource(url, options, async (source) => {
      const before = await listApplied(source);
      await source.undoLastMigration({ transaction: 'each' });
      const after = new Set(await listApplied(source));
      return before.find((name) => !after.has(name)) ?? null;
    }),
  );
}

/**
 * A migration that finds its table busy gives up after the lock timeout, because everybody else would queue behind it,
 * and tries again. What was applied stays applied: each migration has a transaction of its own.
 */
async function applyPending(source: DataSource): Promise<string[]> {
  const before = new Set(await listApplied(source));
  for (let attempt = 1; ; attempt++) {
    try {
      await source.runMigrations({ transaction: 'each' });
      return (await listApplied(source)).filter((name) => !before.has(name));
    } catch (error) {
      if (!isBusyTable(error) || attempt === BUSY_TABLE_TRIES) throw error;
      await sleep(AFTER_BUSY_TABLE_MS);
    }
  }
}

function isBusyTable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && BUSY.has(code);
}

async function listApplied(source: DataSource): Promise<string[]> {
  const [found] = await source.query<{ exists: boolean }[]>(`select to_regclass('migrations') is not null as exists`);
  if (!found?.exists) return [];
  const rows = await source.query<{ name: string }[]>('select name from migrations order by id');
  return rows.map(({ name }) => name);
}

async function withMigrationSource<T>(
  url: string,
  options: MigrationOptions,
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...(options.migrations ?? migrations)] as never,
    synchronize: false,
    installExtensions: false,
    // TypeORM's default logger prints a failed migration to the console whatever `logging` says; the error reaches our caller.
    logger: 'debug',
    extra: { ...connectionOf(url), max: 2, ...sessionPreparation },
  });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

async function migrateQueue(url: string): Promise<void> {
  const pgPool = new Pool({ ...connectionOf(url), max: 2, ...sessionPreparation });
  // The queue insists on handlers for connections that are lost, idle or in use; the statement under way fails anyhow.
  pgPool.on('error', () => undefined);
  pgPool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runQueueMigrations({ pgPool, schema: QUEUE_SCHEMA, noHandleSignals: true });
  } finally {
    await pgPool.end();
  }
}

/** Asked of the connection itself: the name in an address may not be the one that a pooler signs in with. */
async function letApplicationIn(url: string, applicationUrl: string): Promise<void> {
  const role = await withClient(applicationUrl, currentRole);
  await withClient(url, async (client) => {
    if ((await currentRole(client)) !== role) await grantApplicationAccess(client, role, QUEUE_SCHEMA);
  });
}

async function currentRole(client: Client): Promise<string> {
  const { rows } = await client.query<{ role: string }>('select current_user as role');
  return rows[0]!.role;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connectionOf(url));
  // The statement under way fails, and says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * A session lock on a connection of its own, which a crash of its holder releases. Tried again and again instead of
 * waited for: a waiting statement keeps a snapshot open, and a CREATE INDEX CONCURRENTLY of the holder would wait for
 * that snapshot, for ever. It needs a direct connection; a pooler that shares sessions would share the lock.
 */
async function withStartersLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new Client(connectionOf(url));
  let lostConnection: Error | undefined;
  client.on('error', (error) => {
    lostConnection = error;
  });
  await client.connect();
  try {
    await prepareSession(client);
    while (!(await tryLock(client))) await sleep(BETWEEN_LOCK_TRIES_MS);
    const result = await work();
    if (lostConnection !== undefined) {
      throw new Error('The connection that held the lock of the migrations was lost.', { cause: lostConnection });
    }
    return result;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    STARTERS_LOCK,
  ]);
  return rows[0]?.locked === true;
}

/** The role's timeouts are made for requests. A migration may take its time, but not while others wait for its lock. */
async function prepareSession(client: ClientBase): Promise<void> {
  await client.query(`
    select set_config(name, case name when 'lock_timeout' then '3s' else '0' end, false)
    from pg_settings
    -- transaction_timeout is unknown before PostgreSQL 17
    where name in ('statement_timeout', 'lock_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')
  `);
}

// The pool waits for the promise before it hands out the connection; its type only says that it does not mind one.
const sessionPreparation: { onConnect: (client: ClientBase) => unknown } = { onConnect: prepareSession };

function connectionOf(url: string): ClientConfig {
  return { connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'passerelle migrations' };
}
