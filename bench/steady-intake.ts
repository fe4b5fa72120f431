import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.js';
import { type DeliveryAddress, deliveryOf, openAddress, signatureOf } from './deliveries.js';
import { median, milliseconds, percentile, round } from './numbers.js';
import type { Application } from './stage/application.js';
import { Owner } from './stage/owner.js';
import type { Stage } from './stage/stage.js';

const SIZES = {
  full: { steady: 18_000, small: 10_000, large: 50_000, people: 5_000 },
  short: { steady: 100, small: 100, large: 300, people: 50 },
};
const PER_SECOND = 300;
const CONNECTIONS = 16;
const LOOK_AGAIN_MS = 200;
const BAR_P99_MS = 250;
const BAR_MAX_MS = 3_000;
const BAR_GROWTH = 1.1;
const BAR_MB = 450;
const SETTLE_MS = 5_000;
const SAMPLES = 10;

/**
 * One process that serves and works takes deliveries at a rate that no provider sends for long, whether or not it keeps
 * up: a request is sent when it is due, not when the last one was answered. Before and after come more of them, as fast
 * as they are taken, to see whether memory grows with what has passed through.
 */
export const steadyIntake: Bench = {
  name: 'B9',
  question: `signed webhooks, ${PER_SECOND} a second`,
  async *run(stage, size) {
    const { steady, small, large, people } = SIZES[size];
    const standIns = await stage.startStandIns();
    const application = await stage.startApplication(await stage.newInstallation(), standIns);
    const owner = await Owner.register(application, standIns, stage.caller);
    const address = await openAddress(owner, standIns);
    const before = (await owner.list(BOOKINGS)).length;

    let sent = 0;
    const refused: number[] = [];
    const deliver = async (): Promise<number> => {
      const place = sent++;
      const email = `personne.${place % people}@example.test`;
      const body = deliveryOf({ label: `S${place}`, email, name: `Personne ${place % people}`, place });
      const startedAt = performance.now();
      const { status } = await send(stage, address, body);
      if (status !== 200) refused.push(status);
      return performance.now() - startedAt;
    };

    await asFastAsTaken(small, deliver);
    await workedOff(owner);
    const little = await restingMemory(application);
    const times = await atSteadyRate(steady, deliver);
    yield {
      what: `${steady} webhooks at ${PER_SECOND} a second: p99 of the answer`,
      figure: milliseconds(percentile(times, 99)),
      bar: `< ${BAR_P99_MS} ms, the longest < ${BAR_MAX_MS / 1_000} s`,
      isMet: percentile(times, 99) < BAR_P99_MS && Math.max(...times) < BAR_MAX_MS && refused.length === 0,
      sides:
        `p50 ${milliseconds(percentile(times, 50))}, the longest ${milliseconds(Math.max(...times))}; ` +
        `answered otherwise than 200: ${refused.length}; the same process works them off`,
    };

    await asFastAsTaken(large - steady - small, deliver);
    await workedOff(owner);
    const much = await restingMemory(application);
    yield {
      what: `resident memory after ${large} webhooks, against that after ${small}`,
      figure: String(round(much / little, 2)),
      bar: `<= ${BAR_GROWTH}, < ${BAR_MB} MB`,
      isMet: much / little <= BAR_GROWTH && much < BAR_MB,
      sides: `${round(much)} MB against ${round(little)} MB, at rest`,
    };
    const kept = (await owner.list(BOOKINGS)).length - before;
    yield {
      what: 'answered 200 and not a booking in the end',
      figure: String(large - refused.length - kept),
      bar: '0',
      isMet: kept === large - refused.length,
      sides: `${kept} bookings, through the API`,
    };
  },
};

const BOOKINGS = '/api/bookings?limit=200';

function send(stage: Stage, { url, key }: DeliveryAddress, body: Buffer): Promise<{ status: number }> {
  const headers = { 'content-type': 'application/json', 'calendly-webhook-signature': signatureOf(key, body) };
  return stage.caller.send({ method: 'POST', url, headers, body });
}

/** Answers how long each took, in milliseconds. */
async function atSteadyRate(count: number, deliver: () => Promise<number>): Promise<number[]> {
  const startedAt = performance.now();
  const times: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = startedAt + (index * 1_000) / PER_SECOND;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    times.push(deliver());
  }
  return await Promise.all(times);
}

async function asFastAsTaken(count: number, deliver: () => Promise<number>): Promise<void> {
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await deliver();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

async function workedOff(owner: Owner): Promise<void> {
  while ((await owner.ask<unknown[]>('GET', '/api/deliveries?state=received&limit=1')).length > 0) {
    await sleep(LOOK_AGAIN_MS);
  }
}

/** In MB, once the last work is a while ago. */
async function restingMemory(application: Application): Promise<number> {
  await sleep(SETTLE_MS);
  const samples: number[] = [];
  for (let taken = 0; taken < SAMPLES; taken += 1) {
    samples.push(await application.residentMemory());
    await sleep(LOOK_AGAIN_MS);
  }
  return median(samples);
}
