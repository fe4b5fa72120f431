import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The first lines of `postmaster.pid`, which a running server keeps in its data folder. */
export interface PostmasterFile {
  readonly pid: number;
  /** `null` while the server is so young that it has not written the line yet. */
  readonly port: number | null;
}

export function postmasterFilePath(dataFolder: string): string {
  return join(dataFolder, 'postmaster.pid');
}

/** A file that is missing, empty or cut short (the disk was full) names no server. */
export async function findPostmasterFile(dataFolder: string): Promise<PostmasterFile | null> {
  try {
    return parsePostmasterFile(await readFile(postmasterFilePath(dataFolder), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

// https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/utils/pidfile.h
export function parsePostmasterFile(content: string): PostmasterFile | null {
  const [pidLine = '', , , portLine = ''] = content.split(/\r?\n/);
  // A standalone backend writes its pid negated; it holds the folder just the same.
  const pid = Math.abs(Number.parseInt(pidLine, 10));
  if (!Number.isSafeInteger(pid) || pid === 0) return null;
  const port = Number.parseInt(portLine, 10);
  return { pid, port: port > 0 ? port : null };
}
