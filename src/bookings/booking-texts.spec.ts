import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bookingFacts } from '../../test/support/booking-facts.js';
import {
  canceledText,
  createdText,
  formatInstant,
  movedText,
  noShowText,
  noteText,
  type TextSetting,
} from './booking-texts.js';

const FRENCH: TextSetting = { providerName: 'Calendly', timeZone: 'Europe/Paris', locale: 'fr' };
const ENGLISH: TextSetting = { ...FRENCH, locale: 'en' };

const booked = bookingFacts();
const later = bookingFacts({ externalId: 'E2/I2', startsAt: new Date('2026-01-17T13:00:00Z') });
const nameless = bookingFacts({ eventName: null });

describe('the note of an appointment', () => {
  const absent = { at: new Date('2026-01-16T16:10:00Z'), knownAt: new Date('2026-01-16T16:10:00Z') };
  const moved = bookingFacts({ status: 'moved' });

  it.each([
    [booked, null, 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min'],
    [nameless, null, 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Rendez-vous'],
    [moved, null, 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min (déplacé)'],
    [
      moved,
      later,
      'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min (déplacé au 17/01/2026 14:00:00)',
    ],
    [
      bookingFacts({ status: 'canceled', noShow: absent }),
      null,
      'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min (annulé)',
    ],
    [
      bookingFacts({ noShow: absent }),
      null,
      'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min (absent, signalé le 16/01/2026 17:10:00)',
    ],
  ])('says in French what was agreed, then what became of it (%#)', (facts, next, text) => {
    expect(noteText(facts, next, FRENCH)).toBe(text);
  });

  it.each([
    [booked, null, 'Calendly appointment on 16/01/2026 16:30:00 - Découverte 30min'],
    [nameless, null, 'Calendly appointment on 16/01/2026 16:30:00 - Appointment'],
    [moved, null, 'Calendly appointment on 16/01/2026 16:30:00 - Découverte 30min (moved)'],
    [moved, later, 'Calendly appointment on 16/01/2026 16:30:00 - Découverte 30min (moved to 17/01/2026 14:00:00)'],
    [
      bookingFacts({ status: 'canceled' }),
      null,
      'Calendly appointment on 16/01/2026 16:30:00 - Découverte 30min (canceled)',
    ],
    [
      bookingFacts({ noShow: absent }),
      null,
      'Calendly appointment on 16/01/2026 16:30:00 - Découverte 30min (no-show, marked on 16/01/2026 17:10:00)',
    ],
  ])('says the same in English (%#)', (facts, next, text) => {
    expect(noteText(facts, next, ENGLISH)).toBe(text);
  });
});

describe('what people are told', () => {
  it('of a new booking', () => {
    expect(createdText(booked, FRENCH)).toEqual({
      title: 'Nouveau prospect Calendly',
      message: 'John Doe a réservé un rendez-vous "Découverte 30min" le 16/01/2026 16:30:00',
    });
    expect(createdText(booked, ENGLISH)).toEqual({
      title: 'New Calendly prospect',
      message: 'John Doe booked "Découverte 30min" on 16/01/2026 16:30:00',
    });
  });

  it.each([
    ['invitee', true, 'John Doe a annulé le rendez-vous "Découverte 30min" du 16/01/2026 16:30:00'],
    [null, true, 'John Doe a annulé le rendez-vous "Découverte 30min" du 16/01/2026 16:30:00'],
    ['host', true, 'Le rendez-vous "Découverte 30min" de John Doe le 16/01/2026 16:30:00 est annulé'],
    ['invitee', false, 'John Doe a réservé puis annulé le rendez-vous "Découverte 30min" du 16/01/2026 16:30:00'],
    ['host', false, 'John Doe a réservé puis annulé le rendez-vous "Découverte 30min" du 16/01/2026 16:30:00'],
  ] as const)('of a cancellation by %s (known before: %s)', (by, known, message) => {
    const canceled = bookingFacts({ status: 'canceled', cancellation: { by, reason: null } });
    expect(canceledText(canceled, known, FRENCH)).toEqual({ title: 'Rendez-vous Calendly annulé', message });
  });

  it.each([
    ['invitee', true, 'John Doe canceled "Découverte 30min" on 16/01/2026 16:30:00'],
    ['host', true, 'The appointment "Découverte 30min" of John Doe on 16/01/2026 16:30:00 is canceled'],
    ['host', false, 'John Doe booked and canceled "Découverte 30min" on 16/01/2026 16:30:00'],
  ] as const)('in English, of a cancellation by %s (known before: %s)', (by, known, message) => {
    const canceled = bookingFacts({ status: 'canceled', cancellation: { by, reason: null } });
    expect(canceledText(canceled, known, ENGLISH)).toEqual({ title: 'Calendly appointment canceled', message });
  });

  it.each([
    [booked, later, 'du 16/01/2026 16:30:00 au 17/01/2026 14:00:00', 'from 16/01/2026 16:30:00 to 17/01/2026 14:00:00'],
    [booked, null, 'du 16/01/2026 16:30:00', 'from 16/01/2026 16:30:00'],
    [null, later, 'au 17/01/2026 14:00:00', 'to 17/01/2026 14:00:00'],
  ])('of a move, with as many halves as are known (%#)', (from, to, french, english) => {
    expect(movedText(from, to, FRENCH)).toEqual({
      title: 'Rendez-vous Calendly déplacé',
      message: `John Doe a déplacé son rendez-vous "Découverte 30min" ${french}`,
    });
    expect(movedText(from, to, ENGLISH)).toEqual({
      title: 'Calendly appointment moved',
      message: `John Doe moved the appointment "Découverte 30min" ${english}`,
    });
  });

  it('of an absence', () => {
    expect(noShowText(booked, FRENCH)).toEqual({
      title: 'Absence signalée',
      message: 'John Doe n’est pas venu au rendez-vous "Découverte 30min" du 16/01/2026 16:30:00',
    });
    expect(noShowText(booked, ENGLISH)).toEqual({
      title: 'No-show',
      message: 'John Doe did not come to "Découverte 30min" on 16/01/2026 16:30:00',
    });
  });

  it('names the other provider when it is another one', () => {
    expect(createdText(booked, { ...FRENCH, providerName: 'Cal.com' }).title).toBe('Nouveau prospect Cal.com');
  });
});

describe('an instant on the clock of the organization', () => {
  it.each([
    // Spring forward in Paris: an hour that does not exist.
    ['2026-03-29T00:59:59Z', 'Europe/Paris', '29/03/2026 01:59:59'],
    ['2026-03-29T01:00:00Z', 'Europe/Paris', '29/03/2026 03:00:00'],
    // Fall back: an hour that exists twice.
    ['2026-10-25T00:30:00Z', 'Europe/Paris', '25/10/2026 02:30:00'],
    ['2026-10-25T01:30:00Z', 'Europe/Paris', '25/10/2026 02:30:00'],
    ['2026-10-25T02:00:00Z', 'Europe/Paris', '25/10/2026 03:00:00'],
    ['2026-03-08T06:59:59Z', 'America/New_York', '08/03/2026 01:59:59'],
    ['2026-03-08T07:00:00Z', 'America/New_York', '08/03/2026 03:00:00'],
    ['2026-11-01T06:30:00Z', 'America/New_York', '01/11/2026 01:30:00'],
    // Half an hour of summer, and the quarter hours.
    ['2026-04-04T14:59:59Z', 'Australia/Lord_Howe', '05/04/2026 01:59:59'],
    ['2026-04-04T15:00:00Z', 'Australia/Lord_Howe', '05/04/2026 01:30:00'],
    ['2026-01-16T15:30:00Z', 'Asia/Kathmandu', '16/01/2026 21:15:00'],
    ['2026-01-16T15:30:00Z', 'Asia/Kolkata', '16/01/2026 21:00:00'],
    // The date line.
    ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '01/01/2027 00:00:00'],
    ['2026-01-01T10:59:59Z', 'Pacific/Pago_Pago', '31/12/2025 23:59:59'],
    ['2026-01-16T00:00:00Z', 'UTC', '16/01/2026 00:00:00'],
  ])('%s in %s is %s', (instant, zone, text) => {
    expect(formatInstant(new Date(instant), zone)).toBe(text);
  });

  it('is the one that the platform’s own calendar shows, whatever the instant and the zone', () => {
    const zones = [
      'Europe/Paris',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
      'UTC',
    ];
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, timeZone) => {
        expect(formatInstant(instant, timeZone)).toBe(byIntl(instant, timeZone));
      }),
    );
  });
});

function byIntl(instant: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(instant).replace(', ', ' ');
}
