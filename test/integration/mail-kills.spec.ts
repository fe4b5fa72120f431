import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { type MailSandbox, startMailSandbox } from '../../sandbox/mail/start-mail-sandbox.js';
import { type CompiledProcess, spawnCompiled } from '../support/compiled-process.js';
import { eventually } from '../support/eventually.js';
import { addOrganization, bookingDraft, hurryJobs, startMailApplication, tell } from '../support/mail-application.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// The whole of it takes minutes: LONG_TESTS=1 runs it.
const [MAILS, KILLS] = process.env['LONG_TESTS'] ? [1_000, 20] : [240, 4];
const WORKERS = 2;

// Processes are started, killed and missed, on a machine that may be busy with other tests.
jest.setTimeout(600_000);

/** Each of them leaves the mail to be tried again; after the last two the server has it all the same. */
const FAULTS = [
  { stage: 'connect', mode: 'refuse', status: 421 },
  { stage: 'connect', mode: 'drop' },
  { stage: 'sender', mode: 'refuse', status: 451 },
  { stage: 'recipient', mode: 'refuse', status: 450 },
  { stage: 'message', mode: 'hang' },
  { stage: 'message', mode: 'drop' },
  { stage: 'message', mode: 'lose-answer' },
  { stage: 'message', mode: 'drop-after-answer' },
] as const;

describe(`${MAILS} mails, eight kinds of trouble and ${KILLS} kills`, () => {
  let database: TestDatabase;
  let sandbox: MailSandbox;
  let front: INestApplicationContext;
  const workers: CompiledProcess[] = [];
  let finished: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startMailSandbox();
    front = await startMailApplication({ url: database.url, role: 'api', environment: sandbox.environment });
    finished = 0;
  });
  afterAll(async () => {
    for (const worker of workers) await worker.end('SIGKILL');
    await front?.close();
    await sandbox?.close();
    await database?.drop();
  });

  const startWorker = async (): Promise<CompiledProcess> => {
    const worker = spawnCompiled('mail-worker.process.ts', [database.url], { ...sandbox.environment });
    await worker.line((line) => line.includes('mail_worker.ready'));
    return worker;
  };
  const sentCount = async (): Promise<number> => {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM mails WHERE state = 'sent'`,
    );
    return row!.count;
  };

  it('lose no mail and make no second one', async () => {
    const { organizationId } = await addOrganization(database);
    for (let count = 0; count < WORKERS; count += 1) workers.push(await startWorker());

    for (let kill = 0; kill < KILLS; kill += 1) {
      for (const fault of FAULTS) sandbox.control.failNext({ ...fault, times: 1 });
      const before = await sentCount();
      await tell(front, organizationId, ...Array.from({ length: MAILS / KILLS }, () => bookingDraft()));
      // In the midst of the work, never at the same point of it.
      await eventually(sentCount, (count) => count > before + ((kill * 7) % 20), 30_000);
      const victim = workers[kill % WORKERS]!;
      const replacement = startWorker();
      await victim.end('SIGKILL');
      workers[kill % WORKERS] = await replacement;
      await hurryJobs(database);
    }
    finished = await eventually(
      async () => {
        await hurryJobs(database);
        return await sentCount();
      },
      (count) => count === MAILS,
      120_000,
    );

    const received = sandbox.control.mails();
    const ids = new Set(received.map(({ message_id }) => message_id));
    const rows = await database.query<{ message_id: string; attempts: number }>(
      'SELECT message_id, attempts FROM mails',
    );
    const again = received.length - ids.size;
    const answersLost = KILLS;
    process.stdout.write(
      `mails ${MAILS}, kills ${KILLS}, faults ${KILLS * FAULTS.length}: distinct Message-IDs ${ids.size}, ` +
        `new-id doubles ${ids.size - MAILS}, sent again under the same id ${again}\n`,
    );
    expect(finished).toBe(MAILS);
    expect(ids.size).toBe(MAILS);
    expect([...ids].toSorted()).toEqual(rows.map(({ message_id }) => message_id).toSorted());
    // Each worker speaks to the server about two mails at a time.
    expect(again).toBeLessThanOrEqual(answersLost + KILLS * 2);
    expect(await database.query('SELECT FROM dead_letters')).toEqual([]);
  });
});
