import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CALENDLY_API,
  calendlyEnvelope,
  calendlyEvent,
  calendlyInvitee,
  type Fields,
  seal,
  sign,
  toBody,
} from '../../test/support/calendly-payloads.js';
import { identifyDelivery, readDelivery, verifyDelivery } from './calendly.delivery.js';
import { CalendlyUris } from './calendly.uris.js';

const KEY = 'a-signing-key-of-tests';
const NOW = 1_795_000_000;
const body = toBody(calendlyEnvelope());

const withInvitee = (invitee: Fields, event: Fields = {}): Fields => ({
  payload: { ...calendlyInvitee(invitee), scheduled_event: calendlyEvent(event) },
});

function verify(header: string | string[] | undefined, bytes = body, keys: readonly string[] = [KEY]) {
  const headers = header === undefined ? {} : { 'calendly-webhook-signature': header };
  return verifyDelivery({ body: bytes, headers }, keys, new Date(NOW * 1_000));
}

describe('the seal of a Calendly delivery', () => {
  const good = seal(body, KEY, NOW);

  it('is verified over the very bytes, and names the key that made it', () => {
    expect(verify(sign(body, KEY, NOW))).toEqual({ verified: true, key: KEY });
  });

  it.each([
    ['no header', undefined, 'missing'],
    ['an empty header', '', 'malformed'],
    ['two headers', [sign(body, KEY, NOW), sign(body, KEY, NOW)], 'malformed'],
    ['no t', `v1=${good}`, 'malformed'],
    ['an empty t', `t=,v1=${good}`, 'malformed'],
    ['a t that is not a number', `t=now,v1=${good}`, 'malformed'],
    ['a negative t', sign(body, KEY, -NOW), 'malformed'],
    ['a t with a fraction', sign(body, KEY, `${NOW}.5`), 'malformed'],
    ['a t in hexadecimal', sign(body, KEY, `0x${NOW.toString(16)}`), 'malformed'],
    ['a t of 1e20', sign(body, KEY, '1e20'), 'malformed'],
    ['a t of twenty digits', sign(body, KEY, '1'.padEnd(20, '0')), 'malformed'],
    ['a t in milliseconds', sign(body, KEY, NOW * 1_000), 'malformed'],
    ['two t', `t=${NOW},t=${NOW},v1=${good}`, 'malformed'],
    ['no v1', `t=${NOW}`, 'malformed'],
    ['v0 alone', `t=${NOW},v0=${good}`, 'malformed'],
    ['an empty v1', `t=${NOW},v1=`, 'malformed'],
    ['63 digits', `t=${NOW},v1=${good.slice(1)}`, 'malformed'],
    ['65 digits', `t=${NOW},v1=${good}0`, 'malformed'],
    ['what is not hexadecimal', `t=${NOW},v1=${'z'.repeat(64)}`, 'malformed'],
    ['a good v1 beside a broken one', `t=${NOW},v1=${good},v1=x`, 'malformed'],
    ['10 kB of header', `t=${NOW},v1=${good},x=${'x'.repeat(10_240)}`, 'malformed'],
    ['a seal over nothing', `t=${NOW},v1=${seal(Buffer.alloc(0), KEY, NOW)}`, 'wrong'],
    ['the seal of another moment', `t=${NOW},v1=${seal(body, KEY, NOW - 1)}`, 'wrong'],
    ['the seal of another key', sign(body, `${KEY}2`, NOW), 'wrong'],
    ['zeros', `t=${NOW},v1=${'0'.repeat(64)}`, 'wrong'],
  ])('is refused: %s', (_, header, reason) => {
    expect(verify(header)).toEqual({ verified: false, reason });
  });

  it.each([-180, -1, 0, 1, 180])('holds %i seconds away', (seconds) => {
    expect(verify(sign(body, KEY, NOW + seconds)).verified).toBe(true);
  });

  it.each([-181, 181, -86_400, 86_400])('is stale %i seconds away', (seconds) => {
    expect(verify(sign(body, KEY, NOW + seconds))).toEqual({ verified: false, reason: 'stale' });
  });

  it('may be written in capitals, with blanks and in any order: the bytes count', () => {
    expect(verify(`v1=${good.toUpperCase()} , t=${NOW}`).verified).toBe(true);
  });

  it('may be one of two while keys change, and any of our keys may have made it', () => {
    expect(verify(`t=${NOW},v1=${'0'.repeat(64)},v1=${good}`).verified).toBe(true);
    expect(verify(sign(body, KEY, NOW), body, ['older', KEY, 'newer'])).toEqual({ verified: true, key: KEY });
  });

  it('may be as old as somebody allows who looks at it later, and never from the future', () => {
    const [old, early] = [sign(body, KEY, NOW - 86_400), sign(body, KEY, NOW + 86_400)];
    const look = (header: string, maxAgeSeconds?: number) =>
      verifyDelivery(
        { body, headers: { 'calendly-webhook-signature': header } },
        [KEY],
        new Date(NOW * 1_000),
        maxAgeSeconds,
      );
    expect(look(old)).toEqual({ verified: false, reason: 'stale' });
    expect(look(old, 86_399)).toEqual({ verified: false, reason: 'stale' });
    expect(look(old, 86_400)).toEqual({ verified: true, key: KEY });
    expect(look(early, 100_000)).toEqual({ verified: false, reason: 'stale' });
  });

  it('is of nobody when we have no key', () => {
    expect(verify(sign(body, KEY, NOW), body, [])).toEqual({ verified: false, reason: 'wrong' });
  });

  it('breaks with any one byte', () => {
    const header = sign(body, KEY, NOW);
    for (let position = 0; position < body.length; position += 1) {
      const changed = Buffer.from(body);
      changed[position]! ^= 1;
      expect(verify(header, changed)).toEqual({ verified: false, reason: 'wrong' });
    }
    expect(verify(header, Buffer.concat([body, Buffer.from('\n')]))).toEqual({ verified: false, reason: 'wrong' });
    expect(verify(header, body.subarray(1))).toEqual({ verified: false, reason: 'wrong' });
  });

  it.each([
    ['accents and emoji', Buffer.from('{"name":"Zoé 👩‍🚀 Ångström"}')],
    ['odd spacing', Buffer.from('{ "name" :\t"x" ,\r\n "b":1.0 }')],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['a megabyte', Buffer.alloc(1_048_576, 'é')],
    ['nothing', Buffer.alloc(0)],
  ])('is over the bytes as they came: %s', (_, bytes) => {
    expect(verify(sign(bytes, KEY, NOW), bytes).verified).toBe(true);
    expect(verify(sign(bytes, KEY, NOW), Buffer.from(`${bytes.toString()} `)).verified).toBe(false);
  });

  it('is not the seal of the same JSON written another way', () => {
    const pretty = Buffer.from(JSON.stringify(calendlyEnvelope(), null, 2));
    expect(verify(sign(pretty, KEY, NOW), body)).toEqual({ verified: false, reason: 'wrong' });
  });
});

