import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, demand, type Person, startApp, type TestApp } from '../support/app.js';
import { sign } from '../support/calendly-payloads.js';
import { faultsOf } from '../support/known-variables.js';
import { REPOSITORY } from '../support/source-file.js';

const SHARED = '/api/calendly/webhook.php';
const HOUR_MS = 3_600_000;
const START = new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 48 * HOUR_MS);

let app: TestApp;
let owner: Person;
let people = 0;

describe('the flat form of older receivers, signed', () => {
  let own: string;

  beforeAll(async () => {
    app = await startApp();
    owner = await app.registerConnected();
    own = new URL(app.sandbox.control.subscriptions()[0]!.callback_url).pathname;
    app.sandbox.control.holdDeliveries();
  });

  afterAll(async () => {
    await app.close();
  });

  it.each(['a connection’s own address', 'the shared address'])(
    'becomes a booking like any other, on %s',
    async (which) => {
      const booked = flat();
      demand(200, await deliver(which.startsWith('the') ? SHARED : own, booked));
      const [prospect] = await eventuallyBooked(booked, 1);
      expect(prospect).toMatchObject({ firstname: 'Test', lastname: 'Client', source: 'calendly' });
      const { bookings, notes } = await read(prospect);
      expect(bookings).toMatchObject([
        { event_name: 'Consultation téléphonique', status: 'active', starts_at: START.toISOString() },
      ]);
      expect(notes).toContain('Consultation téléphonique');
      const [event] = await events(booked);
      expect(event.invitee_questions).toEqual([
        { question: 'Lien de configuration', answer: 'https://example.com/config/123', position: 0 },
      ]);
    },
  );

  it('is one booking however often it comes, and is canceled by the same form with a time', async () => {
    const booked = flat();
    demand(200, await deliver(own, booked));
    demand(200, await deliver(own, booked));
    await eventuallyBooked(booked, 1);
    demand(200, await deliver(own, { ...booked, event: 'invitee.canceled' }));
    await app.eventually(async () => expect(await events(booked)).toMatchObject([{ event_status: 'canceled' }]));
  });

  it('is canceled by a form that names only the person and the kind: the next appointment, not a later one', async () => {
    const [soon, later] = [flat(), flat()];
    later.payload.email = soon.payload.email;
    later.payload.scheduled_event = times(new Date(START.getTime() + 24 * HOUR_MS));
    demand(200, await deliver(own, later));
    demand(200, await deliver(own, soon));
    await eventuallyBooked(soon, 2);
    const { name, email, event_type_name } = soon.payload;
    const canceled = { event: 'invitee.canceled', payload: { name, email, event_type_name } };
    demand(200, await deliver(own, canceled));
    await app.eventually(async () => expect(await statuses(soon)).toEqual(['canceled', 'active']));

    const [delivery] = demand(200, await app.http('GET', '/api/deliveries?limit=1', { token: owner.token })).body;
    demand(200, await app.http('POST', `/api/deliveries/${delivery.id}/replay`, { token: owner.token }));
    await app.eventually(async () => {
      const { body } = await app.http('GET', `/api/deliveries/${delivery.id}`, { token: owner.token });
      expect(body).toMatchObject({ state: 'processed', attempts: 2, effect: 'changed' });
    });
    expect(await statuses(soon)).toEqual(['canceled', 'active']);
  });

  it('is nothing when it cancels what nobody has booked, and says so', async () => {
    const { name, event_type_name } = flat().payload;
    const payload = { name, email: 'nobody@example.test', event_type_name };
    demand(200, await deliver(own, { event: 'invitee.canceled', payload }));
    await app.eventually(async () => {
      const [delivery] = (await app.http('GET', '/api/deliveries?limit=1', { token: owner.token })).body;
      expect(delivery).toMatchObject({ state: 'ignored', error_code: 'booking-unknown', booking_id: null });
    });
  });

  it.each(['before', 'after'])('is the booking that the account shows, when that is told %s', async (when) => {
    const booked = flat();
    const { email, name } = booked.payload;
    const tellFlat = async () => demand(200, await deliver(own, booked));
    const tellReal = async () => {
      const { control } = app.sandbox;
      const known = control.deliveries().length;
      control.book({ start_time: START.toISOString(), invitees: [{ name, email }] });
      const told = control
        .deliveries()
        .slice(known)
        .find(({ event }) => event === 'invitee.created')!;
      demand(200, await deliver(own, told.body));
    };
    for (const tell of when === 'before' ? [tellReal, tellFlat] : [tellFlat, tellReal]) {
      await tell();
      await app.eventually(async () => {
        const rows = await app.database.query(`SELECT FROM deliveries WHERE state = 'received'`);
        expect(rows).toEqual([]);
      });
    }
    const shown = await events(booked);
    expect(shown).toHaveLength(1);
    expect(shown[0].calendly_event_uri).not.toContain('unnamed');
    const told = demand(200, await app.http('GET', '/api/notifications?limit=200', { token: owner.token })).body;
    const about = told.filter(
      ({ meta }: { meta: { prospect_id: string } }) => meta.prospect_id === shown[0].prospect_id,
    );
    expect(about).toHaveLength(1);
  });

  it.each([
    ['no signature', () => ({})],
    [
      'the seal that the PHP page describes',
      (body: Buffer) => ({ 'x-calendly-webhook-signature': sign(body, 'k', 1) }),
    ],
    ['a wrong signature', (body: Buffer) => ({ 'calendly-webhook-signature': sign(body, 'wrong', now()) })],
  ])('is refused with %s', async (_what, headersOf) => {
    const body = Buffer.from(JSON.stringify(flat()));
    for (const path of [own, SHARED]) {
      const headers = { 'content-type': 'application/json', ...headersOf(body) };
      const answer = await app.http('POST', path, { raw: body, headers });
      expect(answer).toMatchObject({ status: 401, body: { code: 'delivery/signature-invalid' } });
    }
  });

  it.each([
    ['no time of a new booking', { scheduled_event: undefined }],
    ['no address', { email: undefined }],
    ['two addresses', { email: 'a@b.fr,c@d.fr' }],
    ['no name', { name: '' }],
    [
      'a time that is none',
      { scheduled_event: { start_time: '2025-13-45T99:00:00Z', end_time: '2025-11-15T14:30:00Z' } },
    ],
  ])('is kept but not understood with %s', async (_what, changes) => {
    const booked = flat();
    demand(200, await deliver(own, { ...booked, payload: { ...booked.payload, ...changes } }));
    await app.eventually(async () => {
      const [delivery] = (await app.http('GET', '/api/deliveries?limit=1', { token: owner.token })).body;
      expect(delivery).toMatchObject({ state: 'dead', booking_id: null });
    });
  });

  it('is for no one on the shared address while several accounts are connected', async () => {
    const account = 'second@example.test';
    app.sandbox.control.addAccount({ name: 'Second', email: account });
    await app.registerConnected({ account });
    expect(await deliver(SHARED, flat())).toMatchObject({ status: 404, body: { code: 'delivery/address-unknown' } });
    demand(200, await deliver(own, flat()));
  });
});

