import { describe, expect, it } from '@jest/globals';
import { bookingFacts } from '../../test/support/booking-facts.js';
import { bookingMail, movedMail } from './booking-mail.js';

const TARGET = { providerName: 'Calendly' };

describe('what a mail says of a booking', () => {
  const facts = (overrides: object) => bookingFacts({ externalId: 'E1/I1', ...overrides });

  it('leaves out of the place what is a link or a code', () => {
    const place = (location: Record<string, unknown>, joinUrl: string | null = null) =>
      bookingMail({ id: 'b', before: null, after: facts({ location, joinUrl }) }, 'created', TARGET).place;
    expect(place({ type: 'physical', location: ' 12 rue des Ébénistes ' })).toBe('12 rue des Ébénistes');
    expect(place({ location: 'https://meet.example/1' }, 'https://meet.example/1')).toBeNull();
    expect(place({ location: 'integrations:daily' })).toBeNull();
  });

  it('knows one half of a move alone', () => {
    const half = { id: 'b', after: facts({}) };
    expect(movedMail(half, null, TARGET)).toMatchObject({ slot: null, formerBookingId: 'b', bookingId: 'b' });
    expect(movedMail(null, half, TARGET)).toMatchObject({ formerSlot: null, formerBookingId: null, bookingId: 'b' });
  });
});
