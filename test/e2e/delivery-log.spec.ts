import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, demand, type Person, startApp, type TestApp } from '../support/app.js';
import { sign } from '../support/calendly-payloads.js';
import {
  calendlyDelivery,
  type DeliveryKind,
  type DeliverySubject,
  newSubject,
} from '../support/calendly-deliveries.js';

const UNKNOWN_ID = '01990000-0000-7000-8000-000000000000';
const TOMORROW = new Date(Math.floor(Date.now() / 60_000) * 60_000 + 86_400_000);

let app: TestApp;
let owner: Person;
let address: string;
let people = 0;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app.close();
});

beforeEach(async () => {
  // An account of its own for each: Calendly gives one account so many tokens a minute and no more.
  const { control } = app.sandbox;
  people += 1;
  const account = `host.${people}@example.test`;
  control.addAccount({ name: 'Ana Blanc', email: account });
  owner = await app.registerConnected({ account });
  address = new URL(control.subscriptions().at(-1)!.callback_url).pathname;
  control.holdDeliveries();
});

describe('one delivery', () => {
  it('shows what it caused and why: booking, prospect, note, notification', async () => {
    const subject = somebody();
    const id = await deliver(subject, 'invitee.created');
    const delivery = await settled(id);

    expect(delivery).toMatchObject({
      state: 'processed',
      effect: 'created',
      error_code: null,
      body_kept: true,
      explanation: 'Un rendez-vous inconnu jusque-là a été enregistré.',
      caused: {
        booking: { effect: 'created', event_name: 'Découverte 30min', status: 'active' },
        prospect: { effect: 'created' },
        note: { text: expect.stringContaining('Rendez-vous Calendly prévu le') },
        notifications: [{ type: 'calendly_prospect_created', title: 'Nouveau prospect Calendly' }],
      },
    });
    expect(delivery.booking_id).toBe(delivery.caused.booking.id);
    const prospect = await app.http('GET', `/api/prospects/${delivery.caused.prospect.id}`, { token: owner.token });
    expect(prospect.body).toMatchObject({ email: subject.email, notes: delivery.caused.note.text });
    const [notification] = (await app.http('GET', '/api/notifications?limit=1', { token: owner.token })).body;
    expect(delivery.caused.notifications[0].id).toBe(notification.id);
    expect(JSON.stringify(delivery)).not.toContain(JSON.stringify(subject.bookedAt));
  });

  it('names the mails that were made of what it told', async () => {
    const id = await deliver(somebody(), 'invitee.created');
    const { caused } = await settled(id);
    const mails = await app.database.query(`SELECT id, kind, state FROM mails WHERE notification_id = $1 ORDER BY id`, [
      caused.notifications[0].id,
    ]);
    expect(caused.mails.map((mail: { id: string }) => mail.id).toSorted()).toEqual(mails.map(({ id: mail }) => mail));
    expect(mails.length).toBeGreaterThan(0);
  });

  it('is told apart from the next one of the same booking: each has caused its own', async () => {
    const subject = somebody();
    const created = await deliver(subject, 'invitee.created');
    await settled(created);
    const canceled = await deliver(subject, 'invitee.canceled');
    const [first, second] = [await settled(created), await settled(canceled)];
    expect(second).toMatchObject({
      effect: 'changed',
      caused: { booking: { id: first.booking_id, status: 'canceled' }, prospect: { effect: 'updated' } },
    });
    expect(second.caused.notifications).toMatchObject([{ type: 'calendly_booking_canceled' }]);
    expect(first.caused.notifications).toMatchObject([{ type: 'calendly_prospect_created' }]);
  });

  it('says in either language why nothing came of it', async () => {
    const id = await deliverBody(JSON.stringify({ event: 'invitee.sneezed', created_at: 'x', payload: {} }));
    expect(await settled(id)).toMatchObject({
      state: 'ignored',
      error_code: 'event-unknown',
      effect: null,
      explanation: 'Cette sorte d’événement ne nous concerne pas.',
      caused: { booking: null, prospect: null, note: null, notifications: [], mails: [] },
    });
    const headers = { 'accept-language': 'en' };
    const { body } = await app.http('GET', `/api/deliveries/${id}`, { token: owner.token, headers });
    expect(body.explanation).toBe('This kind of event is nothing to us.');
  });

  it('outlives the prospect it led to', async () => {
    const id = await deliver(somebody(), 'invitee.created');
    const { caused } = await settled(id);
    demand(204, await app.http('DELETE', `/api/prospects/${caused.prospect.id}`, { token: owner.token }));
    const delivery = demand(200, await app.http('GET', `/api/deliveries/${id}`, { token: owner.token })).body;
    expect(delivery.caused).toMatchObject({ booking: { id: caused.booking.id }, prospect: null, note: null });
    demand(200, await app.http('POST', `/api/deliveries/${id}/replay`, { token: owner.token }));
    const effects = { effect: 'created', last_effect: 'unchanged' };
    expect(await settled(id, 2)).toMatchObject({ ...effects, caused: { prospect: null } });
  });

  it('is nobody else’s', async () => {
    const id = await deliver(somebody(), 'invitee.created');
    const stranger = await app.registerOrganization();
    const member = await app.addMember(owner);
    const wanted = { status: 404, body: { code: 'delivery/not-found' } };
    expect(await app.http('GET', `/api/deliveries/${id}`, { token: stranger.token })).toMatchObject(wanted);
    expect(await app.http('GET', `/api/deliveries/${UNKNOWN_ID}`, { token: owner.token })).toMatchObject(wanted);
    expect(await app.http('GET', `/api/deliveries/${id}`, { token: member.token })).toMatchObject({ status: 403 });
  });
});

