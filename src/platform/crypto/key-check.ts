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
      const known = await tx.query<{ kek_id: string; mac: Buffer }>('SELECT kek_id, mac FROM key_checks');
      const used = await tx.query<{ kek_id: string }>('SELECT DISTINCT kek_id FROM organization_keys');
      const missing = used.map((row) => row.kek_id).filter((id) => this.keyring.find(id) === undefined);
      // The id is only 32 bits of the key: two keys may share one, and only the mac tells them apart.
      const different = known.filter(({ kek_id, mac }) => {
        const key = this.keyring.find(kek_id);
        return key !== undefined && !equalDigests(mac, macOf(key));
      });
      const faults = [...missing, ...different.map(({ kek_id }) => kek_id)];
      if (faults.length > 0) throw new WrongEncryptionKey([...new Set(faults)], this.keyring.ids);
      await recordKey(tx, this.keyring.primary);
    });
  }
}

/** A key is known before anything is wrapped with it, so that the check above finds it. */
export async function recordKey(tx: Transaction, key: MasterKey): Promise<void> {
  await tx.execute('INSERT INTO key_checks (kek_id, mac) VALUES ($1, $2) ON CONFLICT (kek_id) DO NOTHING', [
    key.id,
    macOf(key),
  ]);
}

function macOf(key: MasterKey): Buffer {
  return createHmac('sha256', key.for('key-check')).update(key.id).digest();
}
