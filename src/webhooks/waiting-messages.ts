import type { Transaction } from '../platform/database/transaction.js';

/** What waits for an endpoint that is switched off is given up; it can be sent again by hand. */
export async function failWaiting(tx: Transaction, endpointId: string): Promise<void> {
  await tx.query(
    `UPDATE webhook_messages SET state = 'failed', last_error = 'disabled', done_at = now()
     WHERE id IN (
       SELECT id FROM webhook_messages
       WHERE organization_id = $1 AND endpoint_id = $2 AND state = 'pending' ORDER BY position FOR NO KEY UPDATE)`,
    [tx.organizationId, endpointId],
  );
}

/** Those of one subject that may go on now that the one before them is through: up to the first that blocks others. */
export function listReleased(
  tx: Transaction,
  message: { endpoint_id: string; subject: string; position: string },
): Promise<{ id: string }[]> {
  return tx.query<{ id: string }>(
    `WITH behind AS (
       SELECT id, position, min(position) FILTER (WHERE strikes < ${STRIKES}) OVER () AS first_blocking
       FROM webhook_messages
       WHERE organization_id = $1 AND endpoint_id = $2 AND subject = $3 AND state = 'pending' AND position > $4)
     SELECT id FROM behind WHERE position <= coalesce(first_blocking, position) ORDER BY position`,
    [tx.organizationId, message.endpoint_id, message.subject, message.position],
  );
}

/** So many refusals while the endpoint accepted others mean that the message is at fault, not the endpoint. */
export const STRIKES = 5;
