import { describe, expect, it } from '@jest/globals';
import type { EventDraft } from '../calendars/index.js';
import {
  isAsDrafted,
  mergeGuests,
  toCalendarChange,
  toCalendarChoice,
  toEventFacts,
  toEventId,
  toNewEvent,
  toPatch,
  toRewrittenEvent,
} from './google-calendar.mapper.js';
import { type EventWire, eventWire } from './google-calendar.wire.js';

const WINDOW = { from: new Date('2026-08-20T00:00:00Z'), to: new Date('2027-11-20T00:00:00Z') };

/** The example of the provider's reference, as the wire reads it. */
function event(changes: object = {}): EventWire {
  return eventWire.parse({
    kind: 'calendar#event',
    etag: '"3512345678901000"',
    id: '7f3c9a0b1d2e4f5a8b6c7d8e9f001122',
    status: 'confirmed',
    htmlLink: 'https://www.google.com/calendar/event?eid=abc',
    created: '2026-03-01T09:00:00.000Z',
    updated: '2026-03-01T09:00:00.500Z',
    summary: 'Formation Sécurité',
    description: '<p>Salle B</p>',
    location: '12 rue X, Lyon',
    creator: { email: 'a@ex.fr', self: true },
    organizer: { email: 'a@ex.fr', self: true },
    start: { dateTime: '2027-03-10T09:00:00+01:00', timeZone: 'Europe/Paris' },
    end: { dateTime: '2027-03-10T12:30:00+01:00', timeZone: 'Europe/Paris' },
    iCalUID: '7f3c9a0b1d2e4f5a8b6c7d8e9f001122@google.com',
    sequence: 0,
    reminders: { useDefault: true },
    eventType: 'default',
    ...changes,
  });
}

function facts(changes: object = {}) {
  const found = toEventFacts(event(changes));
  if (found === null) throw new Error('This event can be placed');
  return found;
}

const DRAFT: EventDraft = {
  copyId: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f',
  key: '7F3C9A0B-1D2E-4F5A-8B6C-7D8E9F001122',
  content: {
    title: 'Formation Sécurité',
    description: 'Salle B',
    location: '12 rue X, Lyon',
    startsAt: new Date('2027-03-10T08:00:00Z'),
    endsAt: new Date('2027-03-10T11:30:00Z'),
    timeZone: 'Europe/Paris',
  },
  guests: [],
  notify: false,
};

