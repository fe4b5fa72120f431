import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const COMMIT = /^[0-9a-f]{40,64}$/;

/** The commit that a working copy stands on; null for a folder that is none. Git itself need not be installed. */
export async function findCheckedOutCommit(folder: string): Promise<string | null> {
  const head = await readLines(join(folder, '.git/HEAD'));
  const [first = ''] = head;
  const branch = /^ref: (refs\/[\w./-]+)$/.exec(first)?.[1];
  if (branch === undefined) return COMMIT.test(first) ? first : null;
  const [loose = ''] = await readLines(join(folder, '.git', branch));
  if (COMMIT.test(loose)) return loose;
  // Branches that nobody has moved for a while are packed into one file.
  const packed = await readLines(join(folder, '.git/packed-refs'));
  return packed.find((line) => line.endsWith(` ${branch}`))?.split(' ')[0] ?? null;
}

async function readLines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
  } catch {
    return [];
  }
}
