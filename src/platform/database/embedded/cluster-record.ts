import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What must be remembered about the server between two starts. Lives in DATA_DIR, readable by its owner only. */
export interface ClusterRecord {
  readonly superuserPassword: string;
  /** Null in a folder from before tables and application had roles of their own. */
  readonly ownerPassword: string | null;
  readonly applicationPassword: string;
  /** The folder that holds the cluster. Kept, because permissions that change later must not start an empty one. */
  readonly folder: string;
  readonly port: number | null;
}

const FILE_NAME = 'postgres.json';

export function createClusterRecord(folder: string): ClusterRecord {
  return {
    superuserPassword: randomPassword(),
    ownerPassword: randomPassword(),
    applicationPassword: randomPassword(),
    folder,
    port: null,
  };
}

export function withOwnerPassword(record: ClusterRecord): ClusterRecord & { readonly ownerPassword: string } {
  return { ...record, ownerPassword: record.ownerPassword ?? randomPassword() };
}

export async function findClusterRecord(dataDir: string): Promise<ClusterRecord | null> {
  const path = join(dataDir, FILE_NAME);
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return parseClusterRecord(content, path);
}

export async function writeClusterRecord(dataDir: string, record: ClusterRecord): Promise<void> {
  const path = join(dataDir, FILE_NAME);
  const draft = `${path}.draft`;
  await writeFile(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flush: true });
  // Replaced in one step: half a file would lock us out of our own data.
  await rename(draft, path);
}

function parseClusterRecord(content: string, path: string): ClusterRecord {
  try {
    const record = JSON.parse(content) as Partial<ClusterRecord>;
    const { superuserPassword, ownerPassword, applicationPassword, folder, port } = record;
    if (superuserPassword && applicationPassword && folder) {
      return {
        superuserPassword,
        ownerPassword: ownerPassword ?? null,
        applicationPassword,
        folder,
        port: port ?? null,
      };
    }
  } catch {
    // Not carried as cause: a JSON error quotes the text that it could not read.
  }
  throw new Error(`${path} is damaged: it should hold the passwords and the folder of the embedded PostgreSQL.`);
}

function randomPassword(): string {
  return randomBytes(24).toString('base64url');
}
