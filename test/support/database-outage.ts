import { Client } from 'pg';
import type { TestDatabase } from './test-database.js';

/**
 * Takes a database away from everybody who is connected to it, and refuses them from then on: what an application sees
 * when its PostgreSQL restarts or fails over. Answers how to bring it back.
 */
export async function takeAway(database: TestDatabase): Promise<() => Promise<void>> {
  const name = new URL(database.superuserUrl).pathname.slice(1);
  const server = new URL(database.superuserUrl);
  server.pathname = '/postgres';
  await execute(server.href, `ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
  await execute(server.href, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  return async () => await execute(server.href, `ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