describe('somebody who watches', () => {
  it('is told of each delivery that comes in and of what becomes of it, by id and state alone', async () => {
    const page = await app.browse(owner);
    const stranger = await app.browse(await app.registerOrganization());
    const id = await deliver(somebody(), 'invitee.created');
    demand(401, await app.http('POST', address, { raw: 'unsigned' }));
    await app.eventually(async () => {
      const [rejected] = await ids('?state=rejected');
      const heard = page.heardOf('delivery:changed').flatMap(({ deliveries }) => deliveries);
      expect(heard).toContainEqual({ id, state: 'processed' });
      expect(heard).toContainEqual({ id: rejected, state: 'rejected' });
    });
    expect(stranger.heardOf('delivery:changed')).toEqual([]);
  });
});

describe('the list', () => {
  it('is narrowed by provider, connection, state, time, e-mail and booking, and by several at once', async () => {
    const [ada, bob] = [somebody(), somebody()];
    const first = await deliver(ada, 'invitee.created');
    await settled(first);
    const second = await deliver(ada, 'invitee.canceled');
    const third = await deliver(bob, 'invitee.created');
    const fourth = await deliverBody('nonsense');
    const [one] = [await settled(first), await settled(second), await settled(third), await settled(fourth)];
    await app.database.query(`UPDATE deliveries SET received_at = received_at - interval '1 day' WHERE id = $1`, [
      first,
    ]);
    const yesterday = encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString());

    expect(await ids(`?email=${encodeURIComponent(ada.email.toUpperCase())}`)).toEqual([second, first]);
    expect(await ids(`?email=${encodeURIComponent(ada.email)}&since=${yesterday}`)).toEqual([second]);
    expect(await ids(`?until=${yesterday}`)).toEqual([first]);
    expect(await ids(`?booking_id=${one.booking_id}`)).toEqual([second, first]);
    expect(await ids('?state=dead')).toEqual([fourth]);
    expect(await ids('?error_code=envelope-malformed')).toEqual([fourth]);
    expect(await ids('?provider=calendly')).toEqual([fourth, third, second, first]);
    expect(await ids('?provider=cal-com')).toEqual([]);
    expect(await ids(`?integration_id=${one.integration_id}`)).toEqual([fourth, third, second, first]);
    expect(await ids(`?integration_id=${crypto.randomUUID()}`)).toEqual([]);
    expect(await ids('?email=nobody@example.test')).toEqual([]);
    const stranger = await app.registerOrganization();
    const path = `/api/deliveries?email=${encodeURIComponent(ada.email)}`;
    expect((await app.http('GET', path, { token: stranger.token })).body).toEqual([]);
  });

  it('goes on page by page, newest first, also over deliveries of one instant', async () => {
    const all: string[] = [];
    for (let index = 0; index < 5; index += 1) all.push(await deliverBody(`nonsense ${index}`));
    await app.database.query(`UPDATE deliveries SET received_at = '2026-01-01T00:00:00.123456Z'`);
    const seen: string[] = [];
    let path: string | undefined = '/api/deliveries?limit=2';
    while (path) {
      const answer = demand(200, await app.http('GET', path, { token: owner.token }));
      seen.push(...answer.body.map((delivery: { id: string }) => delivery.id));
      path = /<([^>]+)>/.exec(String(answer.headers.link ?? ''))?.[1];
    }
    expect(seen).toEqual(all.toSorted().toReversed());
  });

  it('never holds an address: nor does anything that is stored beside the sealed body', async () => {
    const subject = somebody();
    const id = await deliver(subject, 'invitee.created');
    await settled(id);
    const [row] = await app.database.query('SELECT * FROM deliveries WHERE id = $1', [id]);
    expect(JSON.stringify(row)).not.toContain(subject.email);
    expect(JSON.stringify(row)).not.toContain('John');
  });

  it.each(['since=yesterday', 'until=2026-02-30T00:00:00Z', 'email=', 'state=lost', 'booking_id=1', 'who=me'])(
    'is refused with %s',
    async (query) => {
      const answer = await app.http('GET', `/api/deliveries?${query}`, { token: owner.token });
      expect(answer).toMatchObject({ status: 400, body: { code: 'request/invalid' } });
    },
  );
});

