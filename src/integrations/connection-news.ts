import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Organizations } from '../accounts/index.js';
import { type NotificationDraft, Notifications } from '../notifications/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { Bilingual, Locale } from '../platform/errors/problem.js';
import { Realtime } from '../realtime/index.js';
import { breakOrRecovery } from './broken-connection.js';
import type { Integration } from './integration.row.js';
import { type FormerStatus, IntegrationLifecycle } from './integration-lifecycle.js';
import { ProviderRegistry } from './provider.registry.js';
import { explainStatus } from './status-reasons.js';

/**
 * Tells people when a connection breaks and when it works again, once each: it is called on changes only, in the
 * transaction that makes them.
 */
@Injectable()
export class ConnectionNews implements OnModuleInit {
  constructor(
    private readonly lifecycle: IntegrationLifecycle,
    private readonly registry: ProviderRegistry,
    private readonly organizations: Organizations,
    private readonly notifications: Notifications,
    private readonly realtime: Realtime,
  ) {}

  onModuleInit(): void {
    this.lifecycle.onStatusChanged((tx, integration, former) => this.tell(tx, integration, former));
  }

  private async tell(tx: Transaction, integration: Integration, former: FormerStatus): Promise<void> {
    const { locale } = await this.organizations.get(tx);
    // A connection outlives its provider when that is taken out of the application; ending it must still work.
    const displayName = this.registry.find(integration.provider)?.displayName ?? integration.provider;
    const { provider, status, user_id: userId } = integration;
    const explained = explainStatus(integration.status_reason, displayName);
    const reason = explained?.[locale] ?? null;
    const draft = this.draft(integration, former, { displayName, explained, locale });
    if (draft) await this.notifications.tell(tx, [draft]);
    await this.realtime.publish(tx, {
      name: 'integration:status',
      payload: { provider, status, status_reason: reason },
      userId,
    });
  }

  private draft(
    integration: Integration,
    former: FormerStatus,
    { displayName, explained, locale }: { displayName: string; explained: Bilingual | null; locale: Locale },
  ): NotificationDraft | null {
    const kind = breakOrRecovery(integration, former);
    if (kind === null) return null;
    return {
      type: `${integration.provider.replaceAll('-', '_')}_connection_${kind}`,
      ...(kind === 'broken'
        ? brokenText(displayName, explained?.[locale] ?? null, locale)
        : recoveredText(displayName, locale)),
      meta: {
        provider: integration.provider,
        integration_id: integration.id,
        status_reason: integration.status_reason,
      },
      dedupeKey: `integration:${integration.id}:${kind}:${integration.status_changed_at.toISOString()}`,
      userId: integration.user_id,
      mail: {
        template: 'connection',
        change: kind,
        provider: displayName,
        accountEmail: integration.account_email,
        reason: kind === 'broken' ? explained : null,
      },
    };
  }
}

function brokenText(name: string, reason: string | null, locale: Locale): { title: string; message: string } {
  return locale === 'fr'
    ? { title: `Connexion ${name} interrompue`, message: reason ?? `Le compte ${name} doit être reconnecté.` }
    : { title: `${name} connection broken`, message: reason ?? `The ${name} account must be reconnected.` };
}

function recoveredText(name: string, locale: Locale): { title: string; message: string } {
  return locale === 'fr'
    ? {
        title: `Connexion ${name} rétablie`,
        message: `Le compte ${name} est de nouveau lu ; ce qui manquait est rattrapé.`,
      }
    : {
        title: `${name} connection restored`,
        message: `The ${name} account is being read again; what was missed is caught up.`,
      };
}
