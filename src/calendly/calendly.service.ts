import { Injectable } from '@nestjs/common';
import { type Organization, Organizations, type Session } from '../accounts/index.js';
import { ChannelKeeper } from '../deliveries/index.js';
import {
  explainStatus,
  type Integration,
  integrationNotFound,
  Integrations,
  isPushed,
  statusCode,
  pauseNote,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type Bilingual, type Locale, Problem } from '../platform/errors/problem.js';
import { DEFAULT_DAYS_BACK, Sync, type SyncRun } from '../sync/index.js';
import { CALENDLY } from './calendly.profile.js';
import { CalendlyProvider } from './calendly.provider.js';
import type { CalendlySettingsDto } from './dto/calendly-settings.dto.js';
import type { CalendlyStatusDto } from './dto/calendly-status.dto.js';

/** The longest that `?wait=true` holds a request open. */
const PATIENCE_MS = 25_000;

/** The organization's Calendly connection as front ends know it: one card with a status and a few switches. */
@Injectable()
export class Calendly {
  constructor(
    private readonly work: UnitOfWork,
    private readonly provider: CalendlyProvider,
    private readonly integrations: Integrations,
    private readonly organizations: Organizations,
    private readonly sync: Sync,
    private readonly keeper: ChannelKeeper,
    private readonly clock: Clock,
  ) {}

  status(session: Session, locale: Locale): Promise<CalendlyStatusDto> {
    return this.work.inOrganization(session, async (tx) => this.describe(tx, await this.find(tx, session), locale));
  }

  /** Only the given switches change. Those of the connection need one; those of the organization do not. */
  patchSettings(session: Session, patch: CalendlySettingsDto, locale: Locale): Promise<CalendlyStatusDto> {
    const { enabled, calendly_link, import_days, auto_sync_enabled, sync_interval_minutes } = patch;
    return this.work.inOrganization(session, async (tx) => {
      const found = await this.find(tx, session);
      const needsConnection =
        enabled !== undefined || auto_sync_enabled !== undefined || sync_interval_minutes !== undefined;
      if (found === null && needsConnection) throw new Problem(integrationNotFound);
      // The connection before the organization, as everywhere: whoever takes both locks takes them in this order.
      const integration =
        found &&
        (await this.integrations.update(tx, found.id, {
          auto_sync_enabled,
          sync_interval_minutes,
          options:
            enabled === undefined
              ? undefined
              : { paused: !enabled, ...pauseNote(!enabled, session.userId, this.clock.now()) },
        }));
      await this.organizations.patchSettings(
        tx,
        CALENDLY.id,
        withoutUndefined({ enabled, calendly_link, import_days }),
      );
      if (integration === null) return this.describe(tx, null, locale);
      // A longer past is taken over in silence; what happened since, while nobody looked, is news all the same.
      if (import_days !== undefined) await this.sync.backfill(tx, integration);
      else if (enabled === true) await this.sync.request(tx, integration, 'manual');
      return this.describe(tx, integration, locale);
    });
  }

  /** Asks for a reading now, and looks after the channel: whoever clicks this often does so because nothing arrives. */
  async synchronize(session: Session, { wait }: { wait: boolean }): Promise<SyncRun> {
    const run = await this.work.inOrganization(session, async (tx) => {
      const integration = await this.find(tx, session);
      if (integration === null) throw new Problem(integrationNotFound);
      await this.keeper.request(tx, integration.id);
      return this.sync.request(tx, integration, 'manual');
    });
    return wait ? this.sync.waitFor(session, run.id, PATIENCE_MS) : run;
  }

  /** All accounts of the organization; without one there is nothing to do, which is what was asked for. */
  async disconnect(session: Session): Promise<void> {
    const live = await this.work.inOrganization(session, (tx) => this.integrations.listLive(tx, CALENDLY.id));
    for (const { id } of live) await this.integrations.disconnect(session, id);
  }

  private find(tx: Transaction, session: Session): Promise<Integration | null> {
    return this.integrations.findFor(tx, CALENDLY.id, session.userId);
  }

  private async describe(tx: Transaction, integration: Integration | null, locale: Locale): Promise<CalendlyStatusDto> {
    const settings = settingsOf(await this.organizations.get(tx));
    const { status, reason, code } = this.explain(integration);
    return {
      connected: integration?.status === 'connected' || integration?.status === 'error',
      enabled: integration !== null && settings['enabled'] !== false,
      status,
      status_reason: reason?.[locale] ?? null,
      status_code: code,
      mode: 'simple',
      email: integration?.account_email ?? null,
      user_name: integration?.account_name ?? null,
      user_uri: textOf(integration?.options['user_uri']),
      calendly_link: textOf(settings['calendly_link']),
      auto_sync_enabled: integration?.auto_sync_enabled ?? true,
      sync_interval_minutes: integration?.sync_interval_minutes ?? 30,
      import_days: typeof settings['import_days'] === 'number' ? settings['import_days'] : DEFAULT_DAYS_BACK,
      last_synced_at: integration?.last_synced_at?.toISOString() ?? null,
      next_sync_at: integration?.next_sync_at?.toISOString() ?? null,
      webhook_active: isPushed(integration),
      delivery_mode: isPushed(integration) ? 'webhook' : 'polling',
    };
  }

  private explain(integration: Integration | null): {
    status: CalendlyStatusDto['status'];
    reason: Bilingual | null;
    code: string | null;
  } {
    const { missingVariables } = this.provider.oauth;
    if (integration !== null) {
      // A working connection that the provider will not push to has something to say as well.
      const refusal = integration.webhook_active ? null : textOf(integration.options['channel_refusal']);
      const reason = integration.status_reason ?? refusal;
      return {
        status: integration.status,
        reason: explainStatus(reason, CALENDLY.displayName),
        code: statusCode(reason),
      };
    }
    if (missingVariables.length === 0) return { status: 'disconnected', reason: null, code: null };
    const names = missingVariables.join(', ');
    return {
      status: 'not_configured',
      reason: { fr: `Variables manquantes : ${names}`, en: `Missing variables: ${names}` },
      code: 'not_configured',
    };
  }
}

function settingsOf({ settings }: Organization): Record<string, unknown> {
  const own = settings[CALENDLY.id];
  return own !== null && typeof own === 'object' ? (own as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
