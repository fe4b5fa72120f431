import { describe, expect, it } from '@jest/globals';
import type { PlatformConfig } from '../config/platform.config.js';
import { Keyring } from './keyring.js';

const KEY = '8c1f5b0a97e4d2636be1d87f20a93c5d4f7b61e8a0925ad3cb84f571e26d90a3';
const OLDER = '1c1f5b0a97e4d2636be1d87f20a93c5d4f7b61e8a0925ad3cb84f571e26d90a4';

const keyring = (encryptionKey: string, previousEncryptionKeys: string[] = []) =>
  new Keyring({ encryptionKey, previousEncryptionKeys } as unknown as PlatformConfig);

describe('keyring', () => {
  it('names a key by something that says nothing about it and never changes', () => {
    const { id } = keyring(KEY).primary;
    expect(id).toMatch(/^[0-9a-f]{8}$/);
    expect(KEY).not.toContain(id);
    expect(keyring(KEY.toUpperCase()).primary.id).toBe(id);
    expect(keyring(OLDER).primary.id).not.toBe(id);
  });

  it('derives another key for each purpose, the same in every process', () => {
    const bytes = (purpose: 'wrap' | 'key-check') => keyring(KEY).primary.for(purpose).export().toString('hex');
    expect(bytes('wrap')).toBe(bytes('wrap'));
    expect(bytes('wrap')).not.toBe(bytes('key-check'));
    expect(bytes('wrap')).not.toBe(KEY);
  });

  it('finds the previous keys and writes with the primary one', () => {
    const both = keyring(KEY, [OLDER]);
    const old = keyring(OLDER).primary;
    expect(both.primary.id).not.toBe(old.id);
    expect(both.find(old.id)?.for('wrap').equals(old.for('wrap'))).toBe(true);
    expect(both.find('00000000')).toBeUndefined();
  });
});
