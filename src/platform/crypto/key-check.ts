import { createHmac } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '../database/transaction.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { equalDigests } from './hashing.js';
import { Keyring, type MasterKey } from './keyring.js';
import { WrongEncryptionKey } from './wrong-encryption-key.js';

/**
 * Compares the configured keys with those the database was encrypted with, and refuses to start on a difference: a
 * server with the wrong key would show every connection as broken and write what the right key cannot read.
 */
@Injectable()
export class KeyCheck implements OnModuleInit {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keyring: Keyring,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.verify();
  }

  /** Throws `WrongEncryptionKey` before anything is written, or makes the primary key known. */
  async verify(): Promise<void> {
    await this.uow.acrossOrganizations(async (tx) => {
      const faults = await findKeyFaults(tx, this.keyring);
      if (faults.length > 0) throw new WrongEncryptionKey(faults, this.keyring.ids);
      await recordKey(tx, this.keyring.primary);
    });
  }
}

/** The ids of keys that are needed and not held, or that are held only by name. */
export async function findKeyFaults(tx: Transaction, keyring: Keyring): Promise<string[]> {
  const known = await tx.query<{ kek_id: string; mac: Buffer }>('SELECT kek_id, mac FROM key_checks');
  const used = await tx.query<{ kek_id: string }>('SELECT DISTINCT kek_id FROM organization_keys');
  const promoted = await findPromotedId(tx);
  const needed = [...used.map(({ kek_id }) => kek_id), ...(promoted === null ? [] : [promoted])];
  const missing = needed.filter((id) => keyring.find(id) === undefined);
  // The id is only 32 bits of the key: two keys may share one, and only the mac tells them apart.
  const different = known.filter(({ kek_id, mac }) => {
    const key = keyring.find(kek_id);
    return key !== undefined && !equalDigests(mac, macOf(key));
  });
  return [...new Set([...missing, ...different.map(({ kek_id }) => kek_id)])];
}

/** A key is known before anything is wrapped with it, so that the check above finds it. */
export async function recordKey(tx: Transaction, key: MasterKey): Promise<void> {
  await tx.execute('INSERT INTO key_checks (kek_id, mac) VALUES ($1, $2) ON CONFLICT (kek_id) DO NOTHING', [
    key.id,
    macOf(key),
  ]);
}

/** The key that was promoted last; null while the configured primary key decides. */
export async function findPromotedId(tx: Transaction): Promise<string | null> {
  const [promoted] = await tx.query<{ kek_id: string }>(
    `SELECT kek_id FROM key_checks WHERE promoted_at IS NOT NULL AND retired_at IS NULL
     ORDER BY promoted_at DESC LIMIT 1`,
  );
  return promoted?.kek_id ?? null;
}

/**
 * The key to wrap with, held against its retirement until the end of the transaction: a key is retired when nothing is
 * wrapped with it, and nothing must be added at that moment.
 */
export async function getWritingKey(tx: Transaction, keyring: Keyring): Promise<MasterKey> {
  await recordKey(tx, keyring.primary);
  const id = (await findPromotedId(tx)) ?? keyring.primary.id;
  const [live] = await tx.query('SELECT FROM key_checks WHERE kek_id = $1 AND retired_at IS NULL FOR KEY SHARE', [id]);
  const key = keyring.find(id);
  if (key === undefined || live === undefined) throw new WrongEncryptionKey([id], keyring.ids);
  return key;
}

export function macOf(key: MasterKey): Buffer {
  return createHmac('sha256', key.for('key-check')).update(key.id).digest();
}
