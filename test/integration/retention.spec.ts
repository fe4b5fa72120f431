import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Retention } from '../../src/deliveries/retention.js';
import { RetentionSchedule } from '../../src/deliveries/retention.schedule.js';
import { PurgeWebhooksJob } from '../../src/webhooks/purge-webhooks.job.js';
import { type Person, startApp, type TestApp } from '../support/app.js';

jest.setTimeout(120_000);

const NEVER = new AbortController().signal;

let app: TestApp;
let owner: Person;
let integrationId: string;

beforeAll(async () => {
  // Nobody works the queue: what is purged here is purged by the test.
  app = await startApp({ sandbox: false, environment: { ROLE: 'api', RETENTION_DONE_DAYS: '30' } });
  owner = await app.registerOrganization();
  integrationId = randomUUID();
  await app.database.query(
    `INSERT INTO integrations (id, organization_id, provider, account_id, status) VALUES ($1, $2, 'calendly', 'U1', 'connected')`,
    [integrationId, owner.organizationId],
  );
});

afterAll(async () => {
  await app.close();
});

beforeEach(async () => {
  await app.database.query('TRUNCATE deliveries, outbox, dead_letters, webhook_endpoints CASCADE');
});

describe('retention', () => {
  it.each([
    ['processed', 29, true, true],
    ['processed', 31, true, false],
    ['ignored', 31, true, false],
    ['processed', 399, true, false],
    ['processed', 401, false, false],
    ['dead', 31, true, true],
    ['dead', 89, true, true],
    ['dead', 91, true, false],
    ['dead', 401, false, false],
    // Nobody has worked through it yet: it is not let go of behind their back.
    ['received', 399, true, true],
  ])('of a %s delivery of %i days: row kept %s, body kept %s', async (state, days, keepsRow, keepsBody) => {
    const [id] = await insert(1, { state, days });
    await app.get(Retention).purge(NEVER);
    const [row] = await app.database.query('SELECT * FROM deliveries WHERE id = $1', [id]);
    expect([row !== undefined, typeof row?.['body'] === 'string']).toEqual([keepsRow, keepsBody]);
    // With the body go the headers; the rest of a row stays as long as the row.
    const headers = keepsBody ? { 'user-agent': 'Calendly' } : {};
    expect([row?.['state'], row?.['headers'], Buffer.isBuffer(row?.['dedupe_key'])]).toEqual(
      keepsRow ? [state, headers, true] : [undefined, undefined, false],
    );
  });

  it('knows a repetition by its hash for 400 days, long after the body is gone', async () => {
    const [id] = await insert(1, { state: 'processed', days: 380 });
    await app.get(Retention).purge(NEVER);
    const again = app.database.query(
      `INSERT INTO deliveries SELECT (jsonb_populate_record(d, jsonb_build_object('id', $2::text))).* FROM deliveries d WHERE id = $1
       ON CONFLICT (integration_id, dedupe_key) DO NOTHING RETURNING id`,
      [id, randomUUID()],
    );
    expect(await again).toEqual([]);
  });

  it('lets go of what was promised and kept, of dead letters that are resolved, of webhooks that were sent', async () => {
    const organization = owner.organizationId;
    const endpoint = randomUUID();
    await app.database.query(
      `INSERT INTO outbox (id, organization_id, kind, dedupe_key, payload, state, done_at)
       SELECT gen_random_uuid(), $1, 'mail', state || days, '', state, CASE state WHEN 'done' THEN now() - days * interval '1 day' END
       FROM unnest(ARRAY['done', 'pending', 'dead']) state, unnest(ARRAY[29, 31]) days`,
      [organization],
    );
    await app.database.query(
      `INSERT INTO dead_letters (id, organization_id, task, payload, error_class, error_code, attempts, state, parked_at, resolved_at)
       SELECT gen_random_uuid(), $1, 'x', '{}', 'transient', 'x', 8, state, now() - interval '40 days',
              CASE WHEN state <> 'parked' THEN now() - days * interval '1 day' END
       FROM unnest(ARRAY['parked', 'replayed', 'discarded']) state, unnest(ARRAY[29, 31]) days`,
      [organization],
    );
    await app.database.query(
      `INSERT INTO webhook_endpoints (id, organization_id, url, events, secret) VALUES ($1, $2, '', '{}', '')`,
      [endpoint, organization],
    );
    await app.database.query(
      `INSERT INTO webhook_messages (id, organization_id, endpoint_id, event_type, subject, payload, state, done_at)
       SELECT gen_random_uuid(), $1, $2, 'x', 'x', '', state, CASE WHEN state <> 'pending' THEN now() - days * interval '1 day' END
       FROM unnest(ARRAY['pending', 'sent', 'failed']) state, unnest(ARRAY[29, 31]) days`,
      [organization, endpoint],
    );
    const counts = await app.get(Retention).purge(NEVER);
    await app.get(PurgeWebhooksJob).run({}, { signal: NEVER });
    expect(counts).toMatchObject({ outbox: 1, dead_letters: 2 });
    expect(await states('outbox')).toEqual(['dead', 'dead', 'done', 'pending', 'pending']);
    expect(await states('dead_letters')).toEqual(['discarded', 'parked', 'parked', 'replayed']);
    expect(await states('webhook_messages')).toEqual(['failed', 'pending', 'pending', 'sent']);
  });

  it('lets go of readings that have ended, and of none that somebody still has to decide about', async () => {
    await app.database.query(
      `INSERT INTO sync_runs (id, organization_id, integration_id, provider, trigger, state, window_start, window_end, finished_at)
       SELECT gen_random_uuid(), $1, $2, 'calendly', 'schedule', state, now(), now(), now() - days * interval '1 day'
       FROM unnest(ARRAY['succeeded', 'failed', 'needs_approval']) state, unnest(ARRAY[29, 31]) days`,
      [owner.organizationId, integrationId],
    );
    expect(await app.get(Retention).purge(NEVER)).toMatchObject({ readings: 2 });
    expect(await states('sync_runs')).toEqual(['failed', 'needs_approval', 'needs_approval', 'succeeded']);
  });

  it('can be stopped between two chunks, and goes on where it was the next time', async () => {
    await insert(5_000, { state: 'processed', days: 40 });
    const stopping = new AbortController();
    const purging = app.get(Retention).purge(stopping.signal);
    stopping.abort();
    await expect(purging).rejects.toThrow(/aborted/);
    const left = await withBody();
    expect(left).toBeGreaterThanOrEqual(3_000);
    expect(await app.get(Retention).purge(NEVER)).toMatchObject({ bodies: left });
    expect(await withBody()).toBe(0);
  });

  it('is shared by two who purge at the same moment', async () => {
    await insert(10_000, { state: 'processed', days: 40 });
    const counts = await Promise.all([app.get(Retention).purge(NEVER), app.get(Retention).purge(NEVER)]);
    expect(Number(counts[0]['bodies']) + Number(counts[1]['bodies'])).toBe(10_000);
    expect(await withBody()).toBe(0);
  });

  it('is asked for once a night, as a job', async () => {
    const schedule = app.get(RetentionSchedule);
    await schedule.request();
    // This instance runs no jobs, so that it asks for none.
    expect(await jobs()).toBe(0);
    Object.assign(schedule, { config: { runsJobs: true } });
    await schedule.request();
    expect(await jobs()).toBe(1);
  });

  it('strips 100,000 deliveries, and deletes them, fast enough for a night', async () => {
    // Bit by bit: a statement has ten seconds, and the machine may be busy with other tests.
    for (let count = 0; count < 100_000; count += 10_000) await insert(10_000, { state: 'processed', days: 40 });
    const stripped = await measure();
    expect(stripped.counts).toMatchObject({ bodies: 100_000, deliveries: 0 });
    for (let count = 0; count < 100_000; count += 10_000) {
      await app.database.query(
        `UPDATE deliveries SET received_at = now() - interval '401 days'
         WHERE id IN (SELECT id FROM deliveries WHERE received_at > now() - interval '400 days' LIMIT 10000)`,
      );
    }
    const deleted = await measure();
    expect(deleted.counts).toMatchObject({ bodies: 0, deliveries: 100_000 });
    const perSecond = [stripped, deleted].map(({ seconds }) => Math.round(100_000 / seconds));
    process.stdout.write(`retention: ${perSecond[0]} bodies/s, ${perSecond[1]} rows/s of 100,000\n`);
    for (const rate of perSecond) expect(rate).toBeGreaterThan(1_000);
  });
});