describe('the body', () => {
  it('is shown as it came in, to administrators, with how its signature was found to be right', async () => {
    const delivery = calendlyDelivery(somebody(), 'invitee.created');
    const id = await send(delivery.body, delivery.headers(app.sandbox.signingKey));
    const path = `/api/deliveries/${id}/body`;
    const { body } = demand(200, await app.http('GET', path, { token: owner.token }));
    expect(body).toEqual({ content: delivery.body, encoding: 'utf-8', bytes: Buffer.byteLength(delivery.body) });
    expect((await settled(id)).signature_check).toMatch(/^La signature HMAC-SHA256 des octets reçus correspond/);
    const member = await app.addMember(owner);
    const stranger = await app.registerOrganization();
    expect(await app.http('GET', path, { token: member.token })).toMatchObject({ status: 403 });
    expect(await app.http('GET', path, { token: stranger.token })).toMatchObject({ status: 404 });
  });

  it('is base64 where it is no text', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe]);
    const time = Math.floor(Date.now() / 1_000);
    const headers = { 'calendly-webhook-signature': sign(bytes, app.sandbox.signingKey, time) };
    demand(200, await app.http('POST', address, { raw: bytes, headers }));
    const [id] = await ids('?limit=1');
    const { body } = demand(200, await app.http('GET', `/api/deliveries/${id}/body`, { token: owner.token }));
    expect(body).toEqual({ content: bytes.toString('base64'), encoding: 'base64', bytes: 3 });
  });
});

