import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bookingFacts } from '../../test/support/booking-facts.js';
import { BOOKING_STATUSES, type BookingFacts } from './booking-facts.js';
import { factsHash, higherStatus, joinBooking, sameBooking } from './booking-join.js';
import { type BookingRow, toColumns, toFacts } from './booking.row.js';

/** Few values for each part, so that facts often meet in some and differ in others. */
const instant = fc.integer({ min: 1, max: 3 }).map((minute) => new Date(Date.UTC(2026, 0, 16, 9, minute)));
const link = fc.constantFrom(null, 'E2/I2', 'E3/I3');
const ASKED = { by: 'host', reason: null, asksForAnotherTime: true } as const;
const anyFacts: fc.Arbitrary<BookingFacts> = fc
  .record({
    status: fc.constantFrom(...BOOKING_STATUSES),
    eventName: fc.constantFrom(null, 'Découverte', 'Suivi'),
    startsAt: instant,
    joinUrl: fc.constantFrom(null, 'https://meet.test/a'),
    questions: fc.constantFrom<BookingFacts['questions'][]>([], [{ question: 'Q', answer: 'A', position: 0 }]),
    location: fc.constantFrom<BookingFacts['location'][]>(
      null,
      { type: 'a', x: 1 },
      { x: 1, type: 'a' },
      { type: 'b' },
    ),
    tracking: fc.constantFrom<BookingFacts['tracking'][]>({}, { utm_source: 'x' }),
    cancellation: fc.constantFrom<BookingFacts['cancellation'][]>(
      null,
      { by: 'host', reason: null },
      { by: null, reason: 'x' },
      ASKED,
      { ...ASKED, reason: 'y' },
    ),
    noShow: fc.record({ at: fc.option(instant), knownAt: instant }),
    previousExternalId: link,
    nextExternalId: link,
    providerCreatedAt: instant,
    providerUpdatedAt: instant,
  })
  // What is given up for another hour is moved, by whoever says so.
  .map((parts) => bookingFacts(parts.cancellation?.asksForAnotherTime ? { ...parts, status: 'moved' } : parts));

describe('the join of what is known of one booking', () => {
  it('does not depend on who came first', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (left, right) => {
        expect(joinBooking(left, right)).toEqual(joinBooking(right, left));
      }),
    );
  });

  it('does not depend on what was joined before', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, anyFacts, (one, two, three) => {
        expect(joinBooking(joinBooking(one, two), three)).toEqual(joinBooking(one, joinBooking(two, three)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('changes nothing when it says what is known already', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (left, right) => {
        const joined = joinBooking(left, right);
        expect(joinBooking(left, left)).toEqual(left);
        expect(joinBooking(joined, left)).toEqual(joined);
        expect(joinBooking(joined, right)).toEqual(joined);
      }),
    );
  });

  it('survives the way into the database and back', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(toFacts(toColumns(facts) as unknown as BookingRow)).toEqual(facts);
      }),
    );
  });

  const early = new Date('2026-01-10T09:00:00Z');
  const late = new Date('2026-01-11T09:00:00Z');

  it('describes the booking as the newest facts do, as a whole', () => {
    const older = bookingFacts({ providerUpdatedAt: early, eventName: 'Old', joinUrl: 'https://meet.test/old' });
    const newer = bookingFacts({ providerUpdatedAt: late, eventName: 'New', joinUrl: null });
    expect(joinBooking(older, newer)).toMatchObject({ eventName: 'New', joinUrl: null, providerUpdatedAt: late });
  });

  it('lets a status rise and never fall, also by newer facts', () => {
    const canceled = bookingFacts({ status: 'canceled', providerUpdatedAt: early });
    expect(joinBooking(canceled, bookingFacts({ status: 'active', providerUpdatedAt: late })).status).toBe('canceled');
    for (const [rank, status] of BOOKING_STATUSES.entries()) {
      for (const [other, otherStatus] of BOOKING_STATUSES.entries()) {
        expect(higherStatus(status, otherStatus)).toBe(BOOKING_STATUSES[Math.max(rank, other)]);
      }
    }
  });

  it('calls what was given up for another hour moved, though others call it canceled, before or after', () => {
    const asked = bookingFacts({ status: 'moved', cancellation: ASKED, providerUpdatedAt: early });
    const canceled = bookingFacts({ status: 'canceled', cancellation: { by: 'host', reason: 'x' } });
    for (const joined of [joinBooking(asked, canceled), joinBooking(canceled, asked)]) {
      expect(joined).toMatchObject({ status: 'moved', cancellation: ASKED });
    }
  });

  it('keeps links, the cancellation and the first creation, though newer facts leave them out', () => {
    const told = bookingFacts({
      providerUpdatedAt: early,
      previousExternalId: 'E0/I0',
      nextExternalId: 'E2/I2',
      cancellation: { by: 'host', reason: 'Grève' },
      providerCreatedAt: early,
    });
    expect(joinBooking(told, bookingFacts({ providerUpdatedAt: late, providerCreatedAt: late }))).toMatchObject({
      previousExternalId: 'E0/I0',
      nextExternalId: 'E2/I2',
      cancellation: { by: 'host', reason: 'Grève' },
      providerCreatedAt: early,
    });
  });

  it('believes the latest knowledge of an absence, and the mark among two of one moment', () => {
    const marked = { at: early, knownAt: early };
    const undone = { at: null, knownAt: late };
    expect(joinBooking(bookingFacts({ noShow: undone }), bookingFacts({ noShow: marked })).noShow).toEqual(undone);
    const sameMoment = { at: null, knownAt: early };
    expect(joinBooking(bookingFacts({ noShow: sameMoment }), bookingFacts({ noShow: marked })).noShow).toEqual(marked);
  });
});

