import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readKeyFile } from '../config/key-file.js';
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

/**
 * The configured keys: the primary one writes unless another was promoted, and all of them read. Keys that are kept in
 * files may be added while the process runs; one that was known stays known until its end.
 */
@Injectable()
export class Keyring {
  readonly primary: MasterKey;
  private readonly keys = new Map<string, MasterKey>();

  constructor(private readonly config: PlatformConfig) {
    this.primary = this.add(config.encryptionKey);
    for (const key of config.previousEncryptionKeys) this.add(key);
  }

  get ids(): string[] {
    return [...this.keys.keys()];
  }

  list(): MasterKey[] {
    return [...this.keys.values()];
  }

  /** Also looks into the key files again: somebody may have added the very key that is asked for. */
  find(id: string): MasterKey | undefined {
    return this.keys.get(id) ?? this.lookAgain().get(id);
  }

  /** For what is given to a command besides the configured keys. */
  add(digits: string): MasterKey {
    const key = new MasterKey(Buffer.from(digits, 'hex'));
    const known = this.keys.get(key.id);
    if (known) return known;
    this.keys.set(key.id, key);
    return key;
  }

  lookAgain(): ReadonlyMap<string, MasterKey> {
    for (const path of this.config.encryptionKeyFiles ?? []) {
      for (const digits of findKeysIn(path)) this.add(digits);
    }
    return this.keys;
  }
}

/** A file that is just being replaced is read the next time. */
function findKeysIn(path: string): string[] {
  try {
    return readKeyFile(path);
  } catch {
    return [];
  }
}
