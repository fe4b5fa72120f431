import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { demand, type Person } from '../support/app.js';
import { type CalComApp, startCalComApp } from '../support/cal-com-app.js';

interface Row {
  external_id: string;
  status: string;
  previous_external_id: string | null;
  next_external_id: string | null;
  no_show_at: Date | null;
  cancellation: { by: string | null; reason: string | null; asksForAnotherTime?: true } | null;
  invitee_email: string;
  starts_at: Date;
}

let app: CalComApp;
let person: Person;
let people = 0;

beforeAll(async () => {
  app = await startCalComApp({ mode: 'platform' });
  person = await app.registerCalCom();
});
afterEach(() => app.cal.control.clearFaults());
afterAll(() => app?.close());

/** Somebody new, who has booked the managed user. */
function book(changes: { event_type?: string; email?: string; start?: string } = {}) {
  const { email = `invite.${(people += 1)}@example.test`, ...order } = changes;
  const booked = app.cal.control.book({ account: person.email, attendee: { name: 'Zoé Martin', email }, ...order });
  return { email, uid: booked.uid };
}

const rowsOf = (email: string) =>
  app.database.query<Row>(
    'SELECT * FROM bookings WHERE organization_id = $1 AND invitee_email = $2 ORDER BY starts_at',
    [person.organizationId, email],
  );
const prospectOf = async (email: string) => {
  const { body } = demand(200, await app.http('GET', `/api/prospects?search=${email}`, { token: person.token }));
  expect(body).toHaveLength(1);
  return (await app.http('GET', `/api/prospects/${body[0].id}`, { token: person.token })).body;
};
const noticesAbout = async (email: string) => {
  const rows = await rowsOf(email);
  const uids = await app.database.query<{ type: string; title: string; message: string }>(
    `SELECT n.type, n.title, n.message FROM notifications n JOIN bookings b ON b.id = (n.meta->>'booking_id')::uuid
     WHERE b.external_id = ANY($1) ORDER BY n.position`,
    [rows.map(({ external_id }) => external_id)],
  );
  return uids;
};
const deliveriesOf = (...uids: string[]) => app.cal.control.deliveries().filter(({ uid }) => uids.includes(uid));
const at = (day: number, hour = 9) => new Date(Date.UTC(2027, 2, day, hour)).toISOString();

/** Until nothing that was delivered waits any more. */
const workedThrough = () =>
  app.eventually(async () => {
    const waiting = await app.database.query(`SELECT FROM deliveries WHERE state = 'received'`);
    expect(waiting).toHaveLength(0);
  });

describe('a chain of book, move, move and cancel', () => {
  const orders = permutations([0, 1, 2, 3]);

  it.each(orders.map((order) => [order.join(' '), order] as const))(
    'delivered as %s ends the same',
    async (_, order) => {
      app.cal.control.holdDeliveries();
      const { email, uid } = book({ start: at(1) });
      const second = app.cal.control.move({ booking: uid, start: at(2) }).new.uid;
      const third = app.cal.control.move({ booking: second, start: at(3) }).new.uid;
      app.cal.control.cancel({ booking: third, reason: 'Empêchement' });
      const told = deliveriesOf(uid, second, third);
      expect(told.map(({ trigger }) => trigger)).toEqual([
        'BOOKING_CREATED',
        'BOOKING_RESCHEDULED',
        'BOOKING_RESCHEDULED',
        'BOOKING_CANCELLED',
      ]);
      await app.cal.control.releaseDeliveries({ order: order.map((index) => told[index]!.id) });
      // Every one of them again, in the other direction.
      for (const index of order.toReversed()) await app.cal.control.repeatDelivery({ delivery: told[index]!.id });
      await workedThrough();

      expect(await rowsOf(email)).toMatchObject([
        { external_id: uid, status: 'moved', previous_external_id: null, next_external_id: second },
        { external_id: second, status: 'moved', previous_external_id: uid, next_external_id: third },
        { external_id: third, status: 'canceled', previous_external_id: second, next_external_id: null },
      ]);
      expect((await prospectOf(email)).notes.split('\n\n')).toHaveLength(3);
      const types = (await noticesAbout(email)).map(({ type }) => type);
      expect(types.filter((type) => type === 'calcom_booking_canceled')).toHaveLength(1);
      // Of one appointment nobody hears twice that it is new.
      expect(types.filter((type) => type === 'calcom_prospect_created').length).toBeLessThanOrEqual(1);
    },
  );
});

