import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Retention } from '../../src/deliveries/retention.js';
import { KEPT_A_DAY, KEPT_AN_HOUR, LARGEST_EVIDENCE_BYTES } from '../../src/deliveries/rejected-deliveries.js';
import { type Answer, demand, type Instance, type Person, startApp, type TestApp } from '../support/app.js';
import { calendlyDelivery, newSubject } from '../support/calendly-deliveries.js';
import { sign } from '../support/calendly-payloads.js';

const SIGNATURE = 'calendly-webhook-signature';
/** What Calendly has been signing with, and nobody here knew. */
const MENDED_KEY = 'the-key-that-was-mended-later';
const DAY_S = 86_400;
const NEVER = new AbortController().signal;

interface Row {
  id: string;
  others_rejected: number;
}

let app: TestApp;
/** The same installation with the key corrected. */
let mended: Instance;
let owner: Person;
let address: string;
let people = 0;

beforeAll(async () => {
  app = await startApp();
  mended = await app.startAnother({ CALENDLY_WEBHOOK_SIGNING_KEY: MENDED_KEY });
});

afterAll(async () => {
  await app.close();
});

beforeEach(async () => {
  const { control } = app.sandbox;
  people += 1;
  const account = `rejecting.${people}@example.test`;
  control.addAccount({ name: 'Ana Blanc', email: account });
  owner = await app.registerConnected({ account });
  address = new URL(control.subscriptions().at(-1)!.callback_url).pathname;
  control.holdDeliveries();
});

describe('a delivery that is refused at a known address', () => {
  it.each([
    ['signature-missing', () => ({})],
    ['signature-malformed', () => ({ [SIGNATURE]: 'sha256=abcdef' })],
    ['signature-stale', (body: Buffer) => ({ [SIGNATURE]: sign(body, app.sandbox.signingKey, now() - 181) })],
    ['signature-wrong', (body: Buffer) => ({ [SIGNATURE]: sign(body, MENDED_KEY, now()) })],
  ])('is a row with its reason: %s', async (reason, headersOf) => {
    const body = booked().body;
    demand(401, await send(body, headersOf(body)));
    const [row] = await rejected(1);
    expect(row).toMatchObject({
      state: 'rejected',
      error_code: reason,
      event_type: null,
      attempts: 0,
      body_kept: false,
      recheckable: true,
      others_rejected: 0,
      processed_at: null,
    });
    const filtered = await app.http('GET', `/api/deliveries?error_code=${reason}`, { token: owner.token });
    expect(filtered.body).toHaveLength(1);
    expect(await list('?state=processed')).toEqual([]);
  });

  it('shows what was sent, its signature masked, and stores neither in clear', async () => {
    const { body, email } = booked();
    const seal = sign(body, MENDED_KEY, now());
    demand(401, await send(body, { [SIGNATURE]: seal, 'user-agent': 'Calendly' }));
    const [{ id }] = (await rejected(1)) as [Row];
    const detail = demand(200, await app.http('GET', `/api/deliveries/${id}`, { token: owner.token })).body;
    expect(detail.headers).toMatchObject({
      'user-agent': 'Calendly',
      [SIGNATURE]: expect.stringMatching(/^t=\d+,v1=....…$/),
    });
    expect(detail.signature_check).toMatch(/^La signature ne correspond à aucune clé/);
    const shown = demand(200, await app.http('GET', `/api/deliveries/${id}/body`, { token: owner.token })).body;
    expect(shown).toEqual({ content: body.toString(), encoding: 'utf-8', bytes: body.length });

    const kept = JSON.stringify(
      await app.database.query('SELECT row_to_json(d) AS row FROM deliveries d WHERE id = $1', [id]),
    );
    expect(kept).not.toContain(email);
    expect(kept).not.toContain(seal.split('v1=')[1]);
    expect(JSON.stringify(app.log)).not.toContain(email);
  });

  it('is answered like one at an address where nothing is kept', async () => {
    const { body } = booked();
    const headers = { [SIGNATURE]: sign(body, MENDED_KEY, now()) };
    const answers = [
      await send(body, headers),
      await app.http('POST', '/api/calendly/webhook', { raw: body, headers }),
    ];
    const [known, shared] = answers.map(({ status, body: told }) => ({
      ...told,
      status,
      request_id: '',
      instance: '',
    }));
    expect(known).toEqual(shared);
    await rejected(1);
  });

  it('is kept for nobody where it is not known whose it would be', async () => {
    const before = await countRejected();
    const { body } = booked();
    const headers = { [SIGNATURE]: sign(body, 'another-key', now()) };
    demand(401, await app.http('POST', '/api/calendly/webhook', { raw: body, headers }));
    demand(404, await app.http('POST', `/api/calendly/webhook/${'a'.repeat(43)}`, { raw: body, headers }));
    // One that is kept is written after those, which would show beside it.
    demand(401, await send(body, headers));
    await rejected(1);
    expect(await countRejected()).toBe(before + 1);
  });

  it('does not stand in the way of the real one, which comes with the same bytes', async () => {
    const { body, email } = booked();
    demand(401, await send(body, {}));
    await rejected(1);
    demand(200, await send(body, { [SIGNATURE]: sign(body, app.sandbox.signingKey, now()) }));
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
  });

  it('is never replayed, neither alone nor among many, nor worked through by anything else', async () => {
    const { body, email } = booked();
    demand(401, await send(body, {}));
    const [{ id }] = (await rejected(1)) as [Row];
    const { token } = owner;
    expect(await app.http('POST', `/api/deliveries/${id}/replay`, { token })).toMatchObject({
      status: 409,
      body: { code: 'delivery/rejected' },
    });
    const many = await app.http('POST', '/api/deliveries/replay', { token, body: { provider: 'calendly' } });
    expect(many).toMatchObject({ status: 202, body: { count: 0, run_id: null } });
    expect(await app.http('POST', '/api/deliveries/replay', { token, body: { state: 'rejected' } })).toMatchObject({
      status: 400,
    });
    expect(await prospectsWith(email)).toEqual([]);
    const [row] = await app.database.query('SELECT state, body FROM deliveries WHERE id = $1', [id]);
    expect(row).toEqual({ state: 'rejected', body: null });
  });
});

