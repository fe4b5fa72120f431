import { describe, expect, it } from '@jest/globals';
import { bookingFacts } from '../../test/support/booking-facts.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type BookingChange, BookingChanges, type MergeEffects, toBookingChanges, turnOf } from './booking-changes.js';
import type { BookingFacts } from './booking-facts.js';
import type { MergedBooking } from './merged-booking.js';

const A = { externalId: 'E1/I1' };
const AT = new Date('2026-01-16T16:00:00Z');
const absent = (at: Date | null) => ({ noShow: { at, knownAt: AT } });

function booking(
  after: Partial<BookingFacts>,
  before: Partial<BookingFacts> | null,
  more: Partial<MergedBooking> = {},
) {
  const facts = bookingFacts(after);
  const known = before && bookingFacts(before);
  const rest = { prospectId: null, pairDueAt: null, quiet: false, ...more };
  return { id: `id of ${facts.externalId}`, before: known, after: facts, ...rest };
}

describe('the word for a change of a booking', () => {
  it.each<[string, Partial<BookingFacts> | null, Partial<BookingFacts>]>([
    ['created', null, A],
    ['created', null, { ...A, ...absent(AT) }],
    ['moved', null, { ...A, previousExternalId: 'E0/I0' }],
    ['updated', null, { ...A, status: 'moved' }],
    ['updated', null, { ...A, status: 'moved', previousExternalId: 'E0/I0' }],
    ['canceled', null, { ...A, status: 'canceled' }],
    ['canceled', null, { ...A, status: 'canceled', previousExternalId: 'E0/I0' }],
    ['canceled', A, { ...A, status: 'canceled' }],
    ['updated', { ...A, status: 'canceled' }, { ...A, status: 'canceled', eventName: 'Suivi' }],
    ['updated', A, { ...A, status: 'moved', nextExternalId: 'E2/I2' }],
    ['updated', A, { ...A, previousExternalId: 'E0/I0' }],
    ['no_show', A, { ...A, ...absent(AT) }],
    ['no_show', { ...A, ...absent(new Date(0)) }, { ...A, ...absent(AT) }],
    ['updated', { ...A, ...absent(AT) }, { ...A, ...absent(new Date(AT)), eventName: 'Suivi' }],
    ['updated', { ...A, ...absent(AT) }, { ...A, ...absent(null) }],
  ])('is %s, from %j to %j', (turn, before, after) => {
    expect(turnOf(booking(after, before))).toBe(turn);
  });
});

describe('what a merge did', () => {
  const NOTHING: MergeEffects = {
    changed: [],
    prospectsCreated: new Set(),
    prospectsTouched: new Set(),
    notifications: [],
  };
  const told = (asked: string[], bookings: MergedBooking[], effects: Partial<MergeEffects> = {}) =>
    toBookingChanges(new Set(asked), new Map(bookings.map((one) => [one.after.externalId, one])), {
      ...NOTHING,
      ...effects,
    });

  it('to a booking is told whole', () => {
    const created = booking(A, null, { prospectId: 'p1', quiet: true });
    const notifications = [
      { id: 'n1', meta: { booking_id: created.id } },
      { id: 'n2', meta: { booking_id: 'another' } },
      { id: 'n3', meta: {} },
    ];
    const effects = { changed: [created], prospectsCreated: new Set(['p1']), notifications };
    expect(told([A.externalId], [created], effects)).toEqual([
      {
        bookingId: created.id,
        externalId: 'E1/I1',
        effect: 'created',
        turn: 'created',
        prospectId: 'p1',
        prospectEffect: 'created',
        notificationIds: ['n1'],
        quiet: true,
      },
    ]);
  });

  it('is nothing where nothing changed, and that is told to whoever asked', () => {
    const asked = booking(A, A, { prospectId: 'p1' });
    const neighbour = booking({ externalId: 'E2/I2' }, { externalId: 'E2/I2' });
    const effects = { prospectsCreated: new Set(['p1']), prospectsTouched: new Set(['p1']) };
    expect(told([A.externalId], [asked, neighbour], effects)).toEqual([
      expect.objectContaining({ bookingId: asked.id, effect: 'unchanged', turn: null, prospectEffect: null }),
    ]);
  });

  it('to neighbours is told as well, though nobody asked about them', () => {
    const asked = booking({ externalId: 'E2/I2', previousExternalId: 'E1/I1' }, null);
    const former = booking({ ...A, status: 'moved' }, A);
    const changes = told(['E2/I2'], [asked, former], { changed: [asked, former] });
    expect(changes.map(({ externalId, effect, turn }) => [externalId, effect, turn])).toEqual([
      ['E2/I2', 'created', 'moved'],
      ['E1/I1', 'changed', 'updated'],
    ]);
  });

  it.each<[string | null, string | null]>([
    ['made', 'created'],
    ['touched', 'updated'],
    ['other', null],
    [null, null],
  ])('to the prospect %j is %j', (prospectId, prospectEffect) => {
    const changed = booking({ ...A, status: 'canceled' }, A, { prospectId });
    const effects = {
      changed: [changed],
      prospectsCreated: new Set(['made']),
      prospectsTouched: new Set(['made', 'touched']),
    };
    expect(told([], [changed], effects)).toEqual([expect.objectContaining({ prospectId, prospectEffect })]);
  });
});

describe('those who want to hear of bookings', () => {
  const tx = {} as Transaction;
  const change = (more: Partial<BookingChange>): BookingChange => ({
    bookingId: '1',
    externalId: 'E1/I1',
    effect: 'changed',
    turn: 'updated',
    prospectId: null,
    prospectEffect: null,
    notificationIds: [],
    quiet: false,
    ...more,
  });

  it('hear of what changed and is not taken over in silence, one after the other, in the same transaction', async () => {
    const changes = new BookingChanges();
    const heard: unknown[] = [];
    changes.onChanged(async (given, told) => {
      await Promise.resolve();
      heard.push(['first', given === tx, told.map(({ bookingId }) => bookingId)]);
    });
    changes.onChanged(async (_, told) => void heard.push(['second', told.length]));
    await changes.changed(tx, [
      change({ bookingId: 'loud' }),
      change({ bookingId: 'new', effect: 'created' }),
      change({ bookingId: 'quiet', quiet: true }),
      change({ bookingId: 'same', effect: 'unchanged' }),
    ]);
    expect(heard).toEqual([
      ['first', true, ['loud', 'new']],
      ['second', 2],
    ]);
  });

  it('are left alone when there is nothing to hear', async () => {
    const changes = new BookingChanges();
    let calls = 0;
    changes.onChanged(async () => void (calls += 1));
    await changes.changed(tx, []);
    await changes.changed(tx, [change({ quiet: true }), change({ effect: 'unchanged' })]);
    expect(calls).toBe(0);
  });

  it('end the merge with their own failure', async () => {
    const changes = new BookingChanges();
    changes.onChanged(() => Promise.reject(new Error('not now')));
    await expect(changes.changed(tx, [change({})])).rejects.toThrow('not now');
  });
});
