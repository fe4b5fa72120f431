import { describe, expect, it } from '@jest/globals';
import type { EventFacts } from './event-facts.js';
import { toMirroredEvent } from './mirrored-event.js';

const FACTS: EventFacts = {
  externalId: 'e1',
  icalUid: 'e1@example.test',
  seriesId: null,
  originalStart: null,
  times: {
    allDay: false,
    startsAt: new Date('2026-03-10T08:00:00Z'),
    endsAt: new Date('2026-03-10T09:00:00Z'),
    timeZone: 'Europe/Paris',
  },
  title: 'Canari',
  description: 'Canari',
  location: 'Canari',
  status: 'confirmed',
  isPrivate: false,
  isBusy: true,
  attendees: [{ email: 'canari@example.test', name: 'Canari', response: 'none', isOrganizer: false, isSelf: false }],
  htmlLink: 'https://calendar.example.test/canari',
  joinUrl: 'https://meet.example.test/canari',
  etag: '"1"',
  updatedAt: new Date('2026-03-01T08:00:00Z'),
  copyId: null,
  eventKey: null,
};

describe('toMirroredEvent', () => {
  it('keeps of a private event its time and nothing else', () => {
    const stored = toMirroredEvent({ ...FACTS, isPrivate: true });
    expect(JSON.stringify(stored).toLowerCase()).not.toContain('canari');
    expect(stored).toMatchObject({ visibility: 'private', starts_at: '2026-03-10T08:00:00.000Z', is_busy: true });
  });

  it('keeps an all-day event as dates, without any instant', () => {
    const times = { allDay: true, startDate: '2026-03-10', endDate: '2026-03-12' } as const;
    expect(toMirroredEvent({ ...FACTS, times })).toMatchObject({
      all_day: true,
      start_date: '2026-03-10',
      end_date: '2026-03-12',
      starts_at: null,
      ends_at: null,
      time_zone: null,
    });
  });

  it('tells a change from a repetition, whatever the etag says', () => {
    const hashOf = (facts: EventFacts) => toMirroredEvent(facts).content_hash;
    expect(hashOf({ ...FACTS, etag: '"2"', updatedAt: new Date() })).toBe(hashOf(FACTS));
    expect(hashOf({ ...FACTS, title: 'Autre' })).not.toBe(hashOf(FACTS));
  });

  it('leaves out of a text what PostgreSQL cannot keep', () => {
    const stored = toMirroredEvent({ ...FACTS, title: 'a\0b\ud800', description: 'x'.repeat(20_000) });
    expect(stored.title).toBe('ab\ufffd');
    expect(stored.description).toHaveLength(16_384);
  });
});
