import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebhookVerificationError } from 'standardwebhooks';
import { demand, NORA, type Person, startApp, type TestApp } from '../support/app.js';
import { type HeardMessage, verified, WebhookHost } from '../support/webhook-host.js';

const ALL = [
  'prospect.created',
  'prospect.updated',
  'prospect.deleted',
  'booking.created',
  'booking.updated',
  'booking.moved',
  'booking.canceled',
  'booking.no_show',
  'connection.broken',
  'connection.recovered',
];
const UNKNOWN_ID = '01990000-0000-7000-8000-000000000000';

let app: TestApp;
let owner: Person;
let host: WebhookHost;

beforeAll(async () => {
  app = await startApp({ environment: { OUTGOING_WEBHOOKS_ALLOW_PRIVATE: 'true' } });
});

afterAll(async () => {
  await app.close();
});

beforeEach(async () => {
  host = await WebhookHost.start();
  owner = await app.registerOrganization();
});

afterEach(async () => {
  await host.stop();
});

describe('a webhook', () => {
  it('shows its secret once, when it is made', async () => {
    const made = await create({ events: ['prospect.created'] });
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { secret: _, ...shown } = made;
    expect((await api('GET', '')).body).toEqual([shown]);
    expect((await api('GET', `/${made.id}`)).body).toEqual(shown);
    expect((await api('PATCH', `/${made.id}`, { enabled: true })).text).not.toContain('whsec_');
    const [row] = await app.database.query('SELECT * FROM webhook_endpoints WHERE id = $1', [made.id]);
    expect(JSON.stringify(row)).not.toContain(made.secret.slice(6));
  });

  it('is told what it subscribes to, signed, in the words of the REST routes', async () => {
    const { secret } = await create({ events: ['prospect.created', 'prospect.deleted'] });
    const prospect = await createProspect({ firstname: 'Zoé', email: 'zoe@example.test' });
    demand(200, await app.http('PATCH', `/api/prospects/${prospect.id}`, { token: owner.token, body: { phone: '1' } }));
    demand(204, await app.http('DELETE', `/api/prospects/${prospect.id}`, { token: owner.token }));

    const heard = await heardOf(2);
    expect(heard.map(({ type }) => type)).toEqual(['prospect.created', 'prospect.deleted']);
    expect(heard[0]!.data).toEqual(prospect);
    expect(heard[1]!.data).toEqual({ id: prospect.id });
    for (const message of heard) {
      expect(verified(message, secret)).toEqual({
        type: message.type,
        timestamp: message.timestamp,
        data: message.data,
      });
      expect(message.id).toMatch(/^msg_[0-9a-f-]{36}$/);
      expect(message.headers['content-type']).toBe('application/json');
    }
    expect(() => verified({ ...heard[0]!, body: heard[0]!.body.replace('Zoé', 'Zoe') }, secret)).toThrow(
      WebhookVerificationError,
    );
  });

  it('tells nothing to others: not to another organization, not while it is disabled, not after it is gone', async () => {
    const mine = await create({ events: ALL });
    demand(200, await api('PATCH', `/${mine.id}`, { enabled: false }));
    const stranger = await app.registerOrganization();
    const theirs = await app.http('GET', `/api/webhooks/${mine.id}`, { token: stranger.token });
    expect(theirs).toMatchObject({ status: 404, body: { code: 'webhook/not-found' } });
    await createProspect({ firstname: 'A' }, stranger);
    await createProspect({ firstname: 'B' });
    demand(204, await api('DELETE', `/${mine.id}`));
    await createProspect({ firstname: 'C' });
    await app.hurryJobs();
    expect(await messages()).toEqual([]);
    expect(host.heard).toEqual([]);
  });

  it('hears of what a booking does: prospect before booking, move, no-show, cancellation, in order', async () => {
    demand(200, await app.connectCalendly(owner));
    await app.eventually(async () => {
      const { body } = await app.http('GET', '/api/calendly/status', { token: owner.token });
      expect(body).toMatchObject({ delivery_mode: 'webhook', last_synced_at: expect.any(String) });
    });
    await create({ events: ALL });
    const { control } = app.sandbox;
    const [first] = control.book({ invitees: [{ name: 'Ada Love', email: 'ada@example.test' }] }).invitees;
    await heardOf(2);
    const later = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const moved = control.move({ invitee: first!.uri, start_time: later });
    await app.eventually(() => expect(types()).toContain('booking.moved'));
    control.cancel({ invitee: moved.new.invitee.uri });
    await app.eventually(() => expect(types()).toContain('booking.canceled'));

    const [begun] = host.heard;
    const bookings = host.heard.filter(({ type }) => type.startsWith('booking.'));
    expect(begun).toMatchObject({ type: 'prospect.created', data: { email: 'ada@example.test', firstname: 'Ada' } });
    expect(bookings[0]).toMatchObject({
      type: 'booking.created',
      data: { status: 'active', provider: 'calendly', invitee_email: 'ada@example.test', prospect_id: begun!.data.id },
    });
    const turn = bookings.find(({ type }) => type === 'booking.moved')!;
    expect(turn.data).toMatchObject({ status: 'active', previous_booking_id: bookings[0]!.data.id });
    expect(bookings.at(-1)).toMatchObject({ type: 'booking.canceled', data: { id: turn.data.id, status: 'canceled' } });
    const about = bookings.filter(({ data }) => data.id === bookings[0]!.data.id).map(({ data }) => data.status);
    expect(about.at(-1)).toBe('rescheduled');
  });

  it('hears that a connection broke and that it works again, in this order, with the same id until it accepts', async () => {
    demand(200, await app.connectCalendly(owner));
    await app.eventually(async () => expect(await integrations()).toMatchObject([{ status: 'connected' }]));
    const { id, secret } = await create({ events: ['connection.broken', 'connection.recovered'] });
    host.answer = () => 503;
    app.sandbox.control.revokeGrants({ account: NORA });
    await app.database.query(`UPDATE integrations SET expires_at = now() - interval '1 hour'`);
    await app.http('POST', '/api/calendly/sync', { token: owner.token });
    await app.eventually(() => expect(types()).toEqual(['connection.broken']));
    demand(200, await app.connectCalendly(owner));
    await app.eventually(async () => expect(await deliveriesOf(id)).toHaveLength(2));
    await hurrying(() => expect(types().length).toBeGreaterThan(2));
    expect(new Set(types())).toEqual(new Set(['connection.broken']));

    host.answer = () => 200;
    const accepted = await hurrying(() => {
      expect(host.accepted).toHaveLength(2);
      return host.accepted;
    });
    expect(accepted.map(({ type }) => type)).toEqual(['connection.broken', 'connection.recovered']);
    expect(new Set(host.heard.filter(({ type }) => type === 'connection.broken').map((told) => told.id)).size).toBe(1);
    expect(accepted[0]!.data).toMatchObject({ provider: 'calendly', status: 'needs_reauth', status_code: 'revoked' });
    expect(accepted[1]!.data).toMatchObject({ integration_id: accepted[0]!.data.integration_id, status: 'connected' });
    for (const message of accepted) verified(message, secret);
  });
});

