import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../../database/transaction.js';
import type { Keyring, MasterKey } from '../keyring.js';
import { unwrapDataKey, wrapDataKey } from '../organization-keys.js';
import type { KeyDesk } from './key-desk.js';
import { beginRotation, countDone, finishRotation, getTarget } from './rotation-progress.js';
import { RowRate } from './row-rate.js';

export interface RotationPace {
  /** Rows to one transaction. */
  readonly batch: number;
  /** Rows a second, at most. */
  readonly perSecond: number;
}

const LOCKED_ELSEWHERE_MS = 200;

interface WrappedRow {
  dek_id: string;
  organization_id: string;
  wrapped: string;
}

/**
 * Wraps every data key with the key that writes. What is left to do is what the rows say, so that it can be stopped at
 * any moment, run twice at once, and go on where it was. The sealed values themselves are not touched: they are sealed
 * with the data keys.
 */
export async function rotateWrapping(desk: KeyDesk, { batch, perSecond }: RotationPace): Promise<number> {
  const { target, rotation } = await desk.work.acrossOrganizations(async (tx) => {
    const key = await getTarget(tx, desk);
    return { target: key, rotation: await beginRotation(tx, 'wrapping', key) };
  });
  if (rotation.done > 0) desk.say(`Going on after ${rotation.done} data keys.`);
  const rate = new RowRate(perSecond);
  for (;;) {
    const { wrapped, isLast } = await desk.work.acrossOrganizations(async (tx) => {
      const rows = await tx.query<WrappedRow>(
        `SELECT dek_id, organization_id, wrapped FROM organization_keys
         WHERE kek_id <> $1 ORDER BY dek_id LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [target.id, batch],
      );
      if (rows.length === 0) return { wrapped: 0, isLast: (await countLeft(tx, target)) === 0 };
      await rewrap(tx, desk.keyring, target, rows);
      await countDone(tx, rotation, rows.length);
      return { wrapped: rows.length, isLast: false };
    });
    if (isLast) return await finishRotation(desk, rotation);
    if (wrapped > 0) desk.say(`${wrapped} data keys wrapped with ${target.id}.`);
    await sleep(wrapped === 0 ? LOCKED_ELSEWHERE_MS : rate.pauseAfter(wrapped));
  }
}

async function rewrap(tx: Transaction, keyring: Keyring, target: MasterKey, rows: readonly WrappedRow[]) {
  const renewed = rows.map(({ dek_id, organization_id, wrapped }) => {
    const secret = unwrapDataKey(keyring, organization_id, dek_id, wrapped);
    const again = wrapDataKey(target, organization_id, dek_id, secret);
    // Opened once more before the old form is given up: a fault here would lose the organization's data.
    if (unwrapDataKey(keyring, organization_id, dek_id, again) !== secret) {
      throw new Error(`Data key ${dek_id} did not come back out of its new wrapping`);
    }
    return again;
  });
  await tx.execute(
    `UPDATE organization_keys SET wrapped = renewed.wrapped, kek_id = $1
     FROM unnest($2::text[], $3::text[]) AS renewed(dek_id, wrapped) WHERE organization_keys.dek_id = renewed.dek_id`,
    [target.id, rows.map(({ dek_id }) => dek_id), renewed],
  );
}

async function countLeft(tx: Transaction, target: MasterKey): Promise<number> {
  const [left] = await tx.query<{ rows: number }>(
    'SELECT count(*)::int AS rows FROM organization_keys WHERE kek_id <> $1',
    [target.id],
  );
  return left?.rows ?? 0;
}
