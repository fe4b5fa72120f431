import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.js';
import { deliveryOf, openAddress, signatureOf } from './deliveries.js';
import { round, seconds } from './numbers.js';
import { cpuTime } from './stage/cpu-time.js';
import { Owner } from './stage/owner.js';
import type { Stage } from './stage/stage.js';

const SIZES = {
  full: { bookings: 8_500, people: 5_000, canceled: 1_500, repeated: 1_000 },
  short: { bookings: 85, people: 50, canceled: 15, repeated: 10 },
};
const CONNECTIONS = 16;
const LOOK_AGAIN_MS = 100;
const BAR = 500;

interface Booking {
  id: string;
  invitee_email: string;
  event_status: string;
}

/**
 * What has piled up while no worker ran: bookings, a part of them canceled since, a part delivered twice. Timed from the
 * moment the worker says that it is ready until nothing waits any more, and then everything is counted through the API.
 */
export const backlog: Bench = {
  name: 'B2',
  question: 'a backlog of 10,000 deliveries worked off',
  async *run(stage, size) {
    const { bookings, people, canceled, repeated } = SIZES[size];
    const standIns = await stage.startStandIns();
    const installation = await stage.newInstallation();
    const api = await stage.startApplication(installation, standIns, { ROLE: 'api' });
    const first = await stage.startApplication(installation, standIns, { ROLE: 'worker', PUBLIC_URL: api.url });
    const owner = await Owner.register(api, standIns, stage.caller);
    const address = await openAddress(owner, standIns);
    await first.stop();
    const before = { prospects: await owner.list(PROSPECTS), bookings: await owner.list(BOOKINGS) };
    const told = (await owner.list(NOTIFICATIONS)).length;

    const made = Array.from({ length: bookings }, (_, index) => ({
      label: `B${index}`,
      email: `personne.${index % people}@example.test`,
      name: `Personne ${index % people}`,
      place: index,
    }));
    const gone = made.slice(0, canceled).map((each) => ({ ...each, canceled: true }));
    const bodies = [...made, ...gone].map(deliveryOf);
    await sendAll(stage, address, [...bodies, ...bodies.slice(0, repeated)]);

    const worker = await stage.startApplication(installation, standIns, { ROLE: 'worker', PUBLIC_URL: api.url });
    const pids = [worker.pid, stage.databases.pid];
    const usedBefore = pids.map((pid) => cpuTime(pid) ?? NaN);
    const startedAt = performance.now();
    while ((await owner.ask<unknown[]>('GET', '/api/deliveries?state=received&limit=1')).length > 0) {
      await sleep(LOOK_AGAIN_MS);
    }
    const ms = performance.now() - startedAt;
    const [ours = NaN, database = NaN] = pids.map(
      (pid, index) => ((cpuTime(pid) ?? NaN) - (usedBefore[index] ?? NaN)) / bodies.length,
    );
    const rate = (bodies.length / ms) * 1_000;
    yield {
      what: `deliveries/s: ${bookings} bookings of ${people} people, ${canceled} canceled`,
      figure: `${round(rate)}/s`,
      bar: `>= ${BAR}/s`,
      isMet: rate >= BAR,
      sides:
        `${bodies.length} in ${seconds(ms)} by one worker beside one api; ${repeated} more were repetitions; ` +
        `processor time of one: worker ${round(ours, 2)} ms, PostgreSQL ${round(database, 2)} ms`,
    };

    const held = await owner.list<Booking>(BOOKINGS);
    const prospects = await owner.list<{ email: string; notes: string }>(PROSPECTS);
    const notifications = await owner.list<{ type: string; meta: { booking_id?: string } }>(NOTIFICATIONS);
    const newBookings = held.length - before.bookings.length;
    const newProspects = prospects.length - before.prospects.length;
    const newlyTold = notifications.length - told;
    const wanted = { bookings, prospects: people, notifications: bookings + canceled };
    const distinct = new Set(notifications.map(({ type, meta }) => `${type} ${meta.booking_id}`)).size;
    const emails = new Set(prospects.map(({ email }) => email));
    const notes = prospects
      .filter(({ email }) => email.startsWith('personne.'))
      .reduce((sum, { notes: text }) => sum + text.split('\n\n').length, 0);
    const offBy = [
      newBookings - wanted.bookings,
      newProspects - wanted.prospects,
      newlyTold - wanted.notifications,
      notes - bookings,
      held.filter(
        ({ event_status: status, invitee_email: email }) => status === 'canceled' && email.startsWith('personne.'),
      ).length - canceled,
    ];
    const doubled = offBy.filter((count) => count > 0).reduce((sum, count) => sum + count, 0);
    const lost = -offBy.filter((count) => count < 0).reduce((sum, count) => sum + count, 0);
    yield {
      what: 'doubled and lost, of bookings, prospects, notes, notifications and cancellations',
      figure: `doubled ${doubled}, lost ${lost}`,
      bar: '0, 0',
      isMet: doubled === 0 && lost === 0 && emails.size === prospects.length && distinct >= wanted.notifications,
      sides: `${newBookings} bookings, ${newProspects} prospects, ${notes} notes, ${newlyTold} notifications, through the API`,
    };
    await worker.stop();
  },
};

const BOOKINGS = '/api/bookings?limit=200';
const PROSPECTS = '/api/prospects?limit=200';
const NOTIFICATIONS = '/api/notifications?limit=200';

async function sendAll(
  stage: Stage,
  { url, key }: { url: string; key: string },
  bodies: readonly Buffer[],
): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const headers = { 'content-type': 'application/json', 'calendly-webhook-signature': signatureOf(key, body) };
      const { status, text } = await stage.caller.send({ method: 'POST', url, headers, body });
      if (status !== 200) throw new Error(`A delivery was answered ${status}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}