describe('a message', () => {
  it('is tried again with its id and its bytes until it is accepted, and every try is in the log', async () => {
    const { id } = await create({ events: ['prospect.created'] });
    let tries = 0;
    host.answer = () => ((tries += 1) < 3 ? 500 : 204);
    await createProspect({ firstname: 'Ada' });
    const [delivery] = await hurrying(async () => {
      const found = await deliveriesOf(id);
      expect(found).toMatchObject([{ state: 'sent', attempts: 3, last_status: 204, last_error: null }]);
      return found;
    });
    expect(new Set(host.heard.map(({ id: messageId, body }) => `${messageId} ${body}`)).size).toBe(1);
    expect(host.heard[0]!.id).toBe(delivery.message_id);
    const { body: detail } = await api('GET', `/${id}/deliveries/${delivery.id}`);
    expect(detail.attempt_entries).toMatchObject([
      { attempt: 1, status: 500, error: 'status' },
      { attempt: 2, status: 500, error: 'status' },
      { attempt: 3, status: 204, error: null },
    ]);
    expect(detail.payload).toEqual(JSON.parse(host.heard[0]!.body));
  });

  it('waits as the schedule says, or as the other side asks, whichever is longer', async () => {
    const { id } = await create({ events: ['prospect.created'] });
    host.answer = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    await createProspect({ firstname: 'Ada' });
    const [delivery] = await app.eventually(async () => {
      const found = await deliveriesOf(id);
      expect(found).toMatchObject([{ state: 'pending', attempts: 1, last_status: 429 }]);
      return found;
    });
    const waitSeconds = (Date.parse(delivery.next_try_at) - Date.now()) / 1_000;
    expect(waitSeconds).toBeGreaterThan(3_500);
    expect(waitSeconds).toBeLessThan(3_700);
  });

  it('waits for the one before it of its subject, and for no other', async () => {
    const { id } = await create({ events: ['prospect.created', 'prospect.updated'] });
    host.answer = ({ data }) => (data.firstname === 'Ada' ? 500 : 200);
    const ada = await createProspect({ firstname: 'Ada' });
    demand(200, await app.http('PATCH', `/api/prospects/${ada.id}`, { token: owner.token, body: { phone: '1' } }));
    await createProspect({ firstname: 'Bob' });
    await app.eventually(() => expect(host.accepted).toMatchObject([{ data: { firstname: 'Bob' } }]));
    await hurrying(async () => {
      const created = (await deliveriesOf(id)).find(
        ({ event_type, state }: MessageRow) => event_type === 'prospect.created' && state === 'pending',
      );
      expect(created.attempts).toBeGreaterThan(1);
    });
    expect(types()).not.toContain('prospect.updated');

    host.answer = () => 200;
    await hurrying(() => expect(types().slice(-2)).toEqual(['prospect.created', 'prospect.updated']));
  });

  it('that alone is refused, again and again, no longer holds up what comes after it', async () => {
    await create({ events: ['prospect.created', 'prospect.updated'] });
    host.answer = ({ type, data }) => (type === 'prospect.created' && data.firstname === 'Ada' ? 400 : 200);
    const ada = await createProspect({ firstname: 'Ada' });
    demand(200, await app.http('PATCH', `/api/prospects/${ada.id}`, { token: owner.token, body: { phone: '1' } }));
    const refused = async () => (await messages()).find(({ last_status }) => last_status === 400);
    await app.eventually(async () => expect(await refused()).toMatchObject({ attempts: 1, strikes: 0 }));
    for (let strikes = 1; strikes <= 5; strikes += 1) {
      expect(types()).not.toContain('prospect.updated');
      // Something else gets through, and it is tried once more.
      await createProspect({ firstname: 'Other' });
      await app.eventually(async () =>
        expect((await messages()).filter(({ state }) => state === 'sent')).toHaveLength(strikes),
      );
      await app.eventually(async () => {
        const counted = (await refused())!['strikes'];
        if (counted !== strikes) await hurry();
        expect(counted).toBe(strikes);
      });
    }
    await app.eventually(() => expect(types()).toContain('prospect.updated'));
    expect(await refused()).toMatchObject({ state: 'pending', strikes: 5 });
  });

  it('is called at once when the endpoint accepts something again', async () => {
    await create({ events: ['prospect.created'] });
    host.answer = () => 503;
    await createProspect({ firstname: 'Ada' });
    await app.eventually(() => expect(host.heard).toHaveLength(1));
    await app.eventually(async () => expect(await messages()).toMatchObject([{ attempts: 1, leased_until: null }]));
    // Its next try is hours away by now.
    await app.database.query(`UPDATE webhook_messages SET next_try_at = now() + interval '3 hours'`);
    host.answer = () => 200;
    await createProspect({ firstname: 'Bob' });
    await app.eventually(() => expect(host.accepted.map(({ data }) => data.firstname)).toEqual(['Bob', 'Ada']));
  });

  it('is given up after nine tries, shown as failed, and can be sent again with the same id', async () => {
    const { id } = await create({ events: ['prospect.created'] });
    host.answer = () => 500;
    await createProspect({ firstname: 'Ada' });
    await app.eventually(async () => expect(await messages()).toMatchObject([{ attempts: 1, leased_until: null }]));
    await app.database.query('UPDATE webhook_messages SET round_attempts = 8');
    const [failed] = await hurrying(async () => {
      const found = await deliveriesOf(id, '?state=failed');
      expect(found).toMatchObject([{ state: 'failed', attempts: 2, next_try_at: null }]);
      return found;
    });
    host.answer = () => 200;
    const again = await api('POST', `/${id}/deliveries/${failed.id}/resend`);
    expect(again).toMatchObject({ status: 202, body: { id: failed.id, state: 'pending' } });
    await app.eventually(() => expect(host.accepted).toMatchObject([{ id: failed.message_id }]));
    await app.eventually(async () => expect(await deliveriesOf(id)).toMatchObject([{ state: 'sent', attempts: 3 }]));
  });

  it.each([301, 302, 307])('answered %i is a failure: a redirect is not followed', async (status) => {
    const trap = await WebhookHost.start();
    const { id } = await create({ events: ['prospect.created'] });
    host.answer = () => ({ status, headers: { location: trap.url } });
    await createProspect({ firstname: 'Ada' });
    await app.eventually(async () =>
      expect(await deliveriesOf(id)).toMatchObject([{ state: 'pending', last_status: status, last_error: 'redirect' }]),
    );
    expect(trap.heard).toEqual([]);
    await trap.stop();
  });

  it('about somebody who is erased goes with them, sent or not', async () => {
    await create({ events: ['prospect.created', 'prospect.deleted'] });
    host.answer = ({ type }) => (type === 'prospect.created' ? 500 : 200);
    const { id } = await createProspect({ firstname: 'Ada', email: 'erased@example.test' });
    await app.eventually(() => expect(host.heard).toHaveLength(1));
    demand(204, await app.http('DELETE', `/api/prospects/${id}`, { token: owner.token }));
    await app.eventually(() => expect(host.accepted).toMatchObject([{ type: 'prospect.deleted', data: { id } }]));
    expect(await messages()).toMatchObject([{ event_type: 'prospect.deleted' }]);
  });
});

