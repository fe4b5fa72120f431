import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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

describe('what a key is derived into', () => {
  it('is the same in every version: other bytes would open nothing that is kept', () => {
    const { primary } = keyring(KEY);
    // HKDF-SHA256 of the key without salt, for these purposes.
    expect(primary.id).toBe('40560624');
    expect(primary.for('wrap').export().toString('hex')).toBe(
      '34227db716d01a870d3790673d78b50f71e499ae38082a625715c062a3113358',
    );
    expect(primary.for('key-check').export().toString('hex')).toBe(
      'be1e3d6919083329f3e9e63045ff8a663ed91f526598c41260f7c7aefb0b09ea',
    );
  });
});

describe('the keys of a process', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passerelle-keyring-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const NEW = '2c1f5b0a97e4d2636be1d87f20a93c5d4f7b61e8a0925ad3cb84f571e26d90a5';
  const idOf = (key: string) => keyring(key).primary.id;

  it('are listed in the order of their configuration, each once', () => {
    const held = keyring(KEY, [OLDER, KEY]);
    expect(held.ids).toEqual([idOf(KEY), idOf(OLDER)]);
    expect(held.list().map(({ id }) => id)).toEqual(held.ids);
    expect(held.list()[0]).toBe(held.primary);
    expect(held.add(OLDER)).toBe(held.find(idOf(OLDER)));
    expect(held.add(NEW).id).toBe(idOf(NEW));
    expect(held.ids).toHaveLength(3);
  });

  const withFiles = (...encryptionKeyFiles: string[]) =>
    new Keyring({ encryptionKey: KEY, previousEncryptionKeys: [], encryptionKeyFiles } as unknown as PlatformConfig);

  it('grow by what is put into the key files meanwhile, and lose nothing that is taken out', () => {
    const [missing, file] = [join(folder, 'missing'), join(folder, 'keys')];
    const held = withFiles(missing, file);
    expect(held.find(idOf(OLDER))).toBeUndefined();
    writeFileSync(file, `${KEY}\n${OLDER} # the former one\n`);
    expect(held.ids).toEqual([idOf(KEY)]);
    expect(held.find(idOf(OLDER))?.id).toBe(idOf(OLDER));
    expect(held.find(idOf(KEY))).toBe(held.primary);
    writeFileSync(file, '');
    expect([...held.lookAgain().keys()]).toEqual([idOf(KEY), idOf(OLDER)]);
  });

  it('are not looked for again while the key that is asked for is there', () => {
    const file = join(folder, 'keys');
    const held = withFiles(file);
    writeFileSync(file, OLDER);
    expect(held.find(idOf(KEY))).toBe(held.primary);
    expect(held.ids).toEqual([idOf(KEY)]);
  });
});
