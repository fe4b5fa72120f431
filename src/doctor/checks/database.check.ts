import { Inject, Injectable } from '@nestjs/common';
import { Client } from 'pg';
import { PlatformConfig } from '../../platform/config/platform.config.js';
import { DATABASE_URL } from '../../platform/database/database-url.js';
import { migrations } from '../../platform/database/migrations/index.js';
import { TENANT_TABLES } from '../../platform/database/row-security.js';
import { DiskRoom } from '../disk-room.js';
import type { DoctorCheck, Finding } from '../finding.js';
import { finding } from '../finding-texts.js';

const OLDEST_VERSION = 150_000;
const CONNECTIONS_SHARE = 0.85;
/** The share that is short, and the one at which writes may fail any moment. */
const ROOM_SHORT_PERCENT = 10;
const ROOM_GONE_PERCENT = 3;
const PATIENCE_MS = 5_000;

interface DatabaseState {
  version: number;
  version_text: string;
  /** Row-level security does not hold the role. */
  overrides: boolean;
  /** The role could take row-level security off the tables. */
  owns: boolean;
  /** Tables without it. */
  unguarded: number;
  used: number;
  most: number;
  applied: string[] | null;
}

/** On a connection of its own: the pool may be what is wrong. */
@Injectable()
export class DatabaseCheck implements DoctorCheck {
  readonly name = 'database';

  constructor(
    @Inject(DATABASE_URL) private readonly url: string,
    private readonly config: PlatformConfig,
    private readonly disk: DiskRoom,
  ) {}

  async examine(): Promise<Finding[]> {
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      application_name: 'passerelle doctor',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return [...judgeDatabase(await readState(client)), ...(await this.judgeRoom())];
    } catch (error) {
      return [finding('database/unreachable', { reason: reasonOf(error) })];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async judgeRoom(): Promise<Finding[]> {
    if (this.config.databaseUrl !== undefined) return [];
    return judgeRoom(await this.disk.freePercent(this.config.dataDir));
  }
}

export function judgeRoom(percent: number | null): Finding[] {
  if (percent === null || percent >= ROOM_SHORT_PERCENT) return [];
  return [finding('database/room-short', { percent }, percent < ROOM_GONE_PERCENT ? 'error' : 'warning')];
}

export function judgeDatabase(state: DatabaseState): Finding[] {
  const { version, version_text, overrides, owns, unguarded, used, most, applied } = state;
  const ours = migrations.map(({ name }) => name);
  const pending = ours.filter((name) => !applied?.includes(name)).length;
  const unknown = applied?.some((name) => !ours.includes(name)) ?? false;
  return [
    ...(version < OLDEST_VERSION ? [finding('database/too-old', { version: version_text })] : []),
    ...(overrides ? [finding('database/superuser')] : []),
    ...(owns && !overrides ? [finding('database/one-role')] : []),
    ...(unguarded > 0 && pending === 0 ? [finding('database/unguarded', { count: unguarded })] : []),
    ...(used >= most * CONNECTIONS_SHARE ? [finding('database/connections-short', { used, most })] : []),
    ...(unknown ? [finding('database/migrations-unknown')] : []),
    ...(pending > 0 && !unknown ? [finding('database/migrations-pending', { count: pending })] : []),
  ];
}

async function readState(client: Client): Promise<DatabaseState> {
  const { rows } = await client.query<Omit<DatabaseState, 'applied'> & { has_migrations: boolean }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS version_text,
       (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS overrides,
       coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('organizations')), false)
         AS owns,
       (SELECT count(*)::int FROM pg_class
        WHERE oid IN (SELECT to_regclass(name) FROM unnest($1::text[]) AS declared(name))
          AND NOT (relrowsecurity AND relforcerowsecurity)) AS unguarded,
       (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
       current_setting('max_connections')::int AS most, to_regclass('migrations') IS NOT NULL AS has_migrations`,
    [Object.keys(TENANT_TABLES)],
  );
  const { has_migrations, ...state } = rows[0]!;
  if (!has_migrations) return { ...state, applied: null };
  const applied = await client.query<{ name: string }>('SELECT name FROM migrations');
  return { ...state, applied: applied.rows.map(({ name }) => name) };
}

/** The system's own word; messages may name hosts and accounts. */
function reasonOf(error: unknown): string {
  const { code } = (error instanceof AggregateError ? error.errors[0] : error) as { code?: unknown };
  return typeof code === 'string' ? code : 'timeout';
}
