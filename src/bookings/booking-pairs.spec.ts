import { describe, expect, it } from '@jest/globals';
import { bookingFacts } from '../../test/support/booking-facts.js';
import type { BookingFacts } from './booking-facts.js';
import { movedKey } from './booking-news.js';
import { findPairWaits, linkPairs } from './booking-pairs.js';
import type { MergedBooking } from './merged-booking.js';

const A = { externalId: 'E1/I1' };
const B = { externalId: 'E2/I2', previousExternalId: 'E1/I1' };
const MOVED = { ...A, status: 'moved', nextExternalId: 'E2/I2' } as const;
const WAITING = { pairDueAt: new Date('2026-01-16T15:32:00Z') };

function booking(
  after: Partial<BookingFacts>,
  before: Partial<BookingFacts> | null,
  more: Partial<MergedBooking> = {},
): MergedBooking {
  const facts = bookingFacts(after);
  const known = before && bookingFacts(before);
  return {
    id: facts.externalId,
    before: known,
    after: facts,
    prospectId: null,
    pairDueAt: null,
    quiet: false,
    ...more,
  };
}

function together(...bookings: MergedBooking[]): Map<string, MergedBooking> {
  return new Map(bookings.map((one) => [one.after.externalId, one]));
}

describe('the two halves of a move', () => {
  const linked = (...bookings: Partial<BookingFacts>[]) => {
    const merged = together(...bookings.map((facts) => booking(facts, null)));
    linkPairs(merged);
    return [...merged.values()].map(({ after }) => [after.status, after.previousExternalId, after.nextExternalId]);
  };

  it.each([
    ['the new one names the old', A, B],
    ['the old one names the new', MOVED, { externalId: 'E2/I2' }],
    ['both name each other', MOVED, B],
  ])('are linked both ways when %s, whichever comes first', (_, old, fresh) => {
    const ends = [
      ['moved', null, 'E2/I2'],
      ['active', 'E1/I1', null],
    ];
    expect(linked(old, fresh)).toEqual(ends);
    expect(linked(fresh, old)).toEqual(ends.toReversed());
  });

  it('keep what one of them said before of its other half', () => {
    expect(linked(MOVED, { ...B, previousExternalId: 'E0/I0' })[1]).toEqual(['active', 'E0/I0', null]);
    expect(linked({ ...MOVED, nextExternalId: 'E3/I3' }, B)[0]).toEqual(['moved', null, 'E3/I3']);
  });

  it('leave a cancellation a cancellation', () => {
    expect(linked({ ...A, status: 'canceled' }, B)[0]).toEqual(['canceled', null, 'E2/I2']);
  });

  it('are told under one key, whichever of them is here', () => {
    const target = { integrationId: 'i1' };
    expect(movedKey(target, bookingFacts(B))).toBe(movedKey(target, bookingFacts(MOVED)));
  });
});

describe('a half of a move', () => {
  const waits = (...bookings: MergedBooking[]) => {
    const { begun, ended } = findPairWaits(together(...bookings));
    return { begun: begun.map(({ id }) => id), ended: ended.map(({ id }) => id) };
  };

  it('does not wait where the host has asked for another hour, which may never be chosen', () => {
    const cancellation = { by: 'host', reason: null, asksForAnotherTime: true } as const;
    expect(waits(booking({ ...A, status: 'moved', cancellation }, A))).toEqual({ begun: [], ended: [] });
  });

  it('waits where another hour was asked for and chosen, and its booking has not come', () => {
    const cancellation = { by: 'host', reason: null, asksForAnotherTime: true } as const;
    expect(waits(booking({ ...MOVED, cancellation }, A))).toEqual({ begun: ['E1/I1'], ended: [] });
  });

  it.each<[string, MergedBooking[], string[], string[]]>([
    [
      'begins to wait as a booking that was known, and now says what it replaces',
      [booking(B, { externalId: 'E2/I2' })],
      ['E2/I2'],
      [],
    ],
    ['stays given up though something else of it changes', [booking({ ...B, eventName: 'Suivi' }, B)], [], []],
    ['begins to wait as the new one', [booking(B, null)], ['E2/I2'], []],
    ['begins to wait as the old one', [booking(MOVED, null)], ['E1/I1'], []],
    ['begins to wait though its booking was known', [booking(MOVED, A)], ['E1/I1'], []],
    ['begins to wait for whom nobody has named', [booking({ ...A, status: 'moved' }, A)], ['E1/I1'], []],
    ['waits on', [booking(MOVED, MOVED, WAITING)], [], []],
    ['was given up, and stays so', [booking(MOVED, MOVED)], [], []],
    ['waits no longer with the other here', [booking(MOVED, MOVED, WAITING), booking(B, null)], [], ['E1/I1']],
    [
      'is not looked for behind a booking that has moved on',
      [
        booking({ ...B, status: 'moved', nextExternalId: 'E3/I3' }, B, WAITING),
        booking({ externalId: 'E3/I3', previousExternalId: 'E2/I2' }, null),
      ],
      [],
      ['E2/I2'],
    ],
    ['is none without a move', [booking(A, null)], [], []],
    ['does not wait in silence', [booking(B, null, { quiet: true })], [], []],
  ])('%s', (_, bookings, begun, ended) => {
    expect(waits(...bookings)).toEqual({ begun, ended });
  });
});
