import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import { CLAIM_DUE } from '../src/sync/due-connections.js';
import type { Bench, Finding } from './bench.js';
import { median, milliseconds, round, seconds } from './numbers.js';
import { query } from './stage/databases.js';
import { Owner } from './stage/owner.js';
import type { Installation } from './stage/stage.js';
import type { StandIns } from './stage/stand-ins.js';

const SIZES = {
  full: { connections: 1_000, existing: 100_000, measures: 11 },
  short: { connections: 20, existing: 2_000, measures: 3 },
};
const AT_ONCE = 8;
const LOOK_AGAIN_MS = 200;
const MOST_GROWTH = 2;

/** Everybody's hour at once, on two instances; and what it costs to find out whose hour it is. */
export const dueConnections: Bench = {
  name: 'B6',
  question: 'many connections due at once, two instances',
  async *run(stage, size) {
    const { connections, existing, measures } = SIZES[size];
    const standIns = await stage.startStandIns();
    await standIns.control('google', 'PUT', '/settings', { requests_per_minute: 1_000_000 });
    const installation = await stage.newInstallation();
    const one = await stage.startApplication(installation, standIns);
    const other = await stage.startApplication(installation, standIns, { PUBLIC_URL: one.url });
    const founder = await Owner.register(one, standIns, stage.caller);
    const people = await addPeople(installation, founder.organizationId, connections);
    await eachOf(people, async ({ email, token }, index) => {
      const account = `due.${index}@example.test`;
      await standIns.control('google', 'POST', '/accounts', { name: email, email: account });
      await Owner.known(index % 2 ? one : other, standIns, stage.caller, token, founder.organizationId).connect(
        'google',
        account,
      );
    });
    await atRest(installation);
    yield await readEachOnce(installation, standIns, connections);
    await one.stop();
    await other.stop();
    yield await claimCost(installation, founder.organizationId, { connections, existing, measures });
  },
};

interface Person {
  email: string;
  token: string;
}

/** Colleagues who come with a token of the host application, as rows: there is no other way to so many. */
async function addPeople({ database, keys }: Installation, organizationId: string, count: number): Promise<Person[]> {
  const people = Array.from({ length: count }, () => {
    const id = randomUUID();
    return { id, email: `membre.${id}@atelier.example` };
  });
  await query(
    database.adminUrl,
    `INSERT INTO users (id, organization_id, email, email_key, name, role)
     SELECT id, $1, email, email, 'Alix', 'member' FROM unnest($2::uuid[], $3::text[]) AS person (id, email)`,
    [organizationId, people.map(({ id }) => id), people.map(({ email }) => email)],
  );
  const key = Buffer.from(keys['JWT_SECRET'] ?? '');
  return await Promise.all(
    people.map(async ({ id, email }) => ({
      email,
      token: await new SignJWT({ email, organization_id: organizationId })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(key),
    })),
  );
}

async function eachOf<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const workOn = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index]!, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workOn));
}

/** Everybody is connected and pushed to, nothing is under way, and nothing waits. */
async function atRest({ database }: Installation): Promise<void> {
  for (;;) {
    const [row] = await query<{ busy: number }>(
      database.adminUrl,
      `SELECT (SELECT count(*) FROM sync_runs WHERE state IN ('queued', 'running'))::int
            + (SELECT count(*) FROM integrations WHERE NOT webhook_active)::int
            + (SELECT count(*) FROM graphile_worker._private_jobs WHERE run_at <= now())::int AS busy`,
    );
    if (row?.busy === 0) return;
    await sleep(LOOK_AGAIN_MS);
  }
}

async function readEachOnce(installation: Installation, standIns: StandIns, connections: number): Promise<Finding> {
  const { adminUrl } = installation.database;
  await standIns.clearCalls('google');
  const startedAt = performance.now();
  await query(adminUrl, `UPDATE integrations SET next_sync_at = now() - interval '1 second'`);
  const scheduled = async () => {
    const rows = await query<{ reads: number }>(
      adminUrl,
      `SELECT count(r.id)::int AS reads FROM integrations i
       LEFT JOIN sync_runs r ON r.integration_id = i.id AND r.trigger = 'schedule' AND r.finished_at IS NOT NULL
       GROUP BY i.id`,
    );
    return rows.map(({ reads }) => reads);
  };
  while ((await scheduled()).some((reads) => reads === 0)) await sleep(LOOK_AGAIN_MS);
  await atRest(installation);
  const ms = performance.now() - startedAt;
  const reads = await scheduled();
  const calls = new Map<string, number>();
  for (const { account, path } of await standIns.apiCalls('google')) {
    if (path.endsWith('/events')) calls.set(account ?? '', (calls.get(account ?? '') ?? 0) + 1);
  }
  const once = reads.filter((count) => count === 1).length;
  const askedOnce = [...calls.values()].filter((count) => count === 1).length;
  return {
    what: `${connections} due at once, two instances: read exactly once`,
    figure: `${once} of ${connections}`,
    bar: `${connections}`,
    isMet: once === connections && reads.length === connections && askedOnce === connections,
    sides: `asked of the provider exactly once: ${askedOnce}; all read ${seconds(ms)} after they fell due`,
  };
}

async function claimCost(
  { database }: Installation,
  organizationId: string,
  { connections, existing, measures }: { connections: number; existing: number; measures: number },
): Promise<Finding> {
  const client = new Client({ connectionString: database.adminUrl });
  // The query under way fails by itself when the server ends.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`UPDATE integrations SET next_sync_at = now() - interval '1 second'`);
    const among = await measureClaim(client, measures);
    await client.query(
      `INSERT INTO integrations (id, organization_id, provider, account_id, status, next_sync_at, next_channel_check_at)
       SELECT uuidv7(), $1, 'google-calendar', 'other-' || n, 'connected', now() + n * interval '1 second' + interval '1 hour',
              now() + interval '1 year'
       FROM generate_series(1, $2) AS n`,
      [organizationId, existing - connections],
    );
    const amongMany = await measureClaim(client, measures);
    const growth = amongMany.ms / among.ms;
    return {
      what: `claiming ${connections} due, of ${existing} instead of ${connections} that exist`,
      figure: `${round(growth, 2)} times the cost`,
      bar: `<= ${MOST_GROWTH}`,
      isMet: growth <= MOST_GROWTH && amongMany.claimed === connections && amongMany.plan.includes('integrations_due'),
      sides:
        `${milliseconds(among.ms)} and ${milliseconds(amongMany.ms)}, medians of ${measures}; ` +
        `by ${amongMany.plan.includes('Seq Scan on integrations') ? 'a scan of all' : 'the index of what is due'}`,
    };
  } finally {
    await client.end();
  }
}

/** All that is due, batch by batch as the application does it, and then as if nothing had been. */
async function measureClaim(client: Client, measures: number) {
  const times: number[] = [];
  let claimed = 0;
  for (let measure = 0; measure <= measures; measure += 1) {
    await client.query('VACUUM ANALYZE integrations');
    await client.query('BEGIN');
    const startedAt = performance.now();
    claimed = 0;
    for (let some = -1; some !== 0; claimed += some) some = (await client.query(CLAIM_DUE)).rowCount ?? 0;
    const ms = performance.now() - startedAt;
    await client.query('ROLLBACK');
    // The first one warms the cache.
    if (measure > 0) times.push(ms);
  }
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${CLAIM_DUE}`);
  return { ms: median(times), claimed, plan: rows.map((row) => row['QUERY PLAN']).join('\n') };
}
