import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { decodeInstantCursor, encodeCursor } from '../platform/http/paging.js';
import { Jobs } from '../platform/jobs/index.js';
import { deliveryBodyGone, deliveryNotFound } from './deliveries.problems.js';
import { type DeliveryCauses, readCauses } from './delivery-causes.js';
import { type Delivery, DELIVERY_COLUMNS } from './delivery.js';
import { type DeliveryFilter, FILTER_CONDITION, filterParameters, resolveFilter } from './delivery-filter.js';
import { PROCESS_DELIVERIES } from './delivery-inbox.js';
import { REPLAYABLE, REPLAY_DELIVERIES, resolveLetters } from './delivery-replay.js';

export interface DeliveryPage {
  deliveries: Delivery[];
  nextCursor: string | null;
}

/** What came in, what it led to, and bringing it in again. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  list(
    scope: TenantScope,
    filter: DeliveryFilter,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<DeliveryPage> {
    const before = decodeInstantCursor(cursor);
    return this.work.inOrganization(scope, async (tx) => {
      const found = await tx.query<Delivery & { cursor_at: string }>(
        `SELECT ${DELIVERY_COLUMNS}, received_at::text AS cursor_at FROM deliveries
         WHERE ${FILTER_CONDITION} AND ($9::timestamptz IS NULL OR (received_at, id) < ($9, $10::uuid))
         ORDER BY received_at DESC, id DESC LIMIT $11`,
        [
          ...filterParameters(tx.organizationId, await resolveFilter(tx, filter)),
          before?.at ?? null,
          before?.id ?? null,
          limit + 1,
        ],
      );
      const deliveries = found.slice(0, limit);
      const last = found.length > limit ? deliveries.at(-1) : undefined;
      return { deliveries, nextCursor: last ? encodeCursor([last.cursor_at, last.id]) : null };
    });
  }

  get(scope: TenantScope, id: string): Promise<{ delivery: Delivery; causes: DeliveryCauses }> {
    return this.work.inOrganization(scope, async (tx) => {
      const delivery = await this.find(tx, id);
      return { delivery, causes: await readCauses(tx, delivery) };
    });
  }

  /**
   * Sends the kept bytes through the same path once more. What they say is joined to what is known, so that a replay of
   * something already done has no effect.
   */
  replay(session: Session, id: string): Promise<Delivery> {
    return this.work.inOrganization(session, async (tx) => {
      const found = await this.find(tx, id, 'FOR UPDATE');
      if (!found.has_body) throw new Problem(deliveryBodyGone);
      const [delivery] = await tx.query<Delivery>(
        `UPDATE deliveries SET state = 'received', error_code = NULL, processed_at = NULL
         WHERE organization_id = $1 AND id = $2 RETURNING ${DELIVERY_COLUMNS}`,
        [session.organizationId, id],
      );
      await resolveLetters(tx, [id]);
      await this.jobs.enqueue(tx, PROCESS_DELIVERIES, { deliveryIds: [id], organizationId: session.organizationId });
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'delivery.replay',
        object: { type: 'delivery', id },
        outcome: 'success',
      });
      return delivery!;
    });
  }

  /** All that the filter names and that still has its body, in the order it came in. Answers how many that are now. */
  replayMany(session: Session, filter: DeliveryFilter): Promise<number> {
    return this.work.inOrganization(session, async (tx) => {
      // What comes in from now on is not meant.
      const until = filter.until ?? this.clock.now();
      const resolved = await resolveFilter(tx, { ...filter, until });
      const [counted] = await tx.query<{ count: string }>(
        `SELECT count(*) FROM deliveries WHERE ${FILTER_CONDITION} AND ${REPLAYABLE}`,
        filterParameters(tx.organizationId, resolved),
      );
      const count = Number(counted?.count);
      if (count > 0) {
        await this.jobs.enqueue(tx, REPLAY_DELIVERIES, { ...resolved, organizationId: session.organizationId });
      }
      const { provider, state, errorCode, since } = resolved;
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'delivery.replay_many',
        object: { type: 'delivery' },
        outcome: 'success',
        details: { count, provider, state, error_code: errorCode, since, until: resolved.until },
      });
      return count;
    });
  }

  private async find(tx: Transaction, id: string, lock: 'FOR UPDATE' | '' = ''): Promise<Delivery> {
    const [delivery] = await tx.query<Delivery>(
      `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE organization_id = $1 AND id = $2 ${lock}`,
      [tx.organizationId, id],
    );
    if (delivery === undefined) throw new Problem(deliveryNotFound);
    return delivery;
  }
}
