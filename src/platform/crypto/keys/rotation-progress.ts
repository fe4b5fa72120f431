import { newId } from '../../database/identifiers.js';
import type { Transaction } from '../../database/transaction.js';
import { findPromotedId } from '../key-check.js';
import type { MasterKey } from '../keyring.js';
import { type KeyDesk, KeyWorkRefused } from './key-desk.js';

/** A renewal that began and has not ended: whoever continues it adds to the same row. */
export interface Rotation {
  readonly id: string;
  readonly startedAt: Date;
  readonly done: number;
}

/** Joins the rotation under way, or begins one; one for another key has been overtaken. */
export async function beginRotation(
  tx: Transaction,
  kind: 'wrapping' | 'data',
  { id: kekId }: MasterKey,
): Promise<Rotation> {
  await tx.execute(
    `UPDATE key_rotations SET finished_at = clock_timestamp() WHERE kind = $1 AND kek_id <> $2 AND finished_at IS NULL`,
    [kind, kekId],
  );
  await tx.execute(`INSERT INTO key_rotations (id, kind, kek_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
    newId(),
    kind,
    kekId,
  ]);
  const [row] = await tx.query<{ id: string; started_at: Date; done: string }>(
    'SELECT id, started_at, done FROM key_rotations WHERE kind = $1 AND finished_at IS NULL',
    [kind],
  );
  if (row === undefined) throw new Error('A rotation was neither found nor begun');
  return { id: row.id, startedAt: row.started_at, done: Number(row.done) };
}

export async function countDone(tx: Transaction, { id }: Rotation, rows: number): Promise<void> {
  await tx.execute('UPDATE key_rotations SET done = done + $2, updated_at = clock_timestamp() WHERE id = $1', [
    id,
    rows,
  ]);
}

/** Answers how many rows it took in all, over every run of the command. */
export async function finishRotation({ work }: KeyDesk, { id }: Rotation): Promise<number> {
  const [row] = await work.acrossOrganizations((tx) =>
    tx.query<{ done: string }>(
      'UPDATE key_rotations SET finished_at = clock_timestamp() WHERE id = $1 RETURNING done',
      [id],
    ),
  );
  return Number(row?.done ?? 0);
}

/** The promoted key: nothing is rotated to a key that does not write yet. */
export async function getTarget(tx: Transaction, { keyring }: KeyDesk): Promise<MasterKey> {
  const id = (await findPromotedId(tx)) ?? keyring.primary.id;
  const key = keyring.find(id);
  if (key === undefined) throw new KeyWorkRefused(`Key ${id} writes, and is not among the keys given here.`);
  return key;
}