describe('an endpoint', () => {
  it('that fails for days is disabled, what waits is given up, and people are told once', async () => {
    const { id } = await create({ events: ['prospect.created'] });
    host.answer = () => 500;
    await createProspect({ firstname: 'Ada' });
    await createProspect({ firstname: 'Bob' });
    await app.eventually(() => expect(host.heard).toHaveLength(2));
    await app.eventually(async () =>
      expect(await messages()).toMatchObject([{ leased_until: null }, { leased_until: null }]),
    );
    await app.database.query(`UPDATE webhook_endpoints SET failing_since = now() - interval '5 days 1 minute'`);
    await hurrying(async () =>
      expect((await api('GET', `/${id}`)).body).toMatchObject({ enabled: false, disabled_reason: 'failing' }),
    );
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
    const { body: told } = await app.http('GET', '/api/notifications', { token: owner.token });
    expect(told).toMatchObject([{ type: 'webhook_disabled', title: 'Webhook désactivé', meta: { webhook_id: id } }]);

    const answer = await api('POST', `/${id}/deliveries/${(await deliveriesOf(id))[0].id}/resend`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'webhook/disabled' } });
    host.answer = () => 200;
    demand(200, await api('PATCH', `/${id}`, { enabled: true }));
    await createProspect({ firstname: 'Eve' });
    await app.eventually(() => expect(host.accepted).toMatchObject([{ data: { firstname: 'Eve' } }]));
  });

  it('that answers 410 is disabled at once', async () => {
    const { id } = await create({ events: ['prospect.created'] });
    host.answer = () => 410;
    await createProspect({ firstname: 'Ada' });
    await app.eventually(async () =>
      expect((await api('GET', `/${id}`)).body).toMatchObject({ enabled: false, disabled_reason: 'gone' }),
    );
  });

  it('whose secret was changed is signed for with both for a day, then with the new one alone', async () => {
    const { id, secret: former } = await create({ events: ['prospect.created'] });
    const { body: rotated } = demand(200, await api('POST', `/${id}/rotate-secret`));
    expect(rotated.secret).not.toBe(former);
    expect(Date.parse(rotated.previous_secret_until) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    await createProspect({ firstname: 'Ada' });
    const [both] = await heardOf(1);
    verified(both!, former);
    verified(both!, rotated.secret);

    await app.database.query(`UPDATE webhook_endpoints SET previous_secret_until = now()`);
    await createProspect({ firstname: 'Bob' });
    const [, alone] = await heardOf(2);
    verified(alone!, rotated.secret);
    expect(() => verified(alone!, former)).toThrow(WebhookVerificationError);
    expect((await api('GET', `/${id}`)).body.previous_secret_until).toBeNull();
  });

  it('can be tested, also while it is disabled, in one try that counts for nothing', async () => {
    const { id, secret } = await create({ events: ['prospect.created'], enabled: false });
    const { body: test } = demand(202, await api('POST', `/${id}/test`));
    const [message] = await heardOf(1);
    expect(message).toMatchObject({ id: test.message_id, type: 'webhook.test', data: { webhook_id: id } });
    verified(message!, secret);
    host.answer = () => 500;
    const { body: second } = demand(202, await api('POST', `/${id}/test`));
    await app.eventually(async () => {
      const { body } = await api('GET', `/${id}/deliveries/${second.id}`);
      expect(body).toMatchObject({ state: 'failed', attempts: 1, last_status: 500 });
    });
    expect((await api('GET', `/${id}`)).body).toMatchObject({ enabled: false, failing_since: null });
  });

  it('has its deliveries page by page', async () => {
    const { id } = await create({ events: ['prospect.created'] });
    for (let index = 0; index < 5; index += 1) await createProspect({ firstname: `P${index}` });
    await heardOf(5);
    const seen: string[] = [];
    let path: string | undefined = `/api/webhooks/${id}/deliveries?limit=2`;
    while (path) {
      const answer = demand(200, await app.http('GET', path, { token: owner.token }));
      seen.push(...answer.body.map((delivery: { id: string }) => delivery.id));
      path = /<([^>]+)>/.exec(String(answer.headers.link ?? ''))?.[1];
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    expect(seen).toEqual(seen.toSorted().toReversed());
  });
});