describe('what a Calendly delivery says', () => {
  const uris = new CalendlyUris(CALENDLY_API);
  const read = (envelope: unknown) => readDelivery(uris, toBody(envelope));
  it('is a booking of this invitee, as of the moment of the delivery', () => {
    const { accountIds, outcome } = read(calendlyEnvelope());
    expect(accountIds).toEqual(['U1', 'U1']);
    expect(outcome).toMatchObject({
      kind: 'booking',
      facts: { externalId: 'E1/I1', status: 'active', noShow: { at: null, knownAt: new Date('2026-11-20T10:00:01Z') } },
    });
  });

  it.each(['invitee.rescheduled', 'invitee.updated', 'event_type.updated', 'routing_form_submission.created', ''])(
    'is nothing to us when the event is "%s", whatever it carries',
    (event) => {
      const ignored = { kind: 'ignored', reason: 'event-unknown' };
      expect(read(calendlyEnvelope({ event })).outcome).toEqual(ignored);
      expect(read({ event, created_at: '', payload: { anything: 1 } }).outcome).toEqual(ignored);
    },
  );

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['not JSON', Buffer.from('<html>')],
    ['half of it', body.subarray(0, 200)],
    ['null', Buffer.from('null')],
    ['a list', Buffer.from('[]')],
    ['no payload', toBody({ ...calendlyEnvelope(), payload: undefined })],
    ['a payload that is a list', toBody(calendlyEnvelope({ payload: [] }))],
    ['an event that is an object', toBody(calendlyEnvelope({ event: {} }))],
  ])('is unusable: %s', (_, bytes) => {
    expect(readDelivery(uris, bytes).outcome).toEqual({ kind: 'unusable', reason: 'envelope-malformed' });
  });

  it.each<[string, Fields]>([
    ['no event of its own', { payload: calendlyInvitee() }],
    ['an event without times', withInvitee({}, { start_time: null })],
    ['a time without a zone', withInvitee({}, { start_time: '2026-11-24T09:00:00' })],
    ['a status nobody promised', withInvitee({ status: 'tentative' })],
    ['no name', withInvitee({ name: null })],
    ['a moment that is none', { created_at: 'yesterday' }],
  ])('is unusable with %s', (_, changes) => {
    expect(read(calendlyEnvelope(changes)).outcome).toEqual({ kind: 'unusable', reason: 'payload-malformed' });
  });

  it.each([
    'http://169.254.169.254/scheduled_events/E1/invitees/I1',
    'file:///scheduled_events/E1/invitees/I1',
    'https://api.calendly.com.evil.test/scheduled_events/E1/invitees/I1',
    '/scheduled_events/E1/invitees/I1',
    'scheduled_events/E1/invitees/I1',
    'https://api.calendly.com/scheduled_events/E2/invitees/I1',
    '',
  ])('is unusable when its invitee lives at "%s"', (uri) => {
    expect(read(calendlyEnvelope(withInvitee({ uri }))).outcome).toEqual({
      kind: 'unusable',
      reason: 'address-foreign',
    });
  });

  it('takes an address of 10 kB for no address', () => {
    const uri = `${CALENDLY_API}/scheduled_events/${'E'.repeat(10_240)}/invitees/I1`;
    expect(read(calendlyEnvelope(withInvitee({ uri }))).outcome.kind).toBe('unusable');
  });

  it('never throws, whatever the bytes or the JSON', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readDelivery(uris, Buffer.from(bytes))));
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom(...Object.keys(calendlyInvitee()), 'scheduled_event'),
        (value, name) => {
          const payload = { ...calendlyInvitee(), scheduled_event: calendlyEvent(), [name]: value };
          readDelivery(uris, toBody(calendlyEnvelope({ payload })));
          readDelivery(uris, toBody(calendlyEnvelope(withInvitee({}, { [name]: value }))));
        },
      ),
    );
  });
});