async function insert(count: number, { state, days }: { state: string; days: number }): Promise<string[]> {
  const rows = await app.database.query<{ id: string }>(
    `INSERT INTO deliveries (id, organization_id, integration_id, provider, dedupe_key, event_type, headers, body, body_sha256, state, received_at)
     SELECT gen_random_uuid(), $1, $2, 'calendly', sha256(gen_random_uuid()::text::bytea), 'invitee.created',
            '{"user-agent": "Calendly"}', repeat(md5(n::text), 110), sha256(n::text::bytea), $3,
            now() - $4 * interval '1 day' + n * interval '1 millisecond'
     FROM generate_series(1, $5::int) n RETURNING id`,
    [owner.organizationId, integrationId, state, days, count],
  );
  return rows.map(({ id }) => id);
}

async function measure(): Promise<{ counts: Record<string, number>; seconds: number }> {
  const startedAt = performance.now();
  const counts = await app.get(Retention).purge(NEVER);
  return { counts, seconds: (performance.now() - startedAt) / 1_000 };
}

async function withBody(): Promise<number> {
  const [row] = await app.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM deliveries WHERE body IS NOT NULL',
  );
  return row!.count;
}

async function states(table: string): Promise<string[]> {
  const rows = await app.database.query<{ state: string }>(`SELECT state FROM ${table} ORDER BY state`);
  return rows.map(({ state }) => state);
}

async function jobs(): Promise<number> {
  const [row] = await app.database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM graphile_worker._private_jobs j
     JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'deliveries.purge'`,
  );
  return row!.count;
}
