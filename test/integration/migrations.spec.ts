import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { revertLastMigration, runMigrations } from '../../src/platform/database/migrations.js';
import { migrations } from '../../src/platform/database/migrations/index.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// Waiting for a lock timeout of three seconds is part of what is tested.
jest.setTimeout(30_000);

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the migration runner', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase({ isEmpty: true });
  });

  afterEach(async () => {
    await database.drop();
  });

  it('lets three processes start at once on an empty database and applies everything once', async () => {
    const outputs = await Promise.all([1, 2, 3].map(() => migrateInProcess(database.url)));

    const applied = outputs.flatMap((output) => output.match(/\w+\d{13}/g) ?? []);
    expect(applied).toEqual(migrations.map(({ name }) => name));
    const recorded = await database.query<{ name: string }>('select name from migrations order by id');
    expect(recorded.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
    const [queue] = await database.query(`select to_regclass('graphile_worker.jobs') is not null as exists`);
    expect(queue).toEqual({ exists: true });
  });

  it('waits for the starter that holds the lock', async () => {
    const other = new Client({ connectionString: database.url });
    await other.connect();
    let isDone = false;
    try {
      await other.query('select pg_advisory_lock(7273519043)');
      const run = runMigrations(database.url).finally(() => {
        isDone = true;
      });
      await until(async () => (await connectionsOf(database)) > 0);
      expect(isDone).toBe(false);
      expect(await database.query(`select to_regclass('migrations') as found`)).toEqual([{ found: null }]);
      await other.query('select pg_advisory_unlock(7273519043)');
      expect((await run).applied).toHaveLength(migrations.length);
    } finally {
      await other.end();
    }
  });

  it('takes everything back, one by one, and applies it again', async () => {
    await runMigrations(database.url);
    const schemaBefore = await describeSchema(database);
    expect(schemaBefore.length).toBeGreaterThan(0);

    const reverted: (string | null)[] = [];
    do reverted.push(await revertLastMigration(database.url));
    while (reverted.at(-1) !== null);

    expect(reverted.slice(0, -1)).toEqual(migrations.map(({ name }) => name).reverse());
    expect(await describeSchema(database)).toEqual([]);
    expect((await runMigrations(database.url)).applied).toHaveLength(migrations.length);
    expect(await describeSchema(database)).toEqual(schemaBefore);
  });

  it('keeps what came before a migration that fails, and nothing of the one that failed', async () => {
    const run = runMigrations(database.url, { migrations: [CreateOne1000000000001, CreateTwoThenFail1000000000002] });

    await expect(run).rejects.toThrow(/division by zero/);
    expect(await describeSchema(database)).toEqual(['one.id integer']);
  });

  it('tries again when a table is busy longer than the lock timeout', async () => {
    await runMigrations(database.url, { migrations: [CreateOne1000000000001] });
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    try {
      // Held only by a reader in its transaction, as an old instance would; freed after the first refusal.
      await reader.query('begin');
      await reader.query('lock table one in access share mode');
      const run = runMigrations(database.url, { migrations: [CreateOne1000000000001, WidenOne1000000000003] });
      await until(async () => await hasWaitedForLock(database));
      await until(async () => !(await hasWaitedForLock(database)));
      await reader.query('rollback');
      expect((await run).applied).toEqual(['WidenOne1000000000003']);
    } finally {
      await reader.end();
    }
  });

  it('is not cut short by the timeouts of the role', async () => {
    const shown = await runMigrations(database.url, { migrations: [RecordTimeouts1000000000004] });

    expect(shown.applied).toHaveLength(1);
    expect(await database.query('select * from timeouts')).toEqual([{ statement: '0', transaction: '0', lock: '3s' }]);
  });
});

class CreateOne1000000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table one (id int)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table one');
  }
}

class CreateTwoThenFail1000000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table two (id int)');
    await runner.query('select 1 / 0');
  }

  async down(): Promise<void> {}
}

class WidenOne1000000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table one alter id type bigint');
  }

  async down(): Promise<void> {}
}

class RecordTimeouts1000000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table timeouts as select
        current_setting('statement_timeout') as statement,
        current_setting('transaction_timeout') as transaction,
        current_setting('lock_timeout') as lock
    `);
  }

  async down(): Promise<void> {}
}

async function migrateInProcess(url: string): Promise<string> {
  const hooks = new URL('../support/register-typescript.mjs', import.meta.url).href;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', hooks, 'src/platform/database/migrate.ts', 'up'],
    { cwd: root, env: { PATH: process.env['PATH'], DATABASE_URL: url } },
  );
  return stdout;
}

/** The application's tables and columns; the runner's own list of migrations is not among them. */
async function describeSchema(database: TestDatabase): Promise<string[]> {
  const rows = await database.query<{ line: string }>(`
    select table_name || '.' || column_name || ' ' || data_type as line
    from information_schema.columns
    where table_schema = 'public' and table_name not in ('migrations', 'typeorm_metadata')
    order by 1
  `);
  return rows.map(({ line }) => line);
}

async function connectionsOf(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ count: number }>(`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = 'passerelle migrations'
      and query like '%pg_try_advisory_lock%'
  `);
  return row?.count ?? 0;
}

async function hasWaitedForLock(database: TestDatabase): Promise<boolean> {
  const rows = await database.query(`select 1 from pg_locks where not granted and relation = 'one'::regclass`);
  return rows.length > 0;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error('The expected condition did not come about in 10 s.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
