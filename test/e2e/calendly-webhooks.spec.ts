import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, demand, LEO, type Person, startApp, type TestApp } from '../support/app.js';
import { sign } from '../support/calendly-payloads.js';
import { takeAway } from '../support/database-outage.js';

const SIGNATURE = 'calendly-webhook-signature';
const UNKNOWN_ID = '01990000-0000-7000-8000-000000000000';

let app: TestApp;
let owner: Person;
/** The connection's own address, as Calendly knows it. */
let address: string;
let invitees = 0;

beforeAll(async () => {
  app = await startApp();
  owner = await app.registerConnected();
  address = new URL(app.sandbox.control.subscriptions()[0]!.callback_url).pathname;
  // From here on the test is the postman.
  app.sandbox.control.holdDeliveries();
});

afterAll(async () => {
  await app.close();
});

describe('a delivery to a connection’s own address', () => {
  it('is kept, answered and turned into a prospect', async () => {
    const { body, email } = bookedBody();
    expect(await deliver(address, body)).toMatchObject({ status: 200, body: { received: true } });
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
    expect(await newest()).toMatchObject({
      provider: 'calendly',
      event_type: 'invitee.created',
      state: 'processed',
      error_code: null,
    });
  });

  it('is kept once and answered alike when it is repeated, one after the other or all at once', async () => {
    const { body, email } = bookedBody();
    const before = await countDeliveries();
    const answers = [await deliver(address, body), await deliver(address, body)];
    answers.push(...(await Promise.all(Array.from({ length: 20 }, () => deliver(address, body)))));

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 {"received":true}']));
    expect(await countDeliveries()).toBe(before + 1);
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
    expect(await notificationsAbout(email)).toHaveLength(1);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=iso-8859-1', 'nonsense'])(
    'is taken as %s: only the bytes count',
    async (contentType) => {
      const { body, email } = bookedBody();
      const answer = await deliver(address, body, { 'content-type': contentType });
      expect(answer).toMatchObject({ status: 200, body: { received: true } });
      await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
    },
  );

  it('is taken without any content type', async () => {
    const { body, email } = bookedBody();
    const headers = { [SIGNATURE]: sign(body, app.sandbox.signingKey, now()) };
    expect(await app.http('POST', address, { raw: body, headers })).toMatchObject({ status: 200 });
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
  });

  it('is verified over its bytes: spaces, escaped slashes, accents and emoji are part of them', async () => {
    const { body, email } = bookedBody({ name: 'Zoé 🎈 d’Éon' });
    const pretty = JSON.stringify(JSON.parse(body.toString()), null, 3).replaceAll('/', '\\/');
    expect(await deliver(address, Buffer.from(pretty))).toMatchObject({ status: 200 });
    await app.eventually(async () =>
      expect(await prospectsWith(email)).toMatchObject([{ firstname: 'Zoé', lastname: '🎈 d’Éon' }]),
    );
  });

  it('is still accepted at 179 seconds of age', async () => {
    const { body, email } = bookedBody();
    const answer = await deliver(address, body, { [SIGNATURE]: sign(body, app.sandbox.signingKey, now() - 179) });
    expect(answer.status).toBe(200);
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
  });

  it('is accepted when one of several seals is right, as during a change of keys', async () => {
    const { body } = bookedBody();
    const [time, right] = seal(body).split(',');
    const header = `${time},v1=${'0'.repeat(64)},${right}`;
    expect(await deliver(address, body, { [SIGNATURE]: header })).toMatchObject({ status: 200 });
  });

  it('keeps nothing of the invitee in clear in the database, nor anything of it in the log', async () => {
    const { body, email } = bookedBody({ name: 'Sentinelle Unique' });
    demand(200, await deliver(address, body));
    const kept = await app.database.query('SELECT row_to_json(d) AS row FROM deliveries d');
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain(email);
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
    expect(JSON.stringify(app.log)).not.toContain(email);
    expect(JSON.stringify(app.log)).not.toContain('Sentinelle');
  });
});

describe('a delivery that cannot be proven', () => {
  type Forgery = (body: Buffer) => { sent?: Buffer; header: string | null };
  const forgeries: [what: string, forge: Forgery][] = [
    ['without a signature', () => ({ header: null })],
    ['with an empty signature', () => ({ header: '' })],
    ['with a signature of another form', () => ({ header: 'sha256=abcdef' })],
    ['with a seal that is too short', (body) => ({ header: seal(body).slice(0, -2) })],
    ['with no time', (body) => ({ header: seal(body).split(',')[1]! })],
    ['with a time that is not a number', (body) => ({ header: seal(body).replace(/t=\d+/, 't=NaN') })],
    ['with two times', (body) => ({ header: `t=${now()},${seal(body)}` })],
    ['with another time than the sealed one', (body) => ({ header: seal(body).replace(/t=\d+/, `t=${now() - 1}`) })],
    ['sealed with another key', (body) => ({ header: sign(body, 'another-key', now()) })],
    ['sealed with an empty key', (body) => ({ header: sign(body, '', now()) })],
    ['sealed 181 seconds ago', (body) => ({ header: sign(body, app.sandbox.signingKey, now() - 181) })],
    ['sealed 181 seconds ahead', (body) => ({ header: sign(body, app.sandbox.signingKey, now() + 182) })],
    ['whose body was written anew', (body) => ({ sent: reserialised(body), header: seal(body) })],
    ['whose body has one more byte', (body) => ({ sent: Buffer.concat([body, Buffer.from(' ')]), header: seal(body) })],
    ['whose body is gone', (body) => ({ sent: Buffer.alloc(0), header: seal(body) })],
  ];

  it.each(forgeries)('is refused and never taken for a delivery: %s', async (_what, forge) => {
    const { body, email } = bookedBody();
    const { sent = body, header } = forge(body);
    const before = await countDeliveries();
    for (const path of [address, '/calendly/webhook']) {
      const headers = { 'content-type': 'application/json', ...(header !== null && { [SIGNATURE]: header }) };
      const answer = await app.http('POST', path, { raw: sent, headers });
      expect(answer).toMatchObject({
        status: 401,
        body: { status: 401, code: 'delivery/signature-invalid', success: false },
      });
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    }
    expect(await countDeliveries()).toBe(before);
    expect(await prospectsWith(email)).toEqual([]);
  });

  it('is not saved by a session: an administrator’s token proves nothing here', async () => {
    const { body } = bookedBody();
    const headers = { 'content-type': 'application/json' };
    expect(await app.http('POST', address, { token: owner.token, raw: body, headers })).toMatchObject({ status: 401 });
  });
});

describe('a proven delivery that says nothing we can use', () => {
  const unusable: [what: string, body: string, state: string, reason: string][] = [
    ['no JSON', 'not json at all', 'dead', 'envelope-malformed'],
    ['nothing', '', 'dead', 'envelope-malformed'],
    ['a list', '[1,2,3]', 'dead', 'envelope-malformed'],
    ['no payload', '{"event":"invitee.created","created_at":"2026-01-01T00:00:00Z"}', 'dead', 'envelope-malformed'],
    [
      'a payload without an invitee',
      '{"event":"invitee.created","created_at":"2026-01-01T00:00:00Z","payload":{}}',
      'dead',
      'payload-malformed',
    ],
    [
      'a kind of event that nobody asked for',
      '{"event":"invitee.sneezed","created_at":"2026-01-01T00:00:00Z","payload":{}}',
      'ignored',
      'event-unknown',
    ],
  ];

  it.each(unusable)(
    'is answered 200, so that the subscription lives, and kept: %s',
    async (_what, text, state, why) => {
      const before = await countDeliveries();
      expect(await deliver(address, Buffer.from(text))).toMatchObject({ status: 200, body: { received: true } });
      expect(await countDeliveries()).toBe(before + 1);
      await app.eventually(async () => expect(await newest()).toMatchObject({ state, error_code: why }));
    },
  );

  it('is kept when it names an event elsewhere than at Calendly, and nothing is called there', async () => {
    const { body, email } = bookedBody();
    const foreign = body.toString().replaceAll(app.sandbox.apiUrl, 'http://169.254.169.254/latest');
    app.sandbox.control.clearCalls();
    demand(200, await deliver(address, Buffer.from(foreign)));
    await app.eventually(async () =>
      expect(await newest()).toMatchObject({ state: 'dead', error_code: 'address-foreign' }),
    );
    expect(await prospectsWith(email)).toEqual([]);
    expect(app.sandbox.control.calls()).toEqual([]);
  });

  it('is kept up to 256 kB, and refused one byte beyond', async () => {
    const limit = 256 * 1024;
    expect(await deliver(address, Buffer.alloc(limit, 'x'))).toMatchObject({ status: 200 });
    const before = await countDeliveries();
    const refused = await deliver(address, Buffer.alloc(limit + 1, 'x'));
    expect(refused).toMatchObject({ status: 413, body: { code: 'request/body-too-large', success: false } });
    expect(await countDeliveries()).toBe(before);
  });
});

describe('two deliveries that claim to be the same and differ in their bytes', () => {
  /** The same moment of the same invitee, with something that it may not lack. */
  const broken = (body: Buffer) => Buffer.from(body.toString().replace(/"start_time":"[^"]*"/g, '"start_time":null'));

  it('are one when the first was understood', async () => {
    const { body, email } = bookedBody();
    demand(200, await deliver(address, body));
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
    const before = await countDeliveries();
    for (const other of [reserialised(body), broken(body)]) demand(200, await deliver(address, other));
    expect(await countDeliveries()).toBe(before);
  });

  it('are two when the first could not be read: it does not stand in the way of what it should have been', async () => {
    const { body, email } = bookedBody();
    demand(200, await deliver(address, broken(body)));
    await app.eventually(async () => expect(await newest()).toMatchObject({ state: 'dead' }));
    const before = await countDeliveries();
    for (let time = 0; time < 3; time += 1) demand(200, await deliver(address, body));
    demand(200, await deliver(address, broken(body)));
    expect(await countDeliveries()).toBe(before + 1);
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
  });

  it('lose nothing when they come at once, and have one effect', async () => {
    const pairs = Array.from({ length: 10 }, () => bookedBody());
    await Promise.all(
      pairs.flatMap(({ body }) => [broken(body), body, body, reserialised(body)].map((each) => deliver(address, each))),
    );
    for (const { email } of pairs) {
      await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
    }
    await app.eventually(async () => {
      const waiting = await app.database.query(`SELECT FROM deliveries WHERE state = 'received'`);
      expect(waiting).toHaveLength(0);
    });
    for (const { email } of pairs) expect(await notificationsAbout(email)).toHaveLength(1);
  });
});

describe('an address', () => {
  it.each(['unknown', 'a'.repeat(43), '%00', '..%2fwebhook', 'é'])('that nobody has, %s, is 404', async (token) => {
    const { body } = bookedBody();
    const before = await countDeliveries();
    const answer = await deliver(`/api/calendly/webhook/${encodeURI(token)}`, body);
    expect(answer).toMatchObject({ status: 404, body: { code: 'delivery/address-unknown' } });
    expect(await countDeliveries()).toBe(before);
  });

  it('shared by all connections finds its own: the account decides, not the order of connecting', async () => {
    const colleague = 'ana@example.test';
    app.sandbox.control.addAccount({ name: 'Ana Blanc', email: colleague });
    const other = await app.registerConnected({ account: colleague });
    for (const path of ['/calendly/webhook', '/api/calendly/webhook', '/api/calendly/webhook.php']) {
      const mine = bookedBody();
      const theirs = bookedBody({ account: colleague });
      expect(await deliver(path, mine.body)).toMatchObject({ status: 200, body: { received: true } });
      expect(await deliver(path, theirs.body)).toMatchObject({ status: 200, body: { received: true } });
      await app.eventually(async () => expect(await prospectsWith(mine.email)).toHaveLength(1));
      await app.eventually(async () => expect(await prospectsWith(theirs.email, other)).toHaveLength(1));
      expect(await prospectsWith(theirs.email)).toEqual([]);
      expect(await prospectsWith(mine.email, other)).toEqual([]);
    }
  });

  it('shared by all connections is 404 for an account that nobody has connected', async () => {
    const { body } = bookedBody({ account: LEO });
    const answer = await deliver('/calendly/webhook', body);
    // Leo has no subscription; what he would send is made from Nora’s.
    expect(answer).toMatchObject({ status: 404, body: { code: 'delivery/address-unknown' } });
  });

  it('stops taking deliveries at the moment of disconnecting', async () => {
    const other = await app.registerConnected();
    const own = new URL(app.sandbox.control.subscriptions().at(-1)!.callback_url).pathname;
    demand(200, await app.http('POST', '/calendly/disconnect', { token: other.token }));
    expect(await deliver(own, bookedBody().body)).toMatchObject({ status: 404 });
  });
});

describe('while the storage is away', () => {
  it('a delivery is answered 503 with Retry-After and never 2xx, and taken when it comes again', async () => {
    const { body, email } = bookedBody();
    const bringBack = await takeAway(app.database);
    try {
      for (const path of [address, '/calendly/webhook']) {
        const answer = await deliver(path, body);
        expect(answer).toMatchObject({ status: 503, body: { code: 'storage/unavailable', success: false } });
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      }
    } finally {
      await bringBack();
    }
    await app.eventually(async () => expect(await deliver(address, body)).toMatchObject({ status: 200 }));
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1), { within: 30_000 });
  });
});

