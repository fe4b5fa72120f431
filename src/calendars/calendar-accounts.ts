import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import {
  type Integration,
  Integrations,
  pauseNote,
  toProviderError,
  toProviderProblem,
  TokenVault,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { Jobs } from '../platform/jobs/index.js';
import { CalendarChanges } from './calendar-changes.js';
import { CalendarMirror } from './calendar-mirror.js';
import type { CalendarChoice, CalendarProvider } from './calendar-provider.js';
import { calendarSettingsOf } from './calendar-settings.js';
import { CalendarTypes } from './calendar-types.js';
import { calendarNotConnected, calendarUnknown } from './calendars.problems.js';
import { PLAN_EXPORTS } from './jobs/plan-exports.job.js';

export interface CalendarSettingsPatch {
  import?: boolean;
  export?: boolean;
  sync?: boolean;
  calendar_id?: string;
}

/** One calendar provider and how the person stands with it. */
export interface CalendarAccount {
  readonly provider: CalendarProvider;
  /** Null when the person has connected none. */
  readonly integration: Integration | null;
  /** Events that could not be placed in time. */
  readonly setAside: number;
  /** The reading that waits for the person's agreement. */
  readonly awaitingRunId: string | null;
}

/** The calendars a person has connected: which ones, what they are used for, and their end. */
@Injectable()
export class CalendarAccounts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly types: CalendarTypes,
    private readonly integrations: Integrations,
    private readonly vault: TokenVault,
    private readonly mirror: CalendarMirror,
    private readonly changes: CalendarChanges,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** One entry for each account, and one for each provider without any. */
  list(session: Session): Promise<CalendarAccount[]> {
    return this.work.inOrganization(session, async (tx) => {
      const accounts: CalendarAccount[] = [];
      for (const provider of this.types.list()) {
        const own = await this.listOwn(tx, session, provider);
        if (own.length === 0) accounts.push({ provider, integration: null, setAside: 0, awaitingRunId: null });
        for (const integration of own)
          accounts.push({ provider, integration, ...(await this.stateOf(tx, integration)) });
      }
      return accounts;
    });
  }

  async listConnectedTypes(session: Session): Promise<string[]> {
    const accounts = await this.list(session);
    return [
      ...new Set(accounts.filter(({ integration }) => integration).map(({ provider }) => provider.calendar.type)),
    ];
  }

  /** What can be chosen from, asked of the provider. */
  async listChoices(session: Session, type: string): Promise<CalendarChoice[]> {
    const provider = this.types.get(type);
    const integration = await this.work.inOrganization(session, (tx) => this.getOwn(tx, session, provider));
    try {
      return await this.vault.withAccess(session, integration.id, (access) => provider.listCalendars(access));
    } catch (error) {
      throw toProviderProblem(provider, toProviderError(error).failure, 'connected', error);
    }
  }

  /** Only the given switches change. */
  async patchSettings(session: Session, type: string, patch: CalendarSettingsPatch): Promise<CalendarAccount> {
    const provider = this.types.get(type);
    if (patch.calendar_id !== undefined) await this.demandWritable(session, type, patch.calendar_id);
    return await this.work.inOrganization(session, async (tx) => {
      const former = await this.getOwn(tx, session, provider);
      const integration = await this.integrations.update(tx, former.id, {
        auto_sync_enabled: patch.sync,
        options: {
          ...(patch.sync !== undefined && pauseNote(!patch.sync, session.userId, this.clock.now())),
          ...(patch.import !== undefined && { import: patch.import }),
          ...(patch.export !== undefined && { export: patch.export }),
          ...(patch.calendar_id !== undefined && { calendar_id: patch.calendar_id }),
        },
      });
      await this.follow(tx, former, integration);
      return { provider, integration, ...(await this.stateOf(tx, integration)) };
    });
  }

  /** Ends the person's connections of one type. What was read is kept unless they want it erased; answers how much. */
  async disconnect(session: Session, type: string, { erase }: { erase: boolean }): Promise<{ erased_events: number }> {
    const provider = this.types.get(type);
    const own = await this.work.inOrganization(session, (tx) => this.listOwn(tx, session, provider));
    let erased = 0;
    for (const { id } of own) {
      await this.integrations.disconnect(session, id);
      if (erase) erased += await this.work.inOrganization(session, (tx) => this.mirror.forget(tx, id));
    }
    return { erased_events: erased };
  }

  /** What follows from other settings: another calendar has another content and wants the copies. */
  private async follow(tx: Transaction, former: Integration, integration: Integration): Promise<void> {
    const before = calendarSettingsOf(former);
    const now = calendarSettingsOf(integration);
    const isOther = before.calendarId !== null && before.calendarId !== now.calendarId;
    const readsMore = (now.import && !before.import) || (now.sync && !before.sync);
    const importsLess = before.import && !now.import;
    // First for whoever reads it at the moment: what is forgotten after that is not written again.
    if (isOther || readsMore) await this.changes.changed(tx, integration);
    else if (importsLess) await this.changes.narrowed(tx, integration);
    if (isOther || importsLess) await this.mirror.forget(tx, integration.id);
    if (isOther || before.export !== now.export) {
      const payload = { organizationId: integration.organization_id, provider: integration.provider };
      await this.jobs.enqueue(tx, PLAN_EXPORTS, payload);
    }
  }

  private async demandWritable(session: Session, type: string, calendarId: string): Promise<void> {
    const choices = await this.listChoices(session, type);
    if (!choices.some(({ id, canWrite }) => id === calendarId && canWrite)) throw new Problem(calendarUnknown);
  }

  private async listOwn(tx: Transaction, { userId }: Session, { id }: CalendarProvider): Promise<Integration[]> {
    return (await this.integrations.listLive(tx, id)).filter(({ user_id }) => user_id === userId);
  }

  /** The newest of several: the one the person has just connected. */
  private async getOwn(tx: Transaction, session: Session, provider: CalendarProvider): Promise<Integration> {
    const integration = (await this.listOwn(tx, session, provider)).at(-1);
    if (integration === undefined) throw new Problem(calendarNotConnected);
    return integration;
  }

  private async stateOf(tx: Transaction, { id }: Integration) {
    const [row] = await tx.query<{ set_aside: number; awaiting: string | null }>(
      `SELECT (SELECT count(*)::int FROM calendar_events
               WHERE organization_id = $1 AND integration_id = $2 AND set_aside_reason IS NOT NULL
                 AND status <> 'cancelled') AS set_aside,
              (SELECT id FROM sync_runs WHERE organization_id = $1 AND integration_id = $2
                 AND state = 'needs_approval' ORDER BY id DESC LIMIT 1) AS awaiting`,
      [tx.organizationId, id],
    );
    return { setAside: row?.set_aside ?? 0, awaitingRunId: row?.awaiting ?? null };
  }
}
