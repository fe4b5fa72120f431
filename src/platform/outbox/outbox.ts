import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../crypto/field-cipher.js';
import { newId } from '../database/identifiers.js';
import type { Transaction } from '../database/transaction.js';
import { Jobs } from '../jobs/jobs.js';
import { DELIVER_OUTBOX } from './deliver-outbox.task.js';
import { OutboxEffects } from './outbox-effects.js';
import { payloadPlace } from './outbox-place.js';

export interface OutboxPromise {
  /** Which effect will keep the promise. */
  readonly kind: string;
  /** The same effect promised again, by a repeated job or another path, is the same promise. */
  readonly dedupeKey: string;
  /** What the effect needs; unlike a job's payload it may be private, and is sealed. */
  readonly payload: object;
}

/**
 * Side effects promised in a transaction and done after it: a mail, a call to a provider. With the commit the promise
 * and the job that keeps it are both there; with a rollback neither is.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly jobs: Jobs,
    private readonly effects: OutboxEffects,
  ) {}

  /** Promises one effect. A promise made before, kept or not, is not made again. */
  async promise(tx: Transaction, promise: OutboxPromise): Promise<void> {
    await this.promiseMany(tx, [promise]);
  }

  async promiseMany(tx: Transaction, promises: readonly OutboxPromise[]): Promise<void> {
    if (promises.length === 0) return;
    const { organizationId } = tx;
    if (organizationId === null) throw new Error('An outbox row needs the organization it is for');
    for (const { kind } of promises) this.requireEffect(kind);
    const cipher = await this.cipher.forOrganization(tx);
    const rows = promises.map(({ kind, dedupeKey, payload }) => {
      const id = newId();
      return { id, kind, dedupe_key: dedupeKey, payload: cipher.seal(payloadPlace(id), JSON.stringify(payload)) };
    });
    const made = await tx.query<{ id: string }>(
      `INSERT INTO outbox (id, organization_id, kind, dedupe_key, payload)
       SELECT id, $1, kind, dedupe_key, payload
       FROM jsonb_to_recordset($2) AS promised (id uuid, kind text, dedupe_key text, payload text)
       -- one order for all, or two transactions that promise the same effects could wait for each other
       ORDER BY kind, dedupe_key
       ON CONFLICT (organization_id, kind, dedupe_key) DO NOTHING
       RETURNING id`,
      [organizationId, JSON.stringify(rows)],
    );
    await this.jobs.enqueueMany(
      tx,
      made.map(({ id }) => ({ task: DELIVER_OUTBOX, payload: { organizationId, outboxId: id } })),
    );
  }

  private requireEffect(kind: string): void {
    if (this.effects.find(kind) === null) throw new Error(`No effect is registered for the outbox kind "${kind}"`);
  }
}
