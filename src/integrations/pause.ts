import type { Integration } from './integration.row.js';

/** Since when, and by whom, a connection has been at rest; both null when it is not, or nobody noted it. */
export interface Pause {
  readonly since: Date | null;
  readonly userId: string | null;
}

/** What a connection remembers of being paused, among its options. */
export function pauseNote(isPaused: boolean, userId: string, now: Date): Record<string, unknown> {
  return { paused_at: isPaused ? now.toISOString() : null, paused_by: isPaused ? userId : null };
}

export function pauseOf({ options }: Pick<Integration, 'options'>): Pause {
  const { paused_at: since, paused_by: userId } = options;
  return {
    since: typeof since === 'string' ? new Date(since) : null,
    userId: typeof userId === 'string' ? userId : null,
  };
}
