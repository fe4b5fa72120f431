import { Injectable } from '@nestjs/common';
import { newId } from '../database/identifiers.js';
import type { Transaction } from '../database/transaction.js';
import { Problem } from '../errors/problem.js';
import { decodeInstantCursor, encodeCursor } from '../http/paging.js';
import { deadLetterNotFound, deadLetterTaskUnknown } from './dead-letters.problems.js';
import { JobRegistry } from './job-registry.js';
import { Jobs } from './jobs.js';
import type { ParkClass, ParkReason } from './park-reason.js';

export type DeadLetterState = 'parked' | 'replayed' | 'discarded';

/** A job that was given up, with what is needed to run it again. */
export interface DeadLetter {
  readonly id: string;
  readonly task: string;
  /** Ids only. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly errorClass: ParkClass;
  readonly errorCode: string;
  readonly attempts: number;
  readonly state: DeadLetterState;
  readonly firstFailedAt: Date;
  readonly parkedAt: Date;
  readonly resolvedAt: Date | null;
}

export interface DeadLetterFilter {
  readonly task?: string;
  readonly errorCode?: string;
  readonly parkedSince?: Date;
}

export interface DeadLetterQuery extends DeadLetterFilter {
  readonly state?: DeadLetterState;
  readonly limit: number;
  readonly cursor?: string;
}

export interface ParkedJob {
  readonly task: string;
  readonly payload: object;
  readonly reason: ParkReason;
  readonly attempts: number;
  readonly firstFailedAt: Date | null;
}

const COLUMNS = `id, task, payload, error_class AS "errorClass", error_code AS "errorCode", attempts, state,
  first_failed_at AS "firstFailedAt", parked_at AS "parkedAt", resolved_at AS "resolvedAt"`;

// Replaying enqueues in the same transaction, which must stay short.
const REPLAY_BATCH = 1_000;

/**
 * Jobs that were given up, outside the queue so that the queue stays small. Every method works in the caller's
 * transaction, on the letters of its organization; one that serves all of them sees the letters that belong to none.
 */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly jobs: Jobs,
    private readonly registry: JobRegistry,
  ) {}

  async add(tx: Transaction, { task, payload, reason, attempts, firstFailedAt }: ParkedJob): Promise<void> {
    await tx.query(
      `INSERT INTO dead_letters
         (id, organization_id, task, payload, error_class, error_code, attempts, first_failed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, now()))`,
      [newId(), tx.organizationId, task, payload, reason.class, reason.code, attempts, firstFailedAt],
    );
  }

  /** Newest first. `cursor` is null on the last page. */
  async list(tx: Transaction, query: DeadLetterQuery): Promise<{ letters: DeadLetter[]; cursor: string | null }> {
    const before = decodeInstantCursor(query.cursor);
    const rows = await tx.query<DeadLetter & { position: string }>(
      `SELECT ${COLUMNS}, parked_at::text AS position
       FROM dead_letters
       WHERE organization_id IS NOT DISTINCT FROM $1
         AND ($2::text IS NULL OR state = $2)
         AND ($3::text IS NULL OR task = $3)
         AND ($4::text IS NULL OR error_code = $4)
         AND ($5::timestamptz IS NULL OR parked_at >= $5)
         AND ($6::timestamptz IS NULL OR (parked_at, id) < ($6, $7::uuid))
       ORDER BY parked_at DESC, id DESC
       LIMIT $8`,
      [
        tx.organizationId,
        query.state,
        query.task,
        query.errorCode,
        query.parkedSince,
        before?.at ?? null,
        before?.id ?? null,
        query.limit + 1,
      ],
    );
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      letters: page.map(toLetter),
      cursor: last === undefined ? null : encodeCursor([last.position, last.id]),
    };
  }

  async get(tx: Transaction, id: string): Promise<DeadLetter> {
    const [letter] = await tx.query<DeadLetter>(
      `SELECT ${COLUMNS} FROM dead_letters WHERE id = $1 AND organization_id IS NOT DISTINCT FROM $2`,
      [id, tx.organizationId],
    );
    if (letter === undefined) throw new Problem(deadLetterNotFound);
    return letter;
  }

  /** Adds the job again. Answers false, and does nothing, when the letter was replayed or discarded before. */
  async replay(tx: Transaction, id: string): Promise<boolean> {
    const { task } = await this.get(tx, id);
    if (!this.registry.all.has(task)) throw new Problem(deadLetterTaskUnknown);
    return (await this.replayWhere(tx, `id = $2`, [id])) === 1;
  }

  /**
   * Adds the jobs of parked letters again, oldest first, at most 1,000 at a time: call again until it answers 0. Letters
   * of tasks that this version does not know stay.
   */
  async replayMany(tx: Transaction, filter: DeadLetterFilter = {}): Promise<number> {
    return await this.replayWhere(
      tx,
      `id IN (
         SELECT id FROM dead_letters
         WHERE organization_id IS NOT DISTINCT FROM $1 AND state = 'parked'
           AND task = ANY ($2)
           AND ($3::text IS NULL OR task = $3)
           AND ($4::text IS NULL OR error_code = $4)
           AND ($5::timestamptz IS NULL OR parked_at >= $5)
         ORDER BY parked_at, id
         LIMIT ${REPLAY_BATCH}
       )`,
      [[...this.registry.all.keys()], filter.task, filter.errorCode, filter.parkedSince],
    );
  }

  /** Answers false when the letter was replayed or discarded before. */
  async discard(tx: Transaction, id: string): Promise<boolean> {
    await this.get(tx, id);
    const { count } = await tx.execute(
      `UPDATE dead_letters SET state = 'discarded', resolved_at = now()
       WHERE id = $1 AND organization_id IS NOT DISTINCT FROM $2 AND state = 'parked'`,
      [id, tx.organizationId],
    );
    return count === 1;
  }

  /** The state decides, in the same transaction that adds the jobs: of two replays at once, one finds nothing. */
  private async replayWhere(tx: Transaction, condition: string, parameters: unknown[]): Promise<number> {
    const letters = await tx.query<{ task: string; payload: object }>(
      `UPDATE dead_letters SET state = 'replayed', resolved_at = now()
       WHERE organization_id IS NOT DISTINCT FROM $1 AND state = 'parked' AND ${condition}
       RETURNING task, payload`,
      [tx.organizationId, ...parameters],
    );
    await this.jobs.enqueueMany(tx, letters);
    return letters.length;
  }
}

function toLetter(row: DeadLetter & { position: string }): DeadLetter {
  const { position: _, ...letter } = row;
  return letter;
}
