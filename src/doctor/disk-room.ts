import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';

/** Counted in blocks, all of one size: `bfree` also counts what is reserved for the system, `bavail` does not. */
interface DiskBlocks {
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
}

@Injectable()
export class DiskRoom {
  /** How many percent of the disk under a folder are free for us; null where that cannot be told. */
  async freePercent(folder: string): Promise<number | null> {
    try {
      return percentFree(await statfs(folder));
    } catch {
      return null;
    }
  }
}

/** Of what is ours to fill, as `df` counts: blocks reserved for the system are neither used nor free. */
export function percentFree({ blocks, bfree, bavail }: DiskBlocks): number | null {
  const fillable = blocks - bfree + bavail;
  return fillable === 0 ? null : Math.floor((bavail / fillable) * 100);
}