describe('what happens to a booking', () => {
  it('a host who asks for another time has not cancelled, whatever a reading of the account says', async () => {
    const { email, uid } = book();
    await app.eventually(async () => expect(await rowsOf(email)).toHaveLength(1));
    app.cal.control.requestReschedule({ booking: uid, reason: 'Un imprévu' });
    await app.eventually(async () => expect(await rowsOf(email)).toMatchObject([{ status: 'moved' }]));
    const [row] = await rowsOf(email);
    expect(row!.cancellation).toEqual({ by: 'host', reason: 'Un imprévu', asksForAnotherTime: true });
    await synchronize();
    expect(await rowsOf(email)).toMatchObject([{ status: 'moved' }]);
    expect(await noticesAbout(email)).toMatchObject([
      { type: 'calcom_prospect_created' },
      { type: 'calcom_booking_moved', title: 'Rendez-vous Cal.com à replanifier' },
    ]);
    expect((await prospectOf(email)).notes).toContain('(à replanifier)');

    const next = app.cal.control.move({ booking: uid, start: at(20) }).new.uid;
    await app.eventually(async () => expect(await rowsOf(email)).toHaveLength(2));
    expect(await rowsOf(email)).toMatchObject([
      { external_id: uid, status: 'moved', next_external_id: next },
      { external_id: next, status: 'active', previous_external_id: uid },
    ]);
    expect((await noticesAbout(email)).at(-1)).toMatchObject({ title: 'Rendez-vous Cal.com déplacé' });
  });

  it('a request waits for the host, and is one booking with what comes of it', async () => {
    const attendee = { name: 'Éric Moreau', email: 'eric.moreau@example.test' };
    app.cal.control.addEventType({
      account: person.email,
      title: 'Entretien',
      slug: 'entretien',
      requires_confirmation: true,
    });
    const confirmed = app.cal.control.request({
      account: person.email,
      attendee,
      event_type: 'entretien',
      start: at(10),
    });
    await app.eventually(async () => expect(await rowsOf(attendee.email)).toMatchObject([{ status: 'pending' }]));
    app.cal.control.confirm({ booking: confirmed.uid });
    await app.eventually(async () => expect(await rowsOf(attendee.email)).toMatchObject([{ status: 'active' }]));
    expect(await noticesAbout(attendee.email)).toHaveLength(1);

    const refused = app.cal.control.request({
      account: person.email,
      attendee,
      event_type: 'entretien',
      start: at(11),
    });
    app.cal.control.reject({ booking: refused.uid, reason: 'Complet' });
    await app.eventually(async () =>
      expect((await rowsOf(attendee.email))[1]).toMatchObject({
        status: 'canceled',
        cancellation: { by: 'host', reason: 'Complet' },
      }),
    );
  });

  it('an absence is noted and taken back, by delivery and by reading alike', async () => {
    const { email, uid } = book();
    await app.eventually(async () => expect(await rowsOf(email)).toHaveLength(1));
    app.cal.control.markNoShow({ booking: uid });
    await app.eventually(async () => expect((await rowsOf(email))[0]!.no_show_at).not.toBeNull());
    await synchronize();
    expect((await noticesAbout(email)).filter(({ type }) => type === 'calcom_booking_no_show')).toHaveLength(1);
    expect((await prospectOf(email)).notes).toContain('absent');
    app.cal.control.unmarkNoShow({ booking: uid });
    await app.eventually(async () => expect((await rowsOf(email))[0]!.no_show_at).toBeNull());
    await synchronize();
    expect((await rowsOf(email))[0]!.no_show_at).toBeNull();
  });

  it('an absence that comes before its booking is found by a reading', async () => {
    app.cal.control.dropDeliveries({ times: 1 });
    const { email, uid } = book();
    app.cal.control.markNoShow({ booking: uid });
    await app.eventually(async () => expect(await rowsOf(email)).toMatchObject([{ no_show_at: expect.any(Date) }]));
  });

  it('each seat of a shared booking is a booking of its own', async () => {
    app.cal.control.addEventType({ account: person.email, title: 'Atelier', slug: 'atelier', seats: 7 });
    const guests = Array.from({ length: 7 }, (_, index) => `siege.${index}@example.test`);
    const booked = guests.map((email) => {
      const attendee = { name: 'Un invité', email };
      const booking = app.cal.control.book({ account: person.email, attendee, event_type: 'atelier', start: at(15) });
      return booking;
    });
    await app.eventually(async () => {
      for (const email of guests) expect(await rowsOf(email)).toHaveLength(1);
    });
    app.cal.control.cancel({ booking: booked[2]!.uid, seat: booked[2]!.seatUid });
    await app.eventually(async () => expect(await rowsOf(guests[2]!)).toMatchObject([{ status: 'canceled' }]));
    await synchronize();
    const statuses = await Promise.all(guests.map(async (email) => (await rowsOf(email)).map(({ status }) => status)));
    expect(statuses.flat()).toEqual(['active', 'active', 'canceled', 'active', 'active', 'active', 'active']);
  });

  it('the mark in managed users’ addresses shows nowhere', async () => {
    const { email } = book();
    await app.eventually(async () => expect(await rowsOf(email)).toHaveLength(1));
    const answers = [
      await app.http('GET', '/api/prospects', { token: person.token }),
      await app.http('GET', '/api/notifications', { token: person.token }),
      await app.http('GET', '/api/cal/calendars/status', { token: person.token }),
    ];
    expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain(`+${app.cal.clientId}`);
    const stored = await app.database.query('SELECT invitee_email FROM bookings WHERE invitee_email LIKE $1', [
      `%+${app.cal.clientId}%`,
    ]);
    expect(stored).toHaveLength(0);
  });
});

