import { FieldCipher } from '../crypto/field-cipher.js';
import type { Transaction } from '../database/transaction.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { type JobContext, JobHandler } from '../jobs/job-handler.js';
import type { ParkReason } from '../jobs/park-reason.js';
import { PermanentJobError } from '../jobs/permanent-job.error.js';
import { DELIVER_OUTBOX, type DeliverOutboxPayload } from './deliver-outbox.task.js';
import { OutboxEffects } from './outbox-effects.js';
import { payloadPlace } from './outbox-place.js';

interface OpenedRow {
  readonly kind: string;
  readonly payload: object;
}

// One more than usual: a mail server or a provider may be away for a day.
const MAX_ATTEMPTS = 9;

/**
 * Keeps one promise: open, do, mark, each on its own, because an effect may take longer than a transaction should. A row
 * that was given up can be delivered again, by a replay of its dead letter.
 */
@JobHandler(DELIVER_OUTBOX, { maxAttempts: MAX_ATTEMPTS })
export class DeliverOutboxJob implements JobHandler<DeliverOutboxPayload> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cipher: FieldCipher,
    private readonly effects: OutboxEffects,
  ) {}

  async run(scope: DeliverOutboxPayload, { attempt, signal }: JobContext): Promise<void> {
    const row = await this.unitOfWork.inOrganization(scope, async (tx) => this.open(tx, scope));
    if (row === null) return;
    const effect = this.effects.find(row.kind);
    if (effect === null) throw new PermanentJobError('outbox/kind-unknown');
    const { organizationId, outboxId } = scope;
    await effect.deliver(row.payload, { outboxId, organizationId, attempt, signal });
    await this.unitOfWork.inOrganization(scope, async (tx) => this.markDone(tx, scope));
  }

  async parked(
    tx: Transaction,
    { organizationId, outboxId }: DeliverOutboxPayload,
    { code }: ParkReason,
  ): Promise<void> {
    await tx.query(
      `UPDATE outbox SET state = 'dead', last_error = $3
       WHERE organization_id = $1 AND id = $2 AND state = 'pending'`,
      [organizationId, outboxId, code],
    );
  }

  /** Null when there is nothing left to do. */
  private async open(tx: Transaction, { organizationId, outboxId }: DeliverOutboxPayload): Promise<OpenedRow | null> {
    const [row] = await tx.query<{ kind: string; payload: string }>(
      `UPDATE outbox SET attempts = attempts + 1
       WHERE organization_id = $1 AND id = $2 AND state <> 'done'
       RETURNING kind, payload`,
      [organizationId, outboxId],
    );
    if (row === undefined) return null;
    const payload = await this.cipher.open(tx, payloadPlace(outboxId), row.payload);
    return { kind: row.kind, payload: JSON.parse(payload) as object };
  }

  private async markDone(tx: Transaction, { organizationId, outboxId }: DeliverOutboxPayload): Promise<void> {
    await tx.query(
      `UPDATE outbox SET state = 'done', done_at = now(), last_error = NULL
       WHERE organization_id = $1 AND id = $2 AND state <> 'done'`,
      [organizationId, outboxId],
    );
  }
}