describe('a replay', () => {
  it('of a processed delivery has no second effect', async () => {
    const { body, email } = bookedBody();
    demand(200, await deliver(address, body));
    await app.eventually(async () => expect(await newest()).toMatchObject({ state: 'processed' }));
    const before = { prospects: await prospectsWith(email), notifications: await notificationsAbout(email) };
    const browser = await app.browse(owner);
    const { id } = await newest();

    const answer = await app.http('POST', `/api/deliveries/${id}/replay`, { token: owner.token });
    expect(answer).toMatchObject({ status: 200, body: { id, state: 'received' } });
    await app.eventually(async () => expect(await newest()).toMatchObject({ id, state: 'processed', attempts: 2 }));
    expect({ prospects: await prospectsWith(email), notifications: await notificationsAbout(email) }).toEqual(before);
    expect(browser.heard).toEqual([]);
  });

  it('is for administrators: a member may neither read nor replay', async () => {
    const member = await app.addMember(owner);
    const { id } = await newest();
    const problem = { status: 403, body: { code: 'account/role-required' } };
    expect(await app.http('POST', `/api/deliveries/${id}/replay`, { token: member.token })).toMatchObject(problem);
    expect(await app.http('GET', '/api/deliveries', { token: member.token })).toMatchObject(problem);
    expect(await app.http('POST', `/api/deliveries/${id}/replay`)).toMatchObject({ status: 401 });
  });

  it('of another organization’s delivery is answered byte for byte like that of none', async () => {
    const stranger = await app.registerOrganization();
    const { id } = await newest();
    const headers = { 'x-request-id': 'same-request-id' };
    const [theirs, nobodys] = await Promise.all(
      [id, UNKNOWN_ID].map((wanted) =>
        app.http('POST', `/api/deliveries/${wanted}/replay`, { token: stranger.token, headers }),
      ),
    );
    expect(theirs).toMatchObject({ status: 404, body: { code: 'delivery/not-found' } });
    expect([theirs!.status, theirs!.text]).toEqual([nobodys!.status, nobodys!.text]);
    expect((await app.http('GET', '/api/deliveries', { token: stranger.token })).body).toEqual([]);
  });

  it('needs an id', async () => {
    for (const id of ['1', 'null', '%00', `${UNKNOWN_ID}x`]) {
      const answer = await app.http('POST', `/api/deliveries/${id}/replay`, { token: owner.token });
      expect(answer).toMatchObject({ status: 400, body: { code: 'request/invalid' } });
    }
  });
});

