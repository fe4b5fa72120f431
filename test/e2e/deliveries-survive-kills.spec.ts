import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from '../../sandbox/calendly/start-calendly-sandbox.js';
import {
  calendlyDelivery,
  type DeliveryKind,
  newSubject,
  type SignedDelivery,
} from '../support/calendly-deliveries.js';
import { type CompiledProcess, spawnCompiled } from '../support/compiled-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const DELIVERIES = 2_000;
const REPEATED = DELIVERIES / 10;
const PEOPLE = 350;
const KILLS = 6;
const SENDERS = 12;
const PORTS = [18_431, 18_432] as const;
const DAY_MS = 86_400_000;

/** Whoever is not answered 2xx is sent again, as a provider would. */
const TRIES = 400;

interface Instance {
  url: string;
  process: CompiledProcess;
}

let database: TestDatabase;
let sandbox: CalendlySandbox;
let environment: Record<string, string>;
const instances: Instance[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  sandbox = await startCalendlySandbox({ redirectUris: ['http://localhost/auth/calendly/callback'] });
  environment = {
    NODE_ENV: 'test',
    LOG_FORMAT: 'json',
    SANDBOX: 'off',
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    JWT_SECRET: randomBytes(32).toString('hex'),
    FRONTEND_URL: 'http://localhost',
    WORKER_HEARTBEAT_SECONDS: '1',
    WORKER_DEAD_AFTER_SECONDS: '5',
    ...sandbox.environment,
  };
  instances.push(...(await Promise.all(PORTS.map((port) => start(port)))));
}, 60_000);

afterAll(async () => {
  await Promise.all(instances.map(({ process }) => process.end('SIGKILL')));
  await sandbox.close();
  await database.drop();
});

describe('deliveries', () => {
  it('are neither lost nor doubled by two instances that are killed again and again', async () => {
    const { token, path } = await connect();
    const { bookings, deliveries } = makeHistory();
    const traffic = { sent: 0, acknowledged: 0, limit: 0 };
    const queue = [...deliveries];
    const sender = async () => {
      for (let delivery = queue.shift(); delivery; delivery = queue.shift()) {
        await until(async () => traffic.sent < traffic.limit, 5);
        traffic.sent += 1;
        await sendUntilAcknowledged(path, delivery);
        traffic.acknowledged += 1;
      }
    };
    const [{ killed, lastKillAt }] = await Promise.all([
      killUnderTraffic(traffic),
      ...Array.from({ length: SENDERS }, sender),
    ]);
    await allProcessed(token);
    for (const i of instances)
      process.stderr.write(
        i.process.lines
          .filter((l) => /job\.(failed|parked)|batch_failed|"error"|freed|dead/.test(l))
          .slice(0, 12)
          .join('\n') + '\n',
      );
    const settledMs = performance.now() - lastKillAt;

    const found = await readAll(token);
    const created = found.notifications.filter(({ type }) => type === 'calendly_prospect_created');
    const canceled = found.notifications.filter(({ type }) => type === 'calendly_booking_canceled');
    const cancellations = [...bookings.values()].filter((kinds) => kinds.includes('invitee.canceled')).length;
    const lost = bookings.size - new Set(found.events.map(({ invitee_uri }) => invitee_uri)).size;
    const doubled = found.events.length - new Set(found.events.map(({ invitee_uri }) => invitee_uri)).size;
    process.stdout.write(
      `${deliveries.length} deliveries, ${REPEATED} repeated, shuffled, 2 instances, ${killed} x kill -9: ` +
        `lost ${lost}, doubled ${doubled}, all done ${(settledMs / 1_000).toFixed(1)} s after the last kill\n`,
    );

    expect({ killed, lost, doubled }).toEqual({ killed: KILLS, lost: 0, doubled: 0 });
    for (const event of found.events) expect(event.event_status).toBe(statusAfter(bookings.get(event.invitee_uri)!));
    expect(found.prospects).toHaveLength(PEOPLE);
    const notes = found.prospects.flatMap(({ notes: text }) => text.split('\n\n'));
    expect(notes).toHaveLength(bookings.size);
    // A cancellation that came first says both things in one sentence, so only what stands was surely told as new.
    expect(canceled).toHaveLength(cancellations);
    expect(created.length).toBeGreaterThanOrEqual(bookings.size - cancellations);
    expect(new Set(created.map(({ meta }) => meta.booking_id)).size).toBe(created.length);
    expect(new Set(canceled.map(({ meta }) => meta.booking_id)).size).toBe(canceled.length);
  }, 240_000);
});

async function start(port: number): Promise<Instance> {
  const url = `http://127.0.0.1:${port}`;
  const process = spawnCompiled('../../src/main.ts', [], { ...environment, PORT: String(port), PUBLIC_URL: url });
  await process.line((line) => line.includes('"app.ready"'));
  return { url, process };
}

