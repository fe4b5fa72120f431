import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { SupervisorLog } from './supervisor-log.js';

/** The system user that runs the server when we are root, whom PostgreSQL refuses. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);

// _postgres is the name that macOS ships.
const KNOWN_NAMES = ['postgres', '_postgres'];

const CREATE_COMMANDS: readonly (readonly string[])[] = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
  // BusyBox, as in Alpine, has no useradd.
  ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', 'postgres'],
];

/** `null` for an ordinary user, who runs the server as himself. */
export async function findServerAccount(log: SupervisorLog): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of KNOWN_NAMES) {
    const account = await findAccount(name);
    if (account !== null) return account;
  }
  return await createAccount(log);
}

async function findAccount(name: string): Promise<ServerAccount | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

async function createAccount(log: SupervisorLog): Promise<ServerAccount> {
  const failures: unknown[] = [];
  for (const [command = '', ...parameters] of CREATE_COMMANDS) {
    try {
      await run(command, parameters);
    } catch (error) {
      failures.push(error);
      continue;
    }
    const account = await findAccount('postgres');
    if (account === null) continue;
    log('embedded_postgres.account_created', { account: account.name, reason: 'PostgreSQL refuses to run as root' });
    return account;
  }
  throw new EmbeddedPostgresError(
    'no-server-account',
    'PostgreSQL refuses to run as root, and a system user named postgres could not be created. ' +
      'Create it, start as an ordinary user, or set DATABASE_URL.',
    { cause: new AggregateError(failures) },
  );
}

/** Whether the account may pass through every folder above `path`. */
export async function canReach(path: string, account: ServerAccount): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!isTraversable(await stat(folder), account)) return false;
    if (folder === dirname(folder)) return true;
  }
}

export function isTraversable(
  folder: { readonly mode: number; readonly uid: number; readonly gid: number },
  account: Pick<ServerAccount, 'uid' | 'gid'>,
): boolean {
  // The first class that matches decides, as in the kernel: an owner is not helped by what others may do.
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
