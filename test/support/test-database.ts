import { randomUUID } from 'node:crypto';
import { Client, Pool, type QueryResultRow } from 'pg';

/** A database for one test or one file of tests: migrated, empty, and nobody else's. */
export interface TestDatabase {
  /** What the tested code is given: `applicationUrl`, so that row-level security holds as it does in production. */
  readonly url: string;
  readonly applicationUrl: string;
  /** For the role that owns the tables. */
  readonly ownerUrl: string;
  /** For a superuser, who may do to a database what happens to it in production. */
  readonly superuserUrl: string;
  /** As a superuser: a test sees all rows, whose they ever are. */
  query<T extends QueryResultRow = QueryResultRow>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
  /** Also ends connections that the tested code has left open. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Without tables, and `url` is that of the owner: for what is about the migrations themselves. */
  readonly isEmpty?: boolean;
}

export async function createTestDatabase({ isEmpty = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = setting('PASSERELLE_TEST_POSTGRES_URL');
  const owner = setting('PASSERELLE_TEST_OWNER_URL');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = isEmpty ? '' : ` template ${setting('PASSERELLE_TEST_TEMPLATE')}`;
  await onServer(serverUrl, `create database ${name} owner ${new URL(owner).username}${template}`);
  const named = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const superuserUrl = named(serverUrl);
  const applicationUrl = named(setting('PASSERELLE_TEST_APPLICATION_URL'));
  const pool = new Pool({ connectionString: superuserUrl, max: 4, connectionTimeoutMillis: 10_000 });
  // A dropped server or database is the test's subject or its end, not an accident of this pool.
  pool.on('error', () => undefined);
  return {
    url: isEmpty ? named(owner) : applicationUrl,
    applicationUrl,
    ownerUrl: named(owner),
    superuserUrl,
    query: async <T extends QueryResultRow>(sql: string, parameters: readonly unknown[] = []) =>
      (await pool.query<T>(sql, [...parameters])).rows,
    drop: async () => {
      await pool.end();
      await onServer(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: databases are for the integration and e2e projects of Jest.`);
  return value;
}
