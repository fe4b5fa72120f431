import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { defineProblem, Problem } from '../../src/platform/errors/problem.js';
import { DeadLetters } from '../../src/platform/jobs/dead-letters.js';
import { JobDeferred } from '../../src/platform/jobs/job-deferred.js';
import { type JobContext, JobHandler } from '../../src/platform/jobs/job-handler.js';
import { JobWorker } from '../../src/platform/jobs/job-worker.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import type { ParkReason } from '../../src/platform/jobs/park-reason.js';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { Gate } from '../support/gate.js';
import { eventually } from '../support/eventually.js';
import { type JobsApplicationOptions, startJobsApplication } from '../support/jobs-application.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// Applications are started and databases made in each test, beside another file's on a small machine.
jest.setTimeout(30_000);

interface Call {
  readonly payload: object;
  readonly context: JobContext;
  readonly at: number;
}

/** Does whatever the test says, and remembers how it was called. */
class Script {
  readonly calls: Call[] = [];
  readonly parked: ParkReason[] = [];
  step: (call: Call) => Promise<void> = async () => undefined;
}

@JobHandler('script.play', { maxAttempts: 2 })
class ScriptJob implements JobHandler<{ scene?: string; organizationId?: string }> {
  constructor(private readonly script: Script) {}

  async run(payload: object, context: JobContext): Promise<void> {
    const call = { payload, context, at: Date.now() };
    this.script.calls.push(call);
    await this.script.step(call);
  }

  async parked(_tx: Transaction, _payload: object, reason: ParkReason): Promise<void> {
    this.script.parked.push(reason);
  }
}

@JobHandler('script.few', { concurrency: 2 })
class FewAtOnceJob implements JobHandler<{ scene: string }> {
  running = 0;
  most = 0;

  async run(): Promise<void> {
    this.most = Math.max(this.most, ++this.running);
    await sleep(20);
    this.running--;
  }
}

/** Handles whatever waits for it at once. */
@JobHandler('script.list', { concurrency: 1 })
class ListJob implements JobHandler<{ ids: string[]; organizationId?: string }> {
  readonly lists: string[][] = [];
  step: () => Promise<void> = async () => undefined;

  constructor(private readonly work: UnitOfWork) {}

  async run({ ids }: { ids: string[] }, context: JobContext): Promise<void> {
    const added = await this.work.acrossOrganizations((tx) => context.takeAlong(tx, 'ids', 5 - ids.length));
    this.lists.push([...ids, ...added]);
    await this.step();
  }
}

@JobHandler('script.play')
class SecondScriptJob implements JobHandler {
  async run(): Promise<void> {}
}

const refused = defineProblem('script/refused', 'unprocessable', { fr: 'Refusé', en: 'Refused' });
const busy = defineProblem('script/busy', 'unavailable', { fr: 'Occupé', en: 'Busy' });

const ORGANIZATION = '01990000-0000-7000-8000-000000000001';
const OTHER = '01990000-0000-7000-8000-000000000002';

async function inTransaction<T>(
  application: INestApplicationContext,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return await application.get(UnitOfWork).acrossOrganizations(work);
}

async function within<T>(
  application: INestApplicationContext,
  work: (tx: Transaction, letters: DeadLetters) => Promise<T>,
) {
  const scope = { organizationId: ORGANIZATION };
  return await application.get(UnitOfWork).inOrganization(scope, async (tx) => work(tx, application.get(DeadLetters)));
}

async function enqueue(application: INestApplicationContext, payload: object = {}, options = {}): Promise<void> {
  await inTransaction(application, async (tx) =>
    application.get(Jobs).enqueue(tx, 'script.play', payload as never, options),
  );
}

function untilDue(job: Record<string, unknown> | undefined): number {
  return new Date(job?.['run_at'] as Date).getTime() - Date.now();
}

