import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { WebhookPromises } from '../../src/webhooks/webhook-promises.js';
import { type Turn, WebhookSending } from '../../src/webhooks/webhook-sending.js';
import type { WebhookAnswer } from '../../src/webhooks/webhook-transport.js';
import { WebhooksSchedule } from '../../src/webhooks/webhooks.schedule.js';
import { demand, type Person, startApp, type TestApp } from '../support/app.js';

const ACCEPTED: WebhookAnswer = { status: 200, error: null, retryAfterMs: 0, durationMs: 20 };
const REFUSED: WebhookAnswer = { status: 500, error: 'status', retryAfterMs: 0, durationMs: 20 };
const SILENT: WebhookAnswer = { status: null, error: 'timeout', retryAfterMs: 0, durationMs: 15_000 };

let app: TestApp;
let owner: Person;
let endpointId: string;

beforeAll(async () => {
  // Nobody works the queue: every turn is taken by the test.
  app = await startApp({ sandbox: false, environment: { ROLE: 'api', OUTGOING_WEBHOOKS_ALLOW_PRIVATE: 'true' } });
});

afterAll(async () => {
  await app.close();
});

beforeEach(async () => {
  await app.database.query('DELETE FROM graphile_worker._private_jobs');
  await app.database.query('TRUNCATE webhook_endpoints CASCADE');
  owner = await app.registerOrganization();
  const body = { url: 'http://127.0.0.1:9/', events: ['prospect.created', 'prospect.updated'] };
  endpointId = demand(201, await app.http('POST', '/api/webhooks', { token: owner.token, body })).body.id;
});

