import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Fault } from '../support/chaos/fault-line.js';
import { History } from '../support/chaos/history.js';
import { mountSmallDisk, type OwnPostgres, startOwnPostgres } from '../support/chaos/own-postgres.js';
import { choose, IS_LONG, print, SCENARIO_MS } from '../support/chaos/scope.js';
import { World } from '../support/chaos/world.js';

jest.setTimeout(SCENARIO_MS);

/** What a client may be told while the database is away: nothing, or "not now". */
const HONEST = new Set([200, 201, 503, 'none']);

const DISK_MB = 260;

/** Of the lines between every instance and the database. The short form draws two. */
const FAULTS: readonly [string, Fault][] = [
  ['is far away', { kind: 'latency', ms: 30, jitterMs: 30 }],
  ['hangs', { kind: 'hang' }],
  ['resets its connections', { kind: 'reset' }],
  ['cuts its answers short', { kind: 'truncate', bytes: 700 }],
  ['drips', { kind: 'slow', bytesPerSecond: 20_000 }],
  ['is not there', { kind: 'refuse' }],
];

const disk = await mountSmallDisk(DISK_MB);
// A full disk needs a disk: where none may be mounted, everything else is still shown, on the ordinary one.
const whereMounting = typeof disk === 'string' ? it.skip : it;

let postgres: OwnPostgres;
let world: World;
let history: History;

beforeAll(async () => {
  if (typeof disk === 'string') print(`disk full: skipped, no disk may be mounted here (${disk})`);
  postgres = await startOwnPostgres(typeof disk === 'string' ? undefined : disk.folder);
  world = await World.create({ database: postgres.database });
  await Promise.all([world.fleet.launch('worker'), world.fleet.launch('api')]);
  history = await History.begin(world);
});
afterAll(async () => {
  await world?.close();
  if (typeof disk !== 'string') await disk.unmount();
});
afterEach(async () => {
  for (const { database } of world.fleet.instances) {
    database.heal();
    database.cut();
  }
  const dishonest = [...history.answers.keys()].filter((answer) => !HONEST.has(answer));
  history.answers.clear();
  // With what the product said of it.
  const said = world.fleet.instances.flatMap(({ process }) =>
    process.lines.filter((line) => /"request\.failed"/.test(line)),
  );
  expect([dishonest, dishonest.length > 0 ? said : []]).toEqual([[], []]);
  await postgres.up();
  await world.quiet();
  expect(await history.judge()).toEqual({ lost: [], doubled: [], wrong: [] });
});

/** Traffic while something happens, and until it is over; answers the longest time in which nothing was accepted. */
async function underTraffic(happening: () => Promise<void>): Promise<number> {
  const state = { isOver: false, lastAt: performance.now(), gapMs: 0 };
  const accepted = (): void => {
    const now = performance.now();
    state.gapMs = Math.max(state.gapMs, now - state.lastAt);
    state.lastAt = now;
  };
  const provider = async (): Promise<void> => {
    while (!state.isOver) {
      for (const delivery of history.book()) await history.deliver(delivery);
      accepted();
      await sleep(200);
    }
  };
  const person = async (): Promise<void> => {
    while (!state.isOver) {
      await history.makeProspect();
      await sleep(250);
    }
  };
  const traffic = Promise.all([provider(), provider(), person()]);
  try {
    await happening();
  } finally {
    state.isOver = true;
  }
  await traffic;
  return state.gapMs;
}

describe('a database that', () => {
  it.each([
    ['crashes', 'SIGKILL'],
    ['is restarted', 'SIGINT'],
  ] as const)('%s under load costs time and nothing else', async (_what, signal) => {
    const times = IS_LONG ? 5 : 1;
    const gapMs = await underTraffic(async () => {
      for (let time = 0; time < times; time += 1) {
        await sleep(500);
        await postgres.signal(signal);
        await sleep(300);
        await postgres.up();
      }
      // Somebody is accepted again, or the test would end in the midst of it.
      for (const delivery of history.book()) await history.deliver(delivery);
    });
    print(
      `${times} x ${signal} to PostgreSQL under load: worst gap ${(gapMs / 1_000).toFixed(1)} s, lost 0, doubled 0`,
    );
  });

  it.each(choose(FAULTS, 2))('%s for a while costs time and nothing else', async (_what, fault) => {
    const lines = world.fleet.instances.map(({ database }) => database);
    await underTraffic(async () => {
      for (const line of lines) line.break(fault);
      await sleep(IS_LONG ? 8_000 : 1_500);
      for (const line of lines) line.heal();
      // Connections that were swallowed stay silent, as behind a firewall that forgot them: nobody ends them for us.
      for (const delivery of history.book()) await history.deliver(delivery);
    });
  });

  it('hangs is told as such, within its time limits', async () => {
    const lines = world.fleet.instances.map(({ database }) => database);
    const [delivery] = history.book();
    for (const line of lines) line.break({ kind: 'hang' });
    const startedAt = performance.now();
    expect(await history.send(delivery!)).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(40_000);
    for (const line of lines) line.heal();
    await history.deliver(delivery!);
  });

  whereMounting('has no room left refuses, keeps what it accepted, and goes on when there is room', async () => {
    const filler = join(postgres.folder, 'filler');
    const refusedBefore = history.answers.get(503) ?? 0;
    let roomAt = 0;
    await underTraffic(async () => {
      await fill(filler);
      const until = performance.now() + 20_000;
      while ((history.answers.get(503) ?? 0) === refusedBefore && performance.now() < until) await sleep(100);
      await rm(filler);
      roomAt = performance.now();
      for (const delivery of history.book()) await history.deliver(delivery);
      print(
        `disk full: refused, lost 0; accepted again ${((performance.now() - roomAt) / 1_000).toFixed(1)} s after room`,
      );
    });
    expect(history.answers.get(503) ?? 0).toBeGreaterThan(refusedBefore);
  });
});

/** To the last block. */
async function fill(path: string): Promise<void> {
  const { bavail, bsize } = await statfs(postgres.folder);
  await writeFile(path, Buffer.alloc(Math.max(0, bavail * bsize))).catch(() => undefined);
  await writeFile(path, Buffer.alloc(1_000_000), { flag: 'a' }).catch(() => undefined);
}
