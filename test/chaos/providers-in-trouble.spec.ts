import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Fault } from '../support/chaos/fault-line.js';
import {
  addEvent,
  brokenNews,
  connections,
  newAccount,
  recoveredNews,
  settled,
  titles,
  titlesAt,
} from '../support/chaos/google-people.js';
import { choose, print, SCENARIO_MS, SEED } from '../support/chaos/scope.js';
import { IN_TIME, type Owner, World } from '../support/chaos/world.js';
import { eventually } from '../support/eventually.js';

jest.setTimeout(SCENARIO_MS);

/** Of the short form. */
const TROUBLES = 6;

let world: World;
let owner: Owner;
let account: string;

beforeAll(async () => {
  world = await World.create();
  await world.fleet.launch('all');
  owner = await world.register();
  account = newAccount(world);
  expect((await world.connect(owner, 'google', account)).status).toBe(200);
  await settled(world, owner);
});
afterAll(() => world?.close());

function says(status: string, body: string, headers = 'content-type: application/json\r\n'): Fault {
  const length = `content-length: ${Buffer.byteLength(body)}\r\n`;
  return { kind: 'impostor', words: `HTTP/1.1 ${status}\r\n${headers}${length}connection: close\r\n\r\n${body}` };
}

const HTML = 'content-type: text/html\r\n';
const [noise = ''] = fc.sample(fc.string({ minLength: 1, maxLength: 400, unit: 'binary' }), { seed: SEED, numRuns: 1 });

const LINES: readonly [string, Fault][] = [
  ['is slow to answer', { kind: 'latency', ms: 400, jitterMs: 200 }],
  ['hangs', { kind: 'hang' }],
  ['resets its connections', { kind: 'reset' }],
  ['cuts its answers short', { kind: 'truncate', bytes: 300 }],
  ['drips one answer for minutes', { kind: 'slow', bytesPerSecond: 20 }],
  ['is not there', { kind: 'refuse' }],
  ['answers 500', says('500 Internal Server Error', '{}')],
  ['answers 503 and names an hour', says('503 Service Unavailable', '{}', 'retry-after: 3600\r\n')],
  ['answers 429 with garbage for a date', says('429 Too Many Requests', '{}', 'retry-after: soon\r\n')],
  ['answers 429 without a word', says('429 Too Many Requests', '')],
  ['answers a page in HTML with 200', says('200 OK', '<html><body>Maintenance</body></html>', HTML)],
  ['answers a page in HTML with 502', says('502 Bad Gateway', '<html></html>', HTML)],
  ['answers nothing with 200', says('200 OK', '')],
  ['answers null', says('200 OK', 'null')],
  ['answers a list', says('200 OK', '[]')],
  ['answers half an object', says('200 OK', '{"items": [{"id": ')],
  ['answers other types', says('200 OK', '{"items": 5, "access_token": {}, "nextSyncToken": []}')],
  ['answers events of nothing', says('200 OK', '{"items": [null, {}, {"id": 7}], "nextSyncToken": "x"}')],
  ['answers noise', says('200 OK', noise)],
  ['does not speak HTTP', { kind: 'impostor', words: `${noise}\r\n\r\n` }],
];

