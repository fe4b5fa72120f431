import type { Transaction } from '../platform/database/transaction.js';

/**
 * PostgreSQL channel on which every instance hears, after the commit, which sessions have ended. A payload is the id of
 * one session, or `user:<id>` when everything open for that person has to be looked at again (removal, other role).
 */
export const SESSIONS_ENDED_CHANNEL = 'passerelle_sessions';

export function allSessionsOf(userId: string): string {
  return `user:${userId}`;
}

export async function announceEnded(tx: Transaction, ...payloads: string[]): Promise<void> {
  await tx.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [
    SESSIONS_ENDED_CHANNEL,
    payloads,
  ]);
}
