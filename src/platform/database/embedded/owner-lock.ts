import { randomUUID } from 'node:crypto';
import { linkSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { findProcess } from './process-table.js';

interface Owner {
  readonly pid: number;
  readonly startedAt: string | null;
}

// Where a process number cannot be told from its reuse, a file with our own number may be a predecessor's.
const heldHere = new Set<string>();

/**
 * One supervisor per server: two would each restart what the other stops. The lock is a file with the owner's process
 * number and start time. When that owner is gone, the lock is taken over, so a killed application needs no cleaning.
 *
 * Taking over means creating the file with the next number in its name, which only one of many starters can do.
 * Replacing the stale file instead would be a trap: the second starter, still acting on what it read, would replace
 * the file of the first. For the same reason the newest file is never deleted, only marked as released.
 */
export class OwnerLock {
  private constructor(private readonly file: string) {}

  static async acquire(path: string, describeServer: string): Promise<OwnerLock> {
    const content = JSON.stringify(await ourselves());
    for (;;) {
      const newest = await findNewest(path);
      const owner = newest === 0 ? null : await findOwner(fileOf(path, newest));
      if (owner !== null) {
        throw new EmbeddedPostgresError(
          'owned-by-another-process',
          `${describeServer} belongs to process ${owner.pid}, which is still running. ` +
            'Stop that process, or give this one a server of its own with DATABASE_URL or another DATA_DIR.',
        );
      }
      const file = fileOf(path, newest + 1);
      if (!(await createWhole(file, content))) continue;
      // We may have been so slow that others came, went, and removed files up to our number.
      if ((await findNewest(path)) !== newest + 1) {
        heldHere.delete(file);
        await rm(file, { force: true });
        continue;
      }
      await removeOlder(path, newest + 1);
      return new OwnerLock(file);
    }
  }

  async release(): Promise<void> {
    heldHere.delete(this.file);
    // On a full disk this fails, and does not matter: the lock also ends with its owner.
    await writeFile(this.file, 'released\n').catch(() => undefined);
  }
}

async function ourselves(): Promise<Owner> {
  return { pid: process.pid, startedAt: (await findProcess(process.pid))?.startedAt ?? null };
}

function fileOf(path: string, turn: number): string {
  return `${path}.${turn}`;
}

async function listTurns(path: string): Promise<number[]> {
  const prefix = `${basename(path)}.`;
  const names = (await readdir(dirname(path))).filter((name) => name.startsWith(prefix));
  return names.map((name) => Number(name.slice(prefix.length))).filter((turn) => Number.isSafeInteger(turn));
}

async function findNewest(path: string): Promise<number> {
  return Math.max(0, ...(await listTurns(path)));
}

async function removeOlder(path: string, turn: number): Promise<void> {
  const older = (await listTurns(path)).filter((found) => found < turn);
  await Promise.all(older.map(async (found) => await rm(fileOf(path, found), { force: true })));
}

/** A link, because it appears with all of its content; a file being written could be read half. */
async function createWhole(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    heldHere.add(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** `null` when the lock was released or its owner is gone. */
async function findOwner(file: string): Promise<Owner | null> {
  const owner = parseOwner(await readFile(file, 'utf8').catch(() => ''));
  const facts = owner && (await findProcess(owner.pid));
  if (owner === null || facts === null) return null;
  if (owner.startedAt !== null && facts.startedAt !== null) return owner.startedAt === facts.startedAt ? owner : null;
  return owner.pid !== process.pid || heldHere.has(file) ? owner : null;
}

function parseOwner(content: string): Owner | null {
  try {
    const owner = JSON.parse(content) as Partial<Owner> | null;
    return typeof owner?.pid === 'number' ? { pid: owner.pid, startedAt: owner.startedAt ?? null } : null;
  } catch {
    return null;
  }
}
