import { type KeyDesk, KeyWorkRefused } from './key-desk.js';
import { listHolders } from './key-status.js';

/** From the commit on the key writes, in every instance. Refused while one of them could not read what it wraps. */
export async function promoteKey({ work, keyring }: KeyDesk, id: string): Promise<void> {
  await work.acrossOrganizations(async (tx) => {
    const [known] = await tx.query<{ retired_at: Date | null }>(
      'SELECT retired_at FROM key_checks WHERE kek_id = $1 FOR UPDATE',
      [id],
    );
    if (known === undefined) throw new KeyWorkRefused(`Key ${id} is not known: introduce it first.`);
    if (known.retired_at !== null) throw new KeyWorkRefused(`Key ${id} was retired.`);
    if (keyring.find(id) === undefined) throw new KeyWorkRefused(`Key ${id} is not among the keys given here.`);
    const holders = await listHolders(tx);
    const without = holders.filter((held) => !held.includes(id)).length;
    if (without > 0) {
      throw new KeyWorkRefused(
        `${without} of ${holders.length} running instances do not hold key ${id}: add it to their ` +
          'ENCRYPTION_KEYS_PREVIOUS (or its file) first, and restart those that take it from a variable.',
      );
    }
    await tx.execute('UPDATE key_checks SET promoted_at = clock_timestamp() WHERE kek_id = $1', [id]);
  });
}
