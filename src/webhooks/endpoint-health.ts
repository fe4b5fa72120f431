import type { Transaction } from '../platform/database/transaction.js';
import type { WebhookEndpoint } from './webhook-endpoint.js';
import type { WebhookAnswer } from './webhook-transport.js';

const DISABLE_AFTER_DAYS = 5;
/** While an endpoint fails, one try at a time: nobody else begins one for so long, unless this one ends before. */
const TURN_SECONDS = 20;
/** For how many times the time it took an endpoint is left alone after a failure: at first, and in the end. */
const QUIET_TIMES = { least: 4, most: 40 };

/** Until when the endpoint is left alone. Null: it is nobody's turn, and nobody else can take it before the commit. */
export async function lockTurn(tx: Transaction, endpointId: string): Promise<Date | null> {
  const [endpoint] = await tx.query<{ quiet_until: Date | null }>(
    `SELECT CASE WHEN failing_since IS NOT NULL AND quiet_until > clock_timestamp() THEN quiet_until END AS quiet_until
     FROM webhook_endpoints WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`,
    [tx.organizationId, endpointId],
  );
  return endpoint?.quiet_until ?? null;
}

export async function takeTurn(tx: Transaction, endpointId: string): Promise<void> {
  await tx.query(
    `UPDATE webhook_endpoints SET quiet_until = clock_timestamp() + interval '${TURN_SECONDS} seconds'
     WHERE organization_id = $1 AND id = $2`,
    [tx.organizationId, endpointId],
  );
}

/** The try was not made, or somebody knows better: the endpoint need not be left alone. */
export async function endTurn(tx: Transaction, endpointId: string): Promise<void> {
  await tx.query(`UPDATE webhook_endpoints SET quiet_until = NULL WHERE organization_id = $1 AND id = $2`, [
    tx.organizationId,
    endpointId,
  ]);
}

/** Answers whether it had been failing. */
export async function noteSuccess(tx: Transaction, endpointId: string): Promise<boolean> {
  const [former] = await tx.query<{ failing_since: Date | null }>(
    `SELECT failing_since FROM webhook_endpoints WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`,
    [tx.organizationId, endpointId],
  );
  await tx.query(
    `UPDATE webhook_endpoints SET last_success_at = clock_timestamp(), failing_since = NULL, quiet_until = NULL
     WHERE organization_id = $1 AND id = $2`,
    [tx.organizationId, endpointId],
  );
  return (former?.failing_since ?? null) !== null;
}

export async function noteFailure(
  tx: Transaction,
  endpointId: string,
  { durationMs }: WebhookAnswer,
  { isTest }: { isTest: boolean },
): Promise<WebhookEndpoint | null> {
  const [endpoint] = await tx.query<WebhookEndpoint>(
    `UPDATE webhook_endpoints
     SET failing_since = CASE WHEN $3 THEN failing_since ELSE coalesce(failing_since, clock_timestamp()) END,
         quiet_until = CASE WHEN $3 THEN quiet_until ELSE clock_timestamp() + $4 * interval '1 millisecond'
           -- the longer it fails, the more rarely: by the minutes that it has
           * least(${QUIET_TIMES.most}, greatest(${QUIET_TIMES.least},
               extract(epoch FROM clock_timestamp() - failing_since) / 60)) END
     WHERE organization_id = $1 AND id = $2 RETURNING *`,
    [tx.organizationId, endpointId, isTest, durationMs],
  );
  return endpoint ?? null;
}

export async function hasFailedForDays(tx: Transaction, endpointId: string): Promise<boolean> {
  const failing = await tx.query(
    `SELECT FROM webhook_endpoints
     WHERE organization_id = $1 AND id = $2 AND enabled
       AND failing_since < now() - interval '${DISABLE_AFTER_DAYS} days'`,
    [tx.organizationId, endpointId],
  );
  return failing.length > 0;
}