describe('whoever knows an address and sends what they like', () => {
  it('fills a few rows an hour and no more; the others are counted', async () => {
    const bodies = Array.from({ length: KEPT_AN_HOUR * 4 }, () => booked().body);
    for (const answer of await Promise.all(bodies.map((body) => send(body, {})))) demand(401, answer);
    await app.eventually(async () => {
      const rows = await list('?state=rejected&limit=200');
      expect(rows).toHaveLength(KEPT_AN_HOUR);
      expect(rows.reduce((sum, { others_rejected: others }) => sum + others, 0)).toBe(KEPT_AN_HOUR * 3);
    });
    // An hour later there is room again, but not for ever.
    await app.database.query(
      `UPDATE deliveries SET received_at = received_at - interval '2 hours' WHERE organization_id = $1`,
      [owner.organizationId],
    );
    demand(401, await send(booked().body, {}));
    await rejected(KEPT_AN_HOUR + 1);
    await app.database.query(
      `INSERT INTO deliveries (id, organization_id, integration_id, channel_id, provider, dedupe_key, body_sha256, state, received_at)
       SELECT gen_random_uuid(), organization_id, integration_id, channel_id, provider, ('\\x' || lpad(to_hex(n), 64, '0'))::bytea,
              body_sha256, 'rejected', now() - interval '3 hours'
       FROM (SELECT * FROM deliveries WHERE organization_id = $1 LIMIT 1) one, generate_series(1, $2) n`,
      [owner.organizationId, KEPT_A_DAY],
    );
    demand(401, await send(booked().body, {}));
    await app.eventually(async () => {
      const rows = await list('?state=rejected&limit=200');
      expect(rows.reduce((sum, { others_rejected: others }) => sum + others, 0)).toBe(KEPT_AN_HOUR * 3 + 1);
      expect(rows).toHaveLength(KEPT_AN_HOUR + 1 + KEPT_A_DAY);
    });
  });

  it('has no room for large bodies: the row says that it came, and nothing of it is kept', async () => {
    demand(401, await send(Buffer.alloc(LARGEST_EVIDENCE_BYTES + 1, 'x'), { [SIGNATURE]: 'x'.repeat(5_000) }));
    const [row] = (await rejected(1)) as [Row];
    expect(row).toMatchObject({ error_code: 'signature-malformed', recheckable: false });
    const { token } = owner;
    const body = await app.http('GET', `/api/deliveries/${row.id}/body`, { token });
    expect(body).toMatchObject({ status: 409, body: { code: 'delivery/body-gone' } });
    expect(await recheck(row.id)).toMatchObject({ status: 409, body: { code: 'delivery/evidence-gone' } });
  });

  it('is forgotten when bodies are, 30 days later', async () => {
    demand(401, await send(booked().body, {}));
    await rejected(1);
    for (const [days, left] of [
      [29, 1],
      [31, 0],
    ] as const) {
      await app.database.query(
        `UPDATE deliveries SET received_at = now() - make_interval(days => $2) WHERE organization_id = $1`,
        [owner.organizationId, days],
      );
      await app.get(Retention).purge(NEVER);
      expect(await list('?state=rejected')).toHaveLength(left);
    }
  });
});

