import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { INTEGRATION_COLUMNS, type Integration, type IntegrationStatus } from './integration.row.js';
import { type FormerStatus, IntegrationLifecycle } from './integration-lifecycle.js';

/** Writes the status of a connection, so that a change is told once and a repetition is not told at all. */
@Injectable()
export class IntegrationStatusBook {
  constructor(private readonly lifecycle: IntegrationLifecycle) {}

  /** Answers whether anything changed. `isAllowed` is asked about the status found, under the row's lock. */
  async change(
    tx: Transaction,
    integrationId: string,
    status: IntegrationStatus,
    reason: string | null,
    isAllowed: (former: FormerStatus) => boolean = () => true,
  ): Promise<boolean> {
    const [former] = await tx.query<FormerStatus>(
      `SELECT status, status_reason FROM integrations WHERE id = $1 AND organization_id = $2 AND is_active FOR NO KEY UPDATE`,
      [integrationId, tx.organizationId],
    );
    if (!former || !isAllowed(former)) return false;
    if (former.status === status && former.status_reason === reason) return false;
    const [integration] = await tx.query<Integration>(
      `UPDATE integrations SET status = $3, status_reason = $4, status_changed_at = now(), updated_at = now()
       WHERE id = $1 AND organization_id = $2 RETURNING ${INTEGRATION_COLUMNS}`,
      [integrationId, tx.organizationId, status, reason],
    );
    if (integration) await this.lifecycle.statusChanged(tx, integration, former);
    return true;
  }
}
