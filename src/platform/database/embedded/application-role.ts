import { Client } from 'pg';
import { toScramVerifier } from './scram-verifier.js';
import { type ServerLogin, superuserConnection } from './server-probe.js';

export const APPLICATION_ROLE = 'passerelle';
export const APPLICATION_DATABASE = 'passerelle';

/** A statement that is stuck gives up by itself; a migration raises these with SET LOCAL. */
export const ROLE_TIMEOUTS: Readonly<Record<string, string>> = {
  statement_timeout: '10s',
  lock_timeout: '3s',
  idle_in_transaction_session_timeout: '10s',
  transaction_timeout: '30s',
};

export interface ApplicationRole {
  readonly password: string;
  readonly mayCreateDatabases: boolean;
}

/**
 * The application's login: no superuser, because a superuser walks past row-level security; owner of its database, so
 * that it can migrate. Asks before it writes, so that an application can start although the disk is full.
 */
export async function ensureApplicationRole(login: ServerLogin, role: ApplicationRole): Promise<void> {
  const client = new Client({ ...superuserConnection(login), query_timeout: 30_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    if (!(await roleIsAsWanted(client, role))) await writeRole(client, role);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [APPLICATION_DATABASE]);
    if (rowCount === 0) await client.query(`create database ${APPLICATION_DATABASE} owner ${APPLICATION_ROLE}`);
  } finally {
    await client.end();
  }
}

async function roleIsAsWanted(client: Client, role: ApplicationRole): Promise<boolean> {
  const { rows } = await client.query<{ rolconfig: string[] | null; rolcreatedb: boolean }>(
    'select rolconfig, rolcreatedb from pg_roles where rolname = $1',
    [APPLICATION_ROLE],
  );
  const found = rows[0];
  if (found === undefined || found.rolcreatedb !== role.mayCreateDatabases) return false;
  return Object.entries(ROLE_TIMEOUTS).every(([name, value]) => found.rolconfig?.includes(`${name}=${value}`));
}

async function writeRole(client: Client, role: ApplicationRole): Promise<void> {
  const attributes = [
    'login nosuperuser nobypassrls nocreaterole noreplication',
    role.mayCreateDatabases ? 'createdb' : 'nocreatedb',
    `password '${toScramVerifier(role.password)}'`,
  ].join(' ');
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [APPLICATION_ROLE]);
  await client.query('begin');
  await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${APPLICATION_ROLE} ${attributes}`);
  for (const [name, value] of Object.entries(ROLE_TIMEOUTS)) {
    await client.query(`alter role ${APPLICATION_ROLE} set ${name} = '${value}'`);
  }
  await client.query('commit');
}