describe('a provider that', () => {
  it.each(choose(LINES, TROUBLES))(
    '%s leaves everything as it was, and is read when it is well',
    async (_what, fault) => {
      const before = await titles(world, owner);
      // A push that arrives would bring what only the reading is to bring.
      world.google.control.dropPushes({ times: 10 });
      addEvent(world, account, 'Arrivé entre-temps', 2);
      world.providers.break(fault);
      // Also what the token endpoint says then must not end the connection.
      world.google.control.expireAccessTokens({ account });
      const asked = await runs();
      await world.lookAfter(owner);
      await eventually(runs, (count) => count > asked, IN_TIME);
      await eventually(isTried, (wasTried) => wasTried || fault.kind === 'latency', IN_TIME);

      // Everything else goes on meanwhile, at its usual pace.
      const startedAt = performance.now();
      const prospect = await world.ask('POST', '/api/prospects', { token: owner.token, body: { firstname: 'Zoé' } });
      expect(prospect.status).toBe(201);
      expect(performance.now() - startedAt).toBeLessThan(8_000);
      expect(fault.kind === 'latency' ? before : await titles(world, owner)).toEqual(before);
      expect((await connections(world, owner)).map(({ state }) => state)).not.toContain('needs_reauth');

      world.providers.heal();
      world.providers.cut();
      await eventually(
        async () => {
          await world.lookAfter(owner);
          await world.quiet();
          return await titles(world, owner);
        },
        (shown) => shown.length === titlesAt(world, account).length,
        IN_TIME,
      );
      expect(await titles(world, owner)).toEqual(titlesAt(world, account));
      expect((await connections(world, owner)).map(({ state }) => state)).toEqual(['connected']);
      // Trouble passes, and nobody is asked to do anything. Answers that nobody documents are for somebody to look at.
      const broken = await brokenNews(world, owner);
      expect(broken.filter((reason) => reason !== 'contract')).toEqual([]);
      expect(await recoveredNews(world, owner)).toBe(broken.length);
    },
  );

  it('limits some accounts lets the others through, and is not asked again before it said', async () => {
    const [limited, free] = await Promise.all([people(4), people(2)]);
    for (const { email } of limited) {
      world.google.control.failNext({ base: 'api', account: email, times: 1_000, status: 429, retry_after: 3_600 });
    }
    world.google.control.clearCalls();
    world.google.control.dropPushes({ times: 10 });
    for (const { email } of [...limited, ...free]) addEvent(world, email, 'Pour tous', 3);
    for (const person of [...limited, ...free]) await world.lookAfter(person.owner);
    for (const person of free) {
      const shown = async () => await titles(world, person.owner);
      await eventually(shown, (found) => found.includes('Pour tous'), IN_TIME);
    }
    // Asked again and again by the schedule, nobody calls before the hour that was named.
    for (let round = 0; round < 3; round += 1) {
      for (const person of limited) await world.lookAfter(person.owner);
      await eventually(due, (count) => count === 0, IN_TIME);
    }
    const calls = limited.map(({ email }) => world.google.control.calls().filter((call) => call.account === email));
    print(
      `4 of 6 accounts limited: calls of each ${calls.map(({ length }) => length).join(', ')}; the others were read`,
    );
    // The reading and the check of the channel may have left together.
    expect(Math.max(...calls.map(({ length }) => length))).toBeLessThanOrEqual(2);
    world.google.control.clearFaults();
    for (const person of limited) {
      await eventually(
        async () => {
          await world.lookAfter(person.owner);
          await world.quiet();
          return await titles(world, person.owner);
        },
        (found) => found.includes('Pour tous'),
        IN_TIME,
      );
    }
  });
});

async function runs(): Promise<number> {
  const [row] = await world.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM sync_runs WHERE organization_id = $1',
    [owner.organizationId],
  );
  return row?.count ?? 0;
}

/** Its reading has met the trouble: it failed for now, or for good. */
async function isTried(): Promise<boolean> {
  const tried = await world.database.query(
    `SELECT FROM sync_runs WHERE organization_id = $1 AND state IN ('failed', 'canceled')
     UNION ALL
     SELECT FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier LIKE 'sync.read%' AND (j.last_error IS NOT NULL OR j.run_at > now())`,
    [owner.organizationId],
  );
  return tried.length > 0;
}

/** Jobs that could run now. */
async function due(): Promise<number> {
  const [row] = await world.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM graphile_worker._private_jobs WHERE run_at <= now()',
  );
  return row?.count ?? 0;
}

async function people(count: number): Promise<{ owner: Owner; email: string }[]> {
  const found: { owner: Owner; email: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const person = { owner: await world.register(), email: newAccount(world) };
    expect((await world.connect(person.owner, 'google', person.email)).status).toBe(200);
    await settled(world, person.owner);
    found.push(person);
  }
  return found;
}
