import { findPromotedId } from '../key-check.js';
import { type KeyDesk, KeyWorkRefused } from './key-desk.js';

/** Ends a key: nothing is wrapped with it and nothing ever will be. Afterwards it may leave the configuration. */
export async function retireKey({ work, keyring }: KeyDesk, id: string): Promise<void> {
  await work.acrossOrganizations(async (tx) => {
    // Whoever wraps with it at this moment holds the row: their data key is counted below.
    const [known] = await tx.query('SELECT FROM key_checks WHERE kek_id = $1 AND retired_at IS NULL FOR UPDATE', [id]);
    if (known === undefined) throw new KeyWorkRefused(`Key ${id} is not known, or was retired before.`);
    const promoted = await findPromotedId(tx);
    if (id === (promoted ?? keyring.primary.id)) {
      throw new KeyWorkRefused(`Key ${id} writes: promote another one first.`);
    }
    const [left] = await tx.query<{ rows: number }>(
      'SELECT count(*)::int AS rows FROM organization_keys WHERE kek_id = $1',
      [id],
    );
    if (left!.rows > 0) {
      throw new KeyWorkRefused(`${left!.rows} data keys are still wrapped with key ${id}: rotate first.`);
    }
    await tx.execute('UPDATE key_checks SET retired_at = clock_timestamp() WHERE kek_id = $1', [id]);
  });
}