describe('of two descriptions of one booking', () => {
  it.each([
    ['Découverte', 'Suivi'],
    ['Suivi', 'Découverte'],
  ])('the newer one is believed, and nothing but its time decides: "%s", then "%s"', (first, last) => {
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 10, 9, minute));
    const older = bookingFacts({ eventName: first, providerUpdatedAt: at(0) });
    const newer = bookingFacts({ eventName: last, providerUpdatedAt: at(1) });
    for (const joined of [joinBooking(older, newer), joinBooking(newer, older)]) {
      expect(joined).toMatchObject({ eventName: last, providerUpdatedAt: at(1) });
    }
  });
});

describe('what is decided by a rule alone', () => {
  // During an upgrade two versions work side by side, and must not decide differently.
  const winner = (left: Partial<BookingFacts>, right: Partial<BookingFacts>) => {
    const joined = joinBooking(bookingFacts(left), bookingFacts(right));
    expect(joinBooking(bookingFacts(right), bookingFacts(left))).toEqual(joined);
    return joined;
  };

  it('is the same in every version: two descriptions of one instant', () => {
    expect(winner({ eventName: 'Découverte' }, { eventName: 'Suivi' }).eventName).toBe('Découverte');
  });

  it('is the same in every version: two links, two cancellations', () => {
    expect(winner({ nextExternalId: 'E2/I2' }, { nextExternalId: 'E3/I3' }).nextExternalId).toBe('E3/I3');
    const invitee = { by: 'invitee', reason: 'a' } as const;
    expect(winner({ cancellation: invitee }, { cancellation: { by: 'host', reason: 'b' } }).cancellation).toEqual(
      invitee,
    );
  });
});

describe('two bookings', () => {
  it('are the same when they say the same, in whatever order their keys stand', () => {
    const turned = Object.fromEntries(Object.entries(bookingFacts()).toReversed()) as unknown as BookingFacts;
    expect(sameBooking(bookingFacts(), turned)).toBe(true);
  });

  it.each<Partial<BookingFacts>>([
    { status: 'moved' },
    { nextExternalId: 'E2/I2' },
    { noShow: { at: null, knownAt: new Date(0) } },
    { providerUpdatedAt: new Date(0) },
    { location: null },
  ])('are not with %j', (changes) => {
    expect(sameBooking(bookingFacts(), bookingFacts(changes))).toBe(false);
  });
});

describe('the hash of facts', () => {
  it('is the same for the same description, in whatever order its keys stand', () => {
    const [one, other] = [
      { type: 'a', x: { y: 1, z: 2 } },
      { x: { z: 2, y: 1 }, type: 'a' },
    ];
    expect(factsHash(bookingFacts({ location: one }))).toEqual(factsHash(bookingFacts({ location: other })));
  });

  it.each<[string, Partial<BookingFacts>]>([
    ['the hour', { startsAt: new Date(0) }],
    ['the end', { endsAt: new Date(0) }],
    ['the name', { eventName: null }],
    ['the type', { eventType: null }],
    ['the place', { location: null }],
    ['the link', { joinUrl: 'https://meet.test/x' }],
    ['the invitee', { invitee: { ...bookingFacts().invitee, phone: '+33' } }],
    ['an answer', { questions: [{ question: 'Q', answer: 'A', position: 0 }] }],
    ['the tracking', { tracking: { utm_source: 'x' } }],
  ])('differs with %s', (_, changes) => {
    expect(factsHash(bookingFacts(changes))).not.toEqual(factsHash(bookingFacts()));
  });

  it('leaves out what is joined by itself', () => {
    const changes = { status: 'canceled', nextExternalId: 'E2/I2', providerUpdatedAt: new Date(0) } as const;
    expect(factsHash(bookingFacts(changes))).toEqual(factsHash(bookingFacts()));
  });
});
