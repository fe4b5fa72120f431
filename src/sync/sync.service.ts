import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Organizations } from '../accounts/index.js';
import { isCalendarProvider } from '../calendars/index.js';
import { isBookingProvider } from '../bookings/index.js';
import { type Integration, Integrations, ProviderRegistry } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { Problem } from '../platform/errors/problem.js';
import { BEGIN_PASS } from './begin-pass.task.js';
import { CalendarCursors } from './calendar-cursors.js';
import { CLAIM_DUE, CLAIM_SIZE, READ_BY_ITSELF } from './due-connections.js';
import { ReadMarks } from './read-marks.js';
import { syncRunNotFound } from './sync.problems.js';
import { READ_BOOKINGS, READ_CALENDAR, type RunFilter, type RunRequest, SyncRuns } from './sync-runs.js';
import type { FullReason } from './sync-mode.js';
import { isTakeover, type RunWithSteps, type SyncRun, type SyncTrigger } from './sync-run.js';

/** How many days of the past a first import takes over, unless the organization chose otherwise. */
export const DEFAULT_DAYS_BACK = 30;

/** How far ahead appointments are looked for. */
const BOOKING_DAYS_AHEAD = 400;

const WAIT_STEP_MS = 100;

/** When and in what order connections are read. */
@Injectable()
export class Sync {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly runs: SyncRuns,
    private readonly cursors: CalendarCursors,
    private readonly marks: ReadMarks,
    private readonly jobs: Jobs,
    private readonly organizations: Organizations,
    private readonly registry: ProviderRegistry,
    private readonly clock: Clock,
  ) {}

  /** Asks for a reading in the caller's transaction. */
  request(tx: Transaction, integration: Integration, trigger: SyncTrigger): Promise<SyncRun> {
    return this.enqueue(tx, integration, trigger, null);
  }

  /**
   * Asks for a reading that trusts nothing of what was seen before: the long way round, for when something looks wrong or
   * another calendar is meant. One that is under way and trusts it, or reads the former calendar, ends for it.
   */
  async requestAnew(
    tx: Transaction,
    integration: Integration,
    trigger: SyncTrigger,
    reason: FullReason = 'requested',
  ): Promise<SyncRun> {
    await this.integrations.hold(tx, integration.id);
    await this.cursors.forget(tx, integration.id);
    await this.marks.forget(tx, integration.id);
    const run = await this.enqueue(tx, integration, trigger, reason);
    if (reason === 'requested' && run.full_reason !== null) return run;
    // One that was asked for before, and waits, will see what there is to see by then.
    if (await this.runs.widen(tx, run, reason)) return { ...run, mode: 'full', full_reason: reason };
    await this.runs.cancelUnderWay(tx, integration.id, 'superseded');
    return await this.enqueue(tx, integration, trigger, reason);
  }

  /** Another past is wanted than before. A reading under way that does not reach as far ends for this one. */
  async backfill(tx: Transaction, integration: Integration): Promise<void> {
    await this.integrations.hold(tx, integration.id);
    const { daysBack } = await this.readingOf(tx, integration);
    if (this.runs.reachesBack(await this.request(tx, integration, 'backfill'), daysBack)) return;
    const former = await this.runs.cancelUnderWay(tx, integration.id, 'superseded');
    const run = await this.request(tx, integration, 'backfill');
    // Taken over in silence as well, and so far told to nobody.
    if (former !== null && isTakeover(former.trigger)) await this.runs.carryOver(tx, former, run);
  }

  /** Less is wanted than before: a reading under way, which would still bring in all of it, ends for another. */
  async narrow(tx: Transaction, integration: Integration, trigger: SyncTrigger): Promise<void> {
    await this.integrations.hold(tx, integration.id);
    if (await this.runs.cancelUnderWay(tx, integration.id, 'superseded')) await this.request(tx, integration, trigger);
  }

  /** The connection ends, and with it what is being read of it. The caller holds it. */
  async stop(tx: Transaction, integrationId: string): Promise<void> {
    await this.runs.cancelUnderWay(tx, integrationId, 'disconnected');
  }

  /**
   * Claims what is due and enqueues its readings. Safe on any number of instances: a row is claimed by the statement
   * that moves its due time, and the cost is that of the rows which are due, not of those which exist.
   */
  async claimDue(): Promise<number> {
    let total = 0;
    for (let claimed = CLAIM_SIZE; claimed === CLAIM_SIZE; total += claimed) {
      claimed = await this.work.acrossOrganizations((tx) => this.claimSome(tx));
    }
    return total;
  }

  /** The run once it is over, or as it stands when patience ends. */
  async waitFor(scope: TenantScope, runId: string, patienceMs: number): Promise<SyncRun> {
    const deadline = this.clock.now().getTime() + patienceMs;
    for (;;) {
      const run = await this.get(scope, runId);
      if (run.finished_at !== null || this.clock.now().getTime() >= deadline) return run;
      await delay(WAIT_STEP_MS);
    }
  }

  async get(scope: TenantScope, runId: string): Promise<RunWithSteps> {
    const run = await this.work.inOrganization(scope, (tx) => this.runs.find(tx, runId));
    if (run === null) throw new Problem(syncRunNotFound);
    return run;
  }

  /** When the connection is read by itself the next time; null when it is not. */
  async findNextAt(scope: TenantScope, { integration_id: id }: Pick<SyncRun, 'integration_id'>): Promise<Date | null> {
    const [next] = await this.work.inOrganization(scope, (tx) =>
      tx.query<{ next_sync_at: Date | null }>(
        `SELECT next_sync_at FROM integrations WHERE organization_id = $1 AND id = $2 AND ${READ_BY_ITSELF}`,
        [tx.organizationId, id],
      ),
    );
    return next?.next_sync_at ?? null;
  }

  list(scope: TenantScope, limit: number, before: string | null, filter: RunFilter = {}): Promise<SyncRun[]> {
    return this.work.inOrganization(scope, (tx) => this.runs.list(tx, limit, before, filter));
  }

  private async enqueue(
    tx: Transaction,
    integration: Integration,
    trigger: SyncTrigger,
    asked: FullReason | null,
  ): Promise<SyncRun> {
    const reading = await this.readingOf(tx, integration);
    const fullReason = asked ?? this.whyFull(integration, trigger);
    return this.runs.request(tx, {
      integrationId: integration.id,
      provider: integration.provider,
      trigger,
      mode: fullReason === null ? 'changes' : 'full',
      fullReason,
      ...reading,
    });
  }

  /** Which job reads it, and how far. */
  private async readingOf(
    tx: Transaction,
    { provider: id }: Integration,
  ): Promise<Pick<RunRequest, 'task' | 'daysBack' | 'daysAhead'>> {
    const provider = this.registry.get(id);
    if (isCalendarProvider(provider)) {
      const { daysBack, daysAhead } = provider.calendar;
      return { task: READ_CALENDAR, daysBack, daysAhead };
    }
    const { settings } = await this.organizations.get(tx);
    const own = settings[id] as { import_days?: unknown } | undefined;
    const chosen = own?.import_days;
    const daysBack = typeof chosen === 'number' ? chosen : DEFAULT_DAYS_BACK;
    return { task: READ_BOOKINGS, daysBack, daysAhead: BOOKING_DAYS_AHEAD };
  }

  /** Of bookings this is known at once; a calendar's reading looks for its cursor first. */
  private whyFull({ provider: id }: Integration, trigger: SyncTrigger): FullReason | null {
    const provider = this.registry.get(id);
    if (!isBookingProvider(provider)) return null;
    // One that cannot tell what has changed is listed each time, and asked in full for what has moved.
    const isTeller = provider.profile.listsChanges === true;
    switch (trigger) {
      case 'initial':
        return 'first_import';
      case 'backfill':
        return 'requested';
      case 'manual':
        return isTeller ? 'requested' : null;
      case 'recovery':
        return isTeller ? 'recovery' : null;
      case 'schedule':
      case 'push':
      case 'approval':
        return null;
    }
  }

  private async claimSome(tx: Transaction): Promise<number> {
    const due = await tx.query<{ id: string; organization_id: string }>(CLAIM_DUE);
    await this.jobs.enqueueMany(
      tx,
      due.map(({ id, organization_id }) => ({
        task: BEGIN_PASS,
        payload: { organizationId: organization_id, integrationId: id },
      })),
    );
    return due.length;
  }
}
