import { Injectable } from '@nestjs/common';
import { Integrations } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Jobs } from '../platform/jobs/index.js';
import { ReadingOvertaken } from './reading-overtaken.js';
import type { FullReason, SyncMode } from './sync-mode.js';
import type { CalendarCounts, RunWithSteps, SyncCounts, SyncRun, SyncState, SyncTrigger } from './sync-run.js';
import { lastCall, type SyncStep, withStep } from './sync-steps.js';

export const READ_BOOKINGS = 'sync.read-bookings';
export const READ_CALENDAR = 'sync.read-calendar';

/** What is shown of a run among others; steps are for whoever looks at one. */
export const RUN_COLUMNS = `id, organization_id, integration_id, provider, trigger, state, mode, full_reason, window_start,
  window_end, page_token, counts, provider_calls, error_code, created_at, started_at, finished_at`;

const DAY_MS = 24 * 3_600_000;

/** How far a provider's clock may be from ours, generously. */
const CLOCK_MINUTES = 15;

export interface RunRequest {
  integrationId: string;
  provider: string;
  trigger: SyncTrigger;
  daysBack: number;
  daysAhead: number;
  /** Of calendars: what is known so far. Their reading decides when it begins. */
  mode: SyncMode;
  fullReason: FullReason | null;
  /** The job that does the reading. */
  task: typeof READ_BOOKINGS | typeof READ_CALENDAR;
}

/** Which runs are meant. */
export interface RunFilter {
  provider?: string;
  state?: SyncState;
  trigger?: SyncTrigger;
  integration_id?: string;
}

/** How a run can end. */
type EndState = Exclude<SyncState, 'queued' | 'running'>;

export interface RunProgress {
  pageToken: string | null;
  counts: SyncCounts | CalendarCounts;
  calls: number;
}

/** The readings of connections: asked for, under way, finished. */
@Injectable()
export class SyncRuns {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks for a reading and answers its run. While one of the same connection is under way that one is answered: it will
   * see what this one would have seen, save the end of a page it has passed, which the next one sees.
   */
  async request(tx: Transaction, request: RunRequest): Promise<SyncRun> {
    const [run] = await tx.query<SyncRun>(
      `INSERT INTO sync_runs
         (id, organization_id, integration_id, provider, trigger, state, window_start, window_end, mode, full_reason)
       VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9)
       ON CONFLICT (integration_id) WHERE state IN ('queued', 'running') DO NOTHING
       RETURNING ${RUN_COLUMNS}`,
      [
        newId(),
        tx.organizationId,
        request.integrationId,
        request.provider,
        request.trigger,
        this.inDays(-request.daysBack),
        this.inDays(request.daysAhead),
        request.mode,
        request.fullReason,
      ],
    );
    // The one in our way may have ended between the two statements: then there is room for this one.
    if (!run) return (await this.findUnderWay(tx, request.integrationId)) ?? (await this.request(tx, request));
    await this.jobs.enqueue(tx, request.task, { organizationId: run.organization_id, runId: run.id });
    return run;
  }

  async find(tx: Transaction, id: string): Promise<RunWithSteps | null> {
    const [run] = await tx.query<RunWithSteps>(`SELECT * FROM sync_runs WHERE organization_id = $1 AND id = $2`, [
      tx.organizationId,
      id,
    ]);
    return run ?? null;
  }

  /** Newest first; `before` is the id of the last run of the page before. */
  list(tx: Transaction, limit: number, before: string | null, filter: RunFilter): Promise<SyncRun[]> {
    return tx.query<SyncRun>(
      `SELECT ${RUN_COLUMNS} FROM sync_runs WHERE organization_id = $1 AND ($2::uuid IS NULL OR id < $2)
         AND ($4::text IS NULL OR provider = $4) AND ($5::text IS NULL OR state = $5)
         AND ($6::text IS NULL OR trigger = $6) AND ($7::uuid IS NULL OR integration_id = $7)
       ORDER BY id DESC LIMIT $3`,
      [
        tx.organizationId,
        before,
        limit,
        filter.provider ?? null,
        filter.state ?? null,
        filter.trigger ?? null,
        filter.integration_id ?? null,
      ],
    );
  }

