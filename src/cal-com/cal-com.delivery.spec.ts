import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { identifyDelivery, readDelivery, verifyDelivery } from './cal-com.delivery.js';

const CLIENT = 'clx0abc123';
const KEY = 'a secret of this channel';
const organizer = { id: 179, name: 'Nora Petit', email: `nora+${CLIENT}@exemple.fr` };
const BOOKED = {
  uid: 'bFJeNb2uX8ANpT3JL5EfXw',
  type: 'appel',
  eventTitle: 'Appel',
  eventTypeId: 7,
  startTime: '2026-11-24T09:00:00Z',
  endTime: '2026-11-24T09:30:00Z',
  organizer,
  attendees: [
    { email: 'client@exemple.fr', name: 'Ines Roy', firstName: 'Ines', lastName: 'Roy', timeZone: 'Europe/Paris' },
  ],
  responses: {
    name: { label: 'your_name', value: 'Ines Roy', isHidden: false },
    email: { label: 'email_address', value: 'client@exemple.fr', isHidden: false },
    attendeePhoneNumber: { label: 'phone_number', value: '+33612345678', isHidden: false },
    location: { label: 'location', value: { optionValue: '', value: 'integrations:google:meet' }, isHidden: false },
  },
  userFieldsResponses: { projet: { label: 'Votre projet ?', value: ['Un site', 'Une boutique'], isHidden: false } },
  additionalNotes: 'En visio',
  location: 'integrations:google:meet',
  metadata: { videoCallUrl: 'https://meet.google.com/abc', utm_source: 'lettre', autre: 'x' },
  seatsPerTimeSlot: null,
  status: 'ACCEPTED',
};

function body(triggerEvent: string, payload: unknown, createdAt = '2026-11-20T10:00:01.000Z'): Buffer {
  return Buffer.from(JSON.stringify({ triggerEvent, createdAt, payload }));
}

function factsOf(triggerEvent: string, payload: unknown) {
  const { outcome } = readDelivery(CLIENT, body(triggerEvent, payload));
  if (outcome.kind !== 'booking') throw new Error(`A booking was expected, ${outcome.kind} came`);
  return [outcome.facts, ...(outcome.others ?? [])];
}

describe('a seal of Cal.com', () => {
  const bytes = body('BOOKING_CREATED', BOOKED);
  const seal = createHmac('sha256', KEY).update(bytes).digest('hex');
  const verify = (header: string | string[] | undefined, sent = bytes, keys = ['another', KEY]) =>
    verifyDelivery({ body: sent, headers: { 'x-cal-signature-256': header } }, keys);

  it('is the digest of the bytes, with any of the keys', () => {
    expect(verify(seal)).toEqual({ verified: true, key: KEY });
    expect(verify(seal.toUpperCase())).toEqual({ verified: true, key: KEY });
  });

  it('is never the words that come without a secret', () => {
    expect(verify('no-secret-provided')).toEqual({ verified: false, reason: 'malformed' });
    const ofWords = createHmac('sha256', 'no-secret-provided').update(bytes).digest('hex');
    expect(verify(ofWords)).toEqual({ verified: false, reason: 'wrong' });
  });

  it.each([
    [undefined, 'missing'],
    ['', 'malformed'],
    [`sha256=${seal}`, 'malformed'],
    [seal.slice(1), 'malformed'],
    [`${seal}${seal}`, 'malformed'],
    [[seal, seal], 'malformed'],
    ['g'.repeat(64), 'malformed'],
    ['0'.repeat(64), 'wrong'],
  ])('is refused as %j', (header, reason) => {
    expect(verify(header)).toEqual({ verified: false, reason });
  });

  it('covers every byte, and none without a key', () => {
    expect(verify(seal, Buffer.concat([bytes, Buffer.from(' ')]))).toEqual({ verified: false, reason: 'wrong' });
    expect(verify(seal, bytes, [])).toEqual({ verified: false, reason: 'wrong' });
  });
});

