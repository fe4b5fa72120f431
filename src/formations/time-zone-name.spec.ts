import { describe, expect, it } from '@jest/globals';
import { toTimeZoneName } from './time-zone-name.js';

describe('the name of a time zone', () => {
  it.each([
    'Europe/Paris',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
    'UTC',
    'Asia/Kolkata',
    'America/Port-au-Prince',
  ])('is %s', (name) => {
    expect(toTimeZoneName(name)).toBe(name);
  });

  it('is made right in its case, since other calendars insist on it', () => {
    expect(toTimeZoneName('europe/paris')).toBe('Europe/Paris');
  });

  it.each([
    '',
    'Mars/Phobos',
    '+02:00',
    '-05',
    'local',
    'Romance Standard Time',
    'Europe/Paris ',
    'Europe',
    'x'.repeat(65),
  ])('is not %j', (name) => {
    expect(toTimeZoneName(name)).toBeNull();
  });
});