  /**
   * Whatever a reading writes, it writes in here: it is neither canceled nor overtaken until that is committed. Throws
   * `ReadingOvertaken` when it has been. Between any two pages a person may disconnect, or choose another calendar.
   */
  write<T>(
    run: Pick<SyncRun, 'id' | 'organization_id' | 'integration_id'>,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.work.inOrganization({ organizationId: run.organization_id }, async (tx) => {
      await this.integrations.hold(tx, run.integration_id);
      const running = await tx.query(
        `SELECT 1 FROM sync_runs WHERE organization_id = $1 AND id = $2 AND state = 'running'`,
        [tx.organizationId, run.id],
      );
      if (running.length === 0) throw new ReadingOvertaken();
      return await work(tx);
    });
  }

  /**
   * Ends what is under way, and answers it. The caller holds the connection: nothing is written for that reading from
   * then on.
   */
  async cancelUnderWay(
    tx: Transaction,
    integrationId: string,
    code: 'disconnected' | 'superseded',
  ): Promise<SyncRun | null> {
    const [run] = await tx.query<RunWithSteps>(
      `SELECT * FROM sync_runs
       WHERE organization_id = $1 AND integration_id = $2 AND state IN ('queued', 'running') FOR NO KEY UPDATE`,
      [tx.organizationId, integrationId],
    );
    if (run) await this.finish(tx, run, 'canceled', code);
    return run ?? null;
  }

  /** Whether a reading reaches as far into the past. */
  reachesBack({ window_start: start }: Pick<SyncRun, 'window_start'>, days: number): boolean {
    return start <= this.inDays(-days);
  }

  /** What one brought in is told by the other, which goes on where it ended. */
  async carryOver(tx: Transaction, former: SyncRun, { id }: Pick<SyncRun, 'id'>): Promise<void> {
    const { created = 0, prospects_created = 0 } = former.counts;
    await tx.execute(`UPDATE sync_runs SET counts = $3 WHERE organization_id = $1 AND id = $2`, [
      tx.organizationId,
      id,
      { created, prospects_created },
    ]);
  }

  /** Makes a full reading of one that has not begun. */
  async widen(tx: Transaction, { id }: Pick<SyncRun, 'id'>, fullReason: FullReason): Promise<boolean> {
    const widened = await tx.query(
      `UPDATE sync_runs SET mode = 'full', full_reason = $3
       WHERE organization_id = $1 AND id = $2 AND state = 'queued' RETURNING id`,
      [tx.organizationId, id, fullReason],
    );
    return widened.length > 0;
  }

  /** Null when the run is already over: a repeated job has nothing left to do. */
  async start(tx: Transaction, id: string): Promise<RunWithSteps | null> {
    const [run] = await tx.query<RunWithSteps>(
      `UPDATE sync_runs SET state = 'running', started_at = coalesce(started_at, now())
       WHERE organization_id = $1 AND id = $2 AND state IN ('queued', 'running') RETURNING *`,
      [tx.organizationId, id],
    );
    return run ?? null;
  }

  /** Adds to the log of a run; the next write of the run carries it, so that telling costs no write of its own. */
  note(run: Pick<RunWithSteps, 'steps'>, step: Omit<SyncStep, 'at'>): void {
    run.steps = withStep(run.steps, { at: this.clock.now().toISOString(), ...step });
  }

  noteStart(run: Pick<RunWithSteps, 'steps'>, mode: SyncMode, fullReason: FullReason | null): void {
    const why = fullReason === null ? {} : { full_reason: fullReason };
    this.note(run, { kind: run.steps.length === 0 ? 'started' : 'resumed', mode, ...why });
  }

  /** For what is told just before a reading rests, when nothing else of it is written. */
  async saveSteps(tx: Transaction, { id, steps }: RunWithSteps): Promise<void> {
    await tx.query(`UPDATE sync_runs SET steps = $3 WHERE organization_id = $1 AND id = $2 AND state = 'running'`, [
      tx.organizationId,
      id,
      JSON.stringify(steps),
    ]);
  }

