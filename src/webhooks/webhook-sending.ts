import { Injectable } from '@nestjs/common';
import { AuditTrail, Organizations } from '../accounts/index.js';
import { Notifications, OrganizationFeed } from '../notifications/index.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { retryDelayMs } from '../platform/jobs/retry-delay.js';
import { EventLog } from '../platform/logging/event-log.js';
import { endTurn, hasFailedForDays, lockTurn, noteFailure, noteSuccess, takeTurn } from './endpoint-health.js';
import { failWaiting, listReleased, STRIKES } from './waiting-messages.js';
import { secretPlace, type WebhookEndpoint } from './webhook-endpoint.js';
import { TEST_EVENT } from './webhook-events.js';
import { disabledText } from './webhook-texts.js';
import { payloadPlace, toMessageId, type WebhookMessage } from './webhook-message.js';
import { SEND_WEBHOOK } from './webhook-promises.js';
import type { WebhookAnswer } from './webhook-transport.js';

/** The first try and eight more, over about a day: see `retry-delay.ts`. */
const MOST_TRIES = 9;
/** Longer than a try can take. Whoever finds it over may take the message: its sender has died. */
const LEASE_SECONDS = 60;

export type Turn =
  | { kind: 'send'; message: WebhookMessage; url: string; payload: string; secrets: string[] }
  /** Not yet: another sender has it, or its next try is still to come. */
  | { kind: 'wait'; until: Date }
  /** Sent, given up, gone; or behind another message, which calls this one when it is through. */
  | { kind: 'none' };

interface StoredMessage extends WebhookMessage {
  payload: string;
  url: string;
  enabled: boolean;
  secret: string;
  previous_secret: string | null;
  is_failing: boolean;
  wait_until: Date | null;
}

/**
 * The transactions around one try. A message is leased, tried without a transaction, and its end written:
 *
 * - **sent**: those behind it of its subject are called.
 * - **pending**: it failed and will be tried again; those behind it wait, so that they arrive in order.
 * - **failed**: its tries are spent, or the endpoint is disabled; those behind it are called.
 *
 * An endpoint that is down holds everybody up, and lets nobody pass: what waits is called as soon as it accepts something
 * again. A message that alone is refused, again and again while others are accepted, stays behind and holds nobody up.
 *
 * An endpoint that takes its time to fail must not keep the senders from everybody else's: while it fails it has one at
 * a time, and after each failure none for several times as long as that one was kept waiting.
 *
 * Rows are locked in one order: the organization where it is told something, the endpoint, messages by position.
 */
