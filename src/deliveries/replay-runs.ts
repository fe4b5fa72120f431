import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { Jobs } from '../platform/jobs/index.js';
import { Realtime } from '../realtime/index.js';
import { replayNotFound } from './deliveries.problems.js';
import {
  type DeliveryFilter,
  FILTER_CONDITION,
  filterParameters,
  type ResolvedFilter,
  resolveFilter,
} from './delivery-filter.js';
import { PROCESS_DELIVERIES } from './delivery-inbox.js';
import { REPLAYABLE, REPLAY_DELIVERIES, REPLAY_PRIORITY, resolveLetters } from './delivery-replay.js';

export const REPLAY_STATES = ['queued', 'running', 'done', 'canceled', 'failed'] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];

/** A row of `replay_runs`. */
export interface ReplayRun {
  id: string;
  filter: ResolvedFilter;
  state: ReplayState;
  /** How many were meant when it was asked for. */
  total: number;
  /** How many have been given to processing, and how many of those it is through with. */
  taken: number;
  done: number;
  after_at: string | null;
  after_id: string | null;
  created_at: Date;
  finished_at: Date | null;
}

/** What a replay would mean, counted and not begun. */
export interface ReplayPlan {
  count: number;
  /** Their body is no longer kept: they would be passed over. */
  body_gone: number;
  /** They are waiting to be worked through anyway. */
  waiting: number;
  oldest: Date | null;
  newest: Date | null;
}

const COLUMNS = `id, filter, state, total, taken, done, after_at::text AS after_at, after_id, created_at, finished_at`;

/** Small, so that a cancellation is heeded soon and the numbers move. */
const BATCH = 50;
/** The batch is worked through at once; the job beside it is for the case that this fails or the process ends. */
const NET_SECONDS = 30;
const MOST_LISTED = 20;

/**
 * Replays of many deliveries: planned, begun, followed, called off. A run is a row, and each of its batches a job that
 * calls for the next, so that it goes on after a restart where it was.
 */
