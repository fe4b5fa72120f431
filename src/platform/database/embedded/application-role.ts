import { Client } from 'pg';
import { toScramVerifier } from './scram-verifier.js';
import { type ServerLogin, superuserConnection } from './server-probe.js';

/** Owns the database and all tables, and migrates them. The application never works as this role. */
export const OWNER_ROLE = 'passerelle_owner';
export const APPLICATION_ROLE = 'passerelle';
export const APPLICATION_DATABASE = 'passerelle';

/** A statement that is stuck gives up by itself; a migration raises these with SET LOCAL. */
export const ROLE_TIMEOUTS: Readonly<Record<string, string>> = {
  statement_timeout: '10s',
  lock_timeout: '3s',
  idle_in_transaction_session_timeout: '10s',
  transaction_timeout: '30s',
};

export interface RolePasswords {
  readonly owner: string;
  readonly application: string;
}

/**
 * Two logins: the owner of the tables, and the application, which works with their rows and can change neither them nor
 * the policies on them. Neither is a superuser, because a superuser walks past row-level security. Asks before it
 * writes, so that an application can start although the disk is full.
 */
export async function ensureRoles(login: ServerLogin, passwords: RolePasswords): Promise<void> {
  await asSuperuser(login, 'postgres', async (client) => {
    await ensureRole(client, OWNER_ROLE, passwords.owner);
    await ensureRole(client, APPLICATION_ROLE, passwords.application);
  });
  await ensureDatabase(login);
}

async function ensureDatabase(login: ServerLogin): Promise<void> {
  const isHandedOver = await asSuperuser(login, 'postgres', async (client) => {
    const { rows } = await client.query<{ owner: string }>(
      'select pg_get_userbyid(datdba) as owner from pg_database where datname = $1',
      [APPLICATION_DATABASE],
    );
    if (rows[0] === undefined) await client.query(`create database ${APPLICATION_DATABASE} owner ${OWNER_ROLE}`);
    return rows[0]?.owner !== APPLICATION_ROLE;
  });
  if (isHandedOver) return;
  // Made when the application owned its tables; the database itself goes along with them.
  await asSuperuser(login, APPLICATION_DATABASE, async (client) => {
    await client.query(`reassign owned by ${APPLICATION_ROLE} to ${OWNER_ROLE}`);
  });
}

async function asSuperuser<T>(login: ServerLogin, database: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...superuserConnection(login), database, query_timeout: 30_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** In any server, as its superuser: also for tests, on one that somebody gives them. */
export async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const { rows } = await client.query<{ rolconfig: string[] | null }>(
    'select rolconfig from pg_roles where rolname = $1',
    [role],
  );
  const found = rows[0];
  const isAsWanted = Object.entries(ROLE_TIMEOUTS).every(([name, value]) =>
    found?.rolconfig?.includes(`${name}=${value}`),
  );
  if (isAsWanted) return;
  await client.query('begin');
  await client.query(
    `${found === undefined ? 'create' : 'alter'} role ${role} login nosuperuser nobypassrls nocreaterole nocreatedb
       noreplication password '${toScramVerifier(password)}'`,
  );
  for (const [name, value] of Object.entries(ROLE_TIMEOUTS)) {
    await client.query(`alter role ${role} set ${name} = '${value}'`);
  }
  await client.query('commit');
}
