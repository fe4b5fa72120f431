import { createHash } from 'node:crypto';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canReach, type ServerAccount } from './server-account.js';
import type { SupervisorLog } from './supervisor-log.js';

/**
 * Where a new cluster goes: `<DATA_DIR>/pg`. The exception is root working below a folder that only root may enter,
 * such as /root: the server account could not reach its own data there.
 */
export async function chooseClusterFolder(
  dataDir: string,
  account: ServerAccount | null,
  log: SupervisorLog,
): Promise<string> {
  const usual = join(dataDir, 'pg');
  if (account === null || (await canReach(usual, account))) return usual;
  const elsewhere = join('/var/lib/passerelle', hashOf(dataDir), 'pg');
  log('embedded_postgres.data_elsewhere', {
    folder: elsewhere,
    reason: `the account ${account.name}, which runs PostgreSQL because root may not, cannot enter ${dataDir}`,
  });
  // An administrator's umask may be 077, which would hide these from the account they are made for.
  for (const folder of ['/var/lib/passerelle', dirname(elsewhere)]) {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
  }
  return elsewhere;
}

export async function giveTo(path: string, account: ServerAccount | null): Promise<void> {
  if (account !== null) await chown(path, account.uid, account.gid);
}

function hashOf(dataDir: string): string {
  return createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
}