describe('a look at the signature again', () => {
  it('accepts and works through it when the key has been mended since, whatever its age by then', async () => {
    const { body, email } = booked();
    const id = await refusedOnce(body, now());
    expect(await recheck(id)).toMatchObject({
      status: 200,
      body: {
        outcome: 'refused',
        explanation: expect.stringMatching(/^Toujours refusée/),
        delivery: { state: 'rejected' },
      },
    });
    expect(await prospectsWith(email)).toEqual([]);

    const answer = await recheck(id, mended);
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'accepted', delivery: { state: 'received' } } });
    const detail = await settled(id);
    expect(detail).toMatchObject({
      state: 'processed',
      effect: 'created',
      event_type: 'invitee.created',
      body_kept: true,
      recheckable: false,
      signature_check: expect.stringMatching(/^Refusée à la réception, puis vérifiée à nouveau\./),
    });
    expect(detail.headers).not.toHaveProperty(SIGNATURE);
    expect(await prospectsWith(email)).toHaveLength(1);
    expect(await recheck(id, mended)).toMatchObject({ status: 409, body: { code: 'delivery/not-rejected' } });
    const trail = await app.database.query(
      `SELECT outcome, details FROM audit_events WHERE organization_id = $1 AND action = 'delivery.recheck' ORDER BY position`,
      [owner.organizationId],
    );
    expect(trail).toMatchObject([
      { outcome: 'refused', details: { came_to: 'refused', fault: 'wrong' } },
      { outcome: 'success', details: { came_to: 'accepted' } },
    ]);
  });

  it('knows a repetition: of two tries of one delivery the second adds nothing', async () => {
    const { body, email } = booked();
    const first = await refusedOnce(body, now());
    const second = await refusedOnce(body, now(), 2);
    const answers = await Promise.all([first, second].map((id) => recheck(id, mended)));
    expect(answers.map(({ body: { outcome } }) => outcome).toSorted()).toEqual(['accepted', 'repeated']);
    const repeated = [first, second][answers.findIndex(({ body: { outcome } }) => outcome === 'repeated')]!;
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
    expect(await settled(repeated)).toMatchObject({ state: 'ignored', error_code: 'repeated', effect: null });
  });

  it('takes nothing for a repetition of what could not be read', async () => {
    const { body, email } = booked();
    const broken = Buffer.from(body.toString().replace(/"start_time":"[^"]*"/, '"start_time":null'));
    const headers = { [SIGNATURE]: sign(broken, app.sandbox.signingKey, now()) };
    demand(200, await send(broken, headers));
    await app.eventually(async () => expect(await list('?state=dead')).toHaveLength(1));
    const [first, second] = [await refusedOnce(body, now()), await refusedOnce(body, now(), 2)];
    expect((await recheck(first, mended)).body).toMatchObject({ outcome: 'accepted' });
    expect((await recheck(second, mended)).body).toMatchObject({ outcome: 'repeated' });
    await app.eventually(async () => expect(await prospectsWith(email)).toHaveLength(1));
  });

  it('accepts what was signed two weeks ago, and nothing older than bodies are kept nor from the future', async () => {
    const young = await refusedOnce(booked().body, now() - 14 * DAY_S);
    const old = await refusedOnce(booked().body, now() - 31 * DAY_S, 2);
    const early = await refusedOnce(booked().body, now() + 2 * DAY_S, 3);
    expect((await recheck(young, mended)).body).toMatchObject({ outcome: 'accepted' });
    for (const id of [old, early]) {
      expect((await recheck(id, mended)).body).toMatchObject({
        outcome: 'refused',
        explanation: expect.stringContaining('RETENTION_BODY_DAYS'),
      });
    }
  });

  it('is for administrators of the organization, while the connection lives', async () => {
    const id = await refusedOnce(booked().body, now());
    const member = await app.addMember(owner);
    const stranger = await app.registerOrganization();
    expect(await recheck(id, mended, member)).toMatchObject({ status: 403 });
    expect(await recheck(id, mended, stranger)).toMatchObject({ status: 404, body: { code: 'delivery/not-found' } });
    demand(200, await app.http('POST', '/api/calendly/disconnect', { token: owner.token }));
    expect(await recheck(id, mended)).toMatchObject({ status: 409, body: { code: 'delivery/connection-ended' } });
  });
});

