import { describe, expect, it } from '@jest/globals';
import { bookingFacts } from '../../test/support/booking-facts.js';
import type { BookingFacts } from './booking-facts.js';
import { bookingNews } from './booking-news.js';
import type { MergedBooking, MergeTarget } from './merged-booking.js';

const SETTING = { providerName: 'Calendly', timeZone: 'Europe/Paris', locale: 'fr' } as const;
const TARGET: MergeTarget = {
  integrationId: 'integration-1',
  provider: 'calendly',
  source: 'calendly',
  providerName: 'Calendly',
  quietBefore: null,
};

const A = { externalId: 'E1/I1' };
const B = { externalId: 'E2/I2', previousExternalId: 'E1/I1' };
const MOVED = { ...A, status: 'moved', nextExternalId: 'E2/I2' } as const;

/** `before` null: not known until now. Undefined: as after. */
function booking(after: Partial<BookingFacts>, before?: Partial<BookingFacts> | null): MergedBooking {
  const facts = bookingFacts(after);
  const known = before === null ? null : bookingFacts(before ?? after);
  return {
    id: `id of ${facts.externalId}`,
    before: known,
    after: facts,
    prospectId: 'p1',
    pairDueAt: null,
    quiet: false,
  };
}

/** What all of them say, without what was said under the same key. */
function news(...bookings: MergedBooking[]): string[] {
  const merged = new Map(bookings.map((one) => [one.after.externalId, one]));
  const drafts = bookings.flatMap((one) => bookingNews(one, merged, SETTING, TARGET));
  return [...new Map(drafts.map((draft) => [draft.dedupeKey, draft])).values()].map(({ type, meta }) =>
    [type.replace('calendly_', ''), meta['booking_id']].join(' of '),
  );
}

describe('the news of a booking', () => {
  const absent = (minute: number) => {
    const at = new Date(Date.UTC(2026, 0, 16, 17, minute));
    return { noShow: { at, knownAt: at } };
  };

  it.each<[string, MergedBooking[], string[]]>([
    ['a booking nobody knew', [booking(A, null)], ['prospect_created of id of E1/I1']],
    ['a booking that changed its place', [booking(A, { ...A, location: null })], []],
    ['a booking that replaces one we do not know', [booking(B, null)], []],
    ['a cancellation', [booking({ ...A, status: 'canceled' }, A)], ['booking_canceled of id of E1/I1']],
    [
      'a cancellation before its booking',
      [booking({ ...A, status: 'canceled' }, null)],
      ['booking_canceled of id of E1/I1'],
    ],
    ['a cancellation known before', [booking({ ...A, status: 'canceled' })], []],
    ['an absence', [booking({ ...A, ...absent(0) }, A)], ['booking_no_show of id of E1/I1']],
    ['an absence known before', [booking({ ...A, ...absent(0) })], []],
    [
      'an absence marked again',
      [booking({ ...A, ...absent(5) }, { ...A, ...absent(0) })],
      ['booking_no_show of id of E1/I1'],
    ],
    ['an absence taken back', [booking(A, { ...A, ...absent(0) })], []],
    [
      'a booking that comes with its absence',
      [booking({ ...A, ...absent(0) }, null)],
      ['prospect_created of id of E1/I1', 'booking_no_show of id of E1/I1'],
    ],
    ['the old half of a move', [booking(MOVED, A)], []],
    ['the new half, after the old', [booking(MOVED), booking(B, null)], ['booking_moved of id of E2/I2']],
    ['the old half, after the new', [booking(MOVED, null), booking(B)], ['booking_moved of id of E2/I2']],
    ['both halves at once', [booking(MOVED, null), booking(B, null)], ['booking_moved of id of E2/I2']],
    ['a move known before', [booking(MOVED), booking(B)], []],
    [
      'a new half that is canceled already',
      [booking(MOVED), booking({ ...B, status: 'canceled' }, null)],
      ['booking_canceled of id of E2/I2'],
    ],
    [
      'an absence from what somebody moved to',
      [booking(MOVED), booking({ ...B, ...absent(0) }, B)],
      ['booking_no_show of id of E2/I2'],
    ],
    [
      'a booking that has moved on before we heard of it',
      [booking({ ...B, status: 'moved', nextExternalId: 'E3/I3' }, null)],
      [],
    ],
  ])('for %s', (_, bookings, expected) => {
    expect(news(...bookings)).toEqual(expected);
  });

  it('that a host asks for another hour, once, and the move when there is one', () => {
    const asked = {
      ...A,
      status: 'moved',
      cancellation: { by: 'host', reason: null, asksForAnotherTime: true },
    } as const;
    expect(news(booking(asked, A))).toEqual(['booking_moved of id of E1/I1']);
    expect(news(booking(asked))).toEqual([]);
    expect(news(booking({ ...asked, nextExternalId: 'E2/I2' }, asked), booking(B, null))).toEqual([
      'booking_moved of id of E2/I2',
    ]);
  });

  it('opens the right page: the booking, its prospect, its connection', () => {
    const only = booking(A, null);
    expect(bookingNews(only, new Map([[A.externalId, only]]), SETTING, TARGET)[0]).toMatchObject({
      type: 'calendly_prospect_created',
      title: 'Nouveau prospect Calendly',
      message: 'John Doe a réservé un rendez-vous "Découverte 30min" le 16/01/2026 16:30:00',
      dedupeKey: 'booking:id of E1/I1:created',
      meta: {
        provider: 'calendly',
        integration_id: 'integration-1',
        booking_id: 'id of E1/I1',
        prospect_id: 'p1',
        event_name: 'Découverte 30min',
        starts_at: '2026-01-16T15:30:00.000Z',
      },
    });
  });

  it('says in a mail what happened, to which booking, and from when to when', () => {
    const mails = (...bookings: MergedBooking[]) => {
      const merged = new Map(bookings.map((one) => [one.after.externalId, one]));
      return bookings.flatMap((one) => bookingNews(one, merged, SETTING, TARGET)).map(({ mail }) => mail);
    };
    expect(mails(booking(A, null))).toMatchObject([
      {
        template: 'booking',
        change: 'created',
        bookingId: 'id of E1/I1',
        slot: { startsAt: '2026-01-16T15:30:00.000Z' },
      },
    ]);
    const move = mails(booking(MOVED), booking({ ...B, startsAt: new Date('2026-01-17T09:00:00Z') }, null));
    // Both halves ask for it; the key makes it one.
    expect(move[0]).toEqual(move[1]);
    expect(move.slice(1)).toMatchObject([
      {
        change: 'moved',
        bookingId: 'id of E2/I2',
        formerBookingId: 'id of E1/I1',
        slot: { startsAt: '2026-01-17T09:00:00.000Z' },
        formerSlot: { startsAt: '2026-01-16T15:30:00.000Z' },
      },
    ]);
    expect(mails(booking({ ...A, status: 'canceled' }, null))).toMatchObject([{ change: 'canceled', wasKnown: false }]);
    expect(mails(booking({ ...A, status: 'canceled' }, A))).toMatchObject([{ change: 'canceled', wasKnown: true }]);
    expect(mails(booking({ ...A, ...absent(0) }, A))).toMatchObject([{ change: 'no_show', bookingId: 'id of E1/I1' }]);
  });
});
