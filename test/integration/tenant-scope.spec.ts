import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource, type QueryRunner } from 'typeorm';
import { secureTables, TENANT_TABLES, unsecureTables } from '../../src/platform/database/row-security.js';
import { isStorageFailure, StorageUnreachable } from '../../src/platform/database/storage-failure.js';
import { Transaction } from '../../src/platform/database/transaction.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const OURS = randomUUID();
const THEIRS = randomUUID();

let database: TestDatabase;
let source: DataSource;
let work: UnitOfWork;

async function connect(url: string): Promise<DataSource> {
  const connected = new DataSource({
    type: 'postgres',
    url,
    installExtensions: false,
    poolErrorHandler: () => undefined,
  });
  return await connected.initialize();
}

beforeAll(async () => {
  database = await createTestDatabase();
  for (const id of [OURS, THEIRS]) {
    await database.query('INSERT INTO organizations (id, name, slug) VALUES ($1, $2, $2)', [id, id]);
    await database.query(
      `INSERT INTO users (id, organization_id, email, email_key, name, role) VALUES ($1, $2, $3, $3, 'A', 'owner')`,
      [randomUUID(), id, `${id}@example.test`],
    );
  }
  source = await connect(database.url);
  work = new UnitOfWork(source);
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

describe('a unit of work', () => {
  const settings = `SELECT current_setting('app.organization_id') AS organization,
    current_setting('app.across_organizations') AS across`;
  const owners = 'SELECT DISTINCT organization_id AS id FROM users';

  it('for one organization sees its rows, says whose it is, and that it is not for all', async () => {
    const seen = await work.inOrganization({ organizationId: OURS }, async (tx) => [
      tx.organizationId,
      await tx.query(settings),
      await tx.query(owners),
    ]);
    expect(seen).toEqual([OURS, [{ organization: OURS, across: '' }], [{ id: OURS }]]);
  });

  it('across organizations sees those of all where that is declared, and is in the name of none', async () => {
    const seen = await work.acrossOrganizations(async (tx) => {
      const ids = (await tx.query<{ id: string }>(owners)).map(({ id }) => id).toSorted();
      return [tx.organizationId, await tx.query(settings), ids];
    });
    expect(seen).toEqual([null, [{ organization: '', across: 'on' }], [OURS, THEIRS].toSorted()]);
  });

  it.each([undefined, null, {}, { organizationId: '' }, { organizationId: undefined }])(
    'is refused to the scope %j, and nothing of it is run',
    async (scope) => {
      let hasRun = false;
      const refused = work.inOrganization(scope as { organizationId: string }, async () => {
        hasRun = true;
      });
      await expect(refused).rejects.toThrow('needs the organization');
      expect(hasRun).toBe(false);
    },
  );

  const rename = 'UPDATE organizations SET name = $1';

  it('is committed when the work is done, and answers what the work answers', async () => {
    const answer = await work.inOrganization({ organizationId: OURS }, async (tx) => {
      await tx.execute(rename, ['kept']);
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await database.query('SELECT name FROM organizations WHERE id = $1', [OURS])).toEqual([{ name: 'kept' }]);
  });

  it('is rolled back when the work fails, and fails with the very same error', async () => {
    const fault = new Error('on the way');
    const failed = work.inOrganization({ organizationId: OURS }, async (tx) => {
      await tx.execute(rename, ['lost']);
      throw fault;
    });
    await expect(failed).rejects.toBe(fault);
    expect(await database.query(`SELECT FROM organizations WHERE name = 'lost'`)).toEqual([]);
  });

  it('blames the database for what happens before it is open, and for nothing after', async () => {
    const nowhere = new UnitOfWork(new DataSource({ type: 'postgres', url: 'postgres://x:x@127.0.0.1:1/x' }));
    const unopened = await nowhere.acrossOrganizations(async () => 'never').catch((error: unknown) => error);
    expect(unopened).toBeInstanceOf(StorageUnreachable);
    expect((unopened as Error).cause).toBeDefined();

    const wrong = await work.acrossOrganizations((tx) => tx.query('SELECT 1 FROM nowhere')).catch((error) => error);
    expect(wrong).not.toBeInstanceOf(StorageUnreachable);
    expect(isStorageFailure(wrong)).toBe(false);
  });

  it('is not open before it is said whose rows may be seen', async () => {
    const refused = work.inOrganization({ organizationId: 'a\u0000b' }, async () => 'never');
    await expect(refused).rejects.toBeInstanceOf(StorageUnreachable);
  });

  it('blames the database for a connection that is given back under its hands', async () => {
    const lost = work.acrossOrganizations(async (tx) => {
      await tx.manager.queryRunner!.release();
      await tx.query('SELECT 1');
    });
    await expect(lost).rejects.toBeInstanceOf(StorageUnreachable);
  });
});

describe('a transaction', () => {
  const each = 'SELECT n FROM generate_series(1, $1::int) n';

  it('answers rows, and how many they are', async () => {
    await work.acrossOrganizations(async (tx) => {
      expect(await tx.query(each, [2])).toEqual([{ n: 1 }, { n: 2 }]);
      expect(await tx.execute(each, [2])).toEqual({ rows: [{ n: 1 }, { n: 2 }], count: 2 });
      expect(await tx.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(await tx.execute('SELECT 1 AS one')).toEqual({ rows: [{ one: 1 }], count: 1 });
    });
  });

  it('answers how many rows a statement touched, with and without giving them back', async () => {
    await work.inOrganization({ organizationId: OURS }, async (tx) => {
      const touch = 'UPDATE users SET name = $1';
      expect(await tx.execute(touch, ['B'])).toEqual({ rows: [], count: 1 });
      expect(await tx.execute(`${touch} RETURNING name`, ['C'])).toEqual({ rows: [{ name: 'C' }], count: 1 });
      expect(await tx.query(`${touch} RETURNING name`, ['D'])).toEqual([{ name: 'D' }]);
      expect(await tx.execute(`${touch} WHERE false`, ['E'])).toEqual({ rows: [], count: 0 });
      expect(await tx.execute('SET LOCAL lock_timeout = 1000')).toEqual({ rows: [], count: 0 });
    });
  });

  it('is of no use outside the work that opened it', async () => {
    await expect(new Transaction(source.manager, OURS).query('SELECT 1')).rejects.toThrow('outside the unit of work');
  });
});

describe('the wall around a table', () => {
  /** Stands in for any table; its name is one that is declared, in a schema of its own. */
  const TABLES = ['deliveries', 'sync_runs', 'notifications', 'organizations', 'bookings'] as const;
  let owner: DataSource;

  beforeEach(async () => {
    const { username } = new URL(database.ownerUrl);
    await database.query(`CREATE SCHEMA walled AUTHORIZATION ${username}`);
    owner = await connect(`${database.ownerUrl}?options=-c%20search_path%3Dwalled`);
    for (const table of TABLES) {
      const column = TENANT_TABLES[table]?.owner ?? 'organization_id';
      await owner.query(`CREATE TABLE ${table} (${column} uuid, kind text, n int)`);
      await owner.query(`INSERT INTO ${table} VALUES ($1, 'dead_letters', 1), ($2, 'other', 2)`, [OURS, THEIRS]);
    }
  });

  afterEach(async () => {
    await owner.destroy();
    await database.query('DROP SCHEMA walled CASCADE');
  });

  async function onConnection<T>(task: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = owner.createQueryRunner();
    try {
      return await task(runner);
    } finally {
      await runner.release();
    }
  }

  const within = <T>(task: (query: (sql: string) => Promise<{ n: number }[]>) => Promise<T>) =>
    onConnection((runner) => task((sql) => runner.query(sql) as Promise<{ n: number }[]>));
  const secure = (tables: readonly string[]) => onConnection((runner) => secureTables(runner, tables));

  /** What a statement finds or changes with these settings; a refusal is its code. */
  async function attempt(
    settings: { organization?: string; across?: string },
    sql: string,
  ): Promise<number[] | string> {
    return await within(async (query) => {
      await query('BEGIN');
      try {
        await query(`SET LOCAL app.organization_id = '${settings.organization ?? ''}'`);
        await query(`SET LOCAL app.across_organizations = '${settings.across ?? ''}'`);
        const answer: unknown = await query(sql);
        const rows = (sql.startsWith('SELECT') || sql.startsWith('INSERT') ? answer : (answer as unknown[])[0]) as {
          n: number;
        }[];
        return rows.map(({ n }) => n).toSorted();
      } catch (error) {
        return String((error as { code?: unknown }).code);
      } finally {
        await query('ROLLBACK');
      }
    });
  }

  const across = { across: 'on' };
  const insert = (table: string) => `INSERT INTO ${table} VALUES ('${THEIRS}', 'x', 3) RETURNING n`;
  const update = (table: string) => `UPDATE ${table} SET n = n + 10 RETURNING n`;
  const remove = (table: string) => `DELETE FROM ${table} RETURNING n`;
  const read = (table: string) => `SELECT n FROM ${table}`;
  const lock = (table: string) => `SELECT n FROM ${table} FOR UPDATE`;
  const REFUSED = '42501';

  it('shows an organization its own rows, its own rows alone, and nobody any', async () => {
    await secure(TABLES);
    for (const table of TABLES) {
      expect(await attempt({ organization: OURS }, read(table))).toEqual([1]);
      expect(await attempt({ organization: THEIRS }, remove(table))).toEqual([2]);
      expect(await attempt({ organization: OURS }, insert(table))).toBe(REFUSED);
      expect(await attempt({}, read(table))).toEqual([]);
      expect(await attempt({ across: 'off' }, read(table))).toEqual([]);
    }
  });

  it('stands for the owner of a table too, and where nothing was ever set', async () => {
    await secure(['bookings']);
    expect(await within((query) => query(read('bookings')))).toEqual([]);
  });

  it('gives work across organizations the rights that are declared, and no other', async () => {
    await secure(TABLES);
    expect(await attempt(across, read('deliveries'))).toEqual([1, 2]);
    expect(await attempt(across, insert('deliveries'))).toEqual([3]);
    expect(await attempt(across, update('deliveries'))).toEqual([11, 12]);
    expect(await attempt(across, remove('deliveries'))).toEqual([1, 2]);

    expect(await attempt(across, read('sync_runs'))).toEqual([1, 2]);
    expect(await attempt(across, lock('sync_runs'))).toEqual([1, 2]);
    expect(await attempt(across, update('sync_runs'))).toBe(REFUSED);
    expect(await attempt(across, insert('sync_runs'))).toBe(REFUSED);
    expect(await attempt(across, remove('sync_runs'))).toEqual([1, 2]);

    expect(await attempt(across, read('organizations'))).toEqual([1, 2]);
    expect(await attempt(across, lock('organizations'))).toEqual([]);
    expect(await attempt(across, remove('organizations'))).toEqual([]);

    for (const statement of [read, lock, update, remove]) {
      expect(await attempt(across, statement('bookings'))).toEqual([]);
    }
    expect(await attempt(across, insert('bookings'))).toBe(REFUSED);
  });

  it('shows work across organizations the rows that are declared, where not all are', async () => {
    await secure(['notifications']);
    expect(await attempt(across, read('notifications'))).toEqual([1]);
    expect(await attempt({ organization: THEIRS }, read('notifications'))).toEqual([2]);
    expect(await attempt({}, read('notifications'))).toEqual([]);
  });

  it('takes the place of what stood there before', async () => {
    await owner.query('ALTER TABLE bookings ENABLE ROW LEVEL SECURITY');
    await owner.query('CREATE POLICY a_gate ON bookings USING (true)');
    await secure(['bookings']);
    await secure(['bookings']);
    expect(await attempt(across, read('bookings'))).toEqual([]);
  });

  it('is taken down whole, and may be built again', async () => {
    await secure(TABLES);
    await onConnection((runner) => unsecureTables(runner, TABLES));
    for (const table of TABLES) expect(await attempt({}, read(table))).toEqual([1, 2]);
    const left = await database.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'walled'::regnamespace AND relkind = 'r'
         AND (relrowsecurity OR relforcerowsecurity OR EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))`,
    );
    expect(left).toEqual([]);
    await secure(TABLES);
    expect(await attempt({}, read('bookings'))).toEqual([]);
  });

  it('is not built around a table of which nobody has said whose its rows are', async () => {
    await owner.query('CREATE TABLE unheard_of (n int)');
    await expect(secure(['unheard_of'])).rejects.toThrow('unheard_of is not declared in row-security.ts');
  });
});
