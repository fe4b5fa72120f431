import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Pool, type QueryResultRow } from 'pg';
import { EmbeddedPostgres } from '../../../src/platform/database/embedded/embedded-postgres.js';
import { runMigrations } from '../../../src/platform/database/migrations.js';
import { eventually } from '../eventually.js';
import type { TestDatabase } from '../test-database.js';
import { urlsOf } from '../test-server.js';

const run = promisify(execFile);

/** A server that a test may kill, with its supervisor, and one migrated database. */
export interface OwnPostgres {
  readonly database: TestDatabase;
  readonly folder: string;
  /** To the postmaster: SIGKILL as a crash, SIGINT as an orderly restart. Its supervisor brings it back. */
  signal(signal: NodeJS.Signals): Promise<void>;
  /** Answers again. */
  up(): Promise<void>;
}

/** Like a power cut is survived by an ordinary one: with fsync, as in production. `parent` is where its folder goes. */
export async function startOwnPostgres(parent = tmpdir()): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(parent, 'passerelle-chaos-'));
  // Root runs PostgreSQL under another account, which must be able to enter.
  await chmod(folder, 0o711);
  const server = await EmbeddedPostgres.start({ dataDir: folder, log: () => undefined });
  await runMigrations(server.ownerUrl, { applicationUrl: server.url });
  const { superuser } = await urlsOf(server, folder);
  const superuserUrl = Object.assign(new URL(superuser), { pathname: new URL(server.url).pathname }).href;
  const pool = new Pool({ connectionString: superuserUrl, max: 2, connectionTimeoutMillis: 10_000 });
  pool.on('error', () => undefined);
  const query = async <T extends QueryResultRow>(sql: string, parameters: readonly unknown[] = []) =>
    (await pool.query<T>(sql, [...parameters])).rows;
  const up = async (): Promise<void> => {
    const ask = async (): Promise<boolean> =>
      await query('SELECT 1').then(
        () => true,
        () => false,
      );
    await eventually(ask, (isUp) => isUp, 120_000);
  };
  const postmaster = async (): Promise<number> => {
    const { folder: cluster } = JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8')) as { folder: string };
    return Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8'), 10);
  };
  const database: TestDatabase = {
    url: server.url,
    applicationUrl: server.url,
    ownerUrl: server.ownerUrl,
    superuserUrl,
    query,
    drop: async () => {
      await pool.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return {
    database,
    folder,
    up,
    signal: async (signal) => {
      process.kill(await postmaster(), signal);
    },
  };
}

/** A small disk of one's own; null, with the reason, where mounting is not allowed. */
export async function mountSmallDisk(
  megabytes: number,
): Promise<{ folder: string; unmount(): Promise<void> } | string> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', folder]);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const { stderr, code } = error as { stderr?: string; code?: unknown };
    return (stderr ?? '').trim() || `mount: ${String(code)}`;
  }
  return {
    folder,
    unmount: async () => {
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
