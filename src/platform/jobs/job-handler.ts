import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import type { Transaction } from '../database/transaction.js';
import type { ParkReason } from './park-reason.js';

/** What a payload may hold: ids and the like. The row an id names is read when the job runs, not when it is added. */
export type IdsOnly<Payload> = {
  readonly [Name in keyof Payload]: string | number | boolean | null | undefined | readonly string[];
};

export interface JobContext {
  readonly jobId: string;
  /** 1 for the first run. A run that killed its worker counts, a deferred one does not. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Aborted when the drain of a stopping worker runs out of time; the job is then given back and runs elsewhere. */
  readonly signal: AbortSignal;
  /**
   * For jobs whose payload is one list of ids: adds those of jobs of the same task that wait, up to `room`, so that a
   * backlog is worked off in fewer and larger steps. They are this job's from the commit on, also when it fails.
   */
  takeAlong(tx: Transaction, list: string, room: number): Promise<string[]>;
}

/**
 * The work behind one task name. A job may run more than once, and even twice at the same time: a worker that was
 * paused for longer than WORKER_DEAD_AFTER_SECONDS is taken for dead, its jobs are given to others, and then it wakes.
 * So a handler locks the row that its payload names, looks whether the work is already done, and writes its effect
 * together with the mark that says so. Effects outside the database belong in the outbox.
 */
export interface JobHandler<Payload extends IdsOnly<Payload> = object> {
  run(payload: Payload, context: JobContext): Promise<void>;
  /**
   * The job is given up. Runs in the transaction that writes its dead letter, which works for `payload.organizationId`
   * when there is one: the place to mark the row as dead.
   */
  parked?(tx: Transaction, payload: Payload, reason: ParkReason): Promise<void>;
}

export interface JobHandlerOptions {
  /** Runs, the first included, before the job is parked; the waits between them grow to hours. */
  readonly maxAttempts?: number;
  /** Jobs with a smaller number go first. */
  readonly priority?: number;
  /** At most so many at once in one worker, so that slow jobs leave room for the others. */
  readonly concurrency?: number;
}

/** What is known of a task: the decorator's options, completed. */
export interface JobTerms {
  readonly task: string;
  readonly maxAttempts: number;
  readonly priority: number;
  readonly concurrency: number | null;
}

export const JOB_TERMS = Symbol('passerelle:job-terms');

// Eight tries span about half a day, see retry-delay.ts.
const DEFAULT_MAX_ATTEMPTS = 8;

/**
 * Declares the class that runs a task. Names are the room and a verb, such as `deliveries.process`: they stand in the
 * queue and in dead letters, so that a name is never reused for something else.
 */
export function JobHandler(task: string, options: JobHandlerOptions = {}) {
  const terms: JobTerms = {
    task,
    maxAttempts: options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    priority: options.priority ?? 0,
    concurrency: options.concurrency ?? null,
  };
  return applyDecorators(Injectable(), SetMetadata(JOB_TERMS, terms)) as (
    target: new (...dependencies: never[]) => JobHandler<never>,
  ) => void;
}