describe('the flat form without a signature', () => {
  beforeAll(async () => {
    app = await startApp({ environment: { CALENDLY_ALLOW_UNSIGNED: 'true' } });
  });

  afterAll(async () => {
    await app.close();
  });

  beforeEach(() => {
    app.sandbox.control.clearFaults();
  });

  it('is announced by a warning at the start', () => {
    expect(app.log.filter(({ event }) => event === 'calendly.unsigned_deliveries_allowed')).toMatchObject([
      { level: 'warn' },
    ]);
  });

  it('is taken where it is allowed, as the curl command of the documentation sends it', async () => {
    const { body, path } = curlExample();
    expect(await post(path, body)).toMatchObject({ status: 404, body: { code: 'delivery/address-unknown' } });
    owner = await app.registerConnected();
    expect(await post(path, body)).toMatchObject({ status: 200, body: { received: true } });
    await eventuallyBooked({ payload: { email: 'test@example.com' } }, 1);
    // A wrong seal is a forgery also here, and only the flat form may come without one.
    const headers = { 'calendly-webhook-signature': sign(Buffer.from(body), 'wrong', now()) };
    expect(await post(path, body, headers)).toMatchObject({ status: 401 });
    const real = JSON.stringify({
      event: 'invitee.created',
      created_at: new Date().toISOString(),
      payload: { uri: 'x' },
    });
    expect(await post(path, real)).toMatchObject({ status: 401 });
  });

  it('cannot be allowed in production', () => {
    const faults = faultsOf({ NODE_ENV: 'production', CALENDLY_ALLOW_UNSIGNED: 'true' });
    expect(faults.map(({ variable }) => variable)).toContain('CALENDLY_ALLOW_UNSIGNED');
    expect(faultsOf({ CALENDLY_ALLOW_UNSIGNED: 'true' }).map(({ variable }) => variable)).not.toContain(
      'CALENDLY_ALLOW_UNSIGNED',
    );
  });
});

/** What the command in docs/providers/calendly.md would send, and where to. */
function curlExample(): { path: string; body: string } {
  const text = readFileSync(join(REPOSITORY, 'docs/providers/calendly.md'), 'utf8');
  const [, url = '', body = ''] = /curl [^\n]*POST (\S+) \\\n[\s\S]*?-d '([\s\S]*?)'\n/.exec(text) ?? [];
  return { path: new URL(url).pathname, body };
}

function flat() {
  people += 1;
  return {
    event: 'invitee.created',
    payload: {
      name: 'Test Client',
      email: `client.${people}@example.test`,
      event_type_name: 'Consultation téléphonique',
      scheduled_event: times(START),
      timezone: 'Europe/Paris',
      questions_and_answers: [{ question: 'Lien de configuration', answer: 'https://example.com/config/123' }],
    },
  };
}

function times(start: Date) {
  return { start_time: start.toISOString(), end_time: new Date(start.getTime() + HOUR_MS / 2).toISOString() };
}

function deliver(path: string, message: unknown): Promise<Answer> {
  const body = JSON.stringify(message);
  return post(path, body, { 'calendly-webhook-signature': sign(Buffer.from(body), app.sandbox.signingKey, now()) });
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  return app.http('POST', path, { raw: body, headers: { 'content-type': 'application/json', ...headers } });
}

function now(): number {
  return Math.floor(Date.now() / 1_000);
}

type Told = { payload: { email: string } };

async function events({ payload: { email } }: Told) {
  const path = `/api/calendly/events?invitee_email=${encodeURIComponent(email)}`;
  return demand(200, await app.http('GET', path, { token: owner.token })).body;
}

async function statuses(told: Told): Promise<string[]> {
  return (await events(told)).map(({ event_status }: { event_status: string }) => event_status);
}

/** The prospects of that address, once there are so many bookings of it. */
function eventuallyBooked(told: Told, bookings: number) {
  return app.eventually(async () => {
    expect(await events(told)).toHaveLength(bookings);
    const path = `/api/prospects?search=${encodeURIComponent(told.payload.email)}`;
    const { body } = demand(200, await app.http('GET', path, { token: owner.token }));
    expect(body).toHaveLength(1);
    return body;
  });
}

async function read({ id }: { id: string }) {
  return demand(200, await app.http('GET', `/api/prospects/${id}`, { token: owner.token })).body;
}
