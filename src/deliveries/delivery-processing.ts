import { Injectable } from '@nestjs/common';
import {
  BookingMerge,
  type BookingProvider,
  type DeliveryContent,
  isBookingProvider,
  targetOf,
} from '../bookings/index.js';
import { ProviderRegistry } from '../integrations/index.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { bodyPlace } from './delivery.js';

interface StoredDelivery {
  id: string;
  provider: string;
  body: string | null;
  is_paused: boolean;
}

interface ReadDelivery {
  id: string;
  content: DeliveryContent;
}

/** From kept bytes to bookings: one transaction per connection, in which the deliveries also become processed. */
@Injectable()
export class DeliveryProcessing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly registry: ProviderRegistry,
    private readonly merge: BookingMerge,
    private readonly cipher: FieldCipher,
    private readonly log: EventLog,
  ) {}

  async process(deliveryIds: readonly string[]): Promise<void> {
    const owners = await this.work.acrossOrganizations((tx) =>
      tx.query<{ organization_id: string; integration_id: string }>(
        `SELECT DISTINCT organization_id, integration_id FROM deliveries WHERE id = ANY($1) AND state = 'received'`,
        [deliveryIds],
      ),
    );
    for (const owner of owners) {
      await this.work.inOrganization({ organizationId: owner.organization_id }, (tx) =>
        this.processOf(tx, owner.integration_id, deliveryIds),
      );
    }
  }

  private async processOf(tx: Transaction, integrationId: string, deliveryIds: readonly string[]): Promise<void> {
    // The lock and the state together make a second run of the same job find nothing.
    const rows = await tx.query<StoredDelivery>(
      `SELECT d.id, d.provider, d.body, coalesce((i.options->>'paused')::boolean, false) AS is_paused
       FROM deliveries d JOIN integrations i ON i.id = d.integration_id
       WHERE d.organization_id = $1 AND d.integration_id = $2 AND d.id = ANY($3) AND d.state = 'received'
       ORDER BY d.id FOR UPDATE OF d`,
      [tx.organizationId, integrationId, deliveryIds],
    );
    const [first] = rows;
    if (!first) return;
    const provider = this.registry.get(first.provider);
    if (!isBookingProvider(provider)) throw new Error(`${first.provider} has no deliveries`);

    const read = await this.readAll(tx, provider, rows);
    const facts = read.flatMap(({ content }) => (content.outcome.kind === 'booking' ? content.outcome.facts : []));
    if (facts.length > 0) await this.merge.apply(tx, targetOf(provider, integrationId), facts);
    await this.close(tx, read);
    await tx.query(
      `UPDATE channels SET last_delivery_at = now()
       WHERE organization_id = $1 AND integration_id = $2 AND state <> 'closed'`,
      [tx.organizationId, integrationId],
    );
    this.log.event('delivery.processed', { provider: provider.id, deliveries: read.length, bookings: facts.length });
  }

  private async readAll(tx: Transaction, provider: BookingProvider, rows: StoredDelivery[]): Promise<ReadDelivery[]> {
    const cipher = await this.cipher.forOrganization(tx);
    return rows.map(({ id, body, is_paused }) => {
      const bytes = Buffer.from(cipher.open(bodyPlace(id), body ?? ''), 'base64');
      const content = provider.readDelivery(bytes);
      // Nothing is lost by it: the reading that follows the pause finds what happened meanwhile.
      return { id, content: is_paused ? { ...content, outcome: { kind: 'ignored', reason: 'paused' } } : content };
    });
  }

  private async close(tx: Transaction, read: ReadDelivery[]): Promise<void> {
    const rows = read.map(({ id, content: { outcome } }) => {
      if (outcome.kind === 'booking') return { id, state: 'processed', error_code: null };
      return { id, state: outcome.kind === 'ignored' ? 'ignored' : 'dead', error_code: outcome.reason };
    });
    await tx.query(
      `UPDATE deliveries d
       SET state = done.state, error_code = done.error_code, attempts = d.attempts + 1, processed_at = now()
       FROM jsonb_to_recordset($2::jsonb) AS done(id uuid, state text, error_code text)
       WHERE d.organization_id = $1 AND d.id = done.id`,
      [tx.organizationId, JSON.stringify(rows)],
    );
  }
}
