import { Client } from 'pg';
import type { EventLog } from '../logging/event-log.js';
import { listPendingMigrations, runMigrations } from './migrations.js';

export interface PreparedDatabase {
  /** For the application's role. */
  readonly url: string;
  /** For the role that owns the tables; without it the application's role is it, or somebody else migrates. */
  readonly migrationUrl: string | undefined;
  readonly production: boolean;
  /** Whether production may run with a role that row-level security does not hold. */
  readonly allowsSuperuser: boolean;
}

/** What is wrong is in the configuration, or in what was not done before: the same start again changes nothing. */
export class DatabaseNotReady extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DatabaseNotReady';
  }
}

interface RoleFacts {
  overrides: boolean;
  may_migrate: boolean;
}

/** Before anything else begins: the tables are up to date, and the wall between organizations stands. */
export async function prepareDatabase(database: PreparedDatabase, log: EventLog): Promise<void> {
  const { url, migrationUrl } = database;
  const facts = await readRole(url);
  if (facts.overrides) warnOfOverride(database, log);
  if (migrationUrl !== undefined || facts.may_migrate) {
    await runMigrations(migrationUrl ?? url, { applicationUrl: url });
  } else {
    await demandMigrated(url);
  }
  if (migrationUrl === undefined && facts.may_migrate) log.event('database.role_owns_tables', {});
}

function warnOfOverride({ production, allowsSuperuser }: PreparedDatabase, log: EventLog): void {
  if (production && !allowsSuperuser) {
    throw new DatabaseNotReady(
      'The role of DATABASE_URL is a superuser or has BYPASSRLS, so that nothing in the database keeps organizations ' +
        'apart. Give it a role without (docs/operations/deployment.md), or set DATABASE_ALLOW_SUPERUSER=true.',
    );
  }
  log.warning('database.role_overrides_row_security', {});
}

async function demandMigrated(url: string): Promise<void> {
  const pending = await listPendingMigrations(url);
  if (pending.length === 0) return;
  throw new DatabaseNotReady(
    `${pending.length} migrations have not been applied, and the role of DATABASE_URL does not own the tables. ` +
      'Run npm run migrate with MIGRATION_DATABASE_URL, or set it here.',
  );
}

async function readRole(url: string): Promise<RoleFacts> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'passerelle start',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<RoleFacts>(
      `SELECT rolsuper OR rolbypassrls AS overrides,
         CASE WHEN to_regclass('migrations') IS NULL THEN has_schema_privilege('public', 'CREATE')
              ELSE (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('migrations'))
         END AS may_migrate
       FROM pg_roles WHERE rolname = current_user`,
    );
    return rows[0]!;
  } finally {
    await client.end();
  }
}
