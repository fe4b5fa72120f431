import { hostname } from 'node:os';
import { Pool, type PoolClient } from 'pg';
import type { EventLog } from '../logging/event-log.js';
import { freeForgottenJobs, freeJobsOfDeadWorkers, giveBackJobsOf } from './dead-workers.js';
import type { JobsConfig } from './jobs.config.js';

// Who has been away itself, or has just come, cannot tell the dead from those who were kept away with it.
const STEADY_BEATS = 2;

/**
 * Says that a worker is alive, on a connection of its own so that busy jobs do not silence it, and looks after the jobs
 * of workers that are not. Without it a dead worker's jobs would stay locked for four hours, the queue's own limit.
 */
export class WorkerHeartbeat {
  private readonly pool: Pool;
  private workerId: string | undefined;
  private knownJobs: ReadonlySet<string> = new Set();
  private isBeating = false;
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();
  private steadyBeats = 0;
  private lastBeatAt = 0;

  constructor(
    url: string,
    private readonly config: Pick<JobsConfig, 'heartbeatMs' | 'deadAfterMs'>,
    private readonly log: EventLog,
  ) {
    this.pool = new Pool({
      connectionString: url,
      application_name: 'passerelle heartbeat',
      max: 1,
      keepAlive: true,
      connectionTimeoutMillis: config.deadAfterMs / 3,
      query_timeout: config.deadAfterMs / 3,
    });
    // The beat under way fails and says so; an idle connection is replaced by the next one.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** `knownJobs` changes as the worker takes jobs and ends them. */
  start(workerId: string, knownJobs: ReadonlySet<string>): void {
    this.workerId = workerId;
    this.knownJobs = knownJobs;
    this.isBeating = true;
    this.steadyBeats = 0;
    this.beat(workerId);
  }

  /**
   * Gives back what the worker still holds; its heartbeat goes last, so that no job is ever held by nobody. Throws when
   * the database is away, and can be called again.
   */
  async stop(): Promise<void> {
    const { workerId } = this;
    this.isBeating = false;
    clearTimeout(this.timer);
    await this.beating;
    if (workerId === undefined) return;
    await this.withClient(async (client) => {
      const jobs = await giveBackJobsOf(client, workerId);
      if (jobs > 0) this.log.warning('jobs.given_back', { jobs });
      await client.query('DELETE FROM worker_heartbeats WHERE worker_id = $1', [workerId]);
    });
    this.workerId = undefined;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private beat(workerId: string): void {
    this.beating = this.tick(workerId)
      .catch((error: unknown) => {
        this.steadyBeats = 0;
        this.log.failure('jobs.heartbeat_failed', error);
      })
      .then(() => {
        if (this.isBeating) this.timer = setTimeout(() => this.beat(workerId), this.config.heartbeatMs);
      });
  }

  private async tick(workerId: string): Promise<void> {
    await this.withClient(async (client) => {
      await this.signal(client, workerId);
      if (this.steadyBeats < STEADY_BEATS) return;
      const workers = await freeJobsOfDeadWorkers(client, this.config.deadAfterMs);
      if (workers > 0) this.log.warning('jobs.freed_from_dead_workers', { workers });
      const jobs = await freeForgottenJobs(client, workerId, [...this.knownJobs], this.config.deadAfterMs);
      if (jobs > 0) this.log.warning('jobs.freed_forgotten', { jobs });
    });
  }

  private async signal(client: PoolClient, workerId: string): Promise<void> {
    const now = performance.now();
    const { rowCount } = await client.query(
      'UPDATE worker_heartbeats SET beat_at = clock_timestamp() WHERE worker_id = $1',
      [workerId],
    );
    if (rowCount === 0) {
      const isNew = this.steadyBeats === 0;
      if (!isNew) this.log.warning('jobs.taken_for_dead', { silent_ms: Math.round(now - this.lastBeatAt) });
      await client.query('INSERT INTO worker_heartbeats (worker_id, instance) VALUES ($1, $2)', [
        workerId,
        `${hostname()}:${process.pid}`,
      ]);
    }
    const isLate = now - this.lastBeatAt > 2 * this.config.heartbeatMs;
    this.steadyBeats = isLate ? 1 : this.steadyBeats + 1;
    this.lastBeatAt = now;
  }

  private async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      // After a timeout the answer to one query would be read as that of the next.
      client.release(true);
      throw error;
    }
  }
}
