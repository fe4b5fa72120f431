import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CompiledProcess, spawnCompiled } from '../support/compiled-process.js';
import { eventually } from '../support/eventually.js';
import { PROBE, PROBES_TABLE } from '../support/probe.job.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const WORKER = 'jobs-worker.process.ts';
// As in jobs-application.ts.
const DEAD_AFTER_MS = 1_500;

const IN_TIME = 120_000;

// Windows can neither pause a process nor tell a kill from an exit.
const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('workers that die', () => {
  let database: TestDatabase;
  const workers: CompiledProcess[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    await database.query(PROBES_TABLE);
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map(async (worker) => worker.end('SIGKILL')));
    await database.drop();
  });

  async function startWorker(): Promise<CompiledProcess> {
    const worker = spawnCompiled(WORKER, [database.url]);
    workers.push(worker);
    await worker.line((line) => line.includes('jobs.worker_started'));
    return worker;
  }

  async function kill(worker: CompiledProcess): Promise<void> {
    workers.splice(workers.indexOf(worker), 1);
    await worker.end('SIGKILL');
  }

  /** One probe and one job for each number up to `count`; `behaviour` is an expression on n. */
  async function addProbes(count: number, behaviour = `'works'`): Promise<void> {
    await database.query(
      `WITH added AS (INSERT INTO probes (n, behaviour) SELECT n, ${behaviour} FROM generate_series(1, $1::int) n RETURNING n)
       SELECT graphile_worker.add_job($2, json_build_object('n', n), max_attempts => 3) FROM added`,
      [count, PROBE],
    );
  }

  async function begun(count: number): Promise<void> {
    const look = async () => await database.query('SELECT 1 FROM probes WHERE runs > 0');
    await eventually(look, (rows) => rows.length >= count, 10_000);
  }

  async function undone(): Promise<number> {
    const [row] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM graphile_worker.jobs');
    return row?.count ?? 0;
  }

  async function outcome() {
    const [row] = await database.query<{ done: number; doubled: number; reruns: number }>(
      `SELECT count(*) FILTER (WHERE effects = 1)::int AS done, count(*) FILTER (WHERE effects > 1)::int AS doubled,
              sum(runs - 1)::int AS reruns
       FROM probes`,
    );
    return row;
  }

  it(
    'lose nothing and double nothing in a thousand jobs, and are replaced in time',
    async () => {
      await addProbes(1_000);
      await Promise.all([startWorker(), startWorker()]);
      await begun(50);
      for (let kills = 0; kills < 3; kills++) {
        // The older of the two; nearly always with four jobs under way.
        await kill(workers[0] as CompiledProcess);
        await startWorker();
      }
      const lastKill = performance.now();
      await eventually(undone, (count) => count === 0, 30_000);
      const [killed] = await database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM probes WHERE runs > 1',
      );
      // The kills did hit running jobs, or this shows nothing.
      expect(killed?.count).toBeGreaterThan(0);
      expect(await outcome()).toMatchObject({ done: 1_000, doubled: 0 });
      expect(performance.now() - lastKill).toBeLessThan(DEAD_AFTER_MS + 10_000);
    },
    IN_TIME,
  );

  it(
    'get their jobs back from a worker that was alone, once it starts again',
    async () => {
      await addProbes(4, `'slow'`);
      const worker = await startWorker();
      await begun(4);
      await kill(worker);
      const locked = await database.query('SELECT 1 FROM graphile_worker.jobs WHERE locked_at IS NOT NULL');
      expect(locked).toHaveLength(4);
      await startWorker();
      await eventually(undone, (count) => count === 0, 15_000);
      expect(await outcome()).toEqual({ done: 4, doubled: 0, reruns: 4 });
    },
    IN_TIME,
  );

  it(
    'in the last attempt of a job leave it one more',
    async () => {
      await addProbes(4, `'slow'`);
      await database.query('UPDATE graphile_worker._private_jobs SET max_attempts = 1');
      const worker = await startWorker();
      await begun(4);
      await kill(worker);
      await startWorker();
      await eventually(undone, (count) => count === 0, 15_000);
      expect(await outcome()).toMatchObject({ done: 4, doubled: 0 });
    },
    IN_TIME,
  );

  it(
    'before their first heartbeat are noticed as well',
    async () => {
      await addProbes(1);
      await database.query(
        `UPDATE graphile_worker._private_jobs SET attempts = 1, locked_by = 'pool-never-seen', locked_at = now()`,
      );
      await startWorker();
      await eventually(undone, (count) => count === 0, DEAD_AFTER_MS + 5_000);
      expect(await outcome()).toMatchObject({ done: 1 });
    },
    IN_TIME,
  );

  it(
    'not at all, but could not see the queue at first, look again',
    async () => {
      await database.query('ALTER TABLE graphile_worker._private_tasks RENAME TO hidden_tasks');
      const worker = await startWorker();
      await worker.line((line) => line.includes('jobs.queue_not_seen'));
      await database.query('ALTER TABLE graphile_worker.hidden_tasks RENAME TO _private_tasks');
      await addProbes(3);
      await eventually(undone, (count) => count === 0, 30_000);
      expect(await outcome()).toMatchObject({ done: 3, doubled: 0 });
    },
    IN_TIME,
  );

  it(
    'not at all, but never heard what they were handed, are handed it again',
    async () => {
      await startWorker();
      const look = async () => await database.query<{ worker_id: string }>('SELECT worker_id FROM worker_heartbeats');
      const [worker] = await eventually(look, (rows) => rows.length === 1, 10_000);
      await database.query(`INSERT INTO probes (n, behaviour) VALUES (1, 'works')`);
      // As the queue fetches: committed, and the line broke before the answer.
      await database.query(
        `WITH added AS (SELECT (graphile_worker.add_job($1, '{"n": 1}', run_at => now() + interval '1 hour')).id)
         SELECT id FROM added`,
        [PROBE],
      );
      await database.query(
        `UPDATE graphile_worker._private_jobs SET run_at = now(), attempts = 1, locked_by = $1, locked_at = now()`,
        [worker!.worker_id],
      );
      await eventually(undone, (count) => count === 0, DEAD_AFTER_MS + 10_000);
      expect(await outcome()).toMatchObject({ done: 1, doubled: 0 });
    },
    IN_TIME,
  );

  it(
    'because of a job leave the other jobs unharmed and that one parked',
    async () => {
      // Ten poisoned jobs among two hundred; two of them take the process with them, and whatever runs beside them.
      await addProbes(200, `CASE WHEN n IN (3, 120) THEN 'kills' WHEN n % 25 = 0 THEN 'throws' ELSE 'works' END`);
      const end = new AbortController();
      const over = once(end.signal, 'abort');
      let deaths = 0;
      const keepAlive = async (): Promise<void> => {
        while (!end.signal.aborted) {
          const worker = await startWorker().catch(() => undefined);
          await Promise.race([worker?.exited, over]);
          if (!end.signal.aborted) deaths++;
        }
      };
      const running = Promise.all([keepAlive(), keepAlive()]);
      await eventually(
        async () => {
          // Retries are due at once.
          await database.query(
            'UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now() AND locked_at IS NULL',
          );
          return await undone();
        },
        (count) => count === 0,
        90_000,
      );
      end.abort();
      await running;
      expect(await outcome()).toMatchObject({ done: 190, doubled: 0 });
      expect(
        await database.query(
          `SELECT error_class, error_code, count(*)::int FROM dead_letters GROUP BY 1, 2 ORDER BY 1`,
        ),
      ).toEqual([
        { error_class: 'crash_loop', error_code: 'job/crash-loop', count: 2 },
        { error_class: 'transient', error_code: 'Error', count: 8 },
      ]);
      // Fetched more often, perhaps, but run no more than three times.
      expect(await database.query(`SELECT n FROM probes WHERE behaviour = 'kills' AND runs > 3`)).toEqual([]);
      expect(deaths).toBeGreaterThanOrEqual(4);
    },
    IN_TIME,
  );

  it(
    'only seemingly, because they were paused, do no harm when they wake',
    async () => {
      await addProbes(400, `CASE WHEN n <= 8 THEN 'slow' ELSE 'works' END`);
      const [paused] = await Promise.all([startWorker(), startWorker()]);
      for (let pauses = 0; pauses < 2; pauses++) {
        await sleep(300);
        paused?.child.kill('SIGSTOP');
        await sleep(DEAD_AFTER_MS + 1_000);
        paused?.child.kill('SIGCONT');
      }
      await eventually(undone, (count) => count === 0, 30_000);
      expect(await outcome()).toMatchObject({ done: 400, doubled: 0 });
      expect(paused?.child.exitCode).toBeNull();
      await paused?.line((line) => line.includes('jobs.taken_for_dead'));
    },
    IN_TIME,
  );

  it(
    'by SIGTERM finish what they run and leave no lock and no heartbeat',
    async () => {
      await addProbes(12, `'slow'`);
      const worker = await startWorker();
      await begun(4);
      await worker.end('SIGTERM');
      expect(await worker.exited).toEqual({ code: null, signal: 'SIGTERM' });
      const [row] = await database.query<{ begun: number; done: number }>(
        'SELECT count(*) FILTER (WHERE runs > 0)::int AS begun, count(*) FILTER (WHERE is_done)::int AS done FROM probes',
      );
      expect(row?.done).toBe(row?.begun);
      expect(await undone()).toBe(12 - Number(row?.done));
      expect(await database.query('SELECT 1 FROM graphile_worker.jobs WHERE locked_at IS NOT NULL')).toEqual([]);
      expect(await database.query('SELECT 1 FROM worker_heartbeats')).toEqual([]);
    },
    IN_TIME,
  );
});
