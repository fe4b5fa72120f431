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

/** `<label>.<key id>.`, with room to spare. */
const KEY_ID_ENDS_BEFORE = 64;

interface ValueRow {
  organization_id: string;
  key: string[];
  row_id: string;
  context: string | null;
  sealed: string;
}

/** All values of a column, a batch at a time: of one organization, or whoever's they are. */
export function listSealedValues(
  work: UnitOfWork,
  column: SealedColumn,
  batch: number,
  organizationId: string | null = null,
): AsyncGenerator<SealedValue[]> {
  return listBatches(work, column, batch, '$2::uuid IS NULL OR organization_id = $2', [organizationId]);
}

/**
 * Only what is sealed with a key that writes no more. PostgreSQL passes over the rest by itself, so that a renewal that
 * was broken off goes on where it was. The id of the key stands at the beginning: no long value is unpacked for it.
 */
export function listStaleValues(work: UnitOfWork, column: SealedColumn, batch: number): AsyncGenerator<SealedValue[]> {
  const condition = `split_part(left(${column.column}, ${KEY_ID_ENDS_BEFORE}), '.', 2) NOT IN
    (SELECT dek_id FROM organization_keys WHERE retired_at IS NULL)`;
  return listBatches(work, column, batch, condition, []);
}

/**
 * In the order of the key, because work on keys is for all organizations at once. The next batch is read while the one
 * before is in use. Rows that come meanwhile, at a place already passed, are found the next time round.
 */
async function* listBatches(
  work: UnitOfWork,
  column: SealedColumn,
  batch: number,
  condition: string,
  parameters: readonly unknown[],
): AsyncGenerator<SealedValue[]> {
  const key = column.key.join(', ');
  const read = async (after: readonly string[]) => {
    const places = after.map((_, index) => `$${parameters.length + index + 2}`).join(', ');
    return await work.acrossOrganizations((tx) =>
      tx.query<ValueRow>(
        `SELECT organization_id, ARRAY[${column.key.map((name) => `${name}::text`).join(', ')}] AS key,
           ${column.rowId}::text AS row_id, ${column.context ?? 'NULL'} AS context, ${column.column} AS sealed
         FROM ${column.table}
         WHERE ${column.column} IS NOT NULL AND (${condition}) ${places && `AND (${key}) > (${places})`}
         ORDER BY ${key} LIMIT $1`,
        [batch, ...parameters, ...after],
      ),
    );
  };
  let ahead = read([]);
  try {
    for (;;) {
      const rows = await ahead;
      const values = rows.map((row) => toValue(column, row));
      const last = rows.at(-1);
      if (last === undefined || rows.length < batch) {
        if (last !== undefined) yield values;
        return;
      }
      ahead = read(last.key);
      // Whoever asks for the next batch is told of it; until then nobody listens.
      ahead.catch(() => undefined);
      yield values;
    }
  } finally {
    // Somebody who stops in the midst may close the connections next.
    await Promise.allSettled([ahead]);
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
