import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../accounts/index.js';
import { type BookingProvider, isBookingProvider, type SealFault } from '../bookings/index.js';
import { Integrations, ProviderRegistry } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { sha256 } from '../platform/crypto/hashing.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { Jobs } from '../platform/jobs/index.js';
import { Channels } from './channels.js';
import {
  deliveryConnectionEnded,
  deliveryEvidenceGone,
  deliveryNotFound,
  deliveryNotRejected,
} from './deliveries.problems.js';
import { bodyPlace, bodyText, dedupeKeyOf, type Delivery, DELIVERY_COLUMNS, MAY_BE_UNREADABLE } from './delivery.js';
import { PROCESS_DELIVERIES } from './delivery-inbox.js';
import { signedWith } from './delivery-receiver.js';
import { keepHeaders } from './kept-headers.js';
import { evidencePlace, readEvidence, type RejectedEvidence } from './rejected-evidence.js';
import { RetentionConfig } from './retention.config.js';

const SECONDS_A_DAY = 86_400;

export type RecheckOutcome =
  /** The seal is right: it is worked through like any other. */
  | { outcome: 'accepted' }
  /** The seal is right, and the same delivery had come in before. */
  | { outcome: 'repeated' }
  | { outcome: 'refused'; fault: SealFault };

export type Rechecked = RecheckOutcome & { delivery: Delivery };

/**
 * Looks at the seal of a refused delivery again, with the keys of today: somebody may have mended the key since. How long
 * ago it was sealed does not count as it does for one that just comes in, but does not cease to count: what is older than
 * bodies are kept is refused. Repetitions are known for longer than that, so that nobody brings in by this door what had
 * come in once.
 */
@Injectable()
export class DeliveryRecheck {
  constructor(
    private readonly work: UnitOfWork,
    private readonly registry: ProviderRegistry,
    private readonly integrations: Integrations,
    private readonly channels: Channels,
    private readonly cipher: FieldCipher,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
    private readonly retention: RetentionConfig,
    private readonly clock: Clock,
  ) {}

  async recheck(session: Session, id: string): Promise<Rechecked> {
    try {
      return await this.work.inOrganization(session, (tx) => this.look(tx, session, id));
    } catch (error) {
      if (!isTaken(error)) throw error;
      // The same delivery came in at this very moment: now it is known.
      return await this.work.inOrganization(session, (tx) => this.look(tx, session, id));
    }
  }

  private async look(tx: Transaction, session: Session, id: string): Promise<Rechecked> {
    const found = await this.findRejected(tx, id);
    const integration = await this.integrations.find(tx, found.integration_id);
    if (!integration?.is_active) throw new Problem(deliveryConnectionEnded);
    const provider = this.registry.get(found.provider);
    if (!isBookingProvider(provider)) throw new Error(`${found.provider} has no deliveries`);

    const evidence = readEvidence(await this.cipher.open(tx, evidencePlace(id), found.evidence));
    const keys = await this.listKeys(tx, provider, found.integration_id);
    const maxAgeSeconds = this.retention.bodyDays * SECONDS_A_DAY;
    const raw = { body: evidence.body, headers: evidence.headers };
    const seal = provider.verifyDelivery(raw, keys, this.clock.now(), maxAgeSeconds);
    const outcome = seal.verified
      ? await this.accept(tx, provider, found, evidence, seal.key)
      : ({ outcome: 'refused', fault: seal.reason } as const);
    const [delivery] = await tx.query<Delivery>(
      `UPDATE deliveries SET rechecked_at = now() WHERE organization_id = $1 AND id = $2 RETURNING ${DELIVERY_COLUMNS}`,
      [tx.organizationId, id],
    );
    await this.audit.record(tx, {
      actor: { type: 'user', id: session.userId },
      action: 'delivery.recheck',
      object: { type: 'delivery', id },
      outcome: seal.verified ? 'success' : 'refused',
      details: { came_to: outcome.outcome, fault: seal.verified ? null : seal.reason },
    });
    return { ...outcome, delivery: delivery! };
  }

  private async findRejected(tx: Transaction, id: string): Promise<Delivery & { evidence: string }> {
    const [found] = await tx.query<Delivery & { evidence: string | null }>(
      `SELECT ${DELIVERY_COLUMNS}, evidence FROM deliveries WHERE organization_id = $1 AND id = $2 FOR UPDATE`,
      [tx.organizationId, id],
    );
    if (found === undefined) throw new Problem(deliveryNotFound);
    if (found.state !== 'rejected') throw new Problem(deliveryNotRejected);
    const { evidence } = found;
    if (evidence === null) throw new Problem(deliveryEvidenceGone);
    return { ...found, evidence };
  }

  /** Those that open what comes in today: the connection may have another channel by now. */
  private async listKeys(tx: Transaction, provider: BookingProvider, integrationId: string): Promise<string[]> {
    const live = await this.channels.listLive(tx, integrationId);
    const keys: string[] = [];
    for (const channel of live) keys.push(await this.channels.openSecret(tx, channel));
    const { applicationKey } = provider.profile;
    return applicationKey ? [...keys, applicationKey] : keys;
  }

  private async accept(
    tx: Transaction,
    provider: BookingProvider,
    { id, integration_id: integrationId }: Delivery,
    { body, headers }: RejectedEvidence,
    key: string | null,
  ): Promise<RecheckOutcome> {
    const known = provider.identifyDelivery(body);
    const bodyHash = sha256(body);
    const dedupeKey = dedupeKeyOf(known, bodyHash);
    const alike = await tx.query<{ is_repeated: boolean }>(
      `SELECT body_sha256 = $4 OR NOT ${MAY_BE_UNREADABLE} AS is_repeated
       FROM deliveries WHERE organization_id = $1 AND integration_id = $2 AND dedupe_key IN ($3, $4)`,
      [tx.organizationId, integrationId, dedupeKey, bodyHash],
    );
    if (alike.some(({ is_repeated: isRepeated }) => isRepeated)) {
      await tx.query(
        `UPDATE deliveries SET state = 'ignored', error_code = 'repeated', evidence = NULL, event_type = $3,
           signed_with = $4, processed_at = now()
         WHERE organization_id = $1 AND id = $2`,
        [tx.organizationId, id, known.eventType, signedWith(provider, key)],
      );
      return { outcome: 'repeated' };
    }
    await tx.query(
      `UPDATE deliveries SET state = 'received', error_code = NULL, evidence = NULL, body = $3, headers = $4,
         event_type = $5, dedupe_key = $6, signed_with = $7
       WHERE organization_id = $1 AND id = $2`,
      [
        tx.organizationId,
        id,
        await this.cipher.seal(tx, bodyPlace(id), bodyText(body)),
        JSON.stringify(keepHeaders(headers, provider.profile.keptHeaders)),
        known.eventType,
        alike.length > 0 ? bodyHash : dedupeKey,
        signedWith(provider, key),
      ],
    );
    await this.jobs.enqueue(tx, PROCESS_DELIVERIES, { deliveryIds: [id], organizationId: tx.organizationId });
    return { outcome: 'accepted' };
  }
}

/** Another row has the identity that this one was about to get. */
function isTaken(error: unknown): boolean {
  const { code, constraint } = (error as { driverError?: { code?: string; constraint?: string } }).driverError ?? {};
  return code === '23505' && constraint === 'deliveries_integration_id_dedupe_key_key';
}
