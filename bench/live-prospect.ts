import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Bench } from './bench.js';
import { deliveryOf, openAddress, signatureOf } from './deliveries.js';
import { milliseconds, percentile } from './numbers.js';
import { Owner } from './stage/owner.js';

const SIZES = { full: { count: 600 }, short: { count: 20 } };
const PER_SECOND = 20;
const BAR_MS = 150;
const PATIENCE_MS = 10_000;

interface Seen {
  sentAt: number;
  answeredAt?: number;
  heardAt?: number;
}

/** From a webhook to the new prospect on a screen that is open, at a steady rate. */
export const liveProspect: Bench = {
  name: 'B3',
  question: `webhook to prospect:created in a connected browser, ${PER_SECOND} a second`,
  async *run(stage, size) {
    const { count } = SIZES[size];
    const standIns = await stage.startStandIns();
    const application = await stage.startApplication(await stage.newInstallation(), standIns);
    const owner = await Owner.register(application, standIns, stage.caller);
    const { url, key } = await openAddress(owner, standIns);
    const socket = io(application.url, { auth: { token: owner.token }, transports: ['websocket'] });
    stage.endWith(async () => void socket.disconnect());
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const seen = new Map<string, Seen>();
    let repeated = 0;
    socket.on('prospect:created', ({ email }: { email: string }) => {
      const each = seen.get(email);
      if (each?.heardAt !== undefined) repeated += 1;
      if (each) each.heardAt = performance.now();
    });

    const startedAt = performance.now();
    const answers: Promise<void>[] = [];
    for (let index = 0; index < count; index += 1) {
      const due = startedAt + (index * 1_000) / PER_SECOND;
      await sleep(Math.max(0, due - performance.now()));
      const email = `direct.${index}@example.test`;
      const body = deliveryOf({ label: `L${index}`, email, name: `Directe ${index}`, place: index });
      const headers = { 'content-type': 'application/json', 'calendly-webhook-signature': signatureOf(key, body) };
      const each: Seen = { sentAt: performance.now() };
      seen.set(email, each);
      answers.push(
        stage.caller.send({ method: 'POST', url, headers, body }).then(({ status }) => {
          if (status === 200) each.answeredAt = performance.now();
        }),
      );
    }
    await Promise.all(answers);
    const deadline = performance.now() + PATIENCE_MS;
    const all = [...seen.values()];
    while (all.some(({ heardAt }) => heardAt === undefined) && performance.now() < deadline) await sleep(20);

    const unheard = all.filter(({ heardAt }) => heardAt === undefined).length;
    for (const [what, since] of [
      ['from its answer', ({ answeredAt = NaN }: Seen) => answeredAt],
      ['from its sending', ({ sentAt }: Seen) => sentAt],
    ] as const) {
      const waits = all.flatMap((each) =>
        each.heardAt === undefined ? [] : [Math.max(0, each.heardAt - since(each))],
      );
      const p95 = percentile(waits, 95);
      yield {
        what: `webhook to browser, ${what}: p95`,
        figure: milliseconds(p95),
        bar: `< ${BAR_MS} ms`,
        isMet: p95 < BAR_MS && unheard === 0 && repeated === 0,
        sides:
          `p50 ${milliseconds(percentile(waits, 50))}, p99 ${milliseconds(percentile(waits, 99))}, ` +
          `${count} sent, unheard ${unheard}, heard twice ${repeated}`,
      };
    }
  },
};
