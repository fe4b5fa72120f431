import { describe, expect, it } from '@jest/globals';
import { toHistory } from './booking-history.js';
import type { BookingRow } from './booking.row.js';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour));

function row(id: string, change: Partial<BookingRow> = {}): BookingRow {
  return {
    id,
    external_id: id,
    status: 'active',
    no_show_at: null,
    cancellation: null,
    previous_external_id: null,
    next_external_id: null,
    provider_created_at: at(8),
    provider_updated_at: at(8),
    ...change,
  } as BookingRow;
}

const tell = (...chain: BookingRow[]) =>
  toHistory(chain).map(({ kind, at: when, booking, next }) => [kind, when, booking.id, next?.id ?? null]);

describe('the history of an appointment', () => {
  it('begins when it was booked, and that is all of it as a rule', () => {
    expect(tell(row('a'))).toEqual([['booked', at(8), 'a', null]]);
  });

  it('tells a move once, whichever half names the other', () => {
    const first = row('a', { status: 'moved', next_external_id: 'b', provider_updated_at: at(9) });
    const second = row('b', { provider_created_at: at(9) });
    const expected = [
      ['booked', at(8), 'a', null],
      ['moved', at(9), 'a', 'b'],
    ];
    expect(tell(first, second)).toEqual(expected);
    expect(tell({ ...first, next_external_id: null }, { ...second, previous_external_id: 'a' })).toEqual(expected);
  });

  it('tells a move whose other half is not known', () => {
    expect(tell(row('a', { status: 'moved' }))).toEqual([
      ['booked', at(8), 'a', null],
      ['moved', null, 'a', null],
    ]);
  });

  it('ends with a cancellation, its reason, or somebody who stayed away', () => {
    const cancellation = { by: 'invitee', reason: 'Malade' } as const;
    const canceled = row('a', { status: 'canceled', cancellation, provider_updated_at: at(10) });
    expect(toHistory([canceled]).at(-1)).toMatchObject({ kind: 'canceled', at: at(10), cancellation });
    expect(tell(row('a', { no_show_at: at(11) })).at(-1)).toEqual(['no_show', at(11), 'a', null]);
  });
});
