import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withLocalSecrets } from './local-secrets.js';

describe('the secrets made for a trial', () => {
  let parent: string;
  let DATA_DIR: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'passerelle-secrets-'));
    DATA_DIR = join(parent, 'made', 'here');
  });

  afterEach(() => rm(parent, { recursive: true }));

  it('are made once and found again', async () => {
    const first = await withLocalSecrets({ DATA_DIR });
    expect(first['ENCRYPTION_KEY']).toMatch(/^[0-9a-f]{64}$/);
    expect(first['JWT_SECRET']).toMatch(/^[0-9a-f]{64}$/);
    expect(first['JWT_SECRET']).not.toBe(first['ENCRYPTION_KEY']);
    expect(await withLocalSecrets({ DATA_DIR })).toEqual(first);
  });

  it('are the same for processes that start together, and leave one file', async () => {
    const started = await Promise.all(Array.from({ length: 20 }, () => withLocalSecrets({ DATA_DIR })));
    expect(new Set(started.map((environment) => environment['ENCRYPTION_KEY'])).size).toBe(1);
    expect(await readdir(DATA_DIR)).toEqual(['secrets.json']);
  });

  it('can be read by their owner alone', async () => {
    await withLocalSecrets({ DATA_DIR });
    const { mode } = await stat(join(DATA_DIR, 'secrets.json'));
    // Windows has no such bits.
    expect(mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it('stand back behind what somebody has set', async () => {
    const environment = await withLocalSecrets({ DATA_DIR, JWT_SECRET: 'of my own', ENCRYPTION_KEY: '' });
    expect(environment['JWT_SECRET']).toBe('of my own');
    expect(environment['ENCRYPTION_KEY']).toHaveLength(64);
  });

  it('are never made when all is set, nor in production', async () => {
    const complete = { DATA_DIR, JWT_SECRET: 'a', ENCRYPTION_KEY: 'b' };
    expect(await withLocalSecrets(complete)).toEqual(complete);
    expect(await withLocalSecrets({ DATA_DIR, NODE_ENV: 'production' })).toEqual({ DATA_DIR, NODE_ENV: 'production' });
    expect(await readdir(parent)).toEqual([]);
  });

  it('are not replaced when their file is damaged: what they protect would be lost', async () => {
    await withLocalSecrets({ DATA_DIR });
    await writeFile(join(DATA_DIR, 'secrets.json'), '{');
    await expect(withLocalSecrets({ DATA_DIR })).rejects.toThrow(SyntaxError);
    expect(await readFile(join(DATA_DIR, 'secrets.json'), 'utf8')).toBe('{');
  });
});
