import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction.js';
import { getWritingKey } from './key-check.js';
import { Keyring, type MasterKey } from './keyring.js';
import { keyIdOf, openText, sealText } from './sealed-text.js';
import { WrongEncryptionKey } from './wrong-encryption-key.js';

const WRAP_LABEL = 'psr1-wrap';

/** How long keys are used unseen: a renewal of data keys waits for longer before it relies on everybody knowing. */
export const KEYS_KEPT_MS = 60_000;

export interface DataKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** All data keys of one organization: one that writes, and those that older values were sealed with. */
export interface DataKeys {
  readonly current: DataKey;
  readonly byId: ReadonlyMap<string, DataKey>;
}

interface KeyRow {
  dek_id: string;
  wrapped: string;
  retired_at: Date | null;
}

/**
 * Each organization's own data keys, made at its first secret and kept wrapped by the primary key. Unwrapped keys stay
 * in memory, but only once their row is committed: a key that its transaction rolled back would seal what nobody can
 * ever open. Until then it belongs to that transaction alone.
 */
@Injectable()
export class OrganizationKeys {
  private readonly committed = new Map<string, { keys: DataKeys; until: number }>();
  private readonly uncommitted = new WeakMap<Transaction, DataKeys>();
  private uses = new Map<string, number>();
  /** Shorter in tests. */
  keptMs = KEYS_KEPT_MS;

  constructor(private readonly keyring: Keyring) {}

  findCached(organizationId: string): DataKeys | undefined {
    return this.committed.get(organizationId)?.keys;
  }

  /** The next look goes to the database: another instance has made a key that this one has not seen. */
  forget(organizationId: string): void {
    this.committed.delete(organizationId);
  }

  async get(tx: Transaction): Promise<DataKeys> {
    const organizationId = organizationOf(tx);
    const kept = this.committed.get(organizationId);
    if (kept && kept.until > performance.now()) return kept.keys;
    const own = this.uncommitted.get(tx);
    if (own) return own;
    const stored = await this.findStored(tx, organizationId);
    return stored ? this.keep(organizationId, stored) : await this.create(tx, organizationId);
  }

  countUse(dekId: string): void {
    this.uses.set(dekId, (this.uses.get(dekId) ?? 0) + 1);
  }

  /** What was counted since this was called last. */
  takeUses(): ReadonlyMap<string, number> {
    const taken = this.uses;
    this.uses = new Map();
    return taken;
  }

  private keep(organizationId: string, keys: DataKeys): DataKeys {
    this.committed.set(organizationId, { keys, until: performance.now() + this.keptMs });
    return keys;
  }

  private async create(tx: Transaction, organizationId: string): Promise<DataKeys> {
    const { secret, dataKey } = makeDataKey();
    const wrapping = await getWritingKey(tx, this.keyring);
    // Waits for a concurrent first user of the same organization, whose key then serves both.
    const { count } = await tx.execute(
      `INSERT INTO organization_keys (dek_id, organization_id, kek_id, wrapped) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [dataKey.id, organizationId, wrapping.id, wrapDataKey(wrapping, organizationId, dataKey.id, secret)],
    );
    if (count === 1) {
      const own = { current: dataKey, byId: new Map([[dataKey.id, dataKey]]) };
      this.uncommitted.set(tx, own);
      return own;
    }
    const stored = await this.findStored(tx, organizationId);
    if (!stored) throw new Error('An organization key was neither found nor made');
    return this.keep(organizationId, stored);
  }

  private async findStored(tx: Transaction, organizationId: string): Promise<DataKeys | null> {
    const rows = await tx.query<KeyRow>(
      'SELECT dek_id, wrapped, retired_at FROM organization_keys WHERE organization_id = $1',
      [organizationId],
    );
    const byId = new Map(rows.map((row) => [row.dek_id, this.unwrap(organizationId, row)]));
    const current = byId.get(rows.find(({ retired_at }) => retired_at === null)?.dek_id ?? '');
    return current ? { current, byId } : null;
  }

  private unwrap(organizationId: string, { dek_id, wrapped }: KeyRow): DataKey {
    const secret = unwrapDataKey(this.keyring, organizationId, dek_id, wrapped);
    return { id: dek_id, key: createSecretKey(Buffer.from(secret, 'base64url')) };
  }
}

/** A new data key, and its secret in the letters in which it is wrapped. */
export function makeDataKey(): { dataKey: DataKey; secret: string } {
  const secret = randomBytes(32);
  const dataKey = { id: randomBytes(8).toString('hex'), key: createSecretKey(secret) };
  return { dataKey, secret: secret.toString('base64url') };
}

export function wrapDataKey(master: MasterKey, organizationId: string, dekId: string, secret: string): string {
  return sealText(WRAP_LABEL, master.id, master.for('wrap'), [organizationId, dekId], secret);
}

export function unwrapDataKey(keyring: Keyring, organizationId: string, dekId: string, wrapped: string): string {
  const keyId = keyIdOf(WRAP_LABEL, wrapped);
  const master = keyring.find(keyId);
  if (master === undefined) throw new WrongEncryptionKey([keyId], keyring.ids);
  return openText(WRAP_LABEL, master.for('wrap'), [organizationId, dekId], wrapped);
}

function organizationOf(tx: Transaction): string {
  if (tx.organizationId === null) {
    throw new Error('A secret belongs to an organization: its transaction must name one');
  }
  return tx.organizationId;
}
