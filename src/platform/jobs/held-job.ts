import type { Transaction } from '../database/transaction.js';

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

  private get lock(): [string, string, number] {
    return [this.jobId, this.workerId, this.attempt];
  }
}

function isOne({ count }: { count: number }): boolean {
  return count === 1;
}
