import type { Transaction } from '../database/transaction.js';

const MOST_TAKEN_ALONG = 50;

/**
 * The row of a job as one run holds it. Every change asks whether it still does, and answers false when not: then the
 * job has been given to another run, and what this one has to say no longer counts. The number of the attempt tells two
 * runs of the same worker apart, one of which began before the worker was paused and taken for dead.
 */
export class HeldJob {
  constructor(
    private readonly jobId: string,
    private readonly workerId: string,
    private readonly attempt: number,
  ) {}

  /** Takes the job out of the queue. */
  async remove(tx: Transaction): Promise<boolean> {
    return isOne(
      await tx.execute(
        `DELETE FROM graphile_worker._private_jobs WHERE id = $1 AND locked_by = $2 AND attempts = $3`,
        this.lock,
      ),
    );
  }

  /**
   * Puts the job back for later, as if this run had not been. It gets a new id: when the run returns, the queue deletes
   * the old one without asking who holds it. The creation time stays and tells how long the job has been put off.
   */
  async moveTo(tx: Transaction, runAt: Date, trail: string): Promise<boolean> {
    return isOne(
      await tx.execute(
        `WITH held AS (
           DELETE FROM graphile_worker._private_jobs WHERE id = $1 AND locked_by = $2 AND attempts = $3 RETURNING *
         )
         INSERT INTO graphile_worker._private_jobs
           (task_id, payload, priority, flags, max_attempts, created_at, attempts, run_at, last_error)
         SELECT task_id, payload, priority, flags, max_attempts, created_at, attempts - 1, $4, $5 FROM held
         RETURNING id`,
        [...this.lock, runAt, trail],
      ),
    );
  }

  /** Gives the job back to whoever fetches next, as if this run had not been. The run must then end with an error. */
  async giveBack(tx: Transaction): Promise<boolean> {
    return isOne(
      await tx.execute(
        `UPDATE graphile_worker._private_jobs SET attempts = attempts - 1, locked_by = NULL, locked_at = NULL
         WHERE id = $1 AND locked_by = $2 AND attempts = $3`,
        this.lock,
      ),
    );
  }

  /** Sets when a job that is about to fail will be tried again. */
  async retryIn(tx: Transaction, delayMs: number): Promise<boolean> {
    // The queue adds e^attempts seconds to whatever stands here.
    return isOne(
      await tx.execute(
        `UPDATE graphile_worker._private_jobs
         SET run_at = now() + $4 * interval '1 millisecond' - exp(least(attempts, 10)) * interval '1 second'
         WHERE id = $1 AND locked_by = $2 AND attempts = $3`,
        [...this.lock, delayMs],
      ),
    );
  }

  async leaveTrail(tx: Transaction, trail: string): Promise<boolean> {
    return isOne(
      await tx.execute(
        `UPDATE graphile_worker._private_jobs SET last_error = $4 WHERE id = $1 AND locked_by = $2 AND attempts = $3`,
        [...this.lock, trail],
      ),
    );
  }

  /**
   * Adds to this job's own list what stands in the same list of jobs of its task that wait untried and say nothing else,
   * as long as they fit into `room`, and takes those out of the queue. Answers what was added. A run that ends badly
   * leaves the job with all of it.
   */
  async takeAlong(tx: Transaction, list: string, room: number): Promise<string[]> {
    const [taken] = await tx.query<{ is_held: boolean; items: string[] }>(
      `WITH waiting AS MATERIALIZED (
         SELECT id, payload -> $4::text AS items FROM graphile_worker._private_jobs
         WHERE is_available AND attempts = 0 AND run_at <= now()
           AND task_id = (SELECT task_id FROM graphile_worker._private_jobs WHERE id = $1)
           AND (payload::jsonb - $4::text) = '{}'::jsonb
         ORDER BY priority, run_at, id LIMIT ${MOST_TAKEN_ALONG} FOR UPDATE SKIP LOCKED
       ), counted AS (
         SELECT id, items, sum(json_array_length(items)) OVER (ORDER BY id) AS total FROM waiting
       ), gone AS (
         DELETE FROM graphile_worker._private_jobs job USING counted
         WHERE job.id = counted.id AND total <= $5 RETURNING items
       ), added AS (
         SELECT jsonb_array_elements_text(items::jsonb) AS item FROM gone
       ), own AS (
         UPDATE graphile_worker._private_jobs
         SET payload = jsonb_build_object($4::text, (payload::jsonb -> $4::text) || (SELECT jsonb_agg(item) FROM added))
         WHERE id = $1 AND locked_by = $2 AND attempts = $3 AND EXISTS (SELECT FROM added) RETURNING id
       )
       SELECT EXISTS (SELECT FROM own) AS is_held, array(SELECT item FROM added) AS items`,
      [...this.lock, list, room],
    );
    const items = taken?.items ?? [];
    // With the transaction they return to the queue.
    if (items.length > 0 && !taken?.is_held) throw new Error('The job was given to another run meanwhile');
    return items;
  }

  private get lock(): [string, string, number] {
    return [this.jobId, this.workerId, this.attempt];
  }
}

function isOne({ count }: { count: number }): boolean {
  return count === 1;
}
