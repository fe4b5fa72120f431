import { describe, expect, it } from '@jest/globals';
import { FIELDS, partOf, plain, toCopyContent, valueOf, withFields } from './copy-content.js';
import type { CopyContent } from './copy.row.js';
import type { EventFacts } from './event-facts.js';

const OURS: CopyContent = {
  title: 'Sécurité incendie',
  description: 'Apporter ses gants',
  location: 'Salle B',
  starts_at: '2026-03-10T08:00:00.000Z',
  ends_at: '2026-03-10T11:30:00.000Z',
};
const THEIRS: CopyContent = {
  title: 'Incendie',
  description: null,
  location: 'Salle A',
  starts_at: '2026-03-11T08:00:00.000Z',
  ends_at: '2026-03-11T10:00:00.000Z',
};

describe('a text as it is compared', () => {
  it.each([
    [null, null],
    ['', null],
    [' \r\n\t', null],
    ['  Salle B \n', 'Salle B'],
    ['un\r\ndeux\r\n\r\ntrois', 'un\ndeux\n\ntrois'],
    ['un  deux', 'un  deux'],
  ])('%j is %j', (text, compared) => {
    expect(plain(text)).toBe(compared);
  });
});

describe('what a calendar shows of a copy', () => {
  const shown = (times: EventFacts['times'], timeZone = 'Europe/Paris') =>
    toCopyContent({ title: ' Incendie ', description: '', location: 'a\r\nb', times } as EventFacts, timeZone);

  it('is its texts without what the provider adds to them, and its instants', () => {
    const [startsAt, endsAt] = [new Date('2026-03-10T08:00:00Z'), new Date('2026-03-10T09:30:00Z')];
    expect(shown({ allDay: false, startsAt, endsAt } as EventFacts['times'])).toEqual({
      title: 'Incendie',
      description: null,
      location: 'a\nb',
      starts_at: '2026-03-10T08:00:00.000Z',
      ends_at: '2026-03-10T09:30:00.000Z',
    });
  });

  it.each([
    ['Europe/Paris', '2026-03-27T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['America/Guadeloupe', '2026-03-28T04:00:00.000Z', '2026-03-30T04:00:00.000Z'],
  ])('of whole days lasts from midnight to midnight in %s, also when the clock changes', (zone, starts_at, ends_at) => {
    const days = { allDay: true, startDate: '2026-03-28', endDate: '2026-03-30' } as EventFacts['times'];
    expect(shown(days, zone)).toMatchObject({ starts_at, ends_at });
  });
});

describe('a field of a content', () => {
  it('is a text without the space around it, or both hours at once', () => {
    expect(FIELDS.map((field) => partOf({ ...OURS, title: ' Sécurité incendie\n' }, field))).toEqual([
      'Sécurité incendie',
      'Apporter ses gants',
      'Salle B',
      '2026-03-10T08:00:00.000Z/2026-03-10T11:30:00.000Z',
    ]);
  });

  it('is shown in a conflict as it stands there', () => {
    expect(FIELDS.map((field) => valueOf(THEIRS, field))).toEqual([
      'Incendie',
      null,
      'Salle A',
      { starts_at: THEIRS.starts_at, ends_at: THEIRS.ends_at },
    ]);
  });

  it('is taken from another content alone, and nothing is changed in place', () => {
    const kept = { ...OURS };
    expect(withFields(OURS, THEIRS, [])).toEqual(kept);
    expect(withFields(OURS, THEIRS, ['title'])).toEqual({ ...kept, title: 'Incendie' });
    expect(withFields(OURS, THEIRS, ['description', 'location'])).toEqual({
      ...kept,
      description: null,
      location: 'Salle A',
    });
    const { starts_at, ends_at } = THEIRS;
    expect(withFields(OURS, THEIRS, ['schedule'])).toEqual({ ...kept, starts_at, ends_at });
    expect(withFields({ ...OURS, more: 1 }, THEIRS, FIELDS)).toEqual({ ...THEIRS, more: 1 });
    expect(OURS).toEqual(kept);
  });
});
