import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type TaskList, type WorkerEvents, type WorkerPool, runTaskList } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { PlatformConfig } from '../config/platform.config.js';
import { DATABASE_URL } from '../database/database-url.js';
import { EventLog } from '../logging/event-log.js';
import { JobRegistry } from './job-registry.js';
import { JobRunner } from './job-runner.js';
import { JobsConfig } from './jobs.config.js';
import { queueLogger } from './queue-logger.js';
import { TaskSlots } from './task-slots.js';
import { WorkerHeartbeat } from './worker-heartbeat.js';

export type JobWorkerState = 'idle' | 'running' | 'restarting' | 'draining' | 'drained';

const POLL_INTERVAL_MS = 1_000;
const CONNECTION_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 30_000;
const FIRST_RESTART_MS = 500;
const SLOWEST_RESTART_MS = 15_000;
const LAST_STEP_MS = 2_000;

// The part of the drain in which jobs may finish undisturbed; in the rest they are asked to stop.
const UNDISTURBED = 0.75;

/**
 * Fetches and runs jobs while the application runs, where ROLE allows it.
 *
 * - **running**: polls once a second and at each notification. A database that goes away is waited for.
 * - **restarting**: the queue's own loop gave up, for instance because it could not record the end of a job. Its jobs are
 *   given back and a new loop begins, after a pause that grows.
 * - **draining**: nothing new is fetched; running jobs have DRAIN_TIMEOUT_SECONDS to finish, the last quarter of it with
 *   their signal aborted.
 * - **drained**: what was left is given back, the heartbeat is gone, the connections are closed. Reached before the
 *   application closes its database pool, which the jobs use.
 */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private current: JobWorkerState = 'idle';
  private readonly stopping = new AbortController();
  /** Aborts the jobs themselves. */
  private readonly interrupting = new AbortController();
  /** The jobs that it knows it has. */
  private readonly taken = new Set<string>();
  private queue: WorkerPool | undefined;
  private life: Promise<void> = Promise.resolve();
  private pool: Pool | undefined;
  private heartbeat: WorkerHeartbeat | undefined;
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly platform: PlatformConfig,
    private readonly config: JobsConfig,
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
    private readonly registry: JobRegistry,
    private readonly runner: JobRunner,
    private readonly log: EventLog,
  ) {}

  get state(): JobWorkerState {
    return this.current;
  }

  get drained(): boolean {
    return this.current === 'drained';
  }

  onApplicationBootstrap(): void {
    // Also where no jobs run: a name with two handlers is a mistake everywhere.
    const jobs = this.registry.all;
    if (!this.platform.runsJobs || jobs.size === 0) return;
    this.pool = this.openPool();
    this.heartbeat = new WorkerHeartbeat(this.databaseUrl, this.config, this.log);
    this.life = this.live(this.pool, this.heartbeat);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.pool === undefined || this.heartbeat === undefined) return;
    await (this.stopped ??= this.stop(this.pool, this.heartbeat));
  }

  private async stop(pool: Pool, heartbeat: WorkerHeartbeat): Promise<void> {
    this.current = 'draining';
    this.stopping.abort();
    const startedAt = performance.now();
    const isFinished = await this.drain();
    await this.leave(heartbeat);
    await Promise.all([heartbeat.close(), pool.end()]);
    this.current = 'drained';
    this.log.event('jobs.drained', { finished: isFinished, ms: Math.round(performance.now() - startedAt) });
  }

  /** One loop of the queue after the other, until the application stops. Never throws. */
  private async live(pool: Pool, heartbeat: WorkerHeartbeat): Promise<void> {
    const isStopping = () => this.stopping.signal.aborted;
    for (let pauseMs = FIRST_RESTART_MS; !isStopping(); pauseMs = Math.min(2 * pauseMs, SLOWEST_RESTART_MS)) {
      const startedAt = performance.now();
      const events: WorkerEvents = new EventEmitter();
      this.queue = this.startQueue(pool, events);
      heartbeat.start(this.queue.id, this.taken);
      this.current = 'running';
      this.log.event('jobs.worker_started', { tasks: this.registry.all.size, concurrency: this.config.concurrency });
      await ended(this.queue, events).catch((error: unknown) => this.log.failure('jobs.worker_failed', error));
      if (isStopping()) return;
      this.current = 'restarting';
      if (performance.now() - startedAt > SLOWEST_RESTART_MS) pauseMs = FIRST_RESTART_MS;
      await this.pause(pauseMs);
      // The jobs of the loop that ended come first: while this fails, a new loop could do nothing either.
      while (!isStopping() && !(await this.leave(heartbeat))) await this.pause(pauseMs);
    }
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  /**
   * Gives back the jobs of a loop that ended. Answers false when the database is away; should it stay away, others take
   * the jobs when the heartbeat has been silent for long enough.
   */
  private async leave(heartbeat: WorkerHeartbeat): Promise<boolean> {
    try {
      await heartbeat.stop();
      return true;
    } catch (error) {
      this.log.failure('jobs.heartbeat_failed', error);
      return false;
    }
  }

  private startQueue(pool: Pool, events: WorkerEvents): WorkerPool {
    const slots = new TaskSlots(this.limits());
    const queue = runTaskList(
      {
        schema: 'graphile_worker',
        concurrency: this.config.concurrency,
        pollInterval: POLL_INTERVAL_MS,
        noHandleSignals: true,
        gracefulShutdownAbortTimeout: this.config.drainTimeoutMs,
        logger: queueLogger(this.log),
        events,
        forbiddenFlags: () => slots.full,
        preset: {
          worker: {
            // Without a batch, a job whose end cannot be recorded rejects a promise that nobody looks at, and Node ends
            // the process. In a batch (here of whatever ends at the same moment) the loop stops in order.
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
      },
      this.tasks(slots),
      pool,
    );
    // Looked at in `live`; a rejection in between is not an accident.
    queue.promise.catch(() => undefined);
    this.endIfBlind(queue, events);
    return queue;
  }

  /**
   * A loop looks up the numbers of its tasks once, and keeps the answer even when it is a failure: one whose first look
   * failed would ask once a second for ever, and run nothing. It is ended, for another to begin.
   */
  private endIfBlind(queue: WorkerPool, events: WorkerEvents): void {
    let hasSeen = false;
    for (const sight of ['worker:getJob:empty', 'job:start'] as const) events.once(sight, () => (hasSeen = true));
    events.on('worker:getJob:error', ({ error }) => {
      if (hasSeen || queue._shuttingDown) return;
      this.log.failure('jobs.queue_not_seen', error);
      void Promise.resolve(queue.gracefulShutdown()).catch(() => undefined);
    });
  }

  private tasks(slots: TaskSlots): TaskList {
    return Object.fromEntries(
      [...this.registry.all].map(([task, registered]) => [
        task,
        async (_payload: unknown, { job }) =>
          this.take(job.id, async () =>
            slots.run(task, async () => this.runner.run(registered, job, this.interrupting.signal)),
          ),
      ]),
    );
  }

  /** From the moment it is handed over, also while it waits for a slot. */
  private async take(jobId: string, work: () => Promise<void>): Promise<void> {
    this.taken.add(jobId);
    try {
      await work();
    } finally {
      this.taken.delete(jobId);
    }
  }

  private limits(): ReadonlyMap<string, number> {
    return new Map(
      [...this.registry.all].flatMap(([task, { terms }]) =>
        terms.concurrency === null ? [] : [[task, terms.concurrency] as const],
      ),
    );
  }

  /** Waits for the running jobs, not for ever. Answers whether they all finished. */
  private async drain(): Promise<boolean> {
    const undisturbedMs = this.config.drainTimeoutMs * UNDISTURBED;
    const finished = this.finish();
    if (await isSettledWithin(finished, undisturbedMs)) return true;
    this.interrupting.abort();
    return await isSettledWithin(finished, this.config.drainTimeoutMs - undisturbedMs);
  }

  private async finish(): Promise<void> {
    // While restarting the loop has ended already, and asking it twice is an error. What it fails with is told in `live`.
    if (this.queue?._shuttingDown === false) Promise.resolve(this.queue.gracefulShutdown()).catch(() => undefined);
    await this.life;
  }

  private openPool(): Pool {
    const pool = new Pool({
      connectionString: this.databaseUrl,
      application_name: 'passerelle jobs',
      // One listens for notifications, one is for the ends of jobs.
      max: this.config.concurrency + 2,
      keepAlive: true,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    // A lost connection is the business of the statement that used it, never a reason to end the process.
    pool.on('error', (error) => this.log.failure('jobs.connection_lost', error));
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }
}

/**
 * A loop that has parted with its jobs has one thing left to do, which may never end: when the ends of several could not
 * be recorded, it waits for a count that has gone past nought (graphile-worker 0.17.3).
 */
async function ended(queue: WorkerPool, events: WorkerEvents): Promise<void> {
  const parted = new Promise<void>((resolve) => {
    for (const step of ['graceful', 'forceful'] as const) events.once(`pool:${step}Shutdown:complete`, () => resolve());
    events.once('pool:forcefulShutdown:error', () => resolve());
  });
  await Promise.race([queue.promise, parted.then(async () => await sleep(LAST_STEP_MS, undefined, { ref: false }))]);
}

async function isSettledWithin(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  const cancel = new AbortController();
  const timeout = sleep(timeoutMs, false, { signal: cancel.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    cancel.abort();
  }
}