  /** Written with the rows it counts: a run that is cut goes on where its last commit stopped. */
  async saveProgress(
    tx: Transaction,
    { id, steps }: RunWithSteps,
    { pageToken, counts, calls }: RunProgress,
  ): Promise<void> {
    await tx.query(
      `UPDATE sync_runs SET page_token = $3, counts = $4, provider_calls = $5, steps = $6
       WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, id, pageToken, counts, calls, JSON.stringify(steps)],
    );
  }

  /** Begins again from the first page: with the cursor, or without one for the reason that is given. */
  async restart(tx: Transaction, run: RunWithSteps, fullReason: FullReason | null): Promise<void> {
    const mode: SyncMode = fullReason === null ? 'changes' : 'full';
    await tx.query(
      `UPDATE sync_runs SET mode = $3, full_reason = $4, page_token = NULL, steps = $5
       WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, run.id, mode, fullReason, JSON.stringify(run.steps)],
    );
    run.full_reason = fullReason;
  }

  /**
   * When the last reading that went through began, less what clocks may differ by. Otherwise why everything is to be read:
   * none has gone through, or everything was last looked at a day ago, which finds what a provider forgets to call a change.
   */
  async findChangesSince(
    tx: Transaction,
    run: Pick<SyncRun, 'integration_id'>,
  ): Promise<{ since: Date } | { since: null; fullReason: FullReason }> {
    const [found] = await tx.query<{ since: Date | null; is_swept: boolean | null }>(
      `SELECT max(started_at) - interval '${CLOCK_MINUTES} minutes' AS since,
         bool_or(started_at > now() - interval '1 day' AND (trigger NOT IN ('schedule', 'push') OR mode = 'full'))
           AS is_swept
       FROM sync_runs WHERE organization_id = $1 AND integration_id = $2 AND state = 'succeeded'`,
      [tx.organizationId, run.integration_id],
    );
    const since = found?.since ?? null;
    if (since !== null && found?.is_swept) return { since };
    return { since: null, fullReason: since === null ? 'first_import' : 'daily_check' };
  }

  /** `errorCode`: a stable word, also of one that was canceled or agreed to. */
  async finish(
    tx: Transaction,
    run: Pick<RunWithSteps, 'id' | 'steps'>,
    state: EndState,
    errorCode: string | null = null,
  ): Promise<void> {
    // One that waits for approval has said so with its numbers.
    if (state !== 'needs_approval') {
      const code = errorCode === null ? {} : { code: errorCode };
      this.note(run, { kind: state, ...code, ...(state === 'failed' && lastCall()) });
    }
    await tx.query(
      `UPDATE sync_runs SET state = $3, error_code = $4, page_token = NULL, finished_at = now(), steps = $5
       WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, run.id, state, errorCode, JSON.stringify(run.steps)],
    );
  }

  /** Those that wait for somebody's agreement, oldest first. */
  listAwaiting(tx: Transaction, integrationId: string): Promise<RunWithSteps[]> {
    return tx.query<RunWithSteps>(
      `SELECT * FROM sync_runs WHERE organization_id = $1 AND integration_id = $2 AND state = 'needs_approval'
       ORDER BY id FOR NO KEY UPDATE`,
      [tx.organizationId, integrationId],
    );
  }

  /** Locked, so that two who decide at once do not both. */
  async findForDecision(tx: Transaction, id: string): Promise<RunWithSteps | null> {
    const [run] = await tx.query<RunWithSteps>(
      `SELECT * FROM sync_runs WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [tx.organizationId, id],
    );
    return run ?? null;
  }

  private async findUnderWay(tx: Transaction, integrationId: string): Promise<SyncRun | null> {
    const [run] = await tx.query<SyncRun>(
      `SELECT ${RUN_COLUMNS} FROM sync_runs
       WHERE organization_id = $1 AND integration_id = $2 AND state IN ('queued', 'running')`,
      [tx.organizationId, integrationId],
    );
    return run ?? null;
  }

  private inDays(days: number): Date {
    return new Date(this.clock.now().getTime() + days * DAY_MS);
  }
}