describe('a replay of many', () => {
  it('works through what the filter names, once more and without a second effect, and is audited', async () => {
    const subjects = [somebody(), somebody(), somebody()];
    const all: string[] = [];
    for (const subject of subjects) all.push(await deliver(subject, 'invitee.created'));
    const broken = await deliverBody('nonsense');
    for (const id of [...all, broken]) await settled(id);
    const before = await counts();

    const answer = await replay({ state: 'processed' });
    expect(answer).toMatchObject({ status: 202, body: { success: true, count: 3 } });
    for (const id of all) expect(await settled(id, 2)).toMatchObject({ effect: 'created' });
    expect(await settled(broken)).toMatchObject({ attempts: 1 });
    expect(await counts()).toEqual(before);
    const [line] = await app.database.query(
      `SELECT * FROM audit_events WHERE organization_id = $1 AND action = 'delivery.replay_many'`,
      [owner.organizationId],
    );
    expect(line).toMatchObject({ actor_id: owner.userId, details: { count: 3, state: 'processed' } });

    expect(await replay({ email: subjects[0]!.email })).toMatchObject({ body: { count: 1 } });
    await settled(all[0]!, 3);
    expect(await replay({ since: new Date(Date.now() - 60_000).toISOString() })).toMatchObject({ body: { count: 4 } });
    for (const id of all.slice(1)) await settled(id, 3);
    expect(await replay({ integration_id: crypto.randomUUID() })).toMatchObject({ body: { count: 0 } });
    expect(await replay({ until: new Date(Date.now() - 3_600_000).toISOString() })).toMatchObject({
      body: { count: 0 },
    });
  });

  it('brings back what was lost', async () => {
    const subjects = Array.from({ length: 3 }, somebody);
    for (const subject of subjects) await settled(await deliver(subject, 'invitee.created'));
    const before = await counts();
    await app.database.query('DELETE FROM bookings WHERE organization_id = $1', [owner.organizationId]);
    await app.database.query('DELETE FROM prospects WHERE organization_id = $1', [owner.organizationId]);
    expect(await replay({ provider: 'calendly' })).toMatchObject({ status: 202, body: { count: 3 } });
    await app.eventually(async () => expect(await counts()).toMatchObject({ bookings: 3, prospects: 3 }));
    expect(before).toMatchObject({ bookings: 3, prospects: 3 });
  });

  it('goes on through more than one batch', async () => {
    const id = await deliver(somebody(), 'invitee.created');
    await settled(id);
    await app.database.query(
      `INSERT INTO deliveries (id, organization_id, integration_id, provider, dedupe_key, body, body_sha256, state, received_at)
       SELECT gen_random_uuid(), organization_id, integration_id, provider, ('\\x' || lpad(to_hex(n), 64, '0'))::bytea,
              body, body_sha256, 'ignored', received_at - n * interval '1 second'
       FROM deliveries, generate_series(1, 450) n WHERE id = $1`,
      [id],
    );
    // Bodies are sealed for their place: a copy does not open, which is as good a trace as any of having been tried.
    expect(await replay({ state: 'ignored' })).toMatchObject({ status: 202, body: { count: 450 } });
    await app.eventually(async () => {
      const [left] = await app.database.query(
        `SELECT count(*)::int AS left FROM deliveries WHERE state = 'ignored' AND organization_id = $1`,
        [owner.organizationId],
      );
      expect(left).toEqual({ left: 0 });
    });
    await app.database.query(`DELETE FROM graphile_worker._private_jobs`);
  });

  it('is for administrators, and not what an empty body means', async () => {
    const { token } = await app.addMember(owner);
    expect(await app.http('POST', '/api/deliveries/replay', { token, body: { state: 'dead' } })).toMatchObject({
      status: 403,
    });
    for (const body of [{}, { state: 'received' }, { since: 'long ago' }, { provider: null }, { all: true }]) {
      expect(await replay(body)).toMatchObject({ status: 400, body: { code: 'request/invalid' } });
    }
  });

  it('passes over deliveries without a body', async () => {
    const id = await deliver(somebody(), 'invitee.created');
    await settled(id);
    await app.database.query('UPDATE deliveries SET body = NULL WHERE id = $1', [id]);
    expect(await replay({ provider: 'calendly' })).toMatchObject({ status: 202, body: { count: 0 } });
    const answer = await app.http('POST', `/api/deliveries/${id}/replay`, { token: owner.token });
    expect(answer).toMatchObject({ status: 409, body: { code: 'delivery/body-gone' } });
    expect((await settled(id)).body_kept).toBe(false);
  });
});