function now(): number {
  return Math.floor(Date.now() / 1_000);
}

function booked(): { body: Buffer; email: string } {
  people += 1;
  const email = `refused.${people}@example.test`;
  const at = new Date(Math.floor(Date.now() / 60_000) * 60_000 + DAY_S * 1_000 + people * 60_000);
  const { body } = calendlyDelivery(newSubject(app.sandbox.apiUrl, email, at), 'invitee.created');
  return { body: Buffer.from(body), email };
}

function send(body: Buffer, headers: Record<string, string>): Promise<Answer> {
  return app.http('POST', address, { raw: body, headers: { 'content-type': 'application/json', ...headers } });
}

/** Sealed with the key that only the mended installation has; answers its row. */
async function refusedOnce(body: Buffer, time: number, count = 1): Promise<string> {
  demand(401, await send(body, { [SIGNATURE]: sign(body, MENDED_KEY, time) }));
  return (await rejected(count))[0]!.id;
}

function recheck(
  id: string,
  at: Pick<TestApp, 'http'> = app,
  { token }: Pick<Person, 'token'> = owner,
): Promise<Answer> {
  return at.http('POST', `/api/deliveries/${id}/recheck`, { token });
}

async function list(query: string): Promise<Row[]> {
  return demand(200, await app.http('GET', `/api/deliveries${query}`, { token: owner.token })).body;
}

/** Of everybody. */
async function countRejected(): Promise<number> {
  return (await app.database.query(`SELECT 1 FROM deliveries WHERE state = 'rejected'`)).length;
}

/** Once there are so many, newest first: they are written beside the answer. */
function rejected(count: number) {
  return app.eventually(async () => {
    const rows = await list('?state=rejected');
    expect(rows).toHaveLength(count);
    return rows;
  });
}

function settled(id: string) {
  return app.eventually(async () => {
    const { body } = demand(200, await app.http('GET', `/api/deliveries/${id}`, { token: owner.token }));
    expect(body.processed_at).not.toBeNull();
    return body;
  });
}

async function prospectsWith(email: string): Promise<unknown[]> {
  const path = `/api/prospects?search=${encodeURIComponent(email)}`;
  return demand(200, await app.http('GET', path, { token: owner.token })).body;
}