/** What Calendly would send of a new booking of somebody new. */
function bookedBody({ name, account }: { name?: string; account?: string } = {}): { body: Buffer; email: string } {
  invitees += 1;
  const email = `invitee.${invitees}@example.test`;
  const { control } = app.sandbox;
  const known = new Set(control.deliveries().map(({ id }) => id));
  control.book({ account, invitees: [{ name: name ?? `Personne ${invitees}`, email }] });
  const told = control.deliveries().find(({ id, body }) => !known.has(id) && JSON.stringify(body).includes(email));
  if (told) return { body: Buffer.from(JSON.stringify(told.body)), email };
  // Somebody without a subscription: the same envelope, with his own booking in it.
  const envelope = control.deliveries().at(-1)!.body as Record<string, unknown>;
  const booked = control.bookings().find(({ invitees: [first] }) => first?.email === email)!;
  const payload = { ...booked.invitees[0], scheduled_event: booked.scheduled_event };
  const [{ user } = { user: '' }] = booked.scheduled_event.event_memberships;
  return { body: Buffer.from(JSON.stringify({ ...envelope, created_by: user, payload })), email };
}

function deliver(path: string, body: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  return app.http('POST', path, {
    raw: body,
    headers: { 'content-type': 'application/json', [SIGNATURE]: seal(body), ...headers },
  });
}

function seal(body: Buffer): string {
  return sign(body, app.sandbox.signingKey, now());
}

function now(): number {
  return Math.floor(Date.now() / 1_000);
}

function reserialised(body: Buffer): Buffer {
  return Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
}

/** Without what was refused, which is a row as well: see rejected-deliveries.spec.ts. */
async function countDeliveries(): Promise<number> {
  const [row] = await app.database.query<{ count: string }>(
    `SELECT count(*) FROM deliveries WHERE state <> 'rejected'`,
  );
  return Number(row?.count);
}

async function newest() {
  const { body } = demand(200, await app.http('GET', '/api/deliveries?limit=1', { token: owner.token }));
  return body[0];
}

async function prospectsWith(email: string, person = owner): Promise<Record<string, unknown>[]> {
  const path = `/api/prospects?search=${encodeURIComponent(email)}`;
  return demand(200, await app.http('GET', path, { token: person.token })).body;
}

async function notificationsAbout(email: string): Promise<unknown[]> {
  const [prospect] = await prospectsWith(email);
  const { body } = demand(200, await app.http('GET', '/api/notifications?limit=200', { token: owner.token }));
  return body.filter(({ meta }: { meta: { prospect_id?: string } }) => meta.prospect_id === prospect?.['id']);
}
