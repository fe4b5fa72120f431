import { Injectable } from '@nestjs/common';
import { AuditTrail, Organizations } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { EventLog } from '../platform/logging/event-log.js';
import { INTEGRATION_COLUMNS, type Integration } from './integration.row.js';
import { IntegrationLifecycle } from './integration-lifecycle.js';
import { IntegrationStatusBook } from './integration-status.js';
import { integrationNotFound } from './integrations.problems.js';
import { ProviderFarewell } from './provider-farewell.js';
import { TokenStore } from './token-store.js';

/** What of a connection may be changed from outside this room. */
export interface IntegrationPatch {
  auto_sync_enabled?: boolean;
  sync_interval_minutes?: number;
  webhook_subscription_uri?: string | null;
  webhook_active?: boolean;
  /** Merged into the options that are there. Never a token. */
  options?: Record<string, unknown>;
}

/** Who disconnects: a person, or nobody in particular. */
export type DisconnectScope = TenantScope & { readonly userId?: string };

@Injectable()
export class Integrations {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly statusBook: IntegrationStatusBook,
    private readonly lifecycle: IntegrationLifecycle,
    private readonly tokens: TokenStore,
    private readonly farewell: ProviderFarewell,
    private readonly organizations: Organizations,
    private readonly audit: AuditTrail,
    private readonly log: EventLog,
  ) {}

  /** The live connections of the organization, oldest first; of one provider, or of all. */
  async listLive(tx: Transaction, providerId?: string): Promise<Integration[]> {
    return await tx.query<Integration>(
      `SELECT ${INTEGRATION_COLUMNS} FROM integrations
       WHERE organization_id = $1 AND is_active AND ($2::text IS NULL OR provider = $2) ORDER BY connected_at, id`,
      [tx.organizationId, providerId ?? null],
    );
  }

  /** The connection that a person sees as theirs: their own, else the organization's; the newest of several. */
  async findFor(tx: Transaction, providerId: string, userId: string): Promise<Integration | null> {
    const [integration] = await tx.query<Integration>(
      `SELECT ${INTEGRATION_COLUMNS} FROM integrations
       WHERE organization_id = $1 AND provider = $2 AND is_active AND (user_id = $3 OR user_id IS NULL)
       ORDER BY user_id NULLS LAST, connected_at DESC LIMIT 1`,
      [tx.organizationId, providerId, userId],
    );
    return integration ?? null;
  }

  /** Also a disconnected one: its history is kept. */
  async find(tx: Transaction, integrationId: string): Promise<Integration | null> {
    const [integration] = await tx.query<Integration>(
      `SELECT ${INTEGRATION_COLUMNS} FROM integrations WHERE id = $1 AND organization_id = $2`,
      [integrationId, tx.organizationId],
    );
    return integration ?? null;
  }

  async get(tx: Transaction, integrationId: string): Promise<Integration> {
    const integration = await this.find(tx, integrationId);
    if (!integration) throw new Problem(integrationNotFound);
    return integration;
  }

  /**
   * Nobody disconnects a connection or changes its settings until this transaction ends; whoever is about to is waited
   * for. False for a connection that has ended. Its row is locked before all others, as whoever changes it does.
   */
  async hold(tx: Transaction, integrationId: string): Promise<boolean> {
    const live = await tx.query(
      `SELECT 1 FROM integrations WHERE organization_id = $1 AND id = $2 AND is_active FOR NO KEY UPDATE`,
      [tx.organizationId, integrationId],
    );
    return live.length > 0;
  }

  async update(tx: Transaction, integrationId: string, patch: IntegrationPatch): Promise<Integration> {
    const [integration] = await tx.query<Integration>(
      // Switched on or made shorter, the next reading is due no later than the new interval says.
      `UPDATE integrations SET
         auto_sync_enabled = coalesce($3, auto_sync_enabled),
         sync_interval_minutes = coalesce($4, sync_interval_minutes),
         next_sync_at = CASE WHEN $3 OR $4 IS NOT NULL THEN
             least(next_sync_at, now() + make_interval(mins => coalesce($4, sync_interval_minutes)))
           ELSE next_sync_at END,
         webhook_subscription_uri = CASE WHEN $5 THEN $6 ELSE webhook_subscription_uri END,
         webhook_active = coalesce($7, webhook_active),
         options = options || coalesce($8::jsonb, '{}'),
         updated_at = now()
       WHERE id = $1 AND organization_id = $2 AND is_active RETURNING ${INTEGRATION_COLUMNS}`,
      [
        integrationId,
        tx.organizationId,
        patch.auto_sync_enabled ?? null,
        patch.sync_interval_minutes ?? null,
        patch.webhook_subscription_uri !== undefined,
        patch.webhook_subscription_uri ?? null,
        patch.webhook_active ?? null,
        patch.options ? JSON.stringify(patch.options) : null,
      ],
    );
    if (!integration) throw new Problem(integrationNotFound);
    return integration;
  }

  /**
   * Says how a connection is, and tells whoever listens when that is news. A connection that needs its owner is only
   * mended by its owner, or by tokens that came late: a reading that ended meanwhile cannot know better.
   */
  async markStatus(
    tx: Transaction,
    integrationId: string,
    status: 'connected' | 'needs_reauth' | 'error',
    reason: string | null = null,
  ): Promise<boolean> {
    return await this.statusBook.change(
      tx,
      integrationId,
      status,
      reason,
      (former) => former.status !== 'needs_reauth',
    );
  }

  /** A reading went through to its end: whatever was wrong with the connection is over. */
  async markSynced(tx: Transaction, integrationId: string): Promise<void> {
    await tx.execute(
      `UPDATE integrations SET last_synced_at = now(), updated_at = now() WHERE id = $1 AND organization_id = $2`,
      [integrationId, tx.organizationId],
    );
    await this.markStatus(tx, integrationId, 'connected');
  }

  /**
   * Ends a connection. Here it ends at once and always: no token is left to be used, whatever the provider says or
   * whether it can be reached. What is to be said to the provider is promised in the same transaction and kept later.
   * Bookings, events and notes stay. Disconnecting twice is the same as once.
   */
  async disconnect(scope: DisconnectScope, integrationId: string): Promise<void> {
    const former = await this.uow.inOrganization(scope, (tx) => this.disconnectIn(tx, integrationId, scope.userId));
    if (former)
      this.log.event('integration.disconnected', { provider: former.provider, integration_id: integrationId });
  }

  private async disconnectIn(tx: Transaction, integrationId: string, userId?: string): Promise<Integration | null> {
    const [former] = await tx.query<Integration>(
      `SELECT ${INTEGRATION_COLUMNS} FROM integrations WHERE id = $1 AND organization_id = $2 FOR NO KEY UPDATE`,
      [integrationId, tx.organizationId],
    );
    if (!former) throw new Problem(integrationNotFound);
    if (!former.is_active) return null;

    const taken = await this.tokens.takeAway(tx, integrationId);
    const [ended] = await tx.query<Integration>(
      `UPDATE integrations SET is_active = false, status = 'disconnected', status_reason = 'disconnected_by_user',
         status_changed_at = now(), disconnected_at = now(), next_sync_at = NULL,
         webhook_active = false, webhook_subscription_uri = NULL, updated_at = now()
       WHERE id = $1 AND organization_id = $2 RETURNING ${INTEGRATION_COLUMNS}`,
      [integrationId, tx.organizationId],
    );
    if (!ended?.disconnected_at) throw new Error('A locked integration could not be updated');
    await this.lifecycle.disconnecting(tx, former);
    await this.lifecycle.statusChanged(tx, ended, former);
    await this.farewell.promise(tx, {
      integrationId,
      provider: former.provider,
      accountId: former.account_id,
      options: former.options,
      disconnectedAt: ended.disconnected_at.toISOString(),
      ...taken,
    });
    await this.showDisconnected(tx, former);
    await this.audit.record(tx, {
      actor: userId === undefined ? { type: 'system' } : { type: 'user', id: userId },
      action: 'integration.disconnected',
      object: { type: 'integration', id: integrationId },
      details: { provider: former.provider },
    });
    return former;
  }

  /** The organization's settings speak of its own accounts, not of those of single people. */
  private async showDisconnected(tx: Transaction, { provider, user_id }: Integration): Promise<void> {
    if (user_id !== null) return;
    const others = await tx.query(
      `SELECT 1 FROM integrations WHERE organization_id = $1 AND provider = $2 AND user_id IS NULL AND is_active LIMIT 1`,
      [tx.organizationId, provider],
    );
    if (others.length > 0) return;
    await this.organizations.patchSettings(tx, provider, { enabled: false, oauth_connected: false });
  }
}
