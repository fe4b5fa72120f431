import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Jobs } from '../platform/jobs/index.js';
import type { WebhookEvent } from './webhook-events.js';
import { payloadPlace } from './webhook-message.js';

export const SEND_WEBHOOK = 'webhooks.send';

/**
 * Messages promised in the transaction that makes them true, and sent after it: with its commit the message and the job
 * that sends it are both there, with its rollback neither is. What is sent is fixed here, id and bytes, so that every
 * try says the same.
 */
@Injectable()
export class WebhookPromises {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Whether anybody in the organization listens to one of these: what nobody hears need not be composed. */
  async areWanted(tx: Transaction, types: readonly WebhookEvent['type'][]): Promise<boolean> {
    const listening = await tx.query(
      `SELECT FROM webhook_endpoints WHERE organization_id = $1 AND enabled AND events && $2 LIMIT 1`,
      [tx.organizationId, types],
    );
    return listening.length > 0;
  }

  /** For every endpoint that wants them, in this order. */
  async promise(tx: Transaction, events: readonly WebhookEvent[]): Promise<void> {
    if (events.length === 0) return;
    const endpoints = await tx.query<{ id: string; events: string[] }>(
      // Held until the commit: an endpoint is not deleted between here and the message that refers to it.
      `SELECT id, events FROM webhook_endpoints WHERE organization_id = $1 AND enabled ORDER BY id FOR KEY SHARE`,
      [tx.organizationId],
    );
    const wanted = endpoints.flatMap(({ id, events: types }) =>
      events.filter(({ type }) => types.includes(type)).map((event) => ({ endpointId: id, event })),
    );
    await this.promiseEach(tx, wanted);
  }

  /** To one endpoint, whatever it subscribes to. Answers the id. */
  async promiseTo(tx: Transaction, endpointId: string, event: WebhookEvent): Promise<string> {
    const [id] = await this.promiseEach(tx, [{ endpointId, event }]);
    return id!;
  }

  private async promiseEach(
    tx: Transaction,
    wanted: readonly { endpointId: string; event: WebhookEvent }[],
  ): Promise<string[]> {
    if (wanted.length === 0) return [];
    const { organizationId } = tx;
    if (organizationId === null) throw new Error('A webhook message needs the organization it is from');
    const cipher = await this.cipher.forOrganization(tx);
    const timestamp = this.clock.now().toISOString();
    const rows = wanted.map(({ endpointId, event: { type, subject, data } }) => {
      const id = newId();
      const payload = cipher.seal(payloadPlace(id), JSON.stringify({ type, timestamp, data }));
      return { id, endpoint_id: endpointId, event_type: type, subject, payload };
    });
    await tx.query(
      `INSERT INTO webhook_messages (id, organization_id, endpoint_id, event_type, subject, payload)
       SELECT id, $1, endpoint_id, event_type, subject, payload
       FROM ROWS FROM (jsonb_to_recordset($2) AS (id uuid, endpoint_id uuid, event_type text, subject text, payload text))
         WITH ORDINALITY AS promised (id, endpoint_id, event_type, subject, payload, place)
       -- positions are given in the order of insertion, and they are the order of sending
       ORDER BY place`,
      [organizationId, JSON.stringify(rows)],
    );
    const ids = rows.map(({ id }) => id);
    await this.jobs.enqueueMany(
      tx,
      ids.map((messageId) => ({ task: SEND_WEBHOOK, payload: { organizationId, messageId } })),
    );
    return ids;
  }
}
