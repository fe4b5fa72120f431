import type { Transaction } from '../platform/database/transaction.js';

/**
 * PostgreSQL channel on which every instance hears, after the commit, which sessions have ended. A payload is the id of
 * one session, or `user:<id>` when everything open for that person has to be looked at again (removal, other role).
 */
export const SESSIONS_ENDED_CHANNEL = 'passerelle_sessions';

export function allSessionsOf(userId: string): string {
  return `user:${userId}`;
}

/** Ends the sessions that a person has open here, all of them or all but one. */
export async function endSessionsOf(
  tx: Transaction,
  userId: string,
  { reason, except = null }: { reason: 'removed' | 'password'; except?: string | null },
): Promise<void> {
  const ended = await tx.query<{ id: string }>(
    `UPDATE sessions SET revoked_at = now(), revoked_reason = $3
     WHERE organization_id = $1 AND user_id = $2 AND revoked_at IS NULL AND id::text IS DISTINCT FROM $4
     RETURNING id`,
    [tx.organizationId, userId, reason, except],
  );
  await announceEnded(tx, ...ended.map(({ id }) => id));
}

export async function announceEnded(tx: Transaction, ...payloads: string[]): Promise<void> {
  await tx.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [
    SESSIONS_ENDED_CHANNEL,
    payloads,
  ]);
}
