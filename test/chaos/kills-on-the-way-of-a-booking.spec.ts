import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { History } from '../support/chaos/history.js';
import { choose, endOfShare, print, SCENARIO_MS } from '../support/chaos/scope.js';
import { BOOKING_STEPS } from '../support/chaos/steps.js';
import { World } from '../support/chaos/world.js';

jest.setTimeout(SCENARIO_MS);

/** Of the short form; the long form goes through all of them again and again. */
const STEPS = 7;

let world: World;
let history: History;

beforeAll(async () => {
  world = await World.create();
  for (const role of ['worker', 'api', 'worker', 'api'] as const) world.fleet.warm(role);
  await Promise.all([world.fleet.launch('worker'), world.fleet.launch('api')]);
  history = await History.begin(world);
  await Promise.all([world.fleet.launch('worker'), world.fleet.launch('api')]);
});
afterAll(() => world?.close());

describe('a process killed at any step of a booking', () => {
  it('loses nothing that was acknowledged, and doubles nothing', async () => {
    const end = endOfShare(0.4);
    let slowestMs = 0;
    do {
      for (const step of choose(BOOKING_STEPS, STEPS)) {
        world.fleet.warm(step.role);
        const killed = world.fleet.killAt(step, step.role);
        // Two bookings that know nothing of each other: the kill of one finds the other somewhere on its way.
        const deliveries = [...history.book(), ...history.book(['invitee.created', 'invitee.canceled'])];
        await Promise.all([killed, ...deliveries.map((delivery) => history.deliver(delivery))]);
        const killedAt = performance.now();
        await world.fleet.launch(step.role);
        await world.quiet();
        slowestMs = Math.max(slowestMs, performance.now() - killedAt);
        // At once, so that it is known which step is to blame.
        expect({ step: step.name, ...(await history.judge()) }).toEqual({
          step: step.name,
          lost: [],
          doubled: [],
          wrong: [],
        });
      }
    } while (performance.now() < end);
    print(
      `${world.fleet.kills} kills on the way of ${history.bookings.size} bookings: lost 0, doubled 0, ` +
        `slowest recovery ${(slowestMs / 1_000).toFixed(1)} s`,
    );
  });
});
