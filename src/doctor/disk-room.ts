import { statfs } from 'node:fs/promises';

/** How many percent of a disk are free for us; null where that cannot be told. */
export async function freePercent(folder: string): Promise<number | null> {
  try {
    const { bavail, blocks } = await statfs(folder);
    return blocks === 0 ? null : Math.floor((bavail / blocks) * 100);
  } catch {
    return null;
  }
}