describe('an event of Google', () => {
  it('is told with everything that is read of it', () => {
    expect(facts()).toEqual({
      externalId: '7f3c9a0b1d2e4f5a8b6c7d8e9f001122',
      icalUid: '7f3c9a0b1d2e4f5a8b6c7d8e9f001122@google.com',
      seriesId: null,
      originalStart: null,
      times: {
        allDay: false,
        startsAt: new Date('2027-03-10T08:00:00Z'),
        endsAt: new Date('2027-03-10T11:30:00Z'),
        timeZone: 'Europe/Paris',
      },
      title: 'Formation Sécurité',
      description: 'Salle B',
      location: '12 rue X, Lyon',
      status: 'confirmed',
      isPrivate: false,
      isBusy: true,
      attendees: [],
      htmlLink: 'https://www.google.com/calendar/event?eid=abc',
      joinUrl: null,
      etag: '"3512345678901000"',
      updatedAt: new Date('2026-03-01T09:00:00.500Z'),
      copyId: null,
      eventKey: null,
    });
  });

  it('with nothing but an id and its hours is still one', () => {
    const { start, end } = event();
    expect(toEventFacts(eventWire.parse({ id: 'abcde', start, end }))).toMatchObject({
      title: null,
      description: null,
      location: null,
      status: 'confirmed',
      attendees: [],
      etag: null,
      updatedAt: null,
    });
  });

  it('whose texts are empty has none', () => {
    expect(facts({ summary: '', description: '', location: '' })).toMatchObject({
      title: null,
      description: null,
      location: null,
    });
  });

  it('of whole days has dates, the last of them not included', () => {
    const days = { start: { date: '2027-03-10' }, end: { date: '2027-03-12' } };
    expect(facts(days).times).toEqual({ allDay: true, startDate: '2027-03-10', endDate: '2027-03-12' });
  });

  it.each<[string, object, string]>([
    ['no start', { start: undefined }, 'unreadable-times'],
    ['no end', { end: null }, 'unreadable-times'],
    ['a start of nothing', { start: {} }, 'unreadable-times'],
    ['words for hours', { start: { dateTime: 'tomorrow+01:00' } }, 'unreadable-times'],
    ['a day that does not exist', { start: { date: '2027-02-30' }, end: { date: '2027-03-01' } }, 'unreadable-times'],
    [
      'days that end before they begin',
      { start: { date: '2027-03-02' }, end: { date: '2027-03-01' } },
      'unreadable-times',
    ],
    ['no day at all', { start: { date: '2027-03-02' }, end: { date: '2027-03-02' } }, 'unreadable-times'],
    ['an end before its start', { end: { dateTime: '2027-03-10T08:00:00+01:00' } }, 'unreadable-times'],
    ['a day and an hour', { start: { date: '2027-03-02' } }, 'unreadable-times'],
    [
      'an hour without offset in a zone that nobody knows',
      { start: { dateTime: '2027-03-10T09:00:00', timeZone: 'Europe/Nowhere' } },
      'unknown-time-zone',
    ],
    ['an hour without offset and without a zone', { end: { dateTime: '2027-03-10T12:30:00' } }, 'unknown-time-zone'],
  ])('with %s is set aside', (_, changes, reason) => {
    const odd = event(changes);
    expect(toCalendarChange(odd, WINDOW)).toEqual({ kind: 'set-aside', externalId: odd.id, reason });
    expect(toEventFacts(odd)).toBeNull();
  });

  it('without an offset is placed by its zone, on the right side of a change of clocks', () => {
    const summer = { dateTime: '2027-03-29T09:00:00', timeZone: 'Europe/Paris' };
    const { times } = facts({ start: summer, end: { ...summer, dateTime: '2027-03-29T10:00:00' } });
    expect(times).toMatchObject({
      startsAt: new Date('2027-03-29T07:00:00Z'),
      endsAt: new Date('2027-03-29T08:00:00Z'),
    });
  });

  it('in a zone that nobody knows keeps its instants when an offset says them', () => {
    const start = { dateTime: '2027-03-10T09:00:00+01:00', timeZone: 'Custom/Zone' };
    expect(facts({ start }).times).toMatchObject({ startsAt: new Date('2027-03-10T08:00:00Z'), timeZone: null });
  });

  it('without an end worth the name lasts no time', () => {
    const moment = { dateTime: '2027-03-10T09:00:00+01:00' };
    expect(toCalendarChange(event({ start: moment, end: moment }), WINDOW).kind).toBe('event');
  });

  it('of a series names it, and its place in it the same way in winter and summer', () => {
    const winter = facts({ recurringEventId: 'abcde', originalStartTime: { dateTime: '2027-03-10T09:00:00+01:00' } });
    const elsewhere = facts({ recurringEventId: 'abcde', originalStartTime: { dateTime: '2027-03-10T08:00:00Z' } });
    expect(winter).toMatchObject({ seriesId: 'abcde', originalStart: '2027-03-10T08:00:00.000Z' });
    expect(elsewhere.originalStart).toBe(winter.originalStart);
    expect(facts({ originalStartTime: { date: '2027-03-10' } }).originalStart).toBe('2027-03-10');
  });

  it.each([
    ['private', true],
    ['confidential', true],
    ['public', false],
    ['default', false],
    [undefined, false],
  ])('of visibility %s is private: %s', (visibility, isPrivate) => {
    expect(facts({ visibility }).isPrivate).toBe(isPrivate);
  });

  it('leaves its owner free only when it says so', () => {
    expect(facts({ transparency: 'transparent' }).isBusy).toBe(false);
    expect(facts({ transparency: 'opaque' }).isBusy).toBe(true);
  });

  it('has the guests that can be named, with what they answered', () => {
    const attendees = [
      { email: 'a@ex.fr', displayName: 'Ada', responseStatus: 'accepted', organizer: true, self: true },
      { email: 'b@ex.fr', responseStatus: 'needsAction' },
      { email: 'c@ex.fr', responseStatus: 'declined' },
      { email: 'd@ex.fr', responseStatus: 'tentative', displayName: '' },
      { email: 'e@ex.fr', responseStatus: 'a word to come', displayName: 7 },
      { displayName: 'Somebody', responseStatus: 'accepted' },
      { email: '' },
    ];
    const shown = facts({ attendees }).attendees.map(({ email, name, response }) => [email, name, response]);
    expect(shown).toEqual([
      ['a@ex.fr', 'Ada', 'accepted'],
      ['b@ex.fr', null, 'none'],
      ['c@ex.fr', null, 'declined'],
      ['d@ex.fr', null, 'tentative'],
      ['e@ex.fr', null, 'none'],
    ]);
    expect(facts({ attendees }).attendees[0]).toMatchObject({ isOrganizer: true, isSelf: true });
    expect(facts({ attendees }).attendees[1]).toMatchObject({ isOrganizer: false, isSelf: false });
  });

  it('is joined where Meet or another program says, and nowhere else', () => {
    const entryPoints = [
      { entryPointType: 'phone', uri: 'tel:+33123456789' },
      { entryPointType: 'video', uri: 'https://video.example.test/1' },
    ];
    expect(facts({ hangoutLink: 'https://meet.google.com/abc' }).joinUrl).toBe('https://meet.google.com/abc');
    expect(facts({ conferenceData: { entryPoints } }).joinUrl).toBe('https://video.example.test/1');
    expect(facts({ conferenceData: { entryPoints: entryPoints.slice(0, 1) } }).joinUrl).toBeNull();
    expect(facts({ hangoutLink: 'javascript:alert(1)' }).joinUrl).toBeNull();
    expect(facts({ conferenceData: { createRequest: { requestId: 'x' } } }).joinUrl).toBeNull();
  });

  it('that we wrote carries the id of its copy', () => {
    const extendedProperties = {
      private: { passerelleCopy: DRAFT.copyId, other: 'x' },
      shared: { passerelleCopy: 'y' },
    };
    expect(facts({ extendedProperties }).copyId).toBe(DRAFT.copyId);
    expect(facts({ extendedProperties: { private: { other: 'x' } } }).copyId).toBeNull();
  });

  it('holds nothing that a database cannot', () => {
    const attendees = [{ email: 'a@ex.fr', displayName: 'A\0da' }];
    expect(facts({ summary: 'a\0b\ud800', attendees })).toMatchObject({
      title: 'ab\ufffd',
      attendees: [{ name: 'Ada' }],
    });
  });
});