/** One organization with Calendly connected, and the path that its deliveries are sent to. */
async function connect(): Promise<{ token: string; path: string }> {
  const { url } = instances[0]!;
  const registration = {
    organization_name: 'Atelier',
    name: 'Camille',
    email: 'camille@example.test',
    password: 'une phrase de passe',
  };
  const { access_token: token } = await post(`${url}/api/auth/register`, registration);
  const { authUrl } = await get<{ authUrl: string }>(`${url}/api/calendly/auth-url`, token);
  const returned = new URL(sandbox.control.consent({ authorize_url: authUrl }).location).searchParams;
  await post(`${url}/auth/calendly/callback`, { code: returned.get('code'), state: returned.get('state') }, token);
  await until(async () => sandbox.control.subscriptions().length === 1);
  const path = new URL(sandbox.control.subscriptions()[0]!.callback_url).pathname;
  // The seeded bookings of the stand-in would mix with those of the test.
  await until(async () => (await get<unknown[]>(`${url}/api/sync-runs`, token)).length > 0);
  await until(async () => (await get<{ state: string }[]>(`${url}/api/sync-runs`, token))[0]?.state === 'succeeded');
  await database.query(`TRUNCATE bookings, prospects, notifications, read_marks, sync_runs CASCADE`);
  return { token, path };
}

/** Bookings by invitee, and what is sent about them: every tenth delivery again, all shuffled. */
function makeHistory(): { bookings: Map<string, DeliveryKind[]>; deliveries: SignedDelivery[] } {
  const bookings = new Map<string, DeliveryKind[]>();
  const deliveries: SignedDelivery[] = [];
  for (let index = 0; deliveries.length < DELIVERIES - REPEATED; index += 1) {
    const email = `${index % 2 ? 'Personne' : 'personne'}.${index % PEOPLE}@example.test`;
    const subject = newSubject(sandbox.apiUrl, email, new Date(Date.now() + (index % 300) * DAY_MS));
    const kinds: DeliveryKind[] = ['invitee.created'];
    if (index % 6 === 0) kinds.push('invitee.canceled');
    if (index % 9 === 0) kinds.push('invitee_no_show.created');
    bookings.set(`${sandbox.apiUrl}/scheduled_events/${subject.eventId}/invitees/${subject.inviteeId}`, kinds);
    deliveries.push(...kinds.map((kind) => calendlyDelivery(subject, kind)));
  }
  deliveries.push(...deliveries.slice(0, REPEATED));
  return { bookings, deliveries: shuffle(deliveries) };
}

function statusAfter(kinds: DeliveryKind[]): string {
  if (kinds.includes('invitee.canceled')) return 'canceled';
  return kinds.includes('invitee_no_show.created') ? 'no_show' : 'active';
}

async function sendUntilAcknowledged(path: string, delivery: SignedDelivery): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { url } = instances[attempt % instances.length]!;
    try {
      const headers = delivery.headers(sandbox.signingKey);
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: delivery.body });
      if (answer.ok) return;
      if (answer.status !== 503) throw new Error(`A delivery was answered ${answer.status}`);
    } catch (error) {
      // What fetch throws when the instance is gone: its connection was refused or reset.
      if ((error as Error).name !== 'TypeError') throw error;
    }
    await pause(25);
  }
  throw new Error('A delivery was never acknowledged');
}

/**
 * One instance at a time, in the middle of a burst of traffic, while the other goes on; the next burst begins when the
 * killed one is back.
 */
async function killUnderTraffic(traffic: {
  acknowledged: number;
  limit: number;
}): Promise<{ killed: number; lastKillAt: number }> {
  const burst = DELIVERIES / KILLS;
  let killed = 0;
  let lastKillAt = 0;
  while (killed < KILLS) {
    const middle = (killed + 0.5) * burst;
    traffic.limit = (killed + 1) * burst;
    await until(async () => traffic.acknowledged >= middle, 1);
    const victim = killed % instances.length;
    await instances[victim]!.process.end('SIGKILL');
    lastKillAt = performance.now();
    killed += 1;
    instances[victim] = await start(PORTS[victim]!);
  }
  traffic.limit = Infinity;
  return { killed, lastKillAt };
}

async function allProcessed(token: string): Promise<void> {
  await until(
    async () => (await get<unknown[]>(`${instances[0]!.url}/api/deliveries?state=received`, token)).length === 0,
  );
}

interface Found {
  events: { invitee_uri: string; event_status: string }[];
  prospects: { notes: string }[];
  notifications: { type: string; meta: { booking_id?: string } }[];
}

/** The final state as a client sees it. */
async function readAll(token: string): Promise<Found> {
  const [events, prospects, notifications] = await Promise.all(
    ['/api/calendly/events', '/api/prospects', '/api/notifications'].map((path) => readPages(path, token)),
  );
  return { events, prospects, notifications } as Found;
}

async function readPages(path: string, token: string): Promise<unknown[]> {
  const rows: unknown[] = [];
  let next: string | undefined = `${path}?limit=200`;
  while (next !== undefined) {
    const answer: Response = await fetch(`${instances[0]!.url}${next}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    rows.push(...((await answer.json()) as unknown[]));
    next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return rows;
}

async function get<T>(url: string, token: string): Promise<T> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

async function post(url: string, body: object, token?: string): Promise<{ access_token: string }> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as { access_token: string };
}

async function until(condition: () => Promise<boolean>, stepMs = 100): Promise<void> {
  const deadline = performance.now() + 90_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('It never came to that');
    await pause(stepMs);
  }
}

function shuffle<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ item }) => item);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
