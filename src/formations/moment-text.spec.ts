import { describe, expect, it } from '@jest/globals';
import { toInstant, toMoment } from './moment-text.js';

const instantOf = (text: string, zone = 'Europe/Paris') => {
  const moment = toMoment(text);
  return moment === null ? 'unreadable' : (toInstant(moment, zone)?.toISOString() ?? 'skipped');
};

describe('a moment', () => {
  it.each([
    ['2026-03-10T09:00:00+01:00', '2026-03-10T08:00:00.000Z'],
    ['2026-03-10T09:00+0100', '2026-03-10T08:00:00.000Z'],
    ['2026-03-10T09:00Z', '2026-03-10T09:00:00.000Z'],
    ['2026-03-10T09:00:00.000Z', '2026-03-10T09:00:00.000Z'],
    ['2026-03-10T09:00:59.999999Z', '2026-03-10T09:00:59.000Z'],
    ['2024-02-29T23:59:59-11:30', '2024-03-01T11:29:59.000Z'],
  ])('with an offset is that instant, in whatever zone: %s', (text, instant) => {
    expect(instantOf(text)).toBe(instant);
    expect(instantOf(text, 'Asia/Kolkata')).toBe(instant);
  });

  it.each([
    ['2026-03-10T09:00', 'Europe/Paris', '2026-03-10T08:00:00.000Z'],
    ['2026-07-10T09:00:30', 'Europe/Paris', '2026-07-10T07:00:30.000Z'],
    ['2026-03-10T09:00', 'Asia/Kolkata', '2026-03-10T03:30:00.000Z'],
    ['2026-03-10T09:00:00.5', 'UTC', '2026-03-10T09:00:00.000Z'],
  ])('without an offset is read in its zone: %s in %s', (text, zone, instant) => {
    expect(instantOf(text, zone)).toBe(instant);
  });

  it.each([
    ['2026-03-29T02:00', 'Europe/Paris', 'skipped'],
    ['2026-03-29T02:30:00', 'Europe/Paris', 'skipped'],
    ['2026-03-29T01:59:59', 'Europe/Paris', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T03:00', 'Europe/Paris', '2026-03-29T01:00:00.000Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', 'skipped'],
    ['2011-12-30T12:00', 'Pacific/Apia', 'skipped'],
  ])('that clocks skip is none: %s in %s', (text, zone, instant) => {
    expect(instantOf(text, zone)).toBe(instant);
  });

  it.each([
    ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T01:59', 'Europe/Paris', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25T03:00', 'Europe/Paris', '2026-10-25T02:00:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
  ])('that clocks show twice is the earlier one: %s in %s', (text, zone, instant) => {
    expect(instantOf(text, zone)).toBe(instant);
  });

  it.each([
    '',
    'demain',
    '2026-03-10',
    '2026-03-10 09:00',
    '2026-3-10T09:00',
    '2026-02-30T09:00',
    '2025-02-29T09:00Z',
    '2026-13-01T09:00',
    '2026-00-10T09:00',
    '2026-03-10T24:00',
    '2026-03-10T09:60',
    '2026-03-10T09:00:60Z',
    '2026-03-10T09Z',
    '2026-03-10T09:00+25:00',
    '2026-03-10T09:00+15:00',
    '2026-03-10T09:00[Europe/Paris]',
    '2026-W11-2T09:00',
    '0000-00-00T00:00',
    '1969-12-31T23:59Z',
    '2200-01-01T00:00Z',
    '+275760-09-13T00:00Z',
    ' 2026-03-10T09:00Z',
    '2026-03-10T09:00Z\n',
    '20260310T0900Z',
    '1773129600000',
  ])('is not read from %j', (text) => {
    expect(instantOf(text)).toBe('unreadable');
  });
});
