import type { Transaction } from '../../database/transaction.js';
import { findPromotedId } from '../key-check.js';
import { HOLDER_GONE_SECONDS } from '../key-presence.js';
import type { KeyDesk } from './key-desk.js';

/** Random nonces of 96 bits are safe for 2^32 uses of one key; four bits earlier it is time for another. */
export const WORN_OUT_USES = 2 ** 28;

export interface KeyStatus {
  readonly keys: readonly KnownKey[];
  readonly instances: number;
  readonly rotations: readonly { kind: string; kekId: string; done: number; startedAt: Date }[];
  /** Data keys that no longer write and are kept until nothing can come back under them. */
  readonly formerDataKeys: number;
  readonly wornOutDataKeys: number;
}

export interface KnownKey {
  readonly id: string;
  /** Wrapped data keys: what would be lost with it. */
  readonly dataKeys: number;
  readonly isHeldHere: boolean;
  /** Running instances that hold it. */
  readonly heldBy: number;
  readonly state: 'writes' | 'reads' | 'retired';
}

export async function readKeyStatus({ work, keyring }: KeyDesk): Promise<KeyStatus> {
  return await work.acrossOrganizations(async (tx) => {
    const writer = (await findPromotedId(tx)) ?? keyring.primary.id;
    const holders = await listHolders(tx);
    const rows = await tx.query<{ kek_id: string; is_retired: boolean; data_keys: number }>(
      `SELECT k.kek_id, k.retired_at IS NOT NULL AS is_retired, count(o.dek_id)::int AS data_keys
       FROM key_checks k LEFT JOIN organization_keys o ON o.kek_id = k.kek_id
       GROUP BY k.kek_id ORDER BY k.created_at, k.kek_id`,
    );
    const rotations = await tx.query<{ kind: string; kek_id: string; done: string; started_at: Date }>(
      'SELECT kind, kek_id, done, started_at FROM key_rotations WHERE finished_at IS NULL ORDER BY started_at',
    );
    const [counts] = await tx.query<{ former: number; worn: number }>(
      `SELECT count(*) FILTER (WHERE retired_at IS NOT NULL)::int AS former,
         count(*) FILTER (WHERE retired_at IS NULL AND uses >= ${WORN_OUT_USES})::int AS worn
       FROM organization_keys`,
    );
    return {
      keys: rows.map(({ kek_id: id, is_retired, data_keys }) => ({
        id,
        dataKeys: data_keys,
        isHeldHere: keyring.find(id) !== undefined,
        heldBy: holders.filter((held) => held.includes(id)).length,
        state: is_retired ? 'retired' : id === writer ? 'writes' : 'reads',
      })),
      instances: holders.length,
      rotations: rotations.map(({ kind, kek_id, done, started_at }) => ({
        kind,
        kekId: kek_id,
        done: Number(done),
        startedAt: started_at,
      })),
      formerDataKeys: counts?.former ?? 0,
      wornOutDataKeys: counts?.worn ?? 0,
    };
  });
}

/** The keys of each instance that runs at the moment. */
export async function listHolders(tx: Transaction): Promise<string[][]> {
  const rows = await tx.query<{ key_ids: string[] }>(
    `SELECT key_ids FROM key_holders WHERE seen_at > clock_timestamp() - interval '${HOLDER_GONE_SECONDS} seconds'`,
  );
  return rows.map(({ key_ids }) => key_ids);
}
