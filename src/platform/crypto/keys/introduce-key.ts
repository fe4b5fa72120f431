import { setTimeout as sleep } from 'node:timers/promises';
import { equalDigests } from '../hashing.js';
import { macOf, recordKey } from '../key-check.js';
import type { MasterKey } from '../keyring.js';
import { type KeyDesk, KeyWorkRefused } from './key-desk.js';
import { listHolders } from './key-status.js';

const LOOK_EVERY_MS = 1_000;

/**
 * Makes keys known: from here on they may be promoted, and a start with a key that only shares the id is refused. Then
 * waits until every running instance holds them; instances find a key that was added to a key file by themselves.
 * Answers the ids of which that is not so in time: those instances need the key and a restart.
 */
export async function introduceKeys(
  desk: KeyDesk,
  keys: readonly MasterKey[],
  waitMs: number,
): Promise<readonly string[]> {
  await desk.work.acrossOrganizations(async (tx) => {
    for (const key of keys) {
      await recordKey(tx, key);
      const [row] = await tx.query<{ mac: Buffer; retired_at: Date | null }>(
        'SELECT mac, retired_at FROM key_checks WHERE kek_id = $1',
        [key.id],
      );
      if (row === undefined || !equalDigests(row.mac, macOf(key))) {
        throw new KeyWorkRefused(`Another key is known as ${key.id}. Make a new one: openssl rand -hex 32`);
      }
      if (row.retired_at !== null) throw new KeyWorkRefused(`Key ${key.id} was retired and does not come back.`);
    }
  });
  return await waitForHolders(
    desk,
    keys.map(({ id }) => id),
    waitMs,
  );
}

async function waitForHolders(desk: KeyDesk, ids: readonly string[], waitMs: number): Promise<readonly string[]> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const holders = await desk.work.acrossOrganizations(listHolders);
    const awaited = ids.filter((id) => holders.some((held) => !held.includes(id)));
    if (awaited.length === 0 || performance.now() > deadline) return awaited;
    await sleep(LOOK_EVERY_MS);
  }
}