describe('what is asked', () => {
  it('is for administrators', async () => {
    const { id } = await create({ events: ['prospect.created'] });
    const { token } = await app.addMember(owner);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['GET', `/${id}`],
      ['PATCH', `/${id}`],
      ['DELETE', `/${id}`],
      ['POST', `/${id}/rotate-secret`],
      ['POST', `/${id}/test`],
      ['GET', `/${id}/deliveries`],
    ]) {
      const answer = await app.http(method!, `/api/webhooks${path}`, { token });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
  });

  it.each([
    ['no event', { events: [] }],
    ['an event that there is not', { events: ['prospect.sneezed'] }],
    ['the test message', { events: ['webhook.test'] }],
    ['the same twice', { events: ['prospect.created', 'prospect.created'] }],
    ['no address', { url: undefined }],
    ['an address that is none', { url: 'here' }],
    ['another scheme', { url: 'ftp://example.com/' }],
    ['a secret of the caller', { secret: 'whsec_AAAA' }],
    ['an address with credentials', { url: 'https://user:pass@example.com/' }],
    ['an address with a fragment', { url: 'https://example.com/#a' }],
    ['a line break', { url: 'https://example.com/\r\nHost: x' }],
  ])('is refused with %s', async (_what, changes) => {
    const answer = await api('POST', '', { url: host.url, events: ['prospect.created'], ...changes });
    expect(answer).toMatchObject({ status: 400, body: { success: false } });
    expect((await api('GET', '')).body).toEqual([]);
  });

  it('of a webhook or delivery that is not there is 404', async () => {
    const { id } = await create({ events: ['prospect.created'] });
    expect(await api('DELETE', `/${UNKNOWN_ID}`)).toMatchObject({ status: 404 });
    expect(await api('POST', `/${UNKNOWN_ID}/test`)).toMatchObject({
      status: 404,
      body: { code: 'webhook/not-found' },
    });
    const answer = await api('POST', `/${id}/deliveries/${UNKNOWN_ID}/resend`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'webhook/delivery-not-found' } });
  });

  it('ends at twenty webhooks', async () => {
    for (let index = 0; index < 20; index += 1) await create({ events: ['prospect.created'] });
    const answer = await api('POST', '', { url: host.url, events: ['prospect.created'] });
    expect(answer).toMatchObject({ status: 409, body: { code: 'webhook/limit-reached' } });
  });
});