describe('an item of a listing', () => {
  it('that was cancelled is gone for certain, though it says nothing more', () => {
    expect(toCalendarChange(eventWire.parse({ id: 'abcde', status: 'cancelled' }), WINDOW)).toEqual({
      kind: 'removed',
      externalId: 'abcde',
      isCertain: true,
    });
  });

  it('that begins after the window may only have left it', () => {
    const at = (dateTime: string) => toCalendarChange(event({ start: { dateTime }, end: { dateTime } }), WINDOW);
    expect(at('2027-11-20T00:00:00Z')).toMatchObject({ kind: 'removed', isCertain: false });
    expect(at('2027-11-19T23:59:59Z').kind).toBe('event');
    const on = (date: string) => toCalendarChange(event({ start: { date }, end: { date: '2027-12-31' } }), WINDOW).kind;
    expect([on('2027-11-19'), on('2027-11-20'), on('2027-11-21')]).toEqual(['event', 'event', 'removed']);
  });

  it('from before the window is told as it stands, for history', () => {
    const day = { start: { date: '2019-03-10' }, end: { date: '2019-03-11' } };
    expect(toCalendarChange(event(day), WINDOW).kind).toBe('event');
  });
});

describe('a calendar', () => {
  const calendar = { id: 'c@group.calendar.google.com', accessRole: 'owner', timeZone: 'Europe/Paris' };

  it('is named as its owner renamed it', () => {
    const name = (names: object) => toCalendarChoice({ ...calendar, ...names }).name;
    expect(name({ summary: 'Équipe', summaryOverride: 'Mon équipe' })).toBe('Mon équipe');
    expect(name({ summary: 'Équipe' })).toBe('Équipe');
    expect(name({})).toBe(calendar.id);
  });

  it.each([
    ['owner', true],
    ['writer', true],
    ['writerWithoutPrivateAccess', true],
    ['reader', false],
    ['freeBusyReader', false],
  ])('of which one is %s can be written to: %s', (accessRole, canWrite) => {
    expect(toCalendarChoice({ ...calendar, accessRole }).canWrite).toBe(canWrite);
  });

  it('has a zone that exists, or none', () => {
    expect(toCalendarChoice(calendar).timeZone).toBe('Europe/Paris');
    expect(toCalendarChoice({ ...calendar, timeZone: 'Custom' }).timeZone).toBeNull();
  });
});

