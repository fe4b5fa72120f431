/** Connections claimed by one statement: enough to keep up, few enough to keep the statement short. */
export const CLAIM_SIZE = 100;

/** Which connections have a time for their next reading. */
export const READ_BY_ITSELF = `is_active AND auto_sync_enabled AND status IN ('connected', 'error')
           AND NOT coalesce((options->>'paused')::boolean, false)`;

/** Moves the due time of those it claims, so that a connection is claimed once, by however many instances. */
export const CLAIM_DUE = `UPDATE integrations
       SET next_sync_at = now() + make_interval(mins => sync_interval_minutes)
       WHERE id IN (
         SELECT id FROM integrations
         WHERE ${READ_BY_ITSELF} AND next_sync_at <= now()
         ORDER BY next_sync_at
         LIMIT ${CLAIM_SIZE}
         FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING id, organization_id`;