describe('a delivery', () => {
  const addressOf = () => new URL(app.cal.control.webhooks().at(-1)!.subscriberUrl).pathname;
  const post = (body: string, headers: Record<string, string>) =>
    app.http('POST', addressOf(), { raw: body, headers: { 'content-type': 'application/json', ...headers } });
  // What was refused is a row as well, and nothing else.
  const counts = async () =>
    app.database.query(
      `SELECT (SELECT count(*)::int FROM deliveries WHERE state <> 'rejected') AS deliveries, (SELECT count(*)::int FROM bookings) AS bookings,
         (SELECT count(*)::int FROM notifications) AS notifications`,
    );

  it.each([
    ['none', {}],
    ['the words of a webhook without a secret', { 'x-cal-signature-256': 'no-secret-provided' }],
    ['an empty one', { 'x-cal-signature-256': '' }],
    ['a prefix', { 'x-cal-signature-256': `sha256=${'0'.repeat(64)}` }],
    ['another key’s', { 'x-cal-signature-256': createHmac('sha256', 'another').update('{}').digest('hex') }],
    [
      'the words’ own',
      { 'x-cal-signature-256': createHmac('sha256', 'no-secret-provided').update('{}').digest('hex') },
    ],
  ])('is refused with this signature: %s', async (_, headers) => {
    const before = await counts();
    expect(await post('{}', headers)).toMatchObject({ status: 401, body: { code: 'delivery/signature-invalid' } });
    expect(await counts()).toEqual(before);
  });

  it('that was forged or unsigned changes nothing', async () => {
    app.cal.control.forgeDeliveries({ times: 1, how: 'other-secret' });
    const forged = book();
    app.cal.control.forgeDeliveries({ times: 1, how: 'no-secret' });
    const unsigned = book();
    await app.cal.control.deliveriesSettled();
    expect(deliveriesOf(forged.uid, unsigned.uid).map(({ attempts }) => attempts[0]!.status)).toEqual([401, 401]);
    expect([...(await rowsOf(forged.email)), ...(await rowsOf(unsigned.email))]).toEqual([]);
  });

  it('sent again after 200 days has no effect', async () => {
    const { email, uid } = book();
    await app.eventually(async () => expect(await rowsOf(email)).toHaveLength(1));
    await workedThrough();
    await app.database.query(
      `UPDATE deliveries SET received_at = received_at - interval '200 days', body = NULL WHERE provider = 'cal-com'`,
    );
    const before = await counts();
    const [delivery] = deliveriesOf(uid);
    await app.cal.control.repeatDelivery({ delivery: delivery!.id, times: 3 });
    expect(deliveriesOf(uid)[0]!.attempts.at(-1)!.status).toBe(200);
    expect(await counts()).toEqual(before);
  });

  it('that was lost is made up for by the poll, which asks for changes only', async () => {
    app.cal.control.dropDeliveries({ times: 1 });
    const { email } = book();
    await app.cal.control.deliveriesSettled();
    expect(await rowsOf(email)).toEqual([]);
    app.cal.control.clearCalls();
    await app.database.query(
      `UPDATE integrations SET next_sync_at = now() - interval '1 minute' WHERE organization_id = $1 AND is_active`,
      [person.organizationId],
    );
    await app.eventually(async () => expect(await rowsOf(email)).toHaveLength(1), { within: 60_000 });
    const asked = app.cal.control.calls().find(({ method, path }) => method === 'GET' && path === '/bookings');
    expect(asked!.query).toHaveProperty('afterUpdatedAt');
    const [scheduled] = (await app.http('GET', '/api/sync-runs?trigger=schedule', { token: person.token })).body;
    expect(scheduled).toMatchObject({ mode: 'changes', full_reason: null });
    expect((await noticesAbout(email)).map(({ type }) => type)).toEqual(['calcom_prospect_created']);
  }, 90_000);
});

