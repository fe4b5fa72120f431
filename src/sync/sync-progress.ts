import type { SyncRun } from './sync-run.js';

export interface SyncProgress {
  readonly done: number;
  /** Null where the provider does not say how many there are. */
  readonly total: number | null;
}

/** How far a reading has come, as far as its committed counts tell. */
export function progressOf({ counts }: Pick<SyncRun, 'counts'>): SyncProgress {
  const { listed = 0, read, expected } = counts;
  // A calendar's page is counted and stored at once. Of bookings, those that have not moved are done when listed.
  const done = Math.max(listed, read ?? 0);
  return { done, total: expected === undefined ? null : Math.max(expected, done) };
}
