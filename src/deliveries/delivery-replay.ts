import type { Transaction } from '../platform/database/transaction.js';
import { PROCESS_DELIVERIES } from './delivery-inbox.js';

export const REPLAY_DELIVERIES = 'deliveries.replay';

/** Behind everything that comes in meanwhile. */
export const REPLAY_PRIORITY = 5;

/** A condition: the proven bytes are still there, and nobody is about to work through them anyway. */
export const REPLAYABLE = `body IS NOT NULL AND state NOT IN ('received', 'rejected')`;

/** Whatever was given up of these deliveries is being tried again: nobody has to look at it any more. */
export async function resolveLetters(tx: Transaction, deliveryIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE dead_letters SET state = 'replayed', resolved_at = now()
     WHERE organization_id = $1 AND task = $2 AND state = 'parked' AND payload -> 'deliveryIds' ?| $3`,
    [tx.organizationId, PROCESS_DELIVERIES, deliveryIds],
  );
}

/**
 * The other way about: a delivery that was given up with its job is done with, and its job would find nothing to do. To
 * be called before the letters are replayed.
 */
export async function reopenParked(
  tx: Transaction,
  {
    letterId = null,
    errorCode = null,
    since = null,
  }: { letterId?: string | null; errorCode?: string | null; since?: Date | null },
): Promise<void> {
  await tx.query(
    `UPDATE deliveries SET state = 'received', error_code = NULL, processed_at = NULL
     WHERE organization_id = $1 AND state = 'dead' AND body IS NOT NULL AND id::text IN (
       SELECT jsonb_array_elements_text(payload -> 'deliveryIds') FROM dead_letters
       WHERE organization_id = $1 AND task = $2 AND state = 'parked' AND ($3::uuid IS NULL OR id = $3)
         AND ($4::text IS NULL OR error_code = $4) AND ($5::timestamptz IS NULL OR parked_at >= $5))`,
    [tx.organizationId, PROCESS_DELIVERIES, letterId, errorCode, since],
  );
}
