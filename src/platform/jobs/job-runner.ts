import { Inject, Injectable, Optional } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import type { Transaction } from '../database/transaction.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { EventLog } from '../logging/event-log.js';
import { requestContext } from '../logging/request-context.js';
import { DeadLetters } from './dead-letters.js';
import { HeldJob } from './held-job.js';
import { JobDeferred } from './job-deferred.js';
import { type JobFailure, toJobFailure } from './job-failure.js';
import type { JobContext } from './job-handler.js';
import { JobMetrics, type JobOutcome } from './job-metrics.js';
import type { RegisteredJob } from './job-registry.js';
import { JobTrail } from './job-trail.js';
import type { ParkReason } from './park-reason.js';
import { Quarantine } from './quarantine.js';
import { retryDelayMs } from './retry-delay.js';

/** A job as the queue hands it to one of its workers. */
export interface QueuedJob {
  readonly id: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly max_attempts: number;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly locked_by: string | null;
}

/** How the run tells the queue to try again; the message is what the queue keeps. */
export class JobNotDone extends Error {
  constructor(trail: string) {
    super(trail);
    this.name = 'JobNotDone';
  }
}

// A job that was put off for longer than this is put off for ever, and somebody should know.
const DEFERRAL_LIMIT_MS = 7 * 24 * 60 * 60 * 1_000;

/**
 * One run of one job, from fetch to end. It ends in one of five ways:
 *
 * - **finished**: the handler returned; the queue deletes the job.
 * - **deferred**: the handler said "later"; the job is put back without counting the attempt.
 * - **failed**: the handler threw and tries are left; the queue keeps the job for another try.
 * - **parked**: trying again cannot help, or has not helped, or kills the worker. One transaction writes the dead letter
 *   and deletes the job, so that the queue holds only what will run.
 * - **lost**: meanwhile the job was given to another worker, which took this one for dead. Nothing is written.
 */
