import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../accounts/index.js';
import { isBookingProvider } from '../bookings/index.js';
import { ProviderRegistry } from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { decodeInstantCursor, encodeCursor } from '../platform/http/paging.js';
import { Jobs } from '../platform/jobs/index.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { deliveryBodyGone, deliveryNotFound, deliveryRejected } from './deliveries.problems.js';
import { type DeliveryCauses, readCauses } from './delivery-causes.js';
import { bodyBytes, bodyPlace, type Delivery, DELIVERY_COLUMNS } from './delivery.js';
import { type DeliveryFilter, FILTER_CONDITION, filterParameters, resolveFilter } from './delivery-filter.js';
import { PROCESS_DELIVERIES } from './delivery-inbox.js';
import { resolveLetters } from './delivery-replay.js';
import { evidencePlace, maskSeal, readEvidence, type RejectedEvidence } from './rejected-evidence.js';

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
    private readonly registry: ProviderRegistry,
    private readonly cipher: FieldCipher,
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
      const evidence = delivery.state === 'rejected' ? (await this.findContent(tx, id)).evidence : null;
      const headers = evidence === null ? delivery.headers : this.showHeaders(delivery.provider, evidence);
      return { delivery: { ...delivery, headers }, causes: await readCauses(tx, delivery) };
    });
  }

  /** The bytes that came in, also of one that was refused. */
  readBody(scope: TenantScope, id: string): Promise<Buffer> {
    return this.work.inOrganization(scope, async (tx) => {
      const { body, evidence } = await this.findContent(tx, id);
      const bytes = body ?? evidence?.body;
      if (bytes === undefined) throw new Problem(deliveryBodyGone);
      return bytes;
    });
  }

  /**
   * Sends the kept bytes through the same path once more. What they say is joined to what is known, so that a replay of
   * something already done has no effect.
   */
  replay(session: Session, id: string): Promise<Delivery> {
    return this.work.inOrganization(session, async (tx) => {
      const found = await this.find(tx, id, 'FOR UPDATE');
      if (found.state === 'rejected') throw new Problem(deliveryRejected);
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

  /** What came in, opened: the body of one that was taken, the evidence of one that was refused, neither once it is gone. */
  private async findContent(
    tx: Transaction,
    id: string,
  ): Promise<{ body: Buffer | null; evidence: RejectedEvidence | null }> {
    const [row] = await tx.query<{ body: string | null; evidence: string | null }>(
      `SELECT body, evidence FROM deliveries WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, id],
    );
    if (row === undefined) throw new Problem(deliveryNotFound);
    const { body, evidence } = row;
    return {
      body: body === null ? null : bodyBytes(await this.cipher.open(tx, bodyPlace(id), body)),
      evidence: evidence === null ? null : readEvidence(await this.cipher.open(tx, evidencePlace(id), evidence)),
    };
  }

  private showHeaders(providerId: string, { headers }: RejectedEvidence): Record<string, string> {
    const provider = this.registry.get(providerId);
    const secret = isBookingProvider(provider) ? provider.profile.signatureHeader : null;
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, name === secret ? maskSeal(value) : value]),
    );
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