describe('a message', () => {
  it('is promised with what it tells of, or not at all', async () => {
    const promising = app.get(UnitOfWork).inOrganization(owner, async (tx) => {
      await promiseIn(tx, 'a');
      throw new Error('the change did not happen');
    });
    await expect(promising).rejects.toThrow('the change did not happen');
    expect(await rows()).toEqual([]);
    expect(await waitingJobs()).toEqual([]);

    const [id] = await promise('a');
    expect(await rows()).toMatchObject([{ id, state: 'pending', attempts: 0 }]);
    expect(await waitingJobs()).toEqual([id]);
  });

  it('is sent by one of many who come for it at the same moment', async () => {
    const [id] = await promise('a');
    // They have all looked at it before the first of them may take it.
    const coming = await app.get(UnitOfWork).inOrganization(owner, async (tx) => {
      await tx.query('SELECT FROM webhook_messages WHERE organization_id = $1 AND id = $2 FOR UPDATE', [
        owner.organizationId,
        id,
      ]);
      const begun = Array.from({ length: 8 }, () => begin(id));
      await app.eventually(async () => expect(await waitingForLocks()).toBe(8));
      return { begun };
    });
    const turns = await Promise.all(coming.begun);
    expect(kinds(turns).filter((kind) => kind === 'send')).toHaveLength(1);
  });

  it('is taken over when its sender died: the same id, the same bytes', async () => {
    const [id] = await promise('a');
    const first = await begin(id);
    expect(await begin(id)).toMatchObject({ kind: 'wait' });
    await app.database.query(`UPDATE webhook_messages SET leased_until = now() - interval '1 second'`);
    const second = await begin(id);
    expect(second).toMatchObject({ kind: 'send', payload: sent(first).payload });
    // The first was only slow: what it writes now must not undo what the second has written.
    await succeed(second);
    await fail(first, REFUSED);
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  it('is called when the one before it is through, by whichever way that ended', async () => {
    const [first, second, third] = await promise('a', 'a', 'a');
    expect(kinds(await Promise.all([begin(second), begin(third)]))).toEqual(['none', 'none']);
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    await succeed(await begin(first));
    expect(await waitingJobs()).toEqual([second]);

    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    await app.database.query('UPDATE webhook_messages SET round_attempts = 8 WHERE id = $1', [second]);
    await fail(await begin(second), REFUSED);
    expect(await waitingJobs()).toEqual([third]);
  });

  it('that nobody comes for is called by the net below, once, and none that waits behind another', async () => {
    const [first, second] = await promise('a', 'a');
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    expect(await app.get(WebhooksSchedule).callForgotten()).toBe(0);
    await app.database.query(`UPDATE webhook_messages SET next_try_at = now() - interval '11 minutes'`);
    expect(await app.get(WebhooksSchedule).callForgotten()).toBe(1);
    expect(await app.get(WebhooksSchedule).callForgotten()).toBe(0);
    expect(await waitingJobs()).toEqual([first]);
    expect(await begin(second)).toEqual({ kind: 'none' });
  });
});

describe('an endpoint that does not answer', () => {
  it('is left alone for four times as long as it kept a sender waiting, whatever else there is to send', async () => {
    const [first, second, third] = await promise('a', 'b', 'c');
    await fail(await begin(first), SILENT);
    const turns = await Promise.all([begin(second), begin(third)]);
    for (const turn of turns) expect(secondsUntil(turn)).toBeCloseTo(60, -1);
    await quietIsOver();
    expect(await begin(second)).toMatchObject({ kind: 'send' });
  });

  it('keeps one sender at a time, however many messages are due', async () => {
    const ids = await promise('a', 'b', 'c', 'd', 'e', 'f');
    await fail(await begin(ids[0]), SILENT);
    await quietIsOver();
    const turns = await Promise.all(ids.slice(1).map(begin));
    expect(kinds(turns).toSorted()).toEqual(['send', 'wait', 'wait', 'wait', 'wait']);
    for (const turn of turns.filter(({ kind }) => kind === 'wait')) expect(secondsUntil(turn)).toBeLessThanOrEqual(20);
  });

  it('is asked more and more rarely, in the end every ten minutes', async () => {
    const [first, second] = await promise('a', 'b');
    await fail(await begin(first), SILENT);
    await app.database.query(`UPDATE webhook_endpoints SET failing_since = now() - interval '20 minutes'`);
    await quietIsOver();
    await fail(await begin(second), SILENT);
    expect(secondsUntil(await begin((await promise('c'))[0]))).toBeCloseTo(300, -1);
    await app.database.query(`UPDATE webhook_endpoints SET failing_since = now() - interval '3 days'`);
    await quietIsOver();
    await fail(await begin((await promise('d'))[0]), SILENT);
    expect(secondsUntil(await begin((await promise('e'))[0]))).toBeCloseTo(600, -1);
  });

  it('is sent everything at once again when it accepts something', async () => {
    const [first, second, third, fourth] = await promise('a', 'b', 'c', 'd');
    await fail(await begin(first), SILENT);
    await quietIsOver();
    await succeed(await begin(second));
    expect(kinds(await Promise.all([begin(third), begin(fourth), begin(first)]))).toEqual(['send', 'send', 'send']);
  });

  it('can be tried out meanwhile, by a test or by sending something again', async () => {
    const [first, second] = await promise('a', 'b');
    await fail(await begin(first), SILENT);
    const test = demand(202, await app.http('POST', `/api/webhooks/${endpointId}/test`, { token: owner.token })).body;
    const trial = await begin(test.id);
    expect(trial).toMatchObject({ kind: 'send' });
    await fail(trial, SILENT);
    expect(await begin(second)).toMatchObject({ kind: 'wait' });
    const path = `/api/webhooks/${endpointId}/deliveries/${second}/resend`;
    demand(202, await app.http('POST', path, { token: owner.token }));
    expect(await begin(second)).toMatchObject({ kind: 'send' });
  });

  it('does not keep its turn when the try was not made', async () => {
    const [first, second] = await promise('a', 'b');
    await fail(await begin(first), SILENT);
    await quietIsOver();
    const { message } = sent(await begin(second));
    await app.get(WebhookSending).giveBack(owner, message);
    expect(await begin(second)).toMatchObject({ kind: 'send' });
  });

  it('that says no at once costs nobody any time, and is not left alone', async () => {
    const [first, second] = await promise('a', 'b');
    await fail(await begin(first), REFUSED);
    await app.eventually(async () => expect(await begin(second)).toMatchObject({ kind: 'send' }), { within: 2_000 });
  });
});

function promiseIn(tx: Parameters<WebhookPromises['promise']>[0], ...subjects: string[]) {
  const events = subjects.map((subject) => ({ type: 'prospect.created' as const, subject, data: { subject } }));
  return app.get(WebhookPromises).promise(tx, events);
}

/** Answers their ids, in the order of their positions. */
async function promise(...subjects: string[]): Promise<string[]> {
  const known = new Set((await rows()).map(({ id }) => id));
  await app.get(UnitOfWork).inOrganization(owner, (tx) => promiseIn(tx, ...subjects));
  return (await rows()).map(({ id }) => id).filter((id) => !known.has(id));
}

function begin(id: string | undefined): Promise<Turn> {
  return app.get(WebhookSending).begin(owner, id ?? '');
}

function sent(turn: Turn): Turn & { kind: 'send' } {
  if (turn.kind !== 'send') throw new Error(`It was not this message’s turn: ${turn.kind}`);
  return turn;
}

async function succeed(turn: Turn): Promise<void> {
  await app.get(WebhookSending).succeed(owner, sent(turn).message, ACCEPTED);
}

async function fail(turn: Turn, answer: WebhookAnswer): Promise<void> {
  await app.get(WebhookSending).fail(owner, sent(turn).message, answer);
}

function kinds(turns: readonly Turn[]): string[] {
  return turns.map(({ kind }) => kind);
}

function secondsUntil(turn: Turn): number {
  if (turn.kind !== 'wait') throw new Error(`It does not wait: ${turn.kind}`);
  return (turn.until.getTime() - Date.now()) / 1_000;
}

/** And what was tried already is due as well. */
async function quietIsOver(): Promise<void> {
  await app.database.query(`UPDATE webhook_endpoints SET quiet_until = now()`);
  await app.database.query(`UPDATE webhook_messages SET next_try_at = now()`);
}

function rows() {
  return app.database.query<{ id: string }>(
    'SELECT * FROM webhook_messages WHERE organization_id = $1 ORDER BY position',
    [owner.organizationId],
  );
}

async function waitingForLocks(): Promise<number> {
  const [row] = await app.database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row!.count;
}

async function waitingJobs(): Promise<string[]> {
  const jobs = await app.database.query<{ id: string }>(
    `SELECT job.payload ->> 'messageId' AS id FROM graphile_worker._private_jobs job
     JOIN graphile_worker._private_tasks task ON task.id = job.task_id WHERE task.identifier = 'webhooks.send'`,
  );
  return jobs.map(({ id }) => id);
}
