import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bodyPlace } from '../../src/deliveries/delivery.js';
import { ReplayDeliveriesJob } from '../../src/deliveries/jobs/replay-deliveries.job.js';
import { ReplayRuns } from '../../src/deliveries/replay-runs.js';
import { Retention } from '../../src/deliveries/retention.js';
import { FieldCipher } from '../../src/platform/crypto/field-cipher.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { type Answer, demand, type Person, startApp, type TestApp } from '../support/app.js';

const BATCH = 50;
const COUNT = BATCH * 2 + 20;

let app: TestApp;
let owner: Person;
let integrationId: string;

beforeAll(async () => {
  // Nobody works the queue: the test says when a batch is taken.
  app = await startApp({ sandbox: false, environment: { ROLE: 'api' } });
});

afterAll(async () => {
  await app.close();
});

beforeEach(async () => {
  owner = await app.registerOrganization();
  integrationId = randomUUID();
  await app.database.query(
    `INSERT INTO integrations (id, organization_id, provider, account_id, status) VALUES ($1::uuid, $2, 'calendly', $1::text, 'connected')`,
    [integrationId, owner.organizationId],
  );
  await insert(COUNT);
});

describe('a replay of many', () => {
  it('is planned without touching anything: counted, with what would be passed over', async () => {
    await app.database.query(
      `UPDATE deliveries SET body = NULL WHERE id IN (SELECT id FROM deliveries WHERE organization_id = $1 LIMIT 3)`,
      [owner.organizationId],
    );
    await app.database.query(
      `UPDATE deliveries SET state = 'received' WHERE id IN (SELECT id FROM deliveries WHERE organization_id = $1 AND body IS NOT NULL LIMIT 2)`,
      [owner.organizationId],
    );
    const before = await rows();
    const meant = { provider: 'calendly', until: new Date().toISOString() };
    const { body: plan } = demand(200, await post('/api/deliveries/replay/plan', meant));
    expect(plan).toMatchObject({ count: COUNT - 5, body_gone: 3, waiting: 2 });
    expect(Date.parse(plan.oldest)).toBeLessThan(Date.parse(plan.newest));
    expect(await rows()).toEqual(before);
    expect(demand(200, await app.http('GET', '/api/deliveries/replays', { token: owner.token })).body).toEqual([]);

    // What was counted is what is replayed, whatever comes in meanwhile.
    await insert(1, -5);
    const begun = demand(202, await post('/api/deliveries/replay', meant));
    expect(begun.body.count).toBe(plan.count);
    for (const body of [{}, { state: 'rejected' }, { since: 'long ago' }]) {
      expect(await post('/api/deliveries/replay/plan', body)).toMatchObject({ status: 400 });
    }
    expect((await post('/api/deliveries/replay/plan', { booking_id: randomUUID() })).body).toMatchObject({ count: 0 });
  });

  it('goes on batch by batch, oldest first, and tells the browsers of its organization how far it is', async () => {
    const page = await app.browse(owner);
    const stranger = await app.browse(await app.registerOrganization());
    const runId = await begin();
    expect(await run(runId)).toMatchObject({ state: 'running', total: COUNT, done: BATCH, finished_at: null });
    const worked = (await rows()).map(({ attempts }) => attempts);
    expect(worked).toEqual([...Array<number>(BATCH).fill(1), ...Array<number>(COUNT - BATCH).fill(0)]);
    expect(await run(runId)).toMatchObject({ state: 'running', done: BATCH * 2 });
    expect(await run(runId)).toMatchObject({ state: 'running', done: COUNT });
    expect(await run(runId)).toMatchObject({ state: 'done', done: COUNT, finished_at: expect.any(String) });
    expect((await rows()).every(({ attempts, state }) => attempts === 1 && state === 'dead')).toBe(true);
    await app.eventually(() =>
      expect(page.heardOf('replay:progress')).toEqual(
        [BATCH, BATCH * 2, COUNT, COUNT].map((done, index) => ({
          run_id: runId,
          state: index < 3 ? 'running' : 'done',
          done,
          total: COUNT,
        })),
      ),
    );
    expect(stranger.heard).toEqual([]);
  });

  it('is called off: what is through stays, nothing more is begun, and calling it off again changes nothing', async () => {
    const runId = await begin();
    await run(runId);
    const canceled = demand(200, await post(`/api/deliveries/replays/${runId}/cancel`)).body;
    expect(canceled).toMatchObject({ state: 'canceled', done: BATCH, total: COUNT, finished_at: expect.any(String) });
    expect(await run(runId)).toEqual(canceled);
    expect((await rows()).filter(({ attempts }) => attempts > 0)).toHaveLength(BATCH);
    expect(demand(200, await post(`/api/deliveries/replays/${runId}/cancel`)).body).toEqual(canceled);
    const [line] = await app.database.query(
      `SELECT * FROM audit_events WHERE organization_id = $1 AND action = 'delivery.replay_canceled'`,
      [owner.organizationId],
    );
    expect(line).toMatchObject({ actor_id: owner.userId, details: { run_id: runId, done: BATCH, count: COUNT } });
  });

  it('goes on where it was when its process ended in the middle of a batch, whose own job is in the queue', async () => {
    const runId = await begin();
    const scope = { organizationId: owner.organizationId };
    const lost = await app.get(UnitOfWork).inOrganization(scope, (tx) => app.get(ReplayRuns).takeBatch(tx, runId));
    expect(lost).toHaveLength(BATCH);
    await run(runId);
    expect(await run(runId)).toMatchObject({ done: COUNT });
    const waiting = (await rows()).filter(({ state }) => state === 'received').map(({ id }) => id);
    expect(waiting.toSorted()).toEqual(lost!.toSorted());
    const jobs = await app.database.query<{ ids: string[] }>(
      `SELECT payload::jsonb -> 'deliveryIds' AS ids FROM graphile_worker._private_jobs WHERE payload::jsonb ? 'deliveryIds'`,
    );
    expect(jobs.map(({ ids }) => ids.toSorted())).toContainEqual(lost!.toSorted());
  });

  it('goes on past a batch that cannot be worked through, which is left to its own job', async () => {
    const [first] = await rows();
    await app.database.query(`UPDATE deliveries SET body = 'psr1.x.y' WHERE id = $1`, [first!.id]);
    const runId = await begin();
    expect(await run(runId)).toMatchObject({ state: 'running', done: BATCH });
    expect((await rows()).filter(({ state }) => state === 'received')).toHaveLength(BATCH);
    expect(await run(runId)).toMatchObject({ done: BATCH * 2 });
  });

  it('is given up with its job, and is nobody else’s', async () => {
    const runId = await begin();
    const scope = { organizationId: owner.organizationId };
    await app
      .get(UnitOfWork)
      .inOrganization(scope, (tx) => app.get(ReplayDeliveriesJob).parked(tx, { ...scope, runId }));
    const path = `/api/deliveries/replays/${runId}`;
    expect((await app.http('GET', path, { token: owner.token })).body).toMatchObject({ state: 'failed' });
    // Its dead letter is replayed.
    expect(await run(runId)).toMatchObject({ state: 'running', finished_at: null });
    const stranger = await app.registerOrganization();
    const member = await app.addMember(owner);
    for (const [method, to] of [
      ['GET', path],
      ['POST', `${path}/cancel`],
    ] as const) {
      const answer = await app.http(method, to, { token: stranger.token });
      expect(answer).toMatchObject({ status: 404, body: { code: 'delivery/replay-not-found' } });
      expect(await app.http(method, to, { token: member.token })).toMatchObject({ status: 403 });
    }
    expect((await app.http('GET', '/api/deliveries/replays', { token: stranger.token })).body).toEqual([]);
  });

  it('is forgotten with what else is done with', async () => {
    const [kept, ended] = [await begin(), await begin()];
    await app.database.query(`UPDATE replay_runs SET created_at = now() - interval '40 days' WHERE id = ANY ($1)`, [
      [kept, ended],
    ]);
    await app.database.query(
      `UPDATE replay_runs SET state = 'done', finished_at = now() - interval '31 days' WHERE id = $1`,
      [ended],
    );
    expect(await app.get(Retention).purge(new AbortController().signal)).toMatchObject({ replays: 1 });
    const { body } = await app.http('GET', '/api/deliveries/replays', { token: owner.token });
    expect(body).toMatchObject([{ id: kept }]);
  });
});