describe('a delivery whose job was given up', () => {
  it('is worked through when its dead letter is replayed', async () => {
    const { id, letterId } = await givenUp();
    const answer = await app.http('POST', `/api/dead-letters/${letterId}/replay`, { token: owner.token });
    expect(answer).toMatchObject({ status: 200, body: { success: true, changed: true } });
    expect(await settled(id)).toMatchObject({ state: 'processed', effect: 'created' });
    const again = await app.http('POST', `/api/dead-letters/${letterId}/replay`, { token: owner.token });
    expect(again).toMatchObject({ status: 200, body: { changed: false } });
  });

  it('is worked through when its letter is replayed among many', async () => {
    const { id } = await givenUp();
    const body = { task: 'deliveries.process', since: new Date(Date.now() - 60_000).toISOString() };
    const answer = await app.http('POST', '/api/dead-letters/replay', { token: owner.token, body });
    expect(answer).toMatchObject({ status: 202, body: { success: true, count: 1 } });
    expect(await settled(id)).toMatchObject({ state: 'processed' });
    const { token } = await app.addMember(owner);
    expect(await app.http('POST', '/api/dead-letters/replay', { token, body })).toMatchObject({ status: 403 });
    const empty = await app.http('POST', '/api/dead-letters/replay', { token: owner.token, body: {} });
    expect(empty).toMatchObject({ status: 400 });
  });

  it('has no letter left when it is replayed itself', async () => {
    const { id, letterId } = await givenUp();
    demand(200, await app.http('POST', `/api/deliveries/${id}/replay`, { token: owner.token }));
    await settled(id);
    const { body } = await app.http('GET', '/api/dead-letters?state=replayed', { token: owner.token });
    expect(body).toMatchObject([{ id: letterId }]);
  });
});

function somebody(): DeliverySubject {
  people += 1;
  return newSubject(
    app.sandbox.apiUrl,
    `person.${people}@example.test`,
    new Date(TOMORROW.getTime() + people * 60_000),
  );
}

async function deliver(subject: DeliverySubject, kind: DeliveryKind): Promise<string> {
  const delivery = calendlyDelivery(subject, kind);
  return await send(delivery.body, delivery.headers(app.sandbox.signingKey));
}

async function deliverBody(body: string): Promise<string> {
  const time = Math.floor(Date.now() / 1_000);
  return await send(body, { 'calendly-webhook-signature': sign(Buffer.from(body), app.sandbox.signingKey, time) });
}

/** Answers the id of what came in by it. */
async function send(body: string, headers: Record<string, string>): Promise<string> {
  const known = new Set((await app.database.query('SELECT id FROM deliveries')).map(({ id }) => id));
  demand(200, await app.http('POST', address, { raw: body, headers }));
  const rows = await app.database.query<{ id: string }>('SELECT id FROM deliveries');
  return rows.find(({ id }) => !known.has(id))!.id;
}

function settled(id: string, attempts = 1) {
  return app.eventually(async () => {
    const { body } = demand(200, await app.http('GET', `/api/deliveries/${id}`, { token: owner.token }));
    expect(body.state).not.toBe('received');
    expect(body.attempts).toBeGreaterThanOrEqual(attempts);
    return body;
  });
}

async function ids(query: string): Promise<string[]> {
  const { body } = demand(200, await app.http('GET', `/api/deliveries${query}`, { token: owner.token }));
  return body.map(({ id }: { id: string }) => id);
}

function replay(body: unknown): Promise<Answer> {
  return app.http('POST', '/api/deliveries/replay', { token: owner.token, body });
}

async function counts() {
  const [row] = await app.database.query(
    `SELECT (SELECT count(*)::int FROM bookings WHERE organization_id = $1) AS bookings,
            (SELECT count(*)::int FROM prospects WHERE organization_id = $1) AS prospects,
            (SELECT count(*)::int FROM prospect_notes WHERE organization_id = $1) AS notes,
            (SELECT count(*)::int FROM notifications WHERE organization_id = $1) AS notifications`,
    [owner.organizationId],
  );
  return row;
}

/** A delivery as it stands when its job has failed for the last time. */
async function givenUp(): Promise<{ id: string; letterId: string }> {
  const id = await deliver(somebody(), 'invitee.created');
  await settled(id);
  await app.database.query('DELETE FROM bookings WHERE organization_id = $1', [owner.organizationId]);
  await app.database.query(
    `UPDATE deliveries SET state = 'dead', error_code = 'TypeError', attempts = 0, booking_effect = NULL WHERE id = $1`,
    [id],
  );
  const letterId = crypto.randomUUID();
  await app.database.query(
    `INSERT INTO dead_letters (id, organization_id, task, payload, error_class, error_code, attempts)
     VALUES ($1, $2, 'deliveries.process', $3, 'transient', 'TypeError', 8)`,
    [letterId, owner.organizationId, { organizationId: owner.organizationId, deliveryIds: [id] }],
  );
  return { id, letterId };
}
