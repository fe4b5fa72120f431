import type { Transaction } from '../../database/transaction.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { EventLog } from '../../logging/event-log.js';
import { FieldCipher, type SealedPlace } from '../field-cipher.js';
import type { Keyring } from '../keyring.js';
import { OrganizationKeys } from '../organization-keys.js';
import type { SealedColumn } from '../sealed-columns.js';

/** One value as it stands in its row. */
export interface SealedValue {
  readonly organizationId: string;
  /** The row's key, in the order of the column's `key`. */
  readonly key: readonly string[];
  readonly place: SealedPlace;
  readonly sealed: string;
}

interface ValueRow {
  organization_id: string;
  key: string[];
  row_id: string;
  context: string | null;
  sealed: string;
}

/**
 * All values of a column, a batch at a time in the order of the key: of one organization, or whoever's they are, because
 * work on keys is for all of them at once. Rows that come meanwhile, at a place already passed, are found the next time round.
 */
export async function* listSealedValues(
  work: UnitOfWork,
  column: SealedColumn,
  batch: number,
  organizationId: string | null = null,
): AsyncGenerator<SealedValue[]> {
  const key = column.key.join(', ');
  let after: readonly string[] = [];
  for (;;) {
    const rows = await work.acrossOrganizations((tx) =>
      tx.query<ValueRow>(
        `SELECT organization_id, ARRAY[${column.key.map((name) => `${name}::text`).join(', ')}] AS key,
           ${column.rowId}::text AS row_id, ${column.context ?? 'NULL'} AS context, ${column.column} AS sealed
         FROM ${column.table}
         WHERE ${column.column} IS NOT NULL AND ($2::uuid IS NULL OR organization_id = $2)
           ${after.length === 0 ? '' : `AND (${key}) > (${after.map((_, index) => `$${index + 3}`).join(', ')})`}
         ORDER BY ${key} LIMIT $1`,
        [batch, organizationId, ...after],
      ),
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => toValue(column, row));
    after = last.key;
  }
}

/** What is opened or replaced needs the keys of its organization, and a transaction that names it. */
export function byOrganization(values: readonly SealedValue[]): SealedValue[][] {
  const groups = new Map<string, SealedValue[]>();
  for (const value of values) {
    const group = groups.get(value.organizationId);
    if (group) group.push(value);
    else groups.set(value.organizationId, [value]);
  }
  return [...groups.values()];
}

function toValue({ table, column, sealedAs }: SealedColumn, row: ValueRow): SealedValue {
  return {
    organizationId: row.organization_id,
    key: row.key,
    place: {
      table,
      column: sealedAs ?? column,
      rowId: row.row_id,
      ...(row.context !== null && { context: row.context }),
    },
    sealed: row.sealed,
  };
}

/** A cipher for commands: it tells those who call it what does not open, and no log. */
export function commandCipher(keyring: Keyring): FieldCipher {
  const silent = new EventLog({ logFormat: 'json', logLevel: 'error' }, () => undefined);
  return new FieldCipher(new OrganizationKeys(keyring), silent);
}

export interface Replacement {
  readonly value: SealedValue;
  readonly sealedAnew: string;
}

/**
 * Puts sealed values of one organization into the places of others, and answers how many. One that somebody has replaced
 * meanwhile, or is about to, is left alone: who waits for nobody while holding rows can be part of no deadlock.
 */
export async function replaceSealed(
  tx: Transaction,
  { table, column, key }: SealedColumn,
  replacements: readonly Replacement[],
): Promise<number> {
  const given = replacements.map(({ value, sealedAnew }) => ({
    key: Object.fromEntries(key.map((name, index) => [name, value.key[index]])),
    sealed: value.sealed,
    anew: sealedAnew,
  }));
  const { count } = await tx.execute(
    `WITH free AS (
       SELECT ${key.map((name) => `t.${name}`).join(', ')}, given ->> 'anew' AS anew
       FROM jsonb_array_elements($2::jsonb) AS given
       CROSS JOIN LATERAL jsonb_populate_record(NULL::${table}, given -> 'key') AS named
       JOIN ${table} t ON ${key.map((name) => `t.${name} = named.${name}`).join(' AND ')}
       WHERE t.organization_id = $1 AND t.${column} = given ->> 'sealed'
       FOR UPDATE OF t SKIP LOCKED)
     UPDATE ${table} t SET ${column} = free.anew FROM free
     WHERE t.organization_id = $1 AND ${key.map((name) => `t.${name} = free.${name}`).join(' AND ')}`,
    [tx.organizationId, JSON.stringify(given)],
  );
  return count;
}