describe('reading the account', () => {
  it('brings nothing that deliveries have not brought, and tells nothing twice', async () => {
    await workedThrough();
    const facts = () =>
      app.database.query(
        `SELECT external_id, status, event_name, starts_at, ends_at, join_url, invitee_name, questions, tracking, no_show_at
         FROM bookings WHERE organization_id = $1 ORDER BY external_id`,
        [person.organizationId],
      );
    const [before, { total }] = [await facts(), await noticeCount()];
    await synchronize();
    await synchronize();
    expect(await facts()).toEqual(before);
    expect(await noticeCount()).toEqual({ total });
  });
});

async function noticeCount(): Promise<{ total: number }> {
  const [row] = await app.database.query<{ total: number }>(
    `SELECT count(*)::int AS total FROM notifications WHERE organization_id = $1`,
    [person.organizationId],
  );
  return row!;
}

async function synchronize(): Promise<void> {
  const { body } = demand(202, await app.http('POST', '/api/cal/sync', { token: person.token }));
  await app.eventually(async () => {
    const run = await app.http('GET', `/api/sync-runs/${body.run_id}`, { token: person.token });
    expect(run.body).toMatchObject({ state: 'succeeded', mode: 'full', full_reason: 'requested' });
    // Cal.com names its answers, in a header of the usual name.
    const page = run.body.steps.find(({ kind }: { kind: string }) => kind === 'page_read');
    expect(page).toMatchObject({ page: 1, request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}
