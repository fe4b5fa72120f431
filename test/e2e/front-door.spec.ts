import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, startApp, type TestApp } from '../support/app.js';
import { calendlyDelivery, newSubject } from '../support/calendly-deliveries.js';
import { sign } from '../support/calendly-payloads.js';

const HOUR_MS = 3_600_000;
const SIGNATURE = 'calendly-webhook-signature';
const UNKNOWN = `/api/calendly/webhook/${'u'.repeat(43)}`;

/** Where a request was answered shows in this header alone. */
const AT_THE_DOOR = "default-src 'none'; frame-ancestors 'none'";

let app: TestApp;
let owner: Person;
let address: string;

beforeAll(async () => {
  app = await startApp();
  app.sandbox.control.addAccount({ name: 'Ana Blanc', email: 'ana.blanc@example.test' });
  owner = await app.registerConnected({ account: 'ana.blanc@example.test' });
  address = new URL(app.sandbox.control.subscriptions().at(-1)!.callback_url).pathname;
  app.sandbox.control.holdDeliveries();
});

afterAll(async () => {
  await app.close();
});

let people = 0;

function booked(): { body: Buffer; email: string } {
  people += 1;
  const email = `visitor.${people}@example.test`;
  const at = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + (24 + people) * HOUR_MS);
  return {
    body: Buffer.from(calendlyDelivery(newSubject(app.sandbox.apiUrl, email, at), 'invitee.created').body),
    email,
  };
}

const sealed = (body: Buffer) => ({ [SIGNATURE]: sign(body, app.sandbox.signingKey, Math.floor(Date.now() / 1_000)) });

/** With its length in front, as providers send; in chunks it is nothing for the door. */
async function post(path: string, body: Buffer, headers: Record<string, string>, chunked: boolean) {
  const length = chunked ? {} : { 'content-length': String(body.length) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(app.url + path, { method: 'POST', headers: { ...length, ...headers } }, resolve);
    asked.once('error', reject);
    if (chunked) asked.write(body);
    asked.end(chunked ? undefined : body);
  });
  const said = (await json(response)) as Record<string, unknown>;
  const { statusCode: status, headers: answered } = response;
  expect(answered['content-security-policy'] === AT_THE_DOOR).toBe(!chunked);
  expect(said['request_id'] ?? answered['x-request-id']).toBe(answered['x-request-id']);
  const names = ['content-type', 'cache-control', 'www-authenticate', 'retry-after', 'x-content-type-options'];
  return { status, headers: names.map((name) => [name, answered[name]]), said: { ...said, request_id: undefined } };
}

describe('a delivery is answered at the door as further in', () => {
  it.each<[what: string, status: number, sent: () => [path: string, body: Buffer, headers: Record<string, string>]]>([
    ['genuine', 200, () => onOwnAddress(booked().body)],
    ['with words that nobody reads', 200, () => onOwnAddress(Buffer.from('<html>'))],
    ['without its signature', 401, () => [address, booked().body, {}]],
    ['without its signature, in English', 401, () => [address, booked().body, { 'accept-language': 'en' }]],
    ['with the signature of another', 401, () => [address, booked().body, sealed(Buffer.from('other'))]],
    ['at an address that nobody has', 404, () => [UNKNOWN, booked().body, sealed(booked().body)]],
    ['at the address of another provider', 404, () => [atCalCom(), booked().body, sealed(booked().body)]],
  ])('%s: %i', async (_what, status, sent) => {
    const [path, body, headers] = sent();
    const outside = await post(path, body, headers, false);
    expect(outside.status).toBe(status);
    // By then a repetition, which is answered like the first.
    expect(await post(path, body, headers, true)).toEqual(outside);
  });

  it('and is kept as much', async () => {
    const outside = booked();
    const inside = booked();
    await post(address, outside.body, sealed(outside.body), false);
    await post(address, inside.body, sealed(inside.body), true);
    await app.eventually(async () => {
      const { body } = await app.http('GET', '/api/prospects', { token: owner.token });
      for (const { email } of [outside, inside]) expect(JSON.stringify(body)).toContain(email);
    });
  });
});

function onOwnAddress(body: Buffer): [string, Buffer, Record<string, string>] {
  return [address, body, sealed(body)];
}

function atCalCom(): string {
  return address.replace('/calendly/', '/cal/');
}
