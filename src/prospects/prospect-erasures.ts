import type { Transaction } from '../platform/database/transaction.js';
import { sha256 } from '../platform/crypto/hashing.js';

// Who was erased is remembered by the hash of the address alone, so that an old booking does not bring them back.

export async function rememberErasure(tx: Transaction, emailKey: string): Promise<void> {
  await tx.query(
    `INSERT INTO prospect_tombstones (organization_id, email_hash, deleted_at) VALUES ($1, $2, clock_timestamp())
     ON CONFLICT (organization_id, email_hash) DO UPDATE SET deleted_at = excluded.deleted_at`,
    [tx.organizationId, sha256(emailKey)],
  );
}

/** When the people with these addresses were last erased, by address. */
export async function findErasures(tx: Transaction, emailKeys: readonly string[]): Promise<Map<string, Date>> {
  const byHash = new Map(emailKeys.map((key) => [sha256(key).toString('hex'), key]));
  if (byHash.size === 0) return new Map();
  const rows = await tx.query<{ hash: string; deleted_at: Date }>(
    `SELECT encode(email_hash, 'hex') AS hash, deleted_at FROM prospect_tombstones
     WHERE organization_id = $1 AND email_hash = ANY($2::bytea[])`,
    [tx.organizationId, [...byHash.keys()].map((hash) => Buffer.from(hash, 'hex'))],
  );
  return new Map(rows.map(({ hash, deleted_at: deletedAt }) => [byHash.get(hash)!, deletedAt]));
}