@Injectable()
export class JobRunner {
  private readonly quarantine = new Quarantine();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly deadLetters: DeadLetters,
    private readonly clock: Clock,
    private readonly log: EventLog,
    @Optional() @Inject(JobMetrics) private readonly metrics?: JobMetrics,
  ) {}

  /** Returns when the job is done with, throws `JobNotDone` when it is to be tried again. */
  async run(registered: RegisteredJob, job: QueuedJob, signal: AbortSignal): Promise<void> {
    const run = new Run(registered, job, signal);
    // What a run logs, and everything it calls, can be found by the job.
    const context = { requestId: `job:${job.id}`, locale: 'fr', ipPrefix: '' } as const;
    await requestContext.run(context, async () => {
      if (run.trail.isCrashLoop) return await this.park(run, { class: 'crash_loop', code: 'job/crash-loop' });
      if (!run.trail.isSuspect) return await this.quarantine.beside(async () => this.attempt(run));
      return await this.quarantine.alone(async () => {
        await this.settle(run, async (tx) => run.held.leaveTrail(tx, run.trail.startingAlone()));
        await this.attempt(run);
      });
    });
  }

  private async attempt(run: Run): Promise<void> {
    this.log.detail('job.started', run.fields);
    run.begin();
    try {
      await run.registered.handler.run(run.payload, run.context);
    } catch (error) {
      return await this.endWith(error, run);
    }
    this.log.detail('job.finished', { ...run.fields, ms: run.elapsedMs });
    this.observe(run, 'finished');
  }

  private async endWith(error: unknown, run: Run): Promise<void> {
    if (error instanceof JobDeferred) return await this.defer(error, run);
    if (run.context.signal.aborted) return await this.giveBack(run);
    const failure = toJobFailure(error);
    this.log.failure('job.failed', error, { ...run.fields, ms: run.elapsedMs });
    if (failure.isPermanent) return await this.park(run, { class: 'permanent', code: failure.code });
    if (run.isLastAttempt) return await this.park(run, { class: 'transient', code: failure.code });
    return await this.retry(run, failure);
  }

  private async defer({ runAt, reason }: JobDeferred, run: Run): Promise<void> {
    if (this.clock.now().getTime() - run.job.created_at.getTime() > DEFERRAL_LIMIT_MS) {
      return await this.park(run, { class: 'transient', code: 'job/deferred-too-long' });
    }
    await this.settle(run, async (tx) => run.held.moveTo(tx, runAt, run.trail.deferred()));
    this.log.detail('job.deferred', { ...run.fields, reason, run_at: runAt.toISOString() });
    this.observe(run, 'deferred');
  }

  /** The worker is stopping and the handler obeyed the signal: that is no failure of the job. */
  private async giveBack(run: Run): Promise<void> {
    await this.settle(run, async (tx) => run.held.giveBack(tx));
    this.log.event('job.given_back', run.fields);
    // Only an error keeps the queue from deleting the job; it no longer finds the lock it would end.
    throw new JobNotDone(run.trail.deferred());
  }

  private async retry(run: Run, failure: JobFailure): Promise<void> {
    this.observe(run, 'failed');
    const delayMs = Math.max(retryDelayMs(run.job.attempts, Math.random()), failure.retryAfterMs);
    await this.settle(run, async (tx) => run.held.retryIn(tx, delayMs));
    throw new JobNotDone(run.trail.failed(failure.code, this.clock.now()));
  }

  private async park(run: Run, reason: ParkReason): Promise<void> {
    await this.settle(run, async (tx) => {
      if (!(await run.held.remove(tx))) return false;
      const { task } = run.registered.terms;
      await this.deadLetters.add(tx, {
        task,
        payload: run.payload,
        reason,
        attempts: run.job.attempts,
        firstFailedAt: run.trail.firstFailedAt,
      });
      await run.registered.handler.parked?.(tx, run.payload, reason);
      return true;
    });
    this.log.warning('job.parked', { ...run.fields, class: reason.class, code: reason.code });
    this.observe(run, 'parked');
  }

  /** Changes the job's row. When that cannot be done the queue keeps the job: it is then tried again a little sooner. */
  private async settle(run: Run, change: (tx: Transaction) => Promise<boolean>): Promise<void> {
    let isHeld: boolean;
    try {
      isHeld = await this.inTransactionOf(run, change);
    } catch (error) {
      this.log.failure('job.unsettled', error, run.fields);
      throw new JobNotDone(run.trail.failed('job/unsettled', this.clock.now()));
    }
    if (!isHeld) {
      this.log.warning('job.lost', run.fields);
      throw new JobNotDone(run.trail.failed('job/lost', this.clock.now()));
    }
  }

  private async inTransactionOf<T>(run: Run, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { organizationId } = run;
    return organizationId === null
      ? await this.unitOfWork.acrossOrganizations(work)
      : await this.unitOfWork.inOrganization({ organizationId }, work);
  }

  private observe(run: Run, outcome: JobOutcome): void {
    this.metrics?.observe(run.registered.terms.task, outcome, run.elapsedMs / 1_000);
  }
}

/** What belongs to one run of one job. */
class Run {
  readonly trail: JobTrail;
  readonly held: HeldJob;
  readonly context: JobContext;
  private startedAt = performance.now();

  constructor(
    readonly registered: RegisteredJob,
    readonly job: QueuedJob,
    signal: AbortSignal,
  ) {
    this.trail = JobTrail.of(job);
    this.held = new HeldJob(job.id, job.locked_by ?? '', job.attempts);
    this.context = {
      jobId: job.id,
      attempt: job.attempts,
      maxAttempts: job.max_attempts,
      signal,
      takeAlong: (tx, list, room) => this.held.takeAlong(tx, list, room),
    };
  }

  begin(): void {
    this.startedAt = performance.now();
  }

  get elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  get isLastAttempt(): boolean {
    return this.job.attempts >= this.job.max_attempts;
  }

  get payload(): object {
    return this.job.payload as object;
  }

  get organizationId(): string | null {
    const { organizationId } = this.payload as { organizationId?: unknown };
    return typeof organizationId === 'string' ? organizationId : null;
  }

  get fields() {
    return { job: this.job.id, task: this.registered.terms.task, attempt: this.job.attempts };
  }
}
