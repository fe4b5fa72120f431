import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../accounts/index.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { isPublicAddress, literalAddress } from './public-address.js';
import { failWaiting } from './waiting-messages.js';
import { ENDPOINT_COLUMNS, secretPlace, type WebhookEndpoint } from './webhook-endpoint.js';
import type { WebhookEventType } from './webhook-events.js';
import { makeSecret } from './webhook-signature.js';
import { OutgoingWebhooksConfig } from './webhooks.config.js';
import { webhookLimitReached, webhookNotFound, webhookUrlRefused } from './webhooks.problems.js';

/** Every event is composed and kept once for each of them. */
const MOST_ENDPOINTS = 20;
const BOTH_SECRETS_HOURS = 24;

export interface EndpointWriting {
  url?: string;
  events?: WebhookEventType[];
  enabled?: boolean;
}

export type EndpointWithSecret = WebhookEndpoint & { secret: string };

/** The addresses of the host application, as administrators keep them. */
@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly work: UnitOfWork,
    private readonly cipher: FieldCipher,
    private readonly audit: AuditTrail,
    private readonly config: OutgoingWebhooksConfig,
  ) {}

  list(scope: TenantScope): Promise<WebhookEndpoint[]> {
    return this.work.inOrganization(scope, (tx) =>
      tx.query<WebhookEndpoint>(
        `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints WHERE organization_id = $1 ORDER BY id`,
        [tx.organizationId],
      ),
    );
  }

  get(scope: TenantScope, id: string): Promise<WebhookEndpoint> {
    return this.work.inOrganization(scope, (tx) => this.getIn(tx, id));
  }

  async getIn(tx: Transaction, id: string): Promise<WebhookEndpoint> {
    const [endpoint] = await tx.query<WebhookEndpoint>(
      `SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, id],
    );
    if (endpoint === undefined) throw new Problem(webhookNotFound);
    return endpoint;
  }

  /** The secret is in this answer and in no other. */
  create(session: Session, { url, events, enabled = true }: EndpointWriting): Promise<EndpointWithSecret> {
    const [id, secret] = [newId(), makeSecret()];
    return this.work.inOrganization(session, async (tx) => {
      this.demandReachable(url ?? '');
      // Counted under a lock of its own kind, or two at once would both find room.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('webhook_endpoints:' || $1, 0))`, [
        session.organizationId,
      ]);
      const known = await tx.query(`SELECT FROM webhook_endpoints WHERE organization_id = $1`, [tx.organizationId]);
      if (known.length >= MOST_ENDPOINTS) throw new Problem(webhookLimitReached);
      const [endpoint] = await tx.query<WebhookEndpoint>(
        `INSERT INTO webhook_endpoints (id, organization_id, url, events, enabled, disabled_reason, secret)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${ENDPOINT_COLUMNS}`,
        [
          id,
          tx.organizationId,
          url,
          events,
          enabled,
          enabled ? null : 'person',
          await this.cipher.seal(tx, secretPlace(id), secret),
        ],
      );
      await this.record(tx, session, 'webhook.created', id);
      return { ...endpoint!, secret };
    });
  }

  /** Switched on again, it begins with a clean slate. What waited when it was switched off is not sent by itself. */
  update(session: Session, id: string, { url, events, enabled }: EndpointWriting): Promise<WebhookEndpoint> {
    return this.work.inOrganization(session, async (tx) => {
      if (url !== undefined) this.demandReachable(url);
      const [endpoint] = await tx.query<WebhookEndpoint>(
        `UPDATE webhook_endpoints SET
           url = coalesce($3, url), events = coalesce($4, events), enabled = coalesce($5, enabled),
           disabled_reason = CASE WHEN $5 IS NULL THEN disabled_reason WHEN NOT $5 THEN 'person' END,
           failing_since = CASE WHEN $5 OR $3 <> url THEN NULL ELSE failing_since END,
           updated_at = now()
         WHERE organization_id = $1 AND id = $2 RETURNING ${ENDPOINT_COLUMNS}`,
        [tx.organizationId, id, url ?? null, events ?? null, enabled ?? null],
      );
      if (endpoint === undefined) throw new Problem(webhookNotFound);
      if (!endpoint.enabled) await failWaiting(tx, id);
      await this.record(tx, session, 'webhook.updated', id);
      return endpoint;
    });
  }

  delete(session: Session, id: string): Promise<void> {
    return this.work.inOrganization(session, async (tx) => {
      const { count } = await tx.execute(`DELETE FROM webhook_endpoints WHERE organization_id = $1 AND id = $2`, [
        tx.organizationId,
        id,
      ]);
      if (count === 0) throw new Problem(webhookNotFound);
      await this.record(tx, session, 'webhook.deleted', id);
    });
  }

  /** The former secret signs along for a day, so that the receiver can change over without losing a message. */
  rotateSecret(session: Session, id: string): Promise<EndpointWithSecret> {
    const secret = makeSecret();
    return this.work.inOrganization(session, async (tx) => {
      const [endpoint] = await tx.query<WebhookEndpoint>(
        `UPDATE webhook_endpoints SET previous_secret = secret, secret = $3,
           previous_secret_until = now() + interval '${BOTH_SECRETS_HOURS} hours', updated_at = now()
         WHERE organization_id = $1 AND id = $2 RETURNING ${ENDPOINT_COLUMNS}`,
        [tx.organizationId, id, await this.cipher.seal(tx, secretPlace(id), secret)],
      );
      if (endpoint === undefined) throw new Problem(webhookNotFound);
      await this.record(tx, session, 'webhook.secret_rotated', id);
      return { ...endpoint, secret };
    });
  }

  private record(tx: Transaction, { userId }: Session, action: string, id: string): Promise<void> {
    return this.audit.record(tx, { actor: { type: 'user', id: userId }, action, object: { type: 'webhook', id } });
  }

  /** What can be told without asking anybody. Where a name leads is looked at with every connection. */
  private demandReachable(address: string): void {
    const url = URL.canParse(address) ? new URL(address) : null;
    const literal = url && literalAddress(url);
    const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username + url.password + url.hash === '';
    if (!isPlain) {
      throw refused(
        'Une adresse http(s) sans identifiant ni fragment est attendue.',
        'An http(s) address is expected.',
      );
    }
    if (this.config.allowsPrivate) return;
    if (url.protocol !== 'https:') throw refused('Une adresse https est attendue.', 'An https address is expected.');
    if (literal !== null ? !isPublicAddress(literal) : !isPublicName(url.hostname)) {
      throw refused('Cette adresse n’est pas publique.', 'This address is not public.');
    }
  }
}

/** Names without a dot, and those that are set apart for machines and networks of one’s own (RFC 6761, RFC 8375). */
function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  return name.includes('.') && !/(?:^|\.)(?:localhost|local|internal|home\.arpa|localdomain)$/.test(name);
}

function refused(fr: string, en: string): Problem {
  return new Problem(webhookUrlRefused, { detail: { fr, en }, errors: [{ pointer: '/url', message: { fr, en } }] });
}