describe('what a Calendly delivery is known by', () => {
  const identify = (envelope: unknown) => identifyDelivery(toBody(envelope));

  it('is the same for repetitions, however the JSON is written', () => {
    const pretty = Buffer.from(JSON.stringify(calendlyEnvelope(), null, 2));
    expect(identifyDelivery(pretty)).toEqual(identify(calendlyEnvelope()));
    expect(identify(calendlyEnvelope())).toEqual({
      identity: expect.stringContaining('invitee.created'),
      eventType: 'invitee.created',
    });
  });

  it.each<[string, Fields]>([
    ['event', { event: 'invitee.canceled' }],
    ['moment', { created_at: '2026-11-20T10:00:01.000001Z' }],
    ['invitee', withInvitee({ uri: `${CALENDLY_API}/scheduled_events/E1/invitees/I2` })],
    ['state', withInvitee({ status: 'canceled' })],
    ['reason: a move instead of a cancellation', withInvitee({ rescheduled: true })],
  ])('is another with another %s', (_, changes) => {
    const { identity } = identify(calendlyEnvelope(changes));
    expect(identity).not.toBeNull();
    expect(identity).not.toBe(identify(calendlyEnvelope()).identity);
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['not JSON', Buffer.from('<html>')],
    ['null', Buffer.from('null')],
    ['the flat form', toBody({ event: 'invitee.created', payload: { name: 'Zoé', email: 'zoe@example.test' } })],
    ['an envelope without a payload', toBody({ ...calendlyEnvelope(), payload: null })],
    ['a moment that is a number', toBody(calendlyEnvelope({ created_at: 1 }))],
    ['an invitee without an address', toBody(calendlyEnvelope(withInvitee({ uri: undefined })))],
    [
      'an invitee of whom it is not said whether they moved',
      toBody(calendlyEnvelope(withInvitee({ rescheduled: null }))),
    ],
  ])('is its bytes where it is %s', (_, bytes) => {
    expect(identifyDelivery(bytes).identity).toBeNull();
  });

  it.each(['', 'a b', 'a\0', 'x'.repeat(101), 7, null])('has no name for an event called %j', (event) => {
    expect(identify(calendlyEnvelope({ event })).eventType).toBeNull();
  });

  it('never throws, whatever the bytes or the JSON', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void identifyDelivery(Buffer.from(bytes))));
    fc.assert(fc.property(fc.jsonValue(), (value) => void identify(value)));
    fc.assert(fc.property(fc.jsonValue(), (payload) => void identify(calendlyEnvelope({ payload }))));
  });
});
