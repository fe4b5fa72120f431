import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { DeadLetters } from '../../src/platform/jobs/dead-letters.js';
import { PermanentJobError } from '../../src/platform/jobs/permanent-job.error.js';
import { type OutboxContext, OutboxEffect } from '../../src/platform/outbox/outbox-effect.js';
import { OutboxSweep } from '../../src/platform/outbox/outbox.sweep.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { eventually } from '../support/eventually.js';
import { startJobsApplication } from '../support/jobs-application.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// Applications are started and databases made in each test, beside another file's on a small machine.
jest.setTimeout(30_000);

interface Letter {
  readonly text: string;
}

/** What the outside world has seen. */
class World {
  readonly seen: { payload: Letter; context: OutboxContext }[] = [];
  step: () => Promise<void> = async () => undefined;
}

@OutboxEffect('letter')
class LetterEffect implements OutboxEffect<Letter> {
  constructor(private readonly world: World) {}

  async deliver(payload: Letter, context: OutboxContext): Promise<void> {
    this.world.seen.push({ payload, context });
    await this.world.step();
  }
}

const ORGANIZATION = '01990000-0000-7000-8000-000000000001';
const OTHER = '01990000-0000-7000-8000-000000000002';
const SECRET = 'For Jane only';

async function within<T>(
  application: INestApplicationContext,
  work: (tx: Transaction) => Promise<T>,
  organizationId = ORGANIZATION,
): Promise<T> {
  return await application.get(UnitOfWork).inOrganization({ organizationId }, work);
}

async function promise(
  application: INestApplicationContext,
  dedupeKey: string,
  organizationId = ORGANIZATION,
): Promise<void> {
  const made = { kind: 'letter', dedupeKey, payload: { text: SECRET } };
  await within(application, async (tx) => application.get(Outbox).promise(tx, made), organizationId);
}

describe('outbox', () => {
  let database: TestDatabase;
  let world: World;
  const applications: INestApplicationContext[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    await database.query(
      `INSERT INTO organizations (id, name, slug) VALUES ($1, 'One', 'one'), ($2, 'Other', 'other')`,
      [ORGANIZATION, OTHER],
    );
    world = new World();
  });

  afterEach(async () => {
    for (const application of applications.splice(0)) await application.close();
    await database.drop();
  });

  async function start(role: 'api' | 'worker' | 'all' = 'all'): Promise<INestApplicationContext> {
    const application = await startJobsApplication({
      url: database.url,
      role,
      providers: [LetterEffect, { provide: World, useValue: world }],
    });
    applications.push(application);
    return application;
  }

  const rows = async () => await database.query('SELECT * FROM outbox ORDER BY id');
  const jobs = async () => await database.query('SELECT * FROM graphile_worker.jobs');
  const queueIsEmpty = async () => eventually(jobs, (found) => found.length === 0, 10_000);

  it('delivers one effect for a promise made twice, before and after it was kept', async () => {
    const application = await start('api');
    await Promise.all([promise(application, 'booking-1'), promise(application, 'booking-1')]);
    const worker = await start('worker');
    await queueIsEmpty();
    await promise(worker, 'booking-1');
    expect(await jobs()).toEqual([]);
    const [row] = await rows();
    expect(world.seen).toEqual([
      {
        payload: { text: SECRET },
        context: { outboxId: row?.['id'], organizationId: ORGANIZATION, attempt: 1, signal: expect.any(AbortSignal) },
      },
    ]);
    expect(row).toMatchObject({ state: 'done', attempts: 1, done_at: expect.any(Date) });
  });

  it('keeps the promises of two organizations apart, though their keys are alike', async () => {
    const application = await start();
    await promise(application, 'booking-1');
    await promise(application, 'booking-1', OTHER);
    await queueIsEmpty();
    expect(world.seen.map(({ context }) => context.organizationId).sort()).toEqual([ORGANIZATION, OTHER]);
  });

  it('leaves neither row nor job behind when the transaction is rolled back', async () => {
    const application = await start('api');
    const work = within(application, async (tx) => {
      await application.get(Outbox).promise(tx, { kind: 'letter', dedupeKey: 'booking-1', payload: { text: SECRET } });
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await rows()).toEqual([]);
    expect(await jobs()).toEqual([]);
  });

  it('keeps no readable payload', async () => {
    const application = await start('api');
    await promise(application, 'booking-1');
    expect(JSON.stringify([await rows(), await jobs()])).not.toContain(SECRET);
  });

  it('refuses a kind that no effect keeps', async () => {
    const application = await start('api');
    const work = within(application, async (tx) =>
      application.get(Outbox).promise(tx, { kind: 'pigeon', dedupeKey: '1', payload: {} }),
    );
    await expect(work).rejects.toThrow('No effect is registered for the outbox kind "pigeon"');
  });

  it('marks the row dead when its delivery is given up, and delivers it when that is replayed', async () => {
    world.step = async () => {
      throw new PermanentJobError('mail/address-refused');
    };
    const application = await start();
    await promise(application, 'booking-1');
    await queueIsEmpty();
    expect(await rows()).toMatchObject([{ state: 'dead', last_error: 'mail/address-refused' }]);

    world.step = async () => undefined;
    const dead = application.get(DeadLetters);
    expect(await within(application, async (tx) => dead.replayMany(tx))).toBe(1);
    await queueIsEmpty();
    expect(await rows()).toMatchObject([{ state: 'done', last_error: null }]);
    expect(world.seen).toHaveLength(2);
  });

  it('finds rows that lost their job, and leaves the others alone', async () => {
    const application = await start('api');
    for (const key of ['lost', 'waiting', 'new']) await promise(application, key);
    await database.query(`UPDATE outbox SET created_at = now() - interval '11 minutes' WHERE dedupe_key <> 'new'`);
    await database.query(
      `DELETE FROM graphile_worker._private_jobs AS job USING outbox
       WHERE job.payload ->> 'outboxId' = outbox.id::text AND dedupe_key IN ('lost', 'new')`,
    );
    const sweep = async () => application.get(OutboxSweep).enqueueAbandoned();
    expect((await Promise.all([sweep(), sweep()])).sort()).toEqual([0, 1]);
    expect(await sweep()).toBe(0);
    await start('worker');
    await queueIsEmpty();
    expect(await database.query('SELECT dedupe_key, state FROM outbox ORDER BY dedupe_key')).toEqual([
      { dedupe_key: 'lost', state: 'done' },
      { dedupe_key: 'new', state: 'pending' },
      { dedupe_key: 'waiting', state: 'done' },
    ]);
  });
});
