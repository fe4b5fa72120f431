import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { type MailSandbox, startMailSandbox } from '../../sandbox/mail/start-mail-sandbox.js';
import type { Session } from '../../src/accounts/index.js';
import { Mails } from '../../src/notifications/mail/mails.service.js';
import { type CompiledProcess, spawnCompiled } from '../support/compiled-process.js';
import { eventually } from '../support/eventually.js';
import { IS_LONG } from '../support/long-tests.js';
import { addOrganization, bookingDraft, hurryJobs, startMailApplication, tell } from '../support/mail-application.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/**
 * A short form runs with all other tests. The whole of it takes some minutes:
 *
 *     LONG_TESTS=1 node scripts/test.mjs --selectProjects integration test/integration/mail-kills.spec.ts
 */
const [MAILS, KILLS] = IS_LONG ? [1_000, 20] : [120, 3];
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

/** This one bounces, and somebody sends it again by hand. */
const REFUSAL = { stage: 'message', mode: 'refuse', status: 554 } as const;

describe(`${MAILS} mails, eight kinds of trouble, refusals and ${KILLS} kills`, () => {
  let database: TestDatabase;
  let sandbox: MailSandbox;
  let front: INestApplicationContext;
  const workers: CompiledProcess[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startMailSandbox();
    front = await startMailApplication({ url: database.url, role: 'api', environment: sandbox.environment });
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

  const resendBounced = async (owner: Session): Promise<number> => {
    const { mails } = await front.get(Mails, { strict: false }).list(owner, { state: 'bounced', limit: 200 });
    for (const { row } of mails) await front.get(Mails, { strict: false }).resend(owner, row.id);
    return mails.length;
  };

  it('lose no mail and make no second one', async () => {
    const { organizationId, userIds } = await addOrganization(database);
    const owner = sessionOf(organizationId, userIds[0]!);
    for (let count = 0; count < WORKERS; count += 1) workers.push(await startWorker());

    for (let kill = 0; kill < KILLS; kill += 1) {
      for (const fault of [...FAULTS, REFUSAL]) sandbox.control.failNext({ ...fault, times: 1 });
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
    let refused = 0;
    const finished = await eventually(
      async () => {
        refused += await resendBounced(owner);
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
      `mails ${MAILS}, kills ${KILLS}, faults ${KILLS * FAULTS.length}, bounced and sent by hand ${refused}: ` +
        `distinct Message-IDs ${ids.size}, ` +
        `new-id doubles ${ids.size - MAILS}, sent again under the same id ${again}\n`,
    );
    expect(finished).toBe(MAILS);
    // A worker that is killed with a refusal in its hands tries once more instead.
    expect(refused).toBeGreaterThan(0);
    expect(ids.size).toBe(MAILS);
    expect([...ids].toSorted()).toEqual(rows.map(({ message_id }) => message_id).toSorted());
    // Each worker speaks to the server about two mails at a time.
    expect(again).toBeLessThanOrEqual(answersLost + KILLS * 2);
    expect(await database.query('SELECT FROM dead_letters')).toEqual([]);
  });
});

function sessionOf(organizationId: string, userId: string): Session {
  return { organizationId, userId, sessionId: 'test', role: 'owner', email: '', expiresAt: new Date() };
}
