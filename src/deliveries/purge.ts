import type { UnitOfWork } from '../platform/database/unit-of-work.js';

export interface Purge {
  /** What the log calls it. */
  readonly name: string;
  /** Which rows: `ORDER BY … LIMIT … FOR UPDATE SKIP LOCKED` is added. Its parameter is the number of days. */
  readonly choose: string;
  /** What becomes of the rows with `id IN (chosen)`. */
  readonly change: string;
  /** Null where an index leads to the rows in no order of its own: sorting would read all of them first. */
  readonly order: string | null;
  readonly days: number;
}

/** Large enough to be quick, small enough to hold no lock that anybody would notice. */
const CHUNK = 2_000;

/**
 * Does one thing to all rows that are due, a chunk and a transaction at a time. Rows that somebody else is just working
 * on are passed over and found the next night; two purges at once share the work.
 */
export async function purge(work: UnitOfWork, task: Purge, signal: AbortSignal): Promise<number> {
  const order = task.order === null ? '' : `ORDER BY ${task.order}`;
  let total = 0;
  for (let count = CHUNK; count === CHUNK;) {
    signal.throwIfAborted();
    count = await work.acrossOrganizations(async (tx) => {
      const changed = await tx.execute(
        `WITH chosen AS MATERIALIZED (${task.choose} ${order} LIMIT ${CHUNK} FOR UPDATE SKIP LOCKED)
         ${task.change}`,
        [task.days],
      );
      return changed.count;
    });
    total += count;
  }
  return total;
}
