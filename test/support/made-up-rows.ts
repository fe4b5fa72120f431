import { randomBytes, randomUUID } from 'node:crypto';
import type { TestDatabase } from './test-database.js';

export type NewRow = Readonly<Record<string, unknown>>;

interface Column {
  table: string;
  name: string;
  type: string;
  /** Of a column that takes one of a few words, the first of them. */
  word: string | null;
}

/** Where a made-up value would break a rule that spans several columns. */
const BETTER: Readonly<Record<string, NewRow>> = {
  calendar_events: { set_aside_reason: 'made up' },
  formation_sessions: { starts_at: '2027-01-01T08:00:00Z', ends_at: '2027-01-01T09:00:00Z' },
  // Not among the few that work across organizations may read.
  notifications: { kind: 'other' },
};

/** What a row of a table must have, with values that fit the columns and lead nowhere. */
export async function newRow(
  database: TestDatabase,
  table: string,
  ownerColumn: string,
  organizationId: string,
): Promise<NewRow> {
  const columns = await database.query<Column>(
    `SELECT c.table_name AS table, c.column_name AS name, c.data_type AS type,
       (SELECT substring(pg_get_constraintdef(k.oid) FROM $$'([^']*)'::text$$)
        FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum]
        WHERE k.contype = 'c' AND k.conrelid = c.table_name::regclass AND a.attname = c.column_name LIMIT 1) AS word
     FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.table_name = $1 AND c.is_nullable = 'NO' AND c.column_default IS NULL
       AND c.is_identity = 'NO'`,
    [table],
  );
  const values = Object.fromEntries(columns.map((column) => [column.name, valueFor(column)]));
  return { ...values, ...BETTER[table], [ownerColumn]: organizationId };
}

/** A row for each organization, past foreign keys: what is not asked for need not be there. */
export async function fillTable(
  database: TestDatabase,
  table: string,
  ownerColumn: string,
  organizations: readonly string[],
): Promise<void> {
  for (const organizationId of organizations) {
    const { names, values } = columnsOf(await newRow(database, table, ownerColumn, organizationId));
    await database.query(
      `WITH alone AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
       INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((_, i) => `$${i + 1}`).join(', ')} FROM alone`,
      values,
    );
  }
}

export function columnsOf(row: NewRow): { names: string[]; values: unknown[] } {
  return { names: Object.keys(row), values: Object.values(row) };
}

function valueFor({ table, name, type, word }: Column): unknown {
  if (word !== null) return word;
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'text':
      return `made up ${randomBytes(6).toString('hex')}`;
    case 'bytea':
      return randomBytes(16);
    case 'integer':
    case 'bigint':
      return 1;
    case 'boolean':
      return false;
    case 'jsonb':
      return '{}';
    case 'ARRAY':
      return '{}';
    case 'date':
    case 'timestamp with time zone':
      return '2027-01-01T08:00:00Z';
    default:
      throw new Error(`${table}.${name} is of type ${type}: say here what could stand there`);
  }
}