@Injectable()
export class WebhookSending {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cipher: FieldCipher,
    private readonly jobs: Jobs,
    private readonly feed: OrganizationFeed,
    private readonly organizations: Organizations,
    private readonly notifications: Notifications,
    private readonly audit: AuditTrail,
    private readonly log: EventLog,
  ) {}

  begin(scope: TenantScope, id: string): Promise<Turn> {
    return this.work.inOrganization(scope, async (tx) => {
      const message = await this.find(tx, id);
      if (message?.state !== 'pending') return { kind: 'none' };
      if (!message.enabled && message.event_type !== TEST_EVENT) {
        // Promised at the moment of switching off.
        await failWaiting(tx, message.endpoint_id);
        return { kind: 'none' };
      }
      if (message.wait_until !== null) return { kind: 'wait', until: message.wait_until };
      const takesTurns = message.is_failing && message.event_type !== TEST_EVENT;
      const quietUntil = takesTurns ? await lockTurn(tx, message.endpoint_id) : null;
      if (quietUntil !== null) return { kind: 'wait', until: quietUntil };
      if (await this.isBehind(tx, message)) return { kind: 'none' };
      if (!(await this.lease(tx, id))) return { kind: 'none' };
      if (takesTurns) await takeTurn(tx, message.endpoint_id);
      const cipher = await this.cipher.forOrganization(tx);
      const place = secretPlace(message.endpoint_id);
      const secrets = [message.secret, ...(message.previous_secret === null ? [] : [message.previous_secret])];
      return {
        kind: 'send',
        message,
        url: message.url,
        payload: cipher.open(payloadPlace(id), message.payload),
        secrets: secrets.map((sealed) => cipher.open(place, sealed)),
      };
    });
  }

  /** The try was not made after all. */
  async giveBack(scope: TenantScope, { id, endpoint_id: endpointId }: WebhookMessage): Promise<void> {
    await this.work.inOrganization(scope, async (tx) => {
      await endTurn(tx, endpointId);
      await tx.query(`UPDATE webhook_messages SET leased_until = NULL WHERE organization_id = $1 AND id = $2`, [
        tx.organizationId,
        id,
      ]);
    });
  }

  async succeed(scope: TenantScope, message: WebhookMessage, answer: WebhookAnswer): Promise<void> {
    await this.work.inOrganization(scope, async (tx) => {
      const isTest = message.event_type === TEST_EVENT;
      const wasFailing = !isTest && (await noteSuccess(tx, message.endpoint_id));
      if (!(await this.close(tx, message, answer, 'sent'))) return;
      await this.call(tx, await listReleased(tx, message));
      if (wasFailing) await this.callWaiting(tx, message.endpoint_id);
    });
    this.log.event('webhook.sent', fieldsOf(message, answer));
  }

  /** Answers when it will be tried again; null when it will not. */
  async fail(scope: TenantScope, message: WebhookMessage, answer: WebhookAnswer): Promise<Date | null> {
    const isTest = message.event_type === TEST_EVENT;
    const isGone = answer.status === 410;
    const nextTryAt = await this.work.inOrganization(scope, async (tx) => {
      const isOver = !isTest && (isGone || (await hasFailedForDays(tx, message.endpoint_id)));
      // Whoever is to be told something is locked before anything else.
      if (isOver) await this.feed.lock(tx);
      const endpoint = await noteFailure(tx, message.endpoint_id, answer, { isTest });
      if (endpoint === null) return null;
      const tries = await this.countTry(tx, message, endpoint);
      if (isOver || isTest || tries >= MOST_TRIES) {
        await this.close(tx, message, answer, 'failed');
        await this.call(tx, await listReleased(tx, message));
        if (isOver) await this.disable(tx, endpoint, isGone ? 'gone' : 'failing');
        return null;
      }
      return await this.postpone(tx, message, answer, tries);
    });
    this.log.warning('webhook.failed', {
      ...fieldsOf(message, answer),
      error: answer.error,
      next_try_at: nextTryAt?.toISOString(),
    });
    return nextTryAt;
  }

  /** The job that would have sent it was given up: nobody would come for it any more. */
  async abandon(tx: Transaction, id: string, code: string): Promise<void> {
    await tx.query(
      `UPDATE webhook_messages SET state = 'failed', last_error = $3, done_at = now()
       WHERE organization_id = $1 AND id = $2 AND state = 'pending'`,
      [tx.organizationId, id, code],
    );
  }

  private async find(tx: Transaction, id: string): Promise<StoredMessage | null> {
    const [message] = await tx.query<StoredMessage>(
      `SELECT m.*, e.url, e.enabled, e.secret, e.failing_since IS NOT NULL AS is_failing,
              CASE WHEN e.previous_secret_until > now() THEN e.previous_secret END AS previous_secret,
              nullif(greatest(m.leased_until, m.next_try_at, now()), now()) AS wait_until
       FROM webhook_messages m JOIN webhook_endpoints e ON e.id = m.endpoint_id
       WHERE m.organization_id = $1 AND m.id = $2`,
      [tx.organizationId, id],
    );
    return message ?? null;
  }

  /**
   * Looks at those before it under a lock that waits for whoever is just writing how one of them ended: either that is
   * seen here, or whoever ends it sees this message and calls it.
   */
  private async isBehind(tx: Transaction, { endpoint_id, subject, position }: WebhookMessage): Promise<boolean> {
    const before = await tx.query(
      `SELECT FROM webhook_messages
       WHERE organization_id = $1 AND endpoint_id = $2 AND subject = $3 AND state = 'pending' AND position < $4
         AND strikes < ${STRIKES}
       ORDER BY position FOR SHARE`,
      [tx.organizationId, endpoint_id, subject, position],
    );
    return before.length > 0;
  }

  private async lease(tx: Transaction, id: string): Promise<boolean> {
    const { count } = await tx.execute(
      `UPDATE webhook_messages SET leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
       WHERE organization_id = $1 AND id = $2 AND state = 'pending'
         AND (leased_until IS NULL OR leased_until <= clock_timestamp())`,
      [tx.organizationId, id],
    );
    return count === 1;
  }

  /** Answers the tries of this round, and counts a strike when others got through since the last one. */
  private async countTry(tx: Transaction, { id }: WebhookMessage, endpoint: WebhookEndpoint): Promise<number> {
    const [counted] = await tx.query<{ round_attempts: number }>(
      `UPDATE webhook_messages
       SET strikes = strikes + CASE WHEN $3::timestamptz > coalesce(last_tried_at, created_at) THEN 1 ELSE 0 END,
           round_attempts = round_attempts + 1
       WHERE organization_id = $1 AND id = $2 RETURNING round_attempts`,
      [tx.organizationId, id, endpoint.last_success_at],
    );
    return counted?.round_attempts ?? MOST_TRIES;
  }

  private async postpone(
    tx: Transaction,
    message: WebhookMessage,
    answer: WebhookAnswer,
    tries: number,
  ): Promise<Date | null> {
    const delayMs = Math.max(retryDelayMs(tries, Math.random()), answer.retryAfterMs);
    const [postponed] = await tx.query<{ attempts: number; strikes: number; next_try_at: Date }>(
      `UPDATE webhook_messages
       SET attempts = attempts + 1, leased_until = NULL, last_tried_at = clock_timestamp(),
           last_status = $3, last_error = $4, next_try_at = clock_timestamp() + $5 * interval '1 millisecond'
       WHERE organization_id = $1 AND id = $2 AND state = 'pending' RETURNING attempts, strikes, next_try_at`,
      [tx.organizationId, message.id, answer.status, answer.error, delayMs],
    );
    if (postponed === undefined) return null;
    await this.remember(tx, message.id, postponed.attempts, answer);
    if (postponed.strikes === STRIKES) await this.call(tx, await listReleased(tx, message));
    return postponed.next_try_at;
  }

  /** Answers false when it is gone meanwhile. A message that was given up during its last try may still be sent. */
  private async close(
    tx: Transaction,
    { id }: WebhookMessage,
    answer: WebhookAnswer,
    state: 'sent' | 'failed',
  ): Promise<boolean> {
    const [closed] = await tx.query<{ attempts: number }>(
      `UPDATE webhook_messages
       SET state = $3, attempts = attempts + 1, leased_until = NULL, last_tried_at = clock_timestamp(),
           last_status = $4, last_error = $5, done_at = now()
       WHERE organization_id = $1 AND id = $2 AND state <> 'sent' RETURNING attempts`,
      [tx.organizationId, id, state, answer.status, answer.error],
    );
    if (closed === undefined) return false;
    await this.remember(tx, id, closed.attempts, answer);
    return true;
  }

  private async remember(tx: Transaction, id: string, attempt: number, answer: WebhookAnswer): Promise<void> {
    await tx.query(
      `INSERT INTO webhook_attempts (message_id, attempt, organization_id, duration_ms, status, error)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, attempt, tx.organizationId, answer.durationMs, answer.status, answer.error],
    );
  }

  /** The endpoint accepts again: what waits for its next try need not wait any longer. */
  private async callWaiting(tx: Transaction, endpointId: string): Promise<void> {
    const waiting = await tx.query<{ id: string }>(
      `UPDATE webhook_messages SET next_try_at = now()
       WHERE id IN (
         SELECT id FROM webhook_messages
         WHERE organization_id = $1 AND endpoint_id = $2 AND state = 'pending' AND next_try_at > now()
           -- one that is refused while others are accepted keeps to its schedule
           AND strikes = 0
         -- one that is just being tried looks after itself
         ORDER BY position FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING id`,
      [tx.organizationId, endpointId],
    );
    await this.call(tx, waiting);
  }

  private async call(tx: Transaction, messages: readonly { id: string }[]): Promise<void> {
    await this.jobs.enqueueMany(
      tx,
      messages.map(({ id }) => ({
        task: SEND_WEBHOOK,
        payload: { organizationId: tx.organizationId ?? '', messageId: id },
      })),
    );
  }

  private async disable(tx: Transaction, { id, url }: WebhookEndpoint, reason: 'failing' | 'gone'): Promise<void> {
    const [disabled] = await tx.query<{ updated_at: Date }>(
      `UPDATE webhook_endpoints SET enabled = false, disabled_reason = $3, updated_at = now()
       WHERE organization_id = $1 AND id = $2 AND enabled RETURNING updated_at`,
      [tx.organizationId, id, reason],
    );
    if (disabled === undefined) return;
    await failWaiting(tx, id);
    const { locale } = await this.organizations.get(tx);
    await this.notifications.tell(tx, [
      {
        type: 'webhook_disabled',
        kind: 'connection_broken',
        ...disabledText(new URL(url).host, reason, locale),
        meta: { webhook_id: id, reason },
        dedupeKey: `webhook:${id}:disabled:${disabled.updated_at.toISOString()}`,
      },
    ]);
    await this.audit.record(tx, {
      actor: { type: 'system' },
      action: 'webhook.disabled',
      object: { type: 'webhook', id },
      details: { reason },
    });
  }
}

/** The id is the receiver's too. */
function fieldsOf({ id, endpoint_id, event_type, attempts }: WebhookMessage, { status, durationMs }: WebhookAnswer) {
  return {
    message_id: toMessageId(id),
    webhook_id: endpoint_id,
    event_type,
    attempt: attempts + 1,
    status,
    ms: durationMs,
  };
}
