import type { ClientBase } from 'pg';

// Any number will do; all releases must share it.
const SWEEPERS_LOCK = 7_273_519_044;

/**
 * Takes back the jobs of workers that are gone: those whose heartbeat stopped, and those that hold jobs and have none at
 * all. Several instances may try at once; one sweeps, the others leave. Answers how many workers were dead.
 */
export async function freeJobsOfDeadWorkers(client: ClientBase, deadAfterMs: number): Promise<number> {
  return await inTransaction(client, async () => {
    const { rows: lock } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
      SWEEPERS_LOCK,
    ]);
    if (!lock[0]?.mine) return 0;
    const { rows: silent } = await client.query<{ worker_id: string }>(
      `DELETE FROM worker_heartbeats WHERE beat_at < clock_timestamp() - $1 * interval '1 millisecond'
       RETURNING worker_id`,
      [deadAfterMs],
    );
    const { rows: unknown } = await client.query<{ worker_id: string }>(
      `SELECT DISTINCT locked_by AS worker_id FROM graphile_worker._private_jobs
       WHERE locked_at < clock_timestamp() - $1 * interval '1 millisecond'
         AND NOT EXISTS (SELECT 1 FROM worker_heartbeats WHERE worker_id = locked_by)`,
      [deadAfterMs],
    );
    const workerIds = [...new Set([...silent, ...unknown].map(({ worker_id }) => worker_id))];
    // Their attempts stay counted: that is how a job that kills its worker is found out.
    if (workerIds.length > 0) await client.query('SELECT graphile_worker.force_unlock_workers($1)', [workerIds]);
    await reviveExhaustedJobs(client);
    return workerIds.length;
  });
}

/** Gives back what a worker that stops has not finished, as if it had not been fetched. Answers the number of jobs. */
export async function giveBackJobsOf(client: ClientBase, workerId: string): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE graphile_worker._private_jobs SET attempts = attempts - 1, locked_by = NULL, locked_at = NULL
     WHERE locked_by = $1`,
    [workerId],
  );
  return rowCount ?? 0;
}

/**
 * Frees what a living worker holds without knowing: the line broke after its fetch was committed and before the answer
 * came, so that the job was handed out and never begun. Nobody else would take it for dead. Answers the number of jobs.
 */
export async function freeForgottenJobs(
  client: ClientBase,
  workerId: string,
  knownJobIds: readonly string[],
  olderThanMs: number,
): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE graphile_worker._private_jobs SET attempts = greatest(attempts - 1, 0), locked_by = NULL, locked_at = NULL
     WHERE locked_by = $1 AND id <> ALL ($2::bigint[])
       AND locked_at < clock_timestamp() - $3 * interval '1 millisecond'`,
    [workerId, knownJobIds, olderThanMs],
  );
  return rowCount ?? 0;
}

/**
 * The queue never hands out a job that has no attempt left. One that took its worker along in the last one, or could not
 * be parked after it, gets another, in which it succeeds or is parked; else it would lie in the queue for ever.
 */
async function reviveExhaustedJobs(client: ClientBase): Promise<void> {
  await client.query(
    `UPDATE graphile_worker._private_jobs SET max_attempts = attempts + 1
     WHERE attempts >= max_attempts AND locked_at IS NULL`,
  );
}

async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
