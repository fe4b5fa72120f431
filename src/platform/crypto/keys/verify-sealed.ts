import { Problem } from '../../errors/problem.js';
import { sealBroken } from '../crypto.problems.js';
import { SEALED_COLUMNS, type SealedColumn } from '../sealed-columns.js';
import { FIELD_LABEL, type FieldCipher } from '../field-cipher.js';
import { WrongEncryptionKey } from '../wrong-encryption-key.js';
import type { KeyDesk } from './key-desk.js';
import { byOrganization, commandCipher, listSealedValues, type SealedValue } from './sealed-values.js';

const BATCH = 500;

export interface Verification {
  readonly values: number;
  /** `table.column` and the row, for every value that does not open. */
  readonly unreadable: readonly string[];
  /** Columns that hold sealed values and that nobody has declared: no renewal would reach them. */
  readonly undeclared: readonly string[];
}

/** Opens everything that is sealed and says what does not open. Nothing is written, and no text leaves this function. */
export async function verifySealed(desk: KeyDesk): Promise<Verification> {
  const cipher = commandCipher(desk.keyring);
  const unreadable: string[] = [];
  let count = 0;
  for (const column of SEALED_COLUMNS) {
    for await (const batch of listSealedValues(desk.work, column, BATCH)) {
      count += batch.length;
      for (const values of byOrganization(batch)) {
        for (const value of await listUnopened(desk, cipher, values)) {
          if (await isStillThere(desk, column, value)) {
            unreadable.push(`${column.table}.${column.column} ${value.key.join(' ')}`);
          }
        }
      }
    }
  }
  return { values: count, unreadable, undeclared: await listUndeclared(desk) };
}

async function listUnopened(
  { work }: KeyDesk,
  cipher: FieldCipher,
  values: readonly SealedValue[],
): Promise<SealedValue[]> {
  const { organizationId } = values[0]!;
  return await work.inOrganization({ organizationId }, async (tx) => {
    const unopened: SealedValue[] = [];
    for (const value of values) {
      try {
        await cipher.open(tx, value.place, value.sealed);
      } catch (error) {
        if (!isOfTheSeal(error)) throw error;
        unopened.push(value);
      }
    }
    return unopened;
  });
}

/** Altered, or of a key that is not given here. */
function isOfTheSeal(error: unknown): boolean {
  return error instanceof WrongEncryptionKey || (error instanceof Problem && error.is(sealBroken));
}

/** A value that was replaced between our reading and our opening is no fault. */
async function isStillThere({ work }: KeyDesk, column: SealedColumn, value: SealedValue): Promise<boolean> {
  const conditions = column.key.map((name, index) => `${name} = $${index + 2}`).join(' AND ');
  const rows = await work.acrossOrganizations((tx) =>
    tx.query(`SELECT FROM ${column.table} WHERE ${column.column} = $1 AND ${conditions}`, [value.sealed, ...value.key]),
  );
  return rows.length > 0;
}

async function listUndeclared({ work }: KeyDesk): Promise<string[]> {
  const declared = new Set(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`));
  const columns = await work.acrossOrganizations((tx) =>
    tx.query<{ table_name: string; column_name: string }>(
      `SELECT c.table_name, c.column_name FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
         AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY') ORDER BY 1, 2`,
    ),
  );
  const undeclared: string[] = [];
  for (const { table_name: table, column_name: column } of columns) {
    if (declared.has(`${table}.${column}`)) continue;
    const found = await work.acrossOrganizations((tx) =>
      tx.query(`SELECT FROM "${table}" WHERE "${column}"::text ~ $1 LIMIT 1`, [
        `(^|["{,])${FIELD_LABEL}\\.[0-9a-f]{16}\\.[\\w-]{16}\\.`,
      ]),
    );
    if (found.length > 0) undeclared.push(`${table}.${column}`);
  }
  return undeclared;
}
