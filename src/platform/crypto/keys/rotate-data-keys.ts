import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../../database/transaction.js';
import { Problem } from '../../errors/problem.js';
import { sealBroken } from '../crypto.problems.js';
import type { FieldCipher } from '../field-cipher.js';
import { getWritingKey } from '../key-check.js';
import { KEYS_KEPT_MS, makeDataKey, wrapDataKey } from '../organization-keys.js';
import { SEALED_COLUMNS, type SealedColumn } from '../sealed-columns.js';
import type { KeyDesk } from './key-desk.js';
import type { RotationPace } from './rotate-wrapping.js';
import { beginRotation, countDone, finishRotation, getTarget, type Rotation } from './rotation-progress.js';
import { RowRate } from './row-rate.js';
import {
  byOrganization,
  commandCipher,
  listStaleValues,
  replaceSealed,
  type Replacement,
  type SealedValue,
} from './sealed-values.js';

/**
 * Longer than any instance uses keys unseen. Waited twice: until everybody can read what a new data key has sealed, and
 * until nobody seals with the former one any more.
 */
export const SETTLE_SECONDS = (2 * KEYS_KEPT_MS) / 1_000;

/**
 * How long a former data key is kept beyond its last value. A process that was stopped in the midst of sealing may wake
 * hours later and store what it has sealed; a key that is kept costs nothing.
 */
const FORMER_KEPT_HOURS = 24;

/** What a round has left is held by somebody else. */
const BETWEEN_ROUNDS_MS = 200;

interface ResealPace {
  readonly batch: number;
  readonly rate: RowRate;
}

/**
 * Gives every organization a new data key and seals its values anew, in steps that can each be broken off and taken up:
 * the new key is announced, becomes the one that writes, takes over the values one by one, and the former goes a day
 * after it has none left. A value that somebody replaces at the same moment is already sealed with a key of theirs, and
 * stays as they wrote it.
 */
export async function rotateDataKeys(
  desk: KeyDesk,
  { batch, perSecond, settleSeconds }: RotationPace & { settleSeconds: number },
): Promise<number> {
  const rotation = await desk.work.acrossOrganizations(async (tx) =>
    beginRotation(tx, 'data', await getTarget(tx, desk)),
  );
  const announced = await announce(desk, rotation);
  if (announced > 0) desk.say(`${announced} new data keys announced.`);
  await waitUntilKnown(desk, settleSeconds);
  const changed = await takeOver(desk);
  if (changed > 0) desk.say(`${changed} data keys have taken over.`);
  const pace = { batch, rate: new RowRate(perSecond) };
  await resealAll(desk, rotation, pace);
  await waitUntilFormer(desk, rotation, settleSeconds);
  // Until a whole round finds nothing: instances have sealed with the former keys during the first one.
  while ((await resealAll(desk, rotation, pace)) > 0) await sleep(BETWEEN_ROUNDS_MS);
  return await finishRotation(desk, rotation);
}

/** Deletes data keys that have sealed nothing that is still there, and that nobody can still be using. */
export async function letGoOfFormerDataKeys({ work }: KeyDesk): Promise<number> {
  const inUse = SEALED_COLUMNS.map(
    ({ table, column }) =>
      `AND NOT EXISTS (SELECT FROM ${table} t WHERE t.organization_id = k.organization_id
         AND split_part(t.${column}, '.', 2) = k.dek_id)`,
  ).join('\n');
  return await work.acrossOrganizations(async (tx) => {
    const { count } = await tx.execute(
      `DELETE FROM organization_keys k
       WHERE NOT takes_over AND retired_at < clock_timestamp() - interval '${FORMER_KEPT_HOURS} hours' ${inUse}`,
    );
    return count;
  });
}

async function announce({ work, keyring }: KeyDesk, { startedAt }: Rotation): Promise<number> {
  const organizations = await work.acrossOrganizations((tx) =>
    tx.query<{ organization_id: string }>(
      `SELECT organization_id FROM organization_keys k
       WHERE retired_at IS NULL AND created_at < $1
         AND NOT EXISTS (SELECT FROM organization_keys n WHERE n.organization_id = k.organization_id AND n.takes_over)`,
      [startedAt],
    ),
  );
  for (const { organization_id: organizationId } of organizations) {
    await work.inOrganization({ organizationId }, async (tx) => {
      const { dataKey, secret } = makeDataKey();
      const wrapping = await getWritingKey(tx, keyring);
      await tx.execute(
        `INSERT INTO organization_keys (dek_id, organization_id, kek_id, wrapped, created_at, retired_at, takes_over)
         SELECT $1, $2, $3, $4, clock_timestamp(), clock_timestamp(), true`,
        [dataKey.id, organizationId, wrapping.id, wrapDataKey(wrapping, organizationId, dataKey.id, secret)],
      );
    });
  }
  return organizations.length;
}

