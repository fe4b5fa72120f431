import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction.js';
import type { IdsOnly, JobTerms } from './job-handler.js';
import { JobRegistry } from './job-registry.js';

export interface EnqueueOptions {
  /** Not before this instant. */
  readonly runAt?: Date;
  /** Instead of the handler's. */
  readonly priority?: number;
  /** Instead of the handler's. */
  readonly maxAttempts?: number;
}

export interface JobRequest<Payload extends IdsOnly<Payload> = object> extends EnqueueOptions {
  readonly task: string;
  readonly payload: Payload;
}

/**
 * Adds jobs. A job becomes true with the commit of the caller's transaction and vanishes with its rollback, because the
 * queue is a table beside the caller's own.
 *
 * There is no key to replace a waiting job by: a keyed request that meets a running job may be dropped, and the work
 * with it. A handler that finds nothing to do costs less than a request that was lost.
 *
 * A room that must do everything in one statement calls the same SQL function, with `termsOf(task)` as parameters:
 *
 *     SELECT graphile_worker.add_job($1, json_build_object('deliveryIds', …),
 *       max_attempts => $2, priority => $3, flags => $4) FROM inserted HAVING count(*) > 0
 */
@Injectable()
export class Jobs {
  constructor(private readonly registry: JobRegistry) {}

  /** Adds one job to the caller's transaction. An `organizationId` in the payload also names the owner of its dead letter. */
  async enqueue<Payload extends IdsOnly<Payload>>(
    tx: Transaction,
    task: string,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<void> {
    await this.enqueueMany(tx, [{ ...options, task, payload }]);
  }

  /** Adds any number of jobs with one statement. */
  async enqueueMany(tx: Transaction, requests: readonly JobRequest[]): Promise<void> {
    if (requests.length === 0) return;
    const specs = requests.map(({ task, payload, runAt, priority, maxAttempts }) => {
      const { terms } = this.registry.get(task);
      return {
        identifier: task,
        payload,
        run_at: runAt?.toISOString(),
        max_attempts: maxAttempts ?? terms.maxAttempts,
        priority: priority ?? terms.priority,
        flags: flagsOf(terms),
      };
    });
    await tx.query(
      `SELECT count(*) FROM graphile_worker.add_jobs(
         array(SELECT json_populate_recordset(NULL::graphile_worker.job_spec, $1::json)))`,
      [JSON.stringify(specs)],
    );
  }

  /** What a caller of `graphile_worker.add_job` passes on, so that the handler's options hold for its jobs as well. */
  termsOf(task: string): { task: string; maxAttempts: number; priority: number; flags: string[] | null } {
    const { terms } = this.registry.get(task);
    return { task, maxAttempts: terms.maxAttempts, priority: terms.priority, flags: flagsOf(terms) };
  }
}

/** A task that is limited carries its name as a flag: the queue can skip jobs by flag, but not by task. */
function flagsOf(terms: JobTerms): string[] | null {
  return terms.concurrency === null ? null : [terms.task];
}