describe('what we write', () => {
  it('has an id of letters and digits that Google takes', () => {
    expect(toEventId(DRAFT.key)).toBe('7f3c9a0b1d2e4f5a8b6c7d8e9f001122');
    expect(toEventId(DRAFT.key)).toMatch(/^[0-9a-v]{5,1024}$/);
  });

  it('is the whole draft for a new event, and nothing empty', () => {
    expect(toNewEvent(DRAFT)).toEqual({
      id: '7f3c9a0b1d2e4f5a8b6c7d8e9f001122',
      summary: 'Formation Sécurité',
      description: 'Salle B',
      location: '12 rue X, Lyon',
      start: { dateTime: '2027-03-10T08:00:00.000Z', timeZone: 'Europe/Paris' },
      end: { dateTime: '2027-03-10T11:30:00.000Z', timeZone: 'Europe/Paris' },
      extendedProperties: { private: { passerelleCopy: DRAFT.copyId } },
    });
    const bare = { ...DRAFT, content: { ...DRAFT.content, description: null, location: null } };
    expect(Object.keys(toNewEvent(bare))).toEqual(['id', 'summary', 'start', 'end', 'extendedProperties']);
  });

  it('invites each guest once', () => {
    const guests = [
      { email: 'a@ex.fr', name: 'Ada' },
      { email: 'A@ex.fr', name: null },
      { email: 'b@ex.fr', name: null },
    ];
    expect(toNewEvent({ ...DRAFT, guests }).attendees).toHaveLength(2);
  });

  it('is only what is given for a change', () => {
    expect(toPatch({})).toEqual({});
    expect(toPatch({ title: 'Neuf' })).toEqual({ summary: 'Neuf' });
    expect(toPatch({ description: null, location: 'Ici' })).toEqual({ description: null, location: 'Ici' });
  });

  it('takes the date away where it gives an hour', () => {
    const { startsAt, endsAt, timeZone } = DRAFT.content;
    expect(toPatch({ times: { startsAt, endsAt, timeZone } })).toEqual({
      start: { dateTime: '2027-03-10T08:00:00.000Z', timeZone: 'Europe/Paris', date: null },
      end: { dateTime: '2027-03-10T11:30:00.000Z', timeZone: 'Europe/Paris', date: null },
    });
  });

  it('over an event that is there brings a deleted one back, and leaves the status of others alone', () => {
    expect(toRewrittenEvent(DRAFT, event({ status: 'cancelled' }))).toMatchObject({ status: 'confirmed' });
    expect(toRewrittenEvent(DRAFT, event())).not.toHaveProperty('status');
    expect(toRewrittenEvent(DRAFT, event())).not.toHaveProperty('attendees');
  });
});

describe('whether a draft was written already', () => {
  it('is seen in all it says', () => {
    expect(isAsDrafted(DRAFT, event())).toBe(true);
    const others = [
      { title: 'Autre' },
      { description: null },
      { location: 'Ailleurs' },
      { startsAt: new Date('2027-03-10T08:01:00Z') },
      { endsAt: new Date('2027-03-10T11:31:00Z') },
      { timeZone: 'Europe/London' },
    ];
    for (const other of others) {
      expect(isAsDrafted({ ...DRAFT, content: { ...DRAFT.content, ...other } }, event())).toBe(false);
    }
    expect(isAsDrafted({ ...DRAFT, guests: [{ email: 'a@ex.fr', name: null }] }, event())).toBe(false);
    expect(isAsDrafted(DRAFT, event({ status: 'cancelled' }))).toBe(false);
    expect(isAsDrafted(DRAFT, event({ start: { date: '2027-03-10' }, end: { date: '2027-03-11' } }))).toBe(false);
    expect(isAsDrafted(DRAFT, event({ start: undefined }))).toBe(false);
  });
});

describe('a list of guests', () => {
  const theirs = [
    { email: 'Marie@ex.fr', responseStatus: 'accepted', comment: 'Oui !', additionalGuests: 2 },
    { email: 'paul@ex.fr', responseStatus: 'declined' },
    { displayName: 'No address' },
  ];

  it('keeps the entries of others to the letter', () => {
    const merged = mergeGuests(theirs, { add: [{ email: 'nina@ex.fr', name: 'Nina' }], remove: ['PAUL@ex.fr'] });
    expect(merged).toEqual([theirs[0], theirs[2], { email: 'nina@ex.fr', displayName: 'Nina' }]);
    expect(merged?.[0]).toBe(theirs[0]);
  });

  it('is left alone when it is already as it should be', () => {
    const add = [{ email: 'MARIE@EX.FR', name: 'M.' }];
    expect(mergeGuests(theirs, { add, remove: ['nobody@ex.fr'] })).toBeNull();
    expect(mergeGuests([], { add: [], remove: [] })).toBeNull();
  });

  it('brings back who is taken away and added at once', () => {
    const merged = mergeGuests(theirs, { add: [{ email: 'paul@ex.fr', name: null }], remove: ['paul@ex.fr'] });
    expect(merged).toEqual([theirs[0], theirs[2], { email: 'paul@ex.fr' }]);
  });
});
