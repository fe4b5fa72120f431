import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../accounts/index.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { Jobs } from '../platform/jobs/index.js';
import { deliveryBodyGone, deliveryNotFound } from './deliveries.problems.js';
import type { Delivery, DeliveryState } from './delivery.js';
import { PROCESS_DELIVERIES } from './delivery-inbox.js';

export interface DeliveryFilter {
  provider?: string;
  state?: DeliveryState;
  limit: number;
  before: string | null;
}

const COLUMNS = `id, organization_id, integration_id, channel_id, provider, event_type, headers, state, attempts,
                 error_code, received_at, processed_at`;

/** What came in, and bringing it in again. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
  ) {}

  list(scope: TenantScope, { provider, state, limit, before }: DeliveryFilter): Promise<Delivery[]> {
    return this.work.inOrganization(scope, (tx) =>
      tx.query<Delivery>(
        `SELECT ${COLUMNS} FROM deliveries
         WHERE organization_id = $1 AND ($2::text IS NULL OR provider = $2) AND ($3::text IS NULL OR state = $3)
           AND ($4::uuid IS NULL OR id < $4)
         ORDER BY id DESC LIMIT $5`,
        [scope.organizationId, provider ?? null, state ?? null, before, limit],
      ),
    );
  }

  /**
   * Sends the kept bytes through the same path once more. What they say is joined to what is known, so that a replay of
   * something already done has no effect.
   */
  replay(session: Session, id: string): Promise<Delivery> {
    return this.work.inOrganization(session, async (tx) => {
      const [found] = await tx.query<Delivery & { has_body: boolean }>(
        `SELECT ${COLUMNS}, body IS NOT NULL AS has_body FROM deliveries
         WHERE organization_id = $1 AND id = $2 FOR UPDATE`,
        [session.organizationId, id],
      );
      if (!found) throw new Problem(deliveryNotFound);
      if (!found.has_body) throw new Problem(deliveryBodyGone);
      const [delivery] = await tx.query<Delivery>(
        `UPDATE deliveries SET state = 'received', error_code = NULL, processed_at = NULL
         WHERE organization_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
        [session.organizationId, id],
      );
      await this.jobs.enqueue(tx, PROCESS_DELIVERIES, { deliveryIds: [id] });
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'delivery.replay',
        object: { type: 'delivery', id },
        outcome: 'success',
      });
      return delivery!;
    });
  }
}
