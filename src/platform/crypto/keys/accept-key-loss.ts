import type { Transaction } from '../../database/transaction.js';
import { randomToken } from '../hashing.js';
import { SEALED_COLUMNS, type SealedColumn } from '../sealed-columns.js';
import { type KeyDesk, KeyWorkRefused } from './key-desk.js';
import { LOST_VALUES } from './lost-values.js';
import { commandCipher } from './sealed-values.js';

export interface KeyLoss {
  readonly organizations: readonly string[];
  /** Values that cannot be opened any more, by column. */
  readonly values: Readonly<Record<string, number>>;
}

/** What would be given up with a key that is not here any more. Writes nothing. */
export async function readKeyLoss(desk: KeyDesk, id: string): Promise<KeyLoss> {
  demandMissing(desk, id);
  return await desk.work.acrossOrganizations(async (tx) => {
    const keys = await tx.query<{ dek_id: string; organization_id: string }>(
      'SELECT dek_id, organization_id FROM organization_keys WHERE kek_id = $1',
      [id],
    );
    if (keys.length === 0) throw new KeyWorkRefused(`Nothing is wrapped with key ${id}: nothing is lost with it.`);
    const values: Record<string, number> = {};
    for (const { table, column } of SEALED_COLUMNS) {
      const [count] = await tx.query<{ rows: number }>(
        `SELECT count(*)::int AS rows FROM ${table} WHERE split_part(${column}, '.', 2) = ANY($1)`,
        [keys.map(({ dek_id }) => dek_id)],
      );
      if (count!.rows > 0) values[`${table}.${column}`] = count!.rows;
    }
    return { organizations: [...new Set(keys.map(({ organization_id }) => organization_id))], values };
  });
}

/**
 * Gives a key up for good, one organization at a time: a run that was broken off is simply started again. Credentials
 * are wiped and their owners asked to connect again; bookings, prospects, notes and everything else that is not sealed
 * stays untouched. `onWiped` runs in the transaction of each organization.
 */
export async function acceptKeyLoss(
  desk: KeyDesk,
  id: string,
  onWiped: (tx: Transaction) => Promise<void>,
): Promise<KeyLoss> {
  const loss = await readKeyLoss(desk, id);
  // From here on nobody writes with it or takes it for the writing key.
  await desk.work.acrossOrganizations((tx) =>
    tx.execute('UPDATE key_checks SET retired_at = coalesce(retired_at, clock_timestamp()) WHERE kek_id = $1', [id]),
  );
  for (const organizationId of loss.organizations) {
    await desk.work.inOrganization({ organizationId }, async (tx) => {
      await wipe(desk, tx, id);
      await onWiped(tx);
    });
  }
  return loss;
}

async function wipe(desk: KeyDesk, tx: Transaction, id: string): Promise<void> {
  const { organizationId } = tx;
  const keys = await tx.query<{ dek_id: string }>(
    'SELECT dek_id FROM organization_keys WHERE organization_id = $1 AND kek_id = $2 FOR UPDATE',
    [organizationId, id],
  );
  const ids = keys.map(({ dek_id }) => dek_id);
  // The lost keys go first: what is sealed below makes the organization a new one.
  await tx.execute('DELETE FROM organization_keys WHERE organization_id = $1 AND dek_id = ANY($2)', [
    organizationId,
    ids,
  ]);
  for (const column of SEALED_COLUMNS) {
    const lost = LOST_VALUES[`${column.table}.${column.column}`];
    if (lost === undefined) throw new Error(`${column.table}.${column.column} has no entry in lost-values.ts`);
    if ('resolve' in lost) await tx.execute(lost.resolve, [organizationId, ids]);
    else await replaceSecrets(desk, tx, column, lost.replaceBySecret, ids);
  }
}

/** A secret that nobody knows: what carries it works no more, and nothing that reads the row stumbles. */
async function replaceSecrets(
  { keyring }: KeyDesk,
  tx: Transaction,
  { table, column }: SealedColumn,
  statement: string,
  lostIds: readonly string[],
): Promise<void> {
  const cipher = commandCipher(keyring);
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM ${table} WHERE organization_id = $1 AND split_part(${column}, '.', 2) = ANY($2)`,
    [tx.organizationId, lostIds],
  );
  for (const { id } of rows) {
    const sealed = await cipher.seal(tx, { table, column, rowId: id }, randomToken());
    await tx.execute(statement, [sealed, tx.organizationId, id]);
  }
}

function demandMissing({ keyring }: KeyDesk, id: string): void {
  if (keyring.find(id) !== undefined) {
    throw new KeyWorkRefused(`Key ${id} is among the keys given here: nothing is lost, rotate instead.`);
  }
}
