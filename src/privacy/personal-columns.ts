import { SEALED_COLUMNS } from '../platform/crypto/sealed-columns.js';
import type { Transaction } from '../platform/database/transaction.js';

export interface TextColumn {
  readonly table: string;
  readonly column: string;
  readonly type: 'text' | 'json' | 'list' | 'bytes';
}

/**
 * What no search changes: the trail holds ids and codes alone and cannot be changed; the people of the organization and
 * the accounts they have connected are not those who book (`membership.ts` sees to it that they are not mixed up).
 */
const LEFT_ALONE = new Set(['audit_events', 'audit_heads', 'users', 'migrations', 'integrations']);

/** Looked through after the others, because they say who the person is: a search that was cut off can begin again. */
export const IDENTIFYING = new Set(['prospects', 'prospect_notes', 'bookings', 'formation_participants']);

const TYPES: Readonly<Record<string, TextColumn['type']>> = {
  text: 'text',
  'character varying': 'text',
  jsonb: 'json',
  json: 'json',
  ARRAY: 'list',
  bytea: 'bytes',
};

/** Every column that can hold words, as the schema has it today: a table that is added tomorrow is searched tomorrow. */
export async function listTextColumns(tx: Transaction): Promise<TextColumn[]> {
  const sealed = new Set(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`));
  const rows = await tx.query<{ table_name: string; column_name: string; data_type: string }>(
    `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE'
       AND (c.data_type = ANY($1) OR c.udt_name = '_text') AND c.is_generated = 'NEVER' ORDER BY 1, c.ordinal_position`,
    [Object.keys(TYPES).filter((type) => type !== 'ARRAY')],
  );
  return rows
    .filter(({ table_name, column_name }) => !LEFT_ALONE.has(table_name) && !sealed.has(`${table_name}.${column_name}`))
    .map(({ table_name, column_name, data_type }) => ({
      table: table_name,
      column: column_name,
      type: TYPES[data_type] ?? 'text',
    }));
}