describe('a delivery of Cal.com', () => {
  it('of a new booking says everything of it in our words', () => {
    const [facts, ...others] = factsOf('BOOKING_CREATED', BOOKED);
    expect(others).toEqual([]);
    expect(facts).toMatchObject({
      externalEventId: BOOKED.uid,
      externalId: BOOKED.uid,
      status: 'active',
      eventType: '7',
      eventName: 'Appel',
      joinUrl: 'https://meet.google.com/abc',
      location: { type: 'integrations:google:meet' },
      invitee: {
        name: 'Ines Roy',
        firstname: 'Ines',
        lastname: 'Roy',
        email: 'client@exemple.fr',
        phone: '+33612345678',
      },
      questions: [
        { question: 'Votre projet ?', answer: 'Un site, Une boutique', position: 0 },
        { question: 'Notes', answer: 'En visio', position: 1 },
      ],
      tracking: { utm_source: 'lettre' },
      cancellation: null,
    });
  });

  it('of a move says both the hour that is new and the one that was left', () => {
    const [facts, left] = factsOf('BOOKING_RESCHEDULED', {
      ...BOOKED,
      uid: 'new',
      rescheduleUid: 'old',
      rescheduleStartTime: '2026-11-23T09:00:00Z',
      rescheduleEndTime: '2026-11-23T09:30:00Z',
    });
    expect(facts).toMatchObject({ externalId: 'new', status: 'active', previousExternalId: 'old' });
    expect(left).toMatchObject({
      externalId: 'old',
      status: 'moved',
      nextExternalId: 'new',
      startsAt: new Date('2026-11-23T09:00:00Z'),
    });
  });

  it('of a move that needs the host’s word is a request, and moves all the same', () => {
    const [facts] = factsOf('BOOKING_REQUESTED', { ...BOOKED, uid: 'new', rescheduleUid: 'old', status: 'PENDING' });
    expect(facts).toMatchObject({ status: 'pending', previousExternalId: 'old' });
  });

  it.each([
    [{ cancelledBy: 'client@exemple.fr' }, 'invitee'],
    [{ cancelledBy: 'nora@exemple.fr' }, 'host'],
    [{ cancelledBy: `nora+${CLIENT}@exemple.fr` }, 'host'],
    [{ cancelledBy: 'somebody@else.fr' }, null],
    [{}, null],
  ])('of a cancellation says by whom: %j', (changes, by) => {
    const quirks = { startTime: '2026-11-24T09:00:00+00:00', metadata: undefined, destinationCalendar: [] };
    const [facts] = factsOf('BOOKING_CANCELLED', { ...BOOKED, ...quirks, status: 'CANCELLED', ...changes });
    expect(facts).toMatchObject({
      status: 'canceled',
      startsAt: new Date('2026-11-24T09:00:00Z'),
      cancellation: { by, reason: null },
    });
  });

  it('by which the host asks for another hour is no cancellation', () => {
    const payload = { ...BOOKED, requestReschedule: true, cancellationReason: 'Un imprévu' };
    const [facts] = factsOf('BOOKING_CANCELLED', payload);
    expect(facts).toMatchObject({
      status: 'moved',
      cancellation: { by: 'host', reason: 'Un imprévu', asksForAnotherTime: true },
    });
  });

  it('of a shared booking is about each seat it names, by whom the seat is for', () => {
    const attendees = ['a@exemple.fr', 'B@exemple.fr'].map((email) => ({ ...BOOKED.attendees[0]!, email }));
    const facts = factsOf('BOOKING_CANCELLED', { ...BOOKED, seatsPerTimeSlot: 7, attendees });
    expect(facts).toHaveLength(2);
    expect(new Set(facts.map(({ externalEventId }) => externalEventId))).toEqual(new Set([BOOKED.uid]));
    const [other] = factsOf('BOOKING_CREATED', {
      ...BOOKED,
      seatsPerTimeSlot: 7,
      attendees: [{ ...BOOKED.attendees[0]!, email: 'b@exemple.fr' }],
    });
    expect(facts[1]!.externalId).toBe(other!.externalId);
  });

  it('of absences names the booking in its own way', () => {
    const attendees = [{ email: 'client@exemple.fr', noShow: true }];
    const told = readDelivery(CLIENT, body('BOOKING_NO_SHOW_UPDATED', { message: 'x', bookingUid: 'u', attendees }));
    expect(told.outcome).toEqual({
      kind: 'absence',
      of: {
        externalEventId: 'u',
        toldAt: new Date('2026-11-20T10:00:01.000Z'),
        marks: [{ email: 'client@exemple.fr', isAbsent: true }],
      },
    });
  });

  it.each(['MEETING_STARTED', 'BOOKING_PAID', 'BOOKING_CONFIRMED', 'toString'])('of %s is nothing to us', (trigger) => {
    expect(readDelivery(CLIENT, body(trigger, undefined)).outcome.kind).toBe('ignored');
  });

  it.each<[string, unknown]>([
    ['without a uid', { ...BOOKED, uid: undefined }],
    ['with a uid that leads elsewhere', { ...BOOKED, uid: '../me' }],
    ['without anybody', { ...BOOKED, attendees: [] }],
    ['without an hour', { ...BOOKED, startTime: null }],
    ['with an hour of no zone', { ...BOOKED, startTime: '2026-11-24T09:00:00' }],
    ['that is a list', []],
    ['that is missing', undefined],
  ])('%s is unusable', (_, payload) => {
    expect(readDelivery(CLIENT, body('BOOKING_CREATED', payload)).outcome.kind).toBe('unusable');
  });

  it.each(['', 'null', '[]', '{}', 'false', '<html>', '{"triggerEvent":1}', '['.repeat(50_000)])(
    'of no form is unusable: %#',
    (text) => {
      expect(readDelivery(CLIENT, Buffer.from(text)).outcome.kind).toBe('unusable');
    },
  );
});

describe('what a Cal.com delivery is known by', () => {
  it('is its bytes alone, whatever they say', () => {
    for (const bytes of [body('BOOKING_CREATED', BOOKED), body('MEETING_STARTED', undefined), Buffer.from('<html>')])
      expect(identifyDelivery(bytes).identity).toBeNull();
  });

  it.each([
    [body('BOOKING_CREATED', BOOKED), 'BOOKING_CREATED'],
    [body('MEETING_STARTED', undefined), 'MEETING_STARTED'],
    [body('a b', {}), null],
    [body('A\0', {}), null],
    [body('A'.repeat(101), {}), null],
    [Buffer.from('{"triggerEvent":1}'), null],
    [Buffer.from('null'), null],
    [Buffer.from('<html>'), null],
    [Buffer.alloc(0), null],
  ])('and it is called what it calls itself: %#', (bytes, eventType) => {
    expect(identifyDelivery(bytes).eventType).toBe(eventType);
  });
});
