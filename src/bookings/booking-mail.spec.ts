import { describe, expect, it } from '@jest/globals';
import { bookingFacts } from '../../test/support/booking-facts.js';
import { bookingMail, meetingKind, movedMail } from './booking-mail.js';

const TARGET = { providerName: 'Calendly' };

describe('where two people meet', () => {
  it.each([
    [{ type: 'outbound_call', location: '+33 6 12 34 56 78' }, null, 'phone'],
    [{ type: 'inbound_call', location: null }, null, 'phone'],
    [{ type: 'attendeePhone' }, null, 'phone'],
    [{ type: 'physical', location: '12 rue des Ébénistes' }, null, 'on_site'],
    [{ type: 'attendeeInPerson' }, null, 'on_site'],
    [{ type: 'google_conference', join_url: null }, null, 'video'],
    [{ type: 'zoom' }, 'https://zoom.example/1', 'video'],
    [{ type: 'microsoft_teams_conference' }, null, 'video'],
    [{ type: 'gotomeeting_conference' }, null, 'video'],
    [{ type: 'integrations:daily' }, null, 'video'],
    [{ location: 'integrations:google:meet' }, null, 'video'],
    [{ type: 'custom', location: 'https://visio.example/salle' }, null, 'video'],
    [{ type: 'ask_invitee', location: '06 12 34 56 78' }, null, 'phone'],
    [{ type: 'ask_invitee', location: 'chez moi' }, null, null],
    [{ type: 'custom', location: null }, null, null],
    [{ type: 7, location: { deep: true } }, null, null],
    [null, 'https://meet.example/1', 'video'],
    [null, null, null],
  ] as const)('%j with %j is %s', (location, joinUrl, expected) => {
    expect(meetingKind({ location, joinUrl })).toBe(expected);
  });
});

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
