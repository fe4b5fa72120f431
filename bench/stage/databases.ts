import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { APPLICATION_ROLE } from '../../src/platform/database/embedded/application-role.js';
import { findClusterRecord } from '../../src/platform/database/embedded/cluster-record.js';
import { EmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';
import { SUPERUSER } from '../../src/platform/database/embedded/server-probe.js';

export interface BenchDatabase {
  /** As the application's role sees it. */
  readonly url: string;
  /** For looking in from outside, and for rows that no person could make in time. */
  readonly adminUrl: string;
}

/**
 * One PostgreSQL with a database for each bench. Unlike the tests' it writes as it does in earnest, to the disk: half of
 * what is measured here is the cost of a commit.
 */
export class Databases {
  private made = 0;

  private constructor(
    private readonly server: EmbeddedPostgres,
    private readonly folder: string,
    private readonly adminUrl: string,
    /** The server's own process; every connection is a child of it. */
    readonly pid: number,
    readonly version: string,
  ) {}

  static async start(): Promise<Databases> {
    const folder = await mkdtemp(join(tmpdir(), 'passerelle-bench-pg-'));
    const server = await EmbeddedPostgres.start({ dataDir: folder, isDisposable: false, log: () => undefined });
    const record = await findClusterRecord(folder);
    const adminUrl = new URL(server.url);
    adminUrl.username = SUPERUSER;
    adminUrl.password = record?.superuserPassword ?? '';
    const [row] = await query<{ server_version: string }>(server.url, 'SHOW server_version');
    return new Databases(
      server,
      folder,
      adminUrl.href,
      await readPid(record?.folder ?? ''),
      row?.server_version ?? 'unknown',
    );
  }

  /** Empty. Ends with the server. */
  async create(): Promise<BenchDatabase> {
    this.made += 1;
    const name = `bench_${this.made}`;
    await query(this.adminUrl, `CREATE DATABASE ${name} OWNER ${APPLICATION_ROLE}`);
    return { url: named(this.server.url, name), adminUrl: named(this.adminUrl, name) };
  }

  /** The application's role is held by no policy any more: for what the second wall costs. */
  async liftRowSecurity(): Promise<void> {
    await query(this.adminUrl, `ALTER ROLE ${APPLICATION_ROLE} BYPASSRLS`);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export async function query<Row extends object>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  // The query under way fails by itself when the server ends.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function readPid(cluster: string): Promise<number> {
  return Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8'), 10);
}

function named(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
