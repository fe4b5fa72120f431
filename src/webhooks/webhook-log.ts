import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { Jobs } from '../platform/jobs/index.js';
import { endTurn } from './endpoint-health.js';
import { STRIKES } from './waiting-messages.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { TEST_EVENT } from './webhook-events.js';
import {
  MESSAGE_COLUMNS,
  payloadPlace,
  type WebhookAttempt,
  type WebhookMessage,
  type WebhookMessageState,
} from './webhook-message.js';
import { SEND_WEBHOOK, WebhookPromises } from './webhook-promises.js';
import { webhookDeliveryNotFound, webhookDisabled } from './webhooks.problems.js';

export interface MessageFilter {
  state?: WebhookMessageState;
  limit: number;
  before: string | null;
}

export interface MessageDetail {
  message: WebhookMessage;
  attempts: WebhookAttempt[];
  payload: Record<string, unknown>;
}

/** What was sent to an endpoint, what came of it, and sending it again. */
@Injectable()
export class WebhookLog {
  constructor(
    private readonly work: UnitOfWork,
    private readonly endpoints: WebhookEndpoints,
    private readonly promises: WebhookPromises,
    private readonly cipher: FieldCipher,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  list(scope: TenantScope, endpointId: string, { state, limit, before }: MessageFilter): Promise<WebhookMessage[]> {
    return this.work.inOrganization(scope, async (tx) => {
      await this.endpoints.getIn(tx, endpointId);
      return await tx.query<WebhookMessage>(
        `SELECT ${MESSAGE_COLUMNS} FROM webhook_messages
         WHERE organization_id = $1 AND endpoint_id = $2 AND ($3::text IS NULL OR state = $3)
           AND ($4::bigint IS NULL OR position < $4)
         ORDER BY position DESC LIMIT $5`,
        [tx.organizationId, endpointId, state ?? null, before, limit],
      );
    });
  }

  get(scope: TenantScope, endpointId: string, id: string): Promise<MessageDetail> {
    return this.work.inOrganization(scope, (tx) => this.detail(tx, endpointId, id));
  }

  /** With the id and the bytes it had. It does not hold up newer messages of its subject, which have long been sent. */
  resend(session: Session, endpointId: string, id: string): Promise<MessageDetail> {
    return this.work.inOrganization(session, async (tx) => {
      const { enabled } = await this.endpoints.getIn(tx, endpointId);
      const { message } = await this.detail(tx, endpointId, id);
      if (!enabled && message.event_type !== TEST_EVENT) throw new Problem(webhookDisabled);
      // Who asks for it by hand does so because the other side is thought to work again.
      await endTurn(tx, endpointId);
      await tx.query(
        `UPDATE webhook_messages
         SET state = 'pending', round_attempts = 0, next_try_at = now(), done_at = NULL,
             strikes = CASE WHEN state = 'pending' THEN strikes ELSE ${STRIKES} END
         WHERE organization_id = $1 AND id = $2`,
        [tx.organizationId, id],
      );
      await this.jobs.enqueue(tx, SEND_WEBHOOK, { organizationId: session.organizationId, messageId: id });
      await this.record(tx, session, 'webhook.resent', id);
      return await this.detail(tx, endpointId, id);
    });
  }

  /** A message about nothing, tried once; also to an endpoint that is switched off, to see whether it works. */
  test(session: Session, endpointId: string): Promise<MessageDetail> {
    return this.work.inOrganization(session, async (tx) => {
      await this.endpoints.getIn(tx, endpointId);
      const id = await this.promises.promiseTo(tx, endpointId, {
        type: TEST_EVENT,
        subject: `test:${newId()}`,
        data: { webhook_id: endpointId, sent_at: this.clock.now().toISOString() },
      });
      await this.record(tx, session, 'webhook.tested', endpointId);
      return await this.detail(tx, endpointId, id);
    });
  }

  private async detail(tx: Transaction, endpointId: string, id: string): Promise<MessageDetail> {
    const [found] = await tx.query<WebhookMessage & { payload: string }>(
      `SELECT ${MESSAGE_COLUMNS}, payload FROM webhook_messages
       WHERE organization_id = $1 AND endpoint_id = $2 AND id = $3`,
      [tx.organizationId, endpointId, id],
    );
    if (found === undefined) throw new Problem(webhookDeliveryNotFound);
    const { payload, ...message } = found;
    const attempts = await tx.query<WebhookAttempt>(
      `SELECT attempt, at, duration_ms, status, error FROM webhook_attempts
       WHERE organization_id = $1 AND message_id = $2 ORDER BY attempt`,
      [tx.organizationId, id],
    );
    const opened = await this.cipher.open(tx, payloadPlace(id), payload);
    return { message, attempts, payload: JSON.parse(opened) as Record<string, unknown> };
  }

  private record(tx: Transaction, { userId }: Session, action: string, id: string): Promise<void> {
    return this.audit.record(tx, { actor: { type: 'user', id: userId }, action, object: { type: 'webhook', id } });
  }
}