async function waitUntilKnown({ work, say }: KeyDesk, settleSeconds: number): Promise<void> {
  const seconds = await work.acrossOrganizations((tx) =>
    secondsLeft(tx, 'max(created_at)', 'takes_over', settleSeconds),
  );
  if (seconds > 0) say(`Waiting ${Math.ceil(seconds)} s until every instance has read them.`);
  await sleep(seconds * 1_000);
}

async function waitUntilFormer({ work, say }: KeyDesk, { startedAt }: Rotation, settleSeconds: number): Promise<void> {
  const seconds = await work.acrossOrganizations((tx) =>
    secondsLeft(tx, 'max(retired_at)', 'NOT takes_over AND created_at < $2', settleSeconds, [startedAt]),
  );
  if (seconds > 0) say(`Waiting ${Math.ceil(seconds)} s until nobody writes with the former ones.`);
  await sleep(seconds * 1_000);
}

async function secondsLeft(
  tx: Transaction,
  instant: string,
  condition: string,
  settleSeconds: number,
  parameters: unknown[] = [],
): Promise<number> {
  const [row] = await tx.query<{ seconds: string | null }>(
    `SELECT extract(epoch FROM ${instant} + make_interval(secs => $1) - clock_timestamp()) AS seconds
     FROM organization_keys WHERE ${condition}`,
    [settleSeconds, ...parameters],
  );
  return Math.max(0, Number(row?.seconds ?? 0));
}

async function takeOver({ work }: KeyDesk): Promise<number> {
  const waiting = await work.acrossOrganizations((tx) =>
    tx.query<{ organization_id: string }>('SELECT organization_id FROM organization_keys WHERE takes_over'),
  );
  for (const { organization_id: organizationId } of waiting) {
    await work.inOrganization({ organizationId }, async (tx) => {
      const parameters = [organizationId];
      await tx.execute(
        `UPDATE organization_keys SET retired_at = clock_timestamp() WHERE organization_id = $1 AND retired_at IS NULL`,
        parameters,
      );
      await tx.execute(
        `UPDATE organization_keys SET retired_at = NULL, takes_over = false WHERE organization_id = $1 AND takes_over`,
        parameters,
      );
    });
  }
  return waiting.length;
}

/** One round over every column; answers how many values were still under a former key. */
async function resealAll(desk: KeyDesk, rotation: Rotation, pace: ResealPace): Promise<number> {
  const cipher = commandCipher(desk.keyring);
  let met = 0;
  for (const column of SEALED_COLUMNS) {
    const ofColumn = await resealColumn(desk, cipher, rotation, column, pace);
    if (ofColumn > 0) desk.say(`${column.table}.${column.column}: ${ofColumn} values sealed anew.`);
    met += ofColumn;
  }
  return met;
}

/** While one batch is written, the next is sealed, and the one after that is read. */
async function resealColumn(
  desk: KeyDesk,
  cipher: FieldCipher,
  rotation: Rotation,
  column: SealedColumn,
  { batch, rate }: ResealPace,
): Promise<number> {
  let met = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const values of listStaleValues(desk.work, column, batch)) {
      for (const own of byOrganization(values)) {
        const replacements = await sealAnew(desk, cipher, own);
        await writing;
        writing = write(desk, rotation, column, replacements);
        // Told to whoever awaits it next; until then nobody listens.
        writing.catch(() => undefined);
        met += replacements.length;
      }
      await sleep(rate.pauseAfter(values.length));
    }
    await writing;
  } finally {
    await Promise.allSettled([writing]);
  }
  return met;
}

/**
 * The values of one organization, under its current key. One that does not open stays as it is: what is broken is for
 * `verify` to name, and no reason to stop here.
 */
async function sealAnew(
  { work }: KeyDesk,
  cipher: FieldCipher,
  values: readonly SealedValue[],
): Promise<Replacement[]> {
  const { organizationId } = values[0]!;
  return await work.inOrganization({ organizationId }, async (tx) => {
    const replacements: Replacement[] = [];
    for (const value of values) {
      const text = await findText(tx, cipher, value);
      if (text === null) continue;
      const sealedAnew = await cipher.seal(tx, value.place, text);
      if ((await cipher.open(tx, value.place, sealedAnew)) !== text) {
        throw new Error(`${value.place.table}.${value.place.column} did not come back out of its new seal`);
      }
      replacements.push({ value, sealedAnew });
    }
    return replacements;
  });
}

async function write(
  { work }: KeyDesk,
  rotation: Rotation,
  column: SealedColumn,
  replacements: readonly Replacement[],
): Promise<void> {
  const first = replacements[0];
  if (first === undefined) return;
  await work.inOrganization(first.value, async (tx) =>
    countDone(tx, rotation, await replaceSealed(tx, column, replacements)),
  );
}

async function findText(tx: Transaction, cipher: FieldCipher, { place, sealed }: SealedValue): Promise<string | null> {
  try {
    return await cipher.open(tx, place, sealed);
  } catch (error) {
    if (error instanceof Problem && error.is(sealBroken)) return null;
    throw error;
  }
}
