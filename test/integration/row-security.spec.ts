import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { type AcrossRight, SHARED_TABLES, TENANT_TABLES } from '../../src/platform/database/row-security.js';
import { withCommandWork } from '../../src/platform/database/command-work.js';
import { columnsOf, fillTable, type NewRow, newRow } from '../support/made-up-rows.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const REFUSED = '42501';

const tables = Object.entries(TENANT_TABLES).map(([table, { owner = 'organization_id', across = [] }]) => ({
  table,
  owner,
  across,
}));

let database: TestDatabase;
/** The application's own role, on a connection without any limits but the database's. */
let application: Client;
/** The owner of the tables, whom policies bind only because they are forced. */
let owner: Client;
const ours = randomUUID();
const theirs = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  for (const { table, owner: column } of tables) await fillTable(database, table, column, [ours, theirs]);
  application = new Client({ connectionString: database.url });
  owner = new Client({ connectionString: database.ownerUrl });
  await application.connect();
  await owner.connect();
}, 60_000);

afterAll(async () => {
  await application.end();
  await owner.end();
  await database.drop();
});

describe('the schema', () => {
  it('has no table of which nobody has said whose its rows are', async () => {
    const found = await database.query<{ name: string; has_owner: boolean }>(
      `SELECT c.relname AS name, EXISTS (
         SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'organization_id' AND NOT attisdropped) AS has_owner
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
    );
    const declared = [...Object.keys(TENANT_TABLES), ...Object.keys(SHARED_TABLES)];
    expect(found.map(({ name }) => name)).toEqual(declared.toSorted());
    expect(found.filter(({ name, has_owner }) => has_owner && name in SHARED_TABLES)).toEqual([]);
  });

  it('forces on each of them what is declared, and nothing beside it', async () => {
    const found = await database.query<{ name: string; forced: boolean; policies: string[] }>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
         array(SELECT policyname || ' ' || cmd || ' ' || permissive FROM pg_policies
               WHERE schemaname = 'public' AND tablename = c.relname ORDER BY 1) AS policies
       FROM pg_class c WHERE c.relname = ANY($1) AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
      [Object.keys(TENANT_TABLES)],
    );
    const commandOf = (right: AcrossRight) => (right === 'lock' ? 'UPDATE' : right.toUpperCase());
    const declared = tables.map(({ table: name, across }) => ({
      name,
      forced: true,
      policies: [
        ...across.map((right) => `across_${right} ${commandOf(right)} PERMISSIVE`),
        'own_organization ALL PERMISSIVE',
      ].toSorted(),
    }));
    expect(found).toEqual(declared.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  });

  it('shows views through the eyes of whoever asks', async () => {
    const views = await database.query<{ name: string; options: string[] | null }>(
      `SELECT relname AS name, reloptions AS options FROM pg_class
       WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace`,
    );
    expect(views.length).toBeGreaterThan(0);
    expect(views.filter(({ options }) => !options?.includes('security_invoker=true'))).toEqual([]);
  });
});

describe.each(tables)('$table, in work for one organization', ({ table, owner: column }) => {
  it.each(['application', 'owner'] as const)('shows the %s its own rows and no others', async (role) => {
    const rows = await seen(clientOf(role), inOrganization(ours), `SELECT ${column} AS id FROM ${table}`);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([ours]));
    expect(
      await seen(clientOf(role), inOrganization(theirs), `SELECT FROM ${table} WHERE ${column} = $1`, [ours]),
    ).toEqual([]);
  });

  it('changes and deletes nothing of another', async () => {
    const set = `SET ${column} = ${column}`;
    expect(await touched(`UPDATE ${table} ${set} WHERE ${column} = $1`, [theirs])).toBe('nothing');
    expect(await touched(`DELETE FROM ${table} WHERE ${column} = $1`, [theirs])).toBe('nothing');
    // Nor when it is not said whose rows are meant.
    await seen(owner, inOrganization(ours), `DELETE FROM ${table}`).catch(() => undefined);
    const left = await database.query(`SELECT FROM ${table} WHERE ${column} = $1`, [theirs]);
    expect(left).toHaveLength(1);
  });

  it('takes no row for another, new or handed over', async () => {
    const row = await newRow(database, table, column, theirs);
    for (const client of [application, owner]) {
      expect(await refusalOf(client, inOrganization(ours), ...insertOf(table, row))).toBe(REFUSED);
    }
    const handOver = `UPDATE ${table} SET ${column} = $1`;
    expect(await refusalOf(application, inOrganization(ours), handOver, [theirs])).toBe(REFUSED);
  });
});

describe.each(tables)('$table, in work for nobody', ({ table, owner: column }) => {
  it('shows nothing and takes nothing', async () => {
    const row = await newRow(database, table, column, ours);
    for (const settings of [NO_SETTINGS, EMPTY_SETTINGS]) {
      expect(await seen(application, settings, `SELECT FROM ${table}`)).toEqual([]);
      expect(await refusalOf(application, settings, ...insertOf(table, row))).toBe(REFUSED);
    }
  });
});

describe.each(tables)('$table, in work across organizations', ({ table, owner: column, across }) => {
  const may = (...rights: AcrossRight[]) => rights.some((right) => across.includes(right));
  const isPartial = TENANT_TABLES[table]?.acrossRows !== undefined;

  it(`lets itself be read: ${may('select') ? 'yes' : 'no'}`, async () => {
    const rows = await seen(application, ACROSS, `SELECT FROM ${table}`);
    expect(rows).toHaveLength(may('select') && !isPartial ? 2 : 0);
  });

  it(`takes new rows: ${may('insert') ? 'yes' : 'no'}`, async () => {
    const row = await newRow(database, table, column, theirs);
    const refusal = await refusalOf(application, ACROSS, ...insertOf(table, row));
    // Made-up rows lead nowhere: what lets them in still finds that.
    expect(refusal === REFUSED).toBe(!may('insert'));
  });

  it(`can be changed: ${may('update') ? 'yes' : 'no'}, and locked: ${may('update', 'lock') ? 'yes' : 'no'}`, async () => {
    const change = `UPDATE ${table} SET ${column} = ${column} WHERE ${column} = $1`;
    const changed = await touched(change, [theirs], ACROSS);
    expect(changed === 'something').toBe(may('update'));
    const lock = `SELECT FROM ${table} WHERE ${column} = $1 FOR UPDATE`;
    const locked = await touched(lock, [theirs], ACROSS);
    expect(locked === 'something').toBe(may('update', 'lock'));
  });

  it(`can be deleted from: ${may('delete') ? 'yes' : 'no'}`, async () => {
    const deleted = await touched(`DELETE FROM ${table} WHERE ${column} = $1`, [theirs], ACROSS);
    expect(deleted === 'something').toBe(may('delete'));
  });
});

describe('the application’s role', () => {
  it.each([
    ['takes the wall down', 'ALTER TABLE prospects DISABLE ROW LEVEL SECURITY'],
    ['makes a gate in it', 'CREATE POLICY gate ON prospects USING (true)'],
    ['empties a table past it', 'TRUNCATE prospects CASCADE'],
    ['steps out of its own skin', 'SET SESSION AUTHORIZATION DEFAULT; SELECT * FROM pg_authid'],
    ['rewrites an audit line', `UPDATE audit_events SET action = 'x'`],
    ['deletes an audit line', 'DELETE FROM audit_events'],
    ['says that a migration was applied', `INSERT INTO migrations (timestamp, name) VALUES (1, 'x')`],
    ['reads with the wall switched off', 'SET LOCAL row_security = off; SELECT FROM prospects'],
  ])('never %s', async (_, statement) => {
    expect(await refusalOf(application, inOrganization(ours), statement)).toBe(REFUSED);
  });

  it('never becomes the owner', async () => {
    const { username } = new URL(database.ownerUrl);
    expect(await refusalOf(application, inOrganization(ours), `SET ROLE ${username}`)).toBe(REFUSED);
  });

  it('can run the queue', async () => {
    const add = `SELECT graphile_worker.add_job('probe', '{}')`;
    const find = `SELECT FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id`;
    await application.query('BEGIN');
    await application.query(add);
    expect((await application.query(find)).rowCount).toBe(1);
    await application.query('ROLLBACK');
  });
});

describe('the unit of work', () => {
  it('leaves nothing behind on a connection: neither whose rows nor that all may be seen', async () => {
    await withCommandWork(database.url, 'passerelle test', async (work) => {
      const count = 'SELECT count(*)::int AS rows FROM sessions';
      const across = await work.acrossOrganizations((tx) => tx.query(count));
      const own = await work.inOrganization({ organizationId: ours }, (tx) => tx.query(count));
      const nobody = await work.inOrganization({ organizationId: randomUUID() }, (tx) => tx.query(count));
      expect([across, own, nobody]).toEqual([[{ rows: 2 }], [{ rows: 1 }], [{ rows: 0 }]]);
    });
  });

  it('is not widened by what somebody has set for all connections', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.query(`ALTER DATABASE ${name} SET app.across_organizations = 'on'`);
    await withCommandWork(database.url, 'passerelle test', async (work) => {
      const rows = await work.inOrganization({ organizationId: ours }, async (tx) => {
        const [session] = await tx.query<{ reset: string }>(
          `SELECT setconfig[1] AS reset FROM pg_db_role_setting
           WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        expect(session).toEqual({ reset: 'app.across_organizations=on' });
        return await tx.query('SELECT FROM sessions');
      });
      expect(rows).toHaveLength(1);
    });
  });
});

