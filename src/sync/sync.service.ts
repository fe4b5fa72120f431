import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Organizations } from '../accounts/index.js';
import { isCalendarProvider } from '../calendars/index.js';
import { type Integration, ProviderRegistry } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { Problem } from '../platform/errors/problem.js';
import { BEGIN_PASS } from './begin-pass.task.js';
import { CalendarCursors } from './calendar-cursors.js';
import { ReadMarks } from './read-marks.js';
import { syncRunNotFound } from './sync.problems.js';
import { READ_BOOKINGS, READ_CALENDAR, type RunFilter, type RunRequest, SyncRuns } from './sync-runs.js';
import type { SyncRun, SyncTrigger } from './sync-run.js';

/** How many days of the past a first import takes over, unless the organization chose otherwise. */
export const DEFAULT_DAYS_BACK = 30;

/** How far ahead appointments are looked for. */
const BOOKING_DAYS_AHEAD = 400;

/** Connections claimed by one statement: enough to keep up, few enough to keep the statement short. */
const CLAIM_SIZE = 100;

const WAIT_STEP_MS = 100;

/** When and in what order connections are read. */
@Injectable()
export class Sync {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: SyncRuns,
    private readonly cursors: CalendarCursors,
    private readonly marks: ReadMarks,
    private readonly jobs: Jobs,
    private readonly organizations: Organizations,
    private readonly registry: ProviderRegistry,
    private readonly clock: Clock,
  ) {}

  /** Asks for a reading in the caller's transaction. */
  async request(tx: Transaction, integration: Integration, trigger: SyncTrigger): Promise<SyncRun> {
    const reading = await this.readingOf(tx, integration);
    return this.runs.request(tx, {
      integrationId: integration.id,
      provider: integration.provider,
      trigger,
      ...reading,
    });
  }

  /** Asks for a reading that trusts nothing of what was seen before: the long way round, for when something looks wrong. */
  async requestAnew(tx: Transaction, integration: Integration, trigger: SyncTrigger): Promise<SyncRun> {
    await this.cursors.forget(tx, integration.id);
    await this.marks.forget(tx, integration.id);
    return this.request(tx, integration, trigger);
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

  async get(scope: TenantScope, runId: string): Promise<SyncRun> {
    const run = await this.work.inOrganization(scope, (tx) => this.runs.find(tx, runId));
    if (run === null) throw new Problem(syncRunNotFound);
    return run;
  }

  list(scope: TenantScope, limit: number, before: string | null, filter: RunFilter = {}): Promise<SyncRun[]> {
    return this.work.inOrganization(scope, (tx) => this.runs.list(tx, limit, before, filter));
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

  private async claimSome(tx: Transaction): Promise<number> {
    const due = await tx.query<{ id: string; organization_id: string }>(
      `UPDATE integrations
       SET next_sync_at = now() + make_interval(mins => sync_interval_minutes)
       WHERE id IN (
         SELECT id FROM integrations
         WHERE is_active AND auto_sync_enabled AND status IN ('connected', 'error') AND next_sync_at <= now()
           AND NOT coalesce((options->>'paused')::boolean, false)
         ORDER BY next_sync_at
         LIMIT ${CLAIM_SIZE}
         FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING id, organization_id`,
    );
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