function api(method: string, path: string, body?: unknown) {
  return app.http(method, `/api/webhooks${path}`, { token: owner.token, ...(body !== undefined && { body }) });
}

async function create(writing: { events: string[]; enabled?: boolean }) {
  return demand(201, await api('POST', '', { url: host.url, ...writing })).body;
}

async function createProspect(body: Record<string, unknown>, person = owner) {
  return demand(201, await app.http('POST', '/api/prospects', { token: person.token, body })).body;
}

interface MessageRow {
  event_type: string;
  state: string;
  last_status: number | null;
}

async function deliveriesOf(id: string, query = '') {
  return demand(200, await api('GET', `/${id}/deliveries${query}`)).body;
}

function heardOf(count: number): Promise<HeardMessage[]> {
  return app.eventually(() => {
    expect(host.heard.length).toBeGreaterThanOrEqual(count);
    return host.heard;
  });
}

function types(): string[] {
  return host.heard.map(({ type }) => type);
}

function messages() {
  return app.database.query(`SELECT * FROM webhook_messages WHERE organization_id = $1 ORDER BY position`, [
    owner.organizationId,
  ]);
}

function integrations() {
  return app.database.query(`SELECT * FROM integrations WHERE organization_id = $1 AND last_synced_at IS NOT NULL`, [
    owner.organizationId,
  ]);
}

/** Looks again and again, while whatever waits for its next try is due at once. */
function hurrying<T>(assertion: () => T | Promise<T>): Promise<T> {
  return app.eventually(async () => {
    await hurry();
    return await assertion();
  });
}

/** Whatever waits for its next try is due. */
async function hurry(): Promise<void> {
  await app.database.query(`UPDATE webhook_messages SET next_try_at = now() WHERE next_try_at > now()`);
  await app.hurryJobs();
}
