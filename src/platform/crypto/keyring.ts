import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PlatformConfig } from '../config/platform.config.js';

/** What a configured key may be used for. One purpose cannot stand in for another. */
export type KeyPurpose = 'wrap' | 'key-check';

/**
 * One configured key. It never encrypts anything itself: each purpose has its own key derived from it, and so has its
 * id, which is safe to show.
 */
export class MasterKey {
  readonly id: string;
  private readonly derived = new Map<KeyPurpose, KeyObject>();

  constructor(private readonly secret: Buffer) {
    this.id = derive(secret, 'kid').toString('hex').slice(0, 8);
  }

  for(purpose: KeyPurpose): KeyObject {
    const known = this.derived.get(purpose) ?? createSecretKey(derive(this.secret, purpose));
    this.derived.set(purpose, known);
    return known;
  }
}

function derive(secret: Buffer, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', label, 32));
}

/** The configured keys: the primary one writes, the previous ones still read. */
@Injectable()
export class Keyring {
  readonly primary: MasterKey;
  private readonly keys: ReadonlyMap<string, MasterKey>;

  constructor(config: PlatformConfig) {
    this.primary = new MasterKey(Buffer.from(config.encryptionKey, 'hex'));
    const previous = config.previousEncryptionKeys.map((key) => new MasterKey(Buffer.from(key, 'hex')));
    this.keys = new Map([this.primary, ...previous].map((key) => [key.id, key]));
  }

  get ids(): string[] {
    return [...this.keys.keys()];
  }

  list(): MasterKey[] {
    return [...this.keys.values()];
  }

  find(id: string): MasterKey | undefined {
    return this.keys.get(id);
  }
}
