import { describe, expect, it } from '@jest/globals';
import { clocksDiffer, isKnownZone, slotText, startText, zoneText } from './slot-text.js';

const PARIS = 'Europe/Paris';
const slot = (startsAt: string, endsAt: string) => ({ startsAt, endsAt });
const usual = slot('2025-11-15T14:00:00Z', '2025-11-15T14:30:00Z');

describe('the time of an appointment', () => {
  it.each([
    [usual, PARIS, 'fr', '15/11/2025 à 15:00 - 15:30'],
    [usual, PARIS, 'en', '15 Nov 2025 at 15:00 - 15:30'],
    [usual, 'America/New_York', 'fr', '15/11/2025 à 09:00 - 09:30'],
    [slot('2025-11-15T22:45:00Z', '2025-11-15T23:15:00Z'), PARIS, 'fr', '15/11/2025 à 23:45 - 16/11/2025 à 00:15'],
    // The night of 26 October 2025: 02:00 to 03:00 comes twice in Paris.
    [slot('2025-10-26T00:15:00Z', '2025-10-26T00:45:00Z'), PARIS, 'fr', '26/10/2025 à 02:15 (UTC+2) - 02:45 (UTC+2)'],
    [slot('2025-10-26T01:15:00Z', '2025-10-26T01:45:00Z'), PARIS, 'fr', '26/10/2025 à 02:15 (UTC+1) - 02:45 (UTC+1)'],
    [slot('2025-10-26T00:45:00Z', '2025-10-26T01:15:00Z'), PARIS, 'fr', '26/10/2025 à 02:45 (UTC+2) - 02:15 (UTC+1)'],
    // The night of 29 March 2026: 02:00 to 03:00 does not exist.
    [slot('2026-03-29T00:45:00Z', '2026-03-29T01:15:00Z'), PARIS, 'fr', '29/03/2026 à 01:45 (UTC+1) - 03:15 (UTC+2)'],
  ] as const)('is told once and for all: %j in %s (%s)', (given, zone, locale, expected) => {
    expect(slotText(given, zone, locale)).toBe(expected);
  });

  it('names the zone with its offset of that day', () => {
    expect(zoneText(usual, PARIS)).toBe('Europe/Paris (UTC+1)');
    expect(zoneText(usual, 'America/St_Johns')).toBe('America/St_Johns (UTC-3:30)');
    expect(zoneText(slot('2025-07-15T14:00:00Z', '2025-07-15T14:30:00Z'), PARIS)).toBe('Europe/Paris (UTC+2)');
    expect(zoneText(usual, 'Etc/UTC')).toBe('Etc/UTC (UTC)');
  });

  it('stands in a subject without its end', () => {
    expect(startText(usual, PARIS, 'fr')).toBe('15/11/2025 à 15:00');
    expect(startText(slot('2025-10-26T01:15:00Z', '2025-10-26T01:45:00Z'), PARIS, 'en')).toBe(
      '26 Oct 2025 at 02:15 (UTC+1)',
    );
  });

  it('differs for somebody whose clock does', () => {
    expect(clocksDiffer(usual, PARIS, 'America/New_York')).toBe(true);
    expect(clocksDiffer(usual, PARIS, 'Europe/Berlin')).toBe(false);
    // Two weeks a year New York is five hours behind Paris instead of six; London and Lisbon never differ.
    expect(clocksDiffer(usual, 'Europe/London', 'Europe/Lisbon')).toBe(false);
    // Nuuk changes at another instant than Paris: equal before, different after.
    expect(clocksDiffer(slot('2025-10-26T00:45:00Z', '2025-10-26T01:15:00Z'), PARIS, 'Africa/Johannesburg')).toBe(true);
  });

  it('is told in zones that exist', () => {
    expect([PARIS, 'America/Argentina/Buenos_Aires', 'UTC'].map(isKnownZone)).toEqual([true, true, true]);
    expect(['Mars/Phobos', '+02:00', '', 'Romance Standard Time', null].map(isKnownZone)).toEqual(
      Array.from({ length: 5 }, () => false),
    );
  });
});