@Injectable()
export class ReplayRuns {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly audit: AuditTrail,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
  ) {}

  plan(scope: TenantScope, filter: DeliveryFilter): Promise<ReplayPlan> {
    return this.work.inOrganization(scope, async (tx) => this.count(tx, await resolveFilter(tx, filter)));
  }

  /** All that the filter names and that still has its body, in the order it came in; null when there is nothing. */
  begin(session: Session, filter: DeliveryFilter): Promise<ReplayRun | null> {
    return this.work.inOrganization(session, async (tx) => {
      // What comes in from now on is not meant.
      const resolved = await resolveFilter(tx, { ...filter, until: filter.until ?? this.clock.now() });
      const { count } = await this.count(tx, resolved);
      const run = count > 0 ? await this.create(tx, resolved, count) : null;
      const { provider, state, errorCode, since, until } = resolved;
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'delivery.replay_many',
        object: { type: 'delivery' },
        outcome: 'success',
        details: { count, provider, state, error_code: errorCode, since, until },
      });
      return run;
    });
  }

  list(scope: TenantScope): Promise<ReplayRun[]> {
    return this.work.inOrganization(scope, (tx) =>
      tx.query<ReplayRun>(
        `SELECT ${COLUMNS} FROM replay_runs WHERE organization_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2`,
        [tx.organizationId, MOST_LISTED],
      ),
    );
  }

  get(scope: TenantScope, id: string): Promise<ReplayRun> {
    return this.work.inOrganization(scope, (tx) => this.find(tx, id));
  }

  /** What has been given to processing is ended, nothing more is begun. One that has ended stays as it is. */
  cancel(session: Session, id: string): Promise<ReplayRun> {
    return this.work.inOrganization(session, async (tx) => {
      const [run] = await tx.query<ReplayRun>(
        `UPDATE replay_runs SET state = 'canceled', finished_at = now()
         WHERE organization_id = $1 AND id = $2 AND state IN ('queued', 'running') RETURNING ${COLUMNS}`,
        [tx.organizationId, id],
      );
      if (run === undefined) return await this.find(tx, id);
      await this.publish(tx, run);
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'delivery.replay_canceled',
        object: { type: 'delivery' },
        outcome: 'success',
        details: { run_id: id, done: run.done, count: run.total },
      });
      return run;
    });
  }

  /** The next deliveries, waiting again from here on; null when the run has ended, or ends with this. */
  async takeBatch(tx: Transaction, id: string): Promise<string[] | null> {
    const [run] = await tx.query<ReplayRun>(
      `SELECT ${COLUMNS} FROM replay_runs
       WHERE organization_id = $1 AND id = $2 AND state NOT IN ('done', 'canceled') FOR UPDATE`,
      [tx.organizationId, id],
    );
    if (run === undefined) return null;
    const batch = await tx.query<{ id: string; at: string }>(
      `SELECT id, received_at::text AS at FROM deliveries
       WHERE ${FILTER_CONDITION} AND ${REPLAYABLE}
         AND ($9::timestamptz IS NULL OR (received_at, id) > ($9, $10::uuid))
       ORDER BY received_at, id LIMIT ${BATCH} FOR NO KEY UPDATE`,
      [...filterParameters(tx.organizationId, run.filter), run.after_at, run.after_id],
    );
    const last = batch.at(-1);
    if (last === undefined) {
      await this.end(tx, id, 'done');
      return null;
    }
    const deliveryIds = batch.map((delivery) => delivery.id);
    await tx.query(
      `UPDATE deliveries SET state = 'received', error_code = NULL, processed_at = NULL
       WHERE organization_id = $1 AND id = ANY ($2)`,
      [tx.organizationId, deliveryIds],
    );
    await resolveLetters(tx, deliveryIds);
    const runAt = new Date(this.clock.now().getTime() + NET_SECONDS * 1_000);
    await this.jobs.enqueue(tx, PROCESS_DELIVERIES, { deliveryIds }, { priority: REPLAY_PRIORITY, runAt });
    await tx.query(
      `UPDATE replay_runs SET state = 'running', finished_at = NULL, taken = taken + $3, after_at = $4, after_id = $5
       WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, id, deliveryIds.length, last.at, last.id],
    );
    return deliveryIds;
  }

  /** The batch is through, or in the hands of its own job: says so, and calls for the next. */
  async settleBatch(tx: Transaction, id: string): Promise<void> {
    const [run] = await tx.query<ReplayRun>(
      `UPDATE replay_runs SET done = taken WHERE organization_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [tx.organizationId, id],
    );
    if (run === undefined) return;
    await this.publish(tx, run);
    if (run.state === 'running') await this.enqueue(tx, id);
  }

  async end(tx: Transaction, id: string, state: 'done' | 'failed'): Promise<void> {
    const [run] = await tx.query<ReplayRun>(
      `UPDATE replay_runs SET state = $3, finished_at = now()
       WHERE organization_id = $1 AND id = $2 AND state NOT IN ('done', 'canceled') RETURNING ${COLUMNS}`,
      [tx.organizationId, id, state],
    );
    if (run) await this.publish(tx, run);
  }

  private async create(tx: Transaction, filter: ResolvedFilter, total: number): Promise<ReplayRun> {
    const [run] = await tx.query<ReplayRun>(
      `INSERT INTO replay_runs (id, organization_id, filter, total) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
      [newId(), tx.organizationId, JSON.stringify(filter), total],
    );
    await this.enqueue(tx, run!.id);
    return run!;
  }

  private enqueue(tx: Transaction, runId: string): Promise<void> {
    return this.jobs.enqueue(tx, REPLAY_DELIVERIES, { organizationId: tx.organizationId, runId });
  }

  private async find(tx: Transaction, id: string): Promise<ReplayRun> {
    const [run] = await tx.query<ReplayRun>(
      `SELECT ${COLUMNS} FROM replay_runs WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, id],
    );
    if (run === undefined) throw new Problem(replayNotFound);
    return run;
  }

  private async count(tx: Transaction, filter: ResolvedFilter): Promise<ReplayPlan> {
    const [counted] = await tx.query<ReplayPlan>(
      `SELECT count(*) FILTER (WHERE ${REPLAYABLE})::int AS count,
              count(*) FILTER (WHERE body IS NULL AND state <> 'rejected')::int AS body_gone,
              count(*) FILTER (WHERE body IS NOT NULL AND state = 'received')::int AS waiting,
              min(received_at) FILTER (WHERE ${REPLAYABLE}) AS oldest,
              max(received_at) FILTER (WHERE ${REPLAYABLE}) AS newest
       FROM deliveries WHERE ${FILTER_CONDITION}`,
      filterParameters(tx.organizationId, filter),
    );
    return counted!;
  }

  private publish(tx: Transaction, { id, state, done, total }: ReplayRun): Promise<void> {
    return this.realtime.publish(tx, { name: 'replay:progress', payload: { run_id: id, state, done, total } });
  }
}