type Settings = readonly (readonly [string, string])[];

const NO_SETTINGS: Settings = [];
const EMPTY_SETTINGS: Settings = [
  ['app.organization_id', ''],
  ['app.across_organizations', ''],
];
const ACROSS: Settings = [
  ['app.organization_id', ''],
  ['app.across_organizations', 'on'],
];

function inOrganization(id: string): Settings {
  return [
    ['app.organization_id', id],
    ['app.across_organizations', ''],
  ];
}

function clientOf(role: 'application' | 'owner'): Client {
  return role === 'application' ? application : owner;
}

/** In a transaction that is rolled back. */
async function seen(client: Client, settings: Settings, sql: string, values: unknown[] = []) {
  await client.query('BEGIN');
  try {
    for (const setting of settings) await client.query('SELECT set_config($1, $2, true)', [...setting]);
    return (await client.query<{ id: string }>(sql, values)).rows;
  } finally {
    await client.query('ROLLBACK');
  }
}

async function refusalOf(client: Client, settings: Settings, sql: string, values?: unknown[]): Promise<string | null> {
  try {
    await seen(client, settings, sql, values);
    return null;
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

/** Whether a statement finds rows to work on; one that may not even be said finds nothing. */
async function touched(
  sql: string,
  values: unknown[],
  settings = inOrganization(ours),
): Promise<'something' | 'nothing'> {
  await application.query('BEGIN');
  try {
    for (const setting of settings) await application.query('SELECT set_config($1, $2, true)', [...setting]);
    const { rowCount } = await application.query(sql, values);
    return rowCount === 0 ? 'nothing' : 'something';
  } catch (error) {
    if ((error as { code?: unknown }).code === REFUSED) return 'nothing';
    throw error;
  } finally {
    await application.query('ROLLBACK');
  }
}

function insertOf(table: string, row: NewRow): [string, unknown[]] {
  const { names, values } = columnsOf(row);
  return [`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`, values];
}