describe('what becomes of many deliveries at once', () => {
  it('is told in few messages of few names', async () => {
    const page = await app.browse(owner);
    const runId = await begin();
    for (let batch = 0; batch < 3; batch += 1) await run(runId);
    await app.eventually(() => {
      const told = page.heardOf('delivery:changed');
      expect(told.reduce((sum, { deliveries, more }) => sum + deliveries.length + more, 0)).toBe(COUNT);
      expect(told.length).toBeLessThanOrEqual(3);
      expect(told.every(({ deliveries }) => deliveries.length <= 50)).toBe(true);
      expect(told.flatMap(({ deliveries }) => deliveries.map(({ state }) => state))).not.toContain('received');
    });
    const keys = page.heardOf('delivery:changed').flatMap(({ deliveries }) => deliveries.flatMap(Object.keys));
    expect([...new Set(keys)].toSorted()).toEqual(['id', 'state']);
  });
});

/** Deliveries that say nothing anybody understands: worked through again, they are given up. */
async function insert(count: number, newestSecondsAgo = 900): Promise<void> {
  const { organizationId } = owner;
  await app.get(UnitOfWork).inOrganization({ organizationId }, async (tx) => {
    const cipher = await app.get(FieldCipher).forOrganization(tx);
    const ids = Array.from({ length: count }, () => randomUUID());
    await tx.query(
      `INSERT INTO deliveries (id, organization_id, integration_id, provider, dedupe_key, body, body_sha256, state, received_at)
       SELECT id, $1, $2, 'calendly', sha256(id::text::bytea), body, '', 'processed', now() - ($5::int + $6::int - place) * interval '1 second'
       FROM unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS one(id, body, place)`,
      [
        organizationId,
        integrationId,
        ids,
        ids.map((id) => cipher.seal(bodyPlace(id), `nonsense ${id}`)),
        newestSecondsAgo,
        count,
      ],
    );
  });
}

function post(path: string, body?: unknown): Promise<Answer> {
  return app.http('POST', path, { token: owner.token, body });
}

async function begin(): Promise<string> {
  return demand(202, await post('/api/deliveries/replay', { provider: 'calendly' })).body.run_id;
}

/** The job of one batch; answers the run as it is shown then. */
async function run(runId: string) {
  await app.get(ReplayDeliveriesJob).run({ organizationId: owner.organizationId, runId });
  return demand(200, await app.http('GET', `/api/deliveries/replays/${runId}`, { token: owner.token })).body;
}

/** Oldest first. */
function rows() {
  return app.database.query<{ id: string; state: string; attempts: number }>(
    'SELECT id, state, attempts FROM deliveries WHERE organization_id = $1 ORDER BY received_at, id',
    [owner.organizationId],
  );
}