describe('jobs', () => {
  let database: TestDatabase;
  let script: Script;
  let lines: string[];
  const applications: INestApplicationContext[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    script = new Script();
    lines = [];
  });

  afterEach(async () => {
    for (const application of applications.splice(0)) await application.close();
    await database.drop();
  });

  async function start(options: Partial<JobsApplicationOptions> = {}): Promise<INestApplicationContext> {
    const application = await startJobsApplication({
      url: database.url,
      write: (line) => lines.push(line),
      ...options,
      providers: [
        ScriptJob,
        FewAtOnceJob,
        ListJob,
        { provide: Script, useValue: script },
        ...(options.providers ?? []),
      ],
    });
    applications.push(application);
    return application;
  }

  async function stop(application: INestApplicationContext): Promise<void> {
    applications.splice(applications.indexOf(application), 1);
    await application.close();
  }

  const jobs = async () => await database.query('SELECT * FROM graphile_worker.jobs ORDER BY id');
  const queueIsEmpty = async () => eventually(jobs, (rows) => rows.length === 0, 10_000);
  const letters = async () => await database.query('SELECT * FROM dead_letters ORDER BY id');
  const called = async (times: number) =>
    eventually(
      async () => script.calls.length,
      (count) => count >= times,
      10_000,
    );
  /** Makes what waits for a retry due. */
  const letTimePass = async () =>
    await database.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()');

  async function park(
    application: INestApplicationContext,
    count: number,
    organizationId = ORGANIZATION,
  ): Promise<void> {
    script.step = async () => {
      throw new Problem(refused);
    };
    for (let n = 0; n < count; n++) await enqueue(application, { scene: `${n}`, organizationId });
    await queueIsEmpty();
    script.step = async () => undefined;
    script.calls.length = 0;
  }

  describe('adding', () => {
    it('leaves no job behind when the transaction is rolled back', async () => {
      const application = await start({ role: 'api' });
      const work = inTransaction(application, async (tx) => {
        await application.get(Jobs).enqueue(tx, 'script.play', { scene: 'a' });
        throw new Error('rolled back');
      });
      await expect(work).rejects.toThrow('rolled back');
      expect(await jobs()).toEqual([]);
    });

    it('adds many jobs in one statement, with the options of their handlers', async () => {
      const application = await start({ role: 'api' });
      await inTransaction(application, async (tx) => {
        await application.get(Jobs).enqueueMany(tx, [
          { task: 'script.play', payload: { scene: 'a' } },
          { task: 'script.play', payload: { scene: 'b' }, priority: 5, maxAttempts: 7, runAt: new Date('2099-01-01') },
          { task: 'script.few', payload: { scene: 'c' } },
        ]);
      });
      expect(await jobs()).toMatchObject([
        { task_identifier: 'script.play', max_attempts: 2, priority: 0, flags: null },
        { task_identifier: 'script.play', max_attempts: 7, priority: 5, run_at: new Date('2099-01-01') },
        { task_identifier: 'script.few', max_attempts: 8, flags: { 'script.few': true } },
      ]);
    });

    it('runs what SQL added with the terms of a task', async () => {
      const application = await start();
      const { task, maxAttempts, priority, flags } = application.get(Jobs).termsOf('script.play');
      await database.query(
        `SELECT graphile_worker.add_job($1, json_build_object('scene', 'sql'), max_attempts => $2, priority => $3, flags => $4)`,
        [task, maxAttempts, priority, flags],
      );
      await called(1);
      expect(script.calls[0]).toMatchObject({ payload: { scene: 'sql' }, context: { attempt: 1, maxAttempts: 2 } });
    });

    it('refuses a task that nobody handles', async () => {
      const application = await start({ role: 'api' });
      const work = inTransaction(application, async (tx) => application.get(Jobs).enqueue(tx, 'script.unknown', {}));
      await expect(work).rejects.toThrow('No handler is registered for the task "script.unknown"');
    });
  });

  it('does not start when two classes handle one task', async () => {
    await expect(start({ role: 'api', providers: [SecondScriptJob] })).rejects.toThrow(
      'The task "script.play" has two handlers',
    );
  });

  it('fetches nothing where the role is api', async () => {
    const application = await start({ role: 'api' });
    await enqueue(application);
    expect(application.get(JobWorker).state).toBe('idle');
    expect(await database.query('SELECT 1 FROM worker_heartbeats')).toEqual([]);
    await start({ role: 'worker' });
    await queueIsEmpty();
  });

  it('runs at most as many of a limited task at once as its handler allows', async () => {
    const application = await start({ concurrency: 4 });
    await inTransaction(application, async (tx) => {
      const requests = Array.from({ length: 12 }, (_, n) => ({ task: 'script.few', payload: { scene: `${n}` } }));
      await application.get(Jobs).enqueueMany(tx, requests);
    });
    await queueIsEmpty();
    expect(application.get(FewAtOnceJob).most).toBe(2);
  });

  describe('a job that takes others along', () => {
    const lists = [['a', 'b'], ['c'], ['d', 'e'], ['f']];

    async function enqueueLists(application: INestApplicationContext): Promise<void> {
      await inTransaction(application, async (tx) => {
        for (const ids of lists) await application.get(Jobs).enqueue(tx, 'script.list', { ids });
        await application.get(Jobs).enqueue(tx, 'script.list', { ids: ['other'], organizationId: ORGANIZATION });
        await application
          .get(Jobs)
          .enqueue(tx, 'script.list', { ids: ['tomorrow'] }, { runAt: new Date(Date.now() + 86_400_000) });
      });
    }

    /** Nobody else fetches meanwhile what one of them would take along. */
    const startWithOneSlot = () => start({ concurrency: 1 });

    it('does the work of those that wait with it, as long as there is room, and leaves the rest', async () => {
      const application = await startWithOneSlot();
      await enqueueLists(application);
      await eventually(jobs, (rows) => rows.length === 1, 10_000);
      const done = application.get(ListJob).lists;
      expect(done).toEqual([['a', 'b', 'c', 'd', 'e'], ['f'], ['other']]);
    });

    it('holds all of it when it is tried again', async () => {
      const application = await startWithOneSlot();
      const job = application.get(ListJob);
      job.step = async () => {
        job.step = async () => undefined;
        throw new Error('Not this time');
      };
      await enqueueLists(application);
      await eventually(
        async () => job.lists,
        ({ length }) => length === 3,
        10_000,
      );
      expect(job.lists[0]).toEqual(['a', 'b', 'c', 'd', 'e']);
      await eventually(
        async () => {
          await letTimePass();
          return job.lists.filter((list) => list.includes('a'));
        },
        ({ length }) => length === 2,
        10_000,
      );
      expect(job.lists.slice(1)).toContainEqual(['a', 'b', 'c', 'd', 'e']);
    });
  });

  describe('a job that fails', () => {
    it('is tried again later, and keeps a code but no message', async () => {
      script.step = async () => {
        if (script.calls.length === 1) throw new Error('john@example.com was refused');
      };
      const application = await start();
      await enqueue(application);
      const [job] = await eventually(
        jobs,
        ([row]) => row?.['last_error'] !== null && row?.['locked_at'] === null,
        5_000,
      );
      expect(JSON.parse(String(job?.['last_error']))).toMatchObject({ attempt: 1, code: 'Error' });
      const waitMs = untilDue(job);
      expect(waitMs).toBeGreaterThan(2_000);
      expect(waitMs).toBeLessThan(6_500);
      await letTimePass();
      await queueIsEmpty();
      expect(script.calls.map(({ context }) => context.attempt)).toEqual([1, 2]);
      expect(await letters()).toEqual([]);
      expect(lines.join('')).not.toContain('john');
    });

    it('is parked after its last attempt, in the transaction that takes it out of the queue', async () => {
      script.step = async () => {
        throw new Problem(busy);
      };
      const application = await start();
      await enqueue(application, { scene: 'a', organizationId: ORGANIZATION });
      await called(1);
      await eventually(jobs, ([row]) => row?.['locked_at'] === null, 5_000);
      await letTimePass();
      await queueIsEmpty();
      expect(await letters()).toMatchObject([
        {
          organization_id: ORGANIZATION,
          task: 'script.play',
          payload: { scene: 'a', organizationId: ORGANIZATION },
          error_class: 'transient',
          error_code: 'script/busy',
          attempts: 2,
          state: 'parked',
        },
      ]);
      expect(script.parked).toEqual([{ class: 'transient', code: 'script/busy' }]);
    });

    it('is parked at once when trying again cannot help', async () => {
      script.step = async () => {
        throw new Problem(refused);
      };
      const application = await start();
      await enqueue(application);
      await queueIsEmpty();
      expect(await letters()).toMatchObject([
        { error_class: 'permanent', error_code: 'script/refused', attempts: 1, organization_id: null },
      ]);
    });

    it('waits at least as long as the other side asked for', async () => {
      script.step = async () => {
        throw new Problem(busy, { retryAfterSeconds: 600 });
      };
      const application = await start();
      await enqueue(application);
      const [job] = await eventually(
        jobs,
        ([row]) => row?.['last_error'] !== null && row?.['locked_at'] === null,
        5_000,
      );
      expect(untilDue(job)).toBeGreaterThan(590_000);
    });
  });

  describe('a job that was given to another worker meanwhile', () => {
    const loseTo = async (other: string): Promise<void> => {
      await database.query('UPDATE graphile_worker._private_jobs SET locked_by = $1', [other]);
    };

    for (const [ending, error] of Object.entries({
      parked: new Problem(refused),
      deferred: new JobDeferred(new Date(), 'rate-limited'),
      failed: new Problem(busy),
    })) {
      it(`is not ${ending} by the one that lost it`, async () => {
        script.step = async () => {
          await loseTo('another');
          throw error;
        };
        const application = await start({ deadAfterMs: 60_000 });
        await enqueue(application);
        await eventually(
          async () => lines.some((line) => line.includes('job.lost')),
          (isTold) => isTold,
          5_000,
        );
        await stop(application);
        expect(await jobs()).toMatchObject([{ locked_by: 'another', last_error: null, attempts: 1 }]);
        expect(await letters()).toEqual([]);
        expect(script.parked).toEqual([]);
      });
    }

    it('is not parked by a run that began before its own worker lost and fetched it again', async () => {
      script.step = async () => {
        await database.query('UPDATE graphile_worker._private_jobs SET attempts = attempts + 1');
        throw new Problem(refused);
      };
      const application = await start();
      await enqueue(application, {}, { maxAttempts: 9 });
      await eventually(
        async () => lines.some((line) => line.includes('job.lost')),
        (isTold) => isTold,
        5_000,
      );
      expect(await jobs()).toHaveLength(1);
      expect(await letters()).toEqual([]);
    });
  });

  it('does not leave a job without attempts in the queue', async () => {
    const application = await start({ role: 'api' });
    await enqueue(application);
    await database.query('UPDATE graphile_worker._private_jobs SET attempts = max_attempts');
    await start({ role: 'worker' });
    await queueIsEmpty();
    expect(script.calls.map(({ context }) => context.attempt)).toEqual([3]);
  });

  describe('a job that defers itself', () => {
    it('runs again at its time, as often as it likes, and no attempt is counted', async () => {
      script.step = async ({ at }) => {
        if (script.calls.length < 5) throw new JobDeferred(new Date(at + 300), 'rate-limited');
      };
      const observed: string[] = [];
      const application = await start({ metrics: { observe: (_task, outcome) => observed.push(outcome) } });
      await enqueue(application);
      await called(5);
      await queueIsEmpty();
      expect(script.calls.map(({ context }) => context.attempt)).toEqual([1, 1, 1, 1, 1]);
      const [first, second] = script.calls;
      expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(295);
      expect(await letters()).toEqual([]);
      expect(observed).toEqual(['deferred', 'deferred', 'deferred', 'deferred', 'finished']);
      expect(lines.filter((line) => line.includes('job.failed'))).toEqual([]);
    });

    it('is parked when it has put itself off for more than a week', async () => {
      script.step = async () => {
        throw new JobDeferred(new Date(), 'rate-limited');
      };
      const application = await start({ role: 'api' });
      await enqueue(application);
      await database.query(`UPDATE graphile_worker._private_jobs SET created_at = now() - interval '8 days'`);
      await start({ role: 'worker' });
      await queueIsEmpty();
      expect(await letters()).toMatchObject([{ error_code: 'job/deferred-too-long' }]);
    });
  });

  describe('stopping', () => {
    it('lets a running job finish, fetches no other, and removes its heartbeat', async () => {
      const end = new Gate();
      let isFinished = false;
      script.step = async () => {
        await end.opened;
        await sleep(100);
        isFinished = true;
      };
      const application = await start({ concurrency: 1 });
      const worker = application.get(JobWorker);
      await enqueue(application);
      await called(1);
      await enqueue(application);
      const stopped = stop(application);
      end.open();
      await stopped;
      expect(isFinished).toBe(true);
      expect(worker.drained).toBe(true);
      expect(await jobs()).toMatchObject([{ attempts: 0, locked_at: null }]);
      expect(await database.query('SELECT 1 FROM worker_heartbeats')).toEqual([]);
    });

    it('asks a job to stop when time runs out, and gives it back without an attempt', async () => {
      let isAsked = false;
      script.step = async ({ context }) => {
        await once(context.signal, 'abort');
        isAsked = true;
        throw context.signal.reason;
      };
      const application = await start({ drainTimeoutMs: 2_000 });
      await enqueue(application);
      await called(1);
      await stop(application);
      expect(isAsked).toBe(true);
      expect(await jobs()).toMatchObject([{ attempts: 0, locked_at: null }]);
      expect(lines.join('')).toContain('"finished":true');
      expect(await letters()).toEqual([]);
    });

    it('gives back what does not stop, and is not held up by it', async () => {
      const end = new Gate();
      script.step = async () => await end.opened;
      const application = await start({ drainTimeoutMs: 400 });
      await enqueue(application);
      await called(1);
      const startedAt = performance.now();
      await stop(application);
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      expect(await jobs()).toMatchObject([{ attempts: 0, locked_at: null }]);
      // The late end finds its connections closed, and that is all that happens.
      end.open();
      await sleep(50);
      expect(await jobs()).toHaveLength(1);
    });
  });

  describe('without its database for a while', () => {
    it('goes on with its work when the connections come back', async () => {
      const application = await start();
      await enqueue(application);
      await called(1);
      await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'passerelle%'`,
      );
      await eventually(
        async () =>
          await enqueue(application).then(
            () => true,
            () => false,
          ),
        (isAdded) => isAdded,
        5_000,
      );
      await called(2);
      await queueIsEmpty();
      expect(application.get(JobWorker).state).toBe('running');
    });

    it('gives its jobs back and begins anew when the end of a job cannot be recorded', async () => {
      const end = new Gate();
      script.step = async () => {
        if (script.calls.length === 1) await end.opened;
      };
      const application = await start({ concurrency: 1, deadAfterMs: 60_000 });
      await enqueue(application);
      await called(1);
      // The queue's own statements fail as they do while a server is shutting down.
      await database.query('ALTER TABLE graphile_worker._private_jobs RENAME TO away');
      end.open();
      await eventually(
        async () => application.get(JobWorker).state,
        (state) => state === 'restarting',
        5_000,
      );
      await database.query('ALTER TABLE graphile_worker.away RENAME TO _private_jobs');
      await called(2);
      await queueIsEmpty();
      expect(application.get(JobWorker).state).toBe('running');
    });

    it('begins anew also when the ends of several jobs cannot be recorded, one after the other', async () => {
      const ends = [new Gate(), new Gate(), new Gate(), new Gate()];
      script.step = async () => await ends[script.calls.length - 1]?.opened;
      const application = await start({ concurrency: 4, deadAfterMs: 60_000 });
      for (const _ of ends) await enqueue(application);
      await called(4);
      await database.query('ALTER TABLE graphile_worker._private_jobs RENAME TO away');
      const failures = async () => lines.filter((line) => line.includes('jobs.queue_failed')).length;
      for (const [index, end] of ends.entries()) {
        end.open();
        await eventually(failures, (count) => count > index, 5_000);
      }
      await eventually(
        async () => application.get(JobWorker).state,
        (state) => state === 'restarting',
        20_000,
      );
      await database.query('ALTER TABLE graphile_worker.away RENAME TO _private_jobs');
      await called(8);
      await queueIsEmpty();
      expect(application.get(JobWorker).state).toBe('running');
    });
  });

  describe('dead letters', () => {
    it('are listed page by page, newest first, to their own organization', async () => {
      const application = await start({ concurrency: 1 });
      await park(application, 3);
      await park(application, 1, OTHER);
      const first = await within(application, async (tx, dead) => dead.list(tx, { limit: 2 }));
      const second = await within(application, async (tx, dead) =>
        dead.list(tx, { limit: 2, cursor: first.cursor ?? '' }),
      );
      const scenes = [...first.letters, ...second.letters].map(({ payload }) => payload['scene']);
      expect(scenes).toEqual(['2', '1', '0']);
      expect(second.cursor).toBeNull();
    });

    it('are replayed once, however often that is asked', async () => {
      const application = await start();
      await park(application, 1);
      const [letter] = (await within(application, async (tx, dead) => dead.list(tx, { limit: 1 }))).letters;
      const id = String(letter?.id);
      const replays = await Promise.all(
        [1, 2, 3].map(async () => within(application, async (tx, dead) => dead.replay(tx, id))),
      );
      expect(replays.filter((isReplayed) => isReplayed)).toHaveLength(1);
      await called(1);
      await queueIsEmpty();
      expect(script.calls).toHaveLength(1);
      expect(script.calls[0]?.payload).toEqual({ scene: '0', organizationId: ORGANIZATION });
      expect(await within(application, async (tx, dead) => dead.get(tx, id))).toMatchObject({ state: 'replayed' });
    });

    it('are replayed together by a filter, except what was discarded', async () => {
      const application = await start();
      await park(application, 3);
      await park(application, 1, OTHER);
      const [newest] = (await within(application, async (tx, dead) => dead.list(tx, { limit: 1 }))).letters;
      expect(await within(application, async (tx, dead) => dead.discard(tx, String(newest?.id)))).toBe(true);
      expect(await within(application, async (tx, dead) => dead.discard(tx, String(newest?.id)))).toBe(false);
      const replay = async () =>
        within(application, async (tx, dead) => dead.replayMany(tx, { errorCode: 'script/refused' }));
      expect(await replay()).toBe(2);
      expect(await replay()).toBe(0);
      await called(2);
      await queueIsEmpty();
      expect(script.calls).toHaveLength(2);
    });

    it('of another organization are not found', async () => {
      const application = await start();
      await park(application, 1, OTHER);
      const [row] = await letters();
      const replay = within(application, async (tx, dead) => dead.replay(tx, String(row?.['id'])));
      await expect(replay).rejects.toMatchObject({ definition: { code: 'dead-letter/not-found' } });
    });
  });
});
