import { describe, expect, it } from '@jest/globals';
import type { EventDraft, EventFacts } from '../calendars/index.js';
import {
  differencesOf,
  mergeGuests,
  seriesIdOf,
  toCalendarChoice,
  toChange,
  toFacts,
  toSeriesChanges,
  toWireContent,
  toWireDraft,
} from './outlook.mapper.js';
import { OUTLOOK } from './outlook.profile.js';
import { changeWire, type ChangeWire } from './outlook.wire.js';

const OWN = ['iris@example.test', 'iris.moreau@example.test'];

/** The example of the provider's reference, as the wire reads it. */
function event(changes: object = {}): ChangeWire {
  return changeWire.parse({
    '@odata.etag': 'W/"DwAAABYAAAC9YbapXssv"',
    id: 'AAkALgAAAAAAHYQDEapmEc2byACqAC/EWg0A+a==',
    createdDateTime: '2026-03-01T09:00:00.1234567Z',
    lastModifiedDateTime: '2026-03-01T09:00:01.1234567Z',
    transactionId: '0c9f0f5e-7c0b-4f0a-9d0e-2f1c7b7c0001',
    originalStartTimeZone: 'Romance Standard Time',
    iCalUId: '040000008200E00074C5B7101A82E008',
    subject: 'Formation Sécurité',
    sensitivity: 'normal',
    isAllDay: false,
    isCancelled: false,
    isOrganizer: true,
    seriesMasterId: null,
    showAs: 'busy',
    type: 'singleInstance',
    webLink: 'https://outlook.office365.com/owa/?itemid=AAkA',
    onlineMeetingUrl: null,
    onlineMeeting: null,
    body: { contentType: 'text', content: 'Salle B\r\nApporter ses gants\r\n' },
    start: { dateTime: '2026-03-10T08:00:00.0000000', timeZone: 'UTC' },
    end: { dateTime: '2026-03-10T11:30:00.0000000', timeZone: 'UTC' },
    location: { displayName: '12 rue X', locationType: 'default', address: {}, coordinates: {} },
    attendees: [],
    organizer: { emailAddress: { name: 'Iris', address: 'iris@example.test' } },
    ...changes,
  });
}

function facts(changes: object = {}): EventFacts {
  const found = toFacts(event(changes), OWN);
  if (typeof found === 'string') throw new Error('This event can be placed');
  return found;
}

function guest(address: string, response = 'none', name = address) {
  return { type: 'required', status: { response, time: '0001-01-01T00:00:00Z' }, emailAddress: { name, address } };
}

describe('an Outlook event in our words', () => {
  it('holds what there is to tell', () => {
    expect(facts()).toEqual({
      externalId: 'AAkALgAAAAAAHYQDEapmEc2byACqAC/EWg0A+a==',
      icalUid: '040000008200E00074C5B7101A82E008',
      seriesId: null,
      originalStart: null,
      times: {
        allDay: false,
        startsAt: new Date('2026-03-10T08:00:00Z'),
        endsAt: new Date('2026-03-10T11:30:00Z'),
        timeZone: 'Europe/Paris',
      },
      title: 'Formation Sécurité',
      description: 'Salle B\nApporter ses gants',
      location: '12 rue X',
      status: 'confirmed',
      isPrivate: false,
      isBusy: true,
      attendees: [],
      htmlLink: 'https://outlook.office365.com/owa/?itemid=AAkA',
      joinUrl: null,
      etag: 'W/"DwAAABYAAAC9YbapXssv"',
      updatedAt: new Date('2026-03-01T09:00:01.123Z'),
      copyId: null,
      eventKey: '0c9f0f5e-7c0b-4f0a-9d0e-2f1c7b7c0001',
    });
  });

  it('needs no more than an id and its times', () => {
    const bare = toFacts(
      changeWire.parse({
        id: 'E1',
        start: { dateTime: '2026-03-10T08:00:00', timeZone: 'UTC' },
        end: { dateTime: '2026-03-10T09:00:00', timeZone: 'UTC' },
      }),
      OWN,
    );
    expect(bare).toMatchObject({ title: null, description: null, location: null, attendees: [], isBusy: true });
  });

  it.each([
    ['normal', false],
    ['personal', true],
    ['private', true],
    ['confidential', true],
  ])('is of sensitivity %s: private %j', (sensitivity, isPrivate) => {
    expect(facts({ sensitivity }).isPrivate).toBe(isPrivate);
  });

  it.each([
    ['free', false, 'confirmed'],
    ['tentative', true, 'tentative'],
    ['busy', true, 'confirmed'],
    ['oof', true, 'confirmed'],
    ['workingElsewhere', true, 'confirmed'],
    ['unknown', true, 'confirmed'],
    ['a word of next year', true, 'confirmed'],
  ])('shows as %s: busy %j, %s', (showAs, isBusy, status) => {
    expect(facts({ showAs })).toMatchObject({ isBusy, status });
  });

  it('names its series, and where the series had planned it', () => {
    const occurrence = { seriesMasterId: 'S1', type: 'exception', originalStart: '2026-03-09T08:00:00Z' };
    expect(facts(occurrence)).toMatchObject({ seriesId: 'S1', originalStart: '2026-03-09T08:00:00.000Z' });
    const unmoved = { ...occurrence, type: 'occurrence', originalStart: null };
    expect(facts(unmoved).originalStart).toBe('2026-03-10T08:00:00.0000000');
  });

  it('is joined where the meeting is, and only over http', () => {
    const joinUrl = 'https://teams.example.test/l/meetup-join/1';
    expect(facts({ onlineMeeting: { joinUrl } }).joinUrl).toBe(joinUrl);
    expect(facts({ onlineMeetingUrl: joinUrl }).joinUrl).toBe(joinUrl);
    expect(facts({ onlineMeeting: { joinUrl: 'javascript:alert(1)' } }).joinUrl).toBeNull();
    expect(facts({ webLink: 'file:///etc/passwd' }).htmlLink).toBeNull();
  });

  it('carries our marker in whatever letters Graph writes its id', () => {
    const copyId = '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f';
    const marked = (id: string) => facts({ singleValueExtendedProperties: [{ id, value: copyId }] }).copyId;
    expect(marked(OUTLOOK.markerProperty)).toBe(copyId);
    expect(marked(OUTLOOK.markerProperty.replace('b3c9a6a0', 'B3C9A6A0'))).toBe(copyId);
    expect(marked('String {b3c9a6a0-5d0e-4f5b-9f1c-6f2f6f1d7a11} Name SomethingElse')).toBeNull();
  });

  it('keeps a title that no database can hold, as far as it can be held', () => {
    expect(facts({ subject: 'Nul\0 et \ud800 demi' }).title).toBe('Nul et \ufffd demi');
  });

  describe('with its people', () => {
    it('as they answered', () => {
      const answers = ['accepted', 'declined', 'tentativelyAccepted', 'notResponded', 'none', 'organizer', 'new'];
      const attendees = answers.map((answer, index) => guest(`g${index}@example.test`, answer));
      const said = facts({ attendees }).attendees.filter(({ isOrganizer }) => !isOrganizer);
      expect(said.map(({ response }) => response)).toEqual([
        'accepted',
        'declined',
        'tentative',
        'none',
        'none',
        'accepted',
        'none',
      ]);
    });

    it('the owner among them as organizer', () => {
      expect(facts({ attendees: [guest('ines@example.test', 'accepted', 'Inès')] }).attendees).toEqual([
        { email: 'iris@example.test', name: 'Iris', response: 'accepted', isOrganizer: true, isSelf: true },
        { email: 'ines@example.test', name: 'Inès', response: 'accepted', isOrganizer: false, isSelf: false },
      ]);
    });

    it('the owner among them as guest, under any of their addresses', () => {
      const organizer = { emailAddress: { name: 'Claude', address: 'claude@example.test' } };
      const attendees = [guest('claude@example.test', 'organizer'), guest('Iris.Moreau@example.test', 'declined')];
      const people = facts({ isOrganizer: false, organizer, attendees }).attendees;
      expect(people.map(({ email, isSelf, isOrganizer }) => [email, isSelf, isOrganizer])).toEqual([
        ['claude@example.test', false, true],
        ['Iris.Moreau@example.test', true, false],
      ]);
    });

    it('without those who have no address', () => {
      const attendees = [guest(''), { type: 'resource', emailAddress: null }, guest('ines@example.test')];
      expect(facts({ attendees }).attendees.map(({ email }) => email)).toEqual([
        'iris@example.test',
        'ines@example.test',
      ]);
    });
  });
});

describe('an item of a round', () => {
  it('that left the window may have been deleted, or not', () => {
    const removed = changeWire.parse({ id: 'E1', '@removed': { reason: 'deleted' } });
    expect(seriesIdOf(removed)).toBeNull();
    expect(toChange(removed, OWN)).toEqual({ kind: 'removed', externalId: 'E1', isCertain: false });
  });

  it('that its organizer called off is certainly gone', () => {
    expect(toChange(event({ isCancelled: true }), OWN)).toMatchObject({ kind: 'removed', isCertain: true });
  });

  it('that cannot be placed is set aside, with the reason', () => {
    const start = { dateTime: '2026-03-10T08:00:00', timeZone: 'Nowhere' };
    expect(toChange(event({ start }), OWN)).toMatchObject({ kind: 'set-aside', reason: 'unknown-time-zone' });
  });

  it.each([
    [{ type: 'singleInstance' }, null],
    [{ type: 'occurrence', seriesMasterId: 'S1' }, 'S1'],
    [{ type: 'exception', seriesMasterId: 'S1' }, 'S1'],
    [{ type: 'seriesMaster', id: 'S1' }, 'S1'],
    [{ type: null }, null],
  ])('such as %j belongs to series %j', (changes, seriesId) => {
    expect(seriesIdOf(event(changes))).toBe(seriesId);
  });

  it('of a series is all occurrences there are, without those called off, and beside those that cannot be placed', () => {
    const changes = toSeriesChanges(
      'S1',
      [
        event({ id: 'O1', type: 'occurrence' }),
        event({ id: 'O2', isCancelled: true }),
        event({ id: 'O3', start: null }),
      ],
      OWN,
    );
    expect(changes).toEqual([
      { kind: 'series', seriesId: 'S1', occurrences: [expect.objectContaining({ externalId: 'O1', seriesId: 'S1' })] },
      { kind: 'set-aside', externalId: 'O3', reason: 'unreadable-times' },
    ]);
  });
});

describe('what is written to Graph', () => {
  const draft: EventDraft = {
    copyId: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f',
    key: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77',
    content: {
      title: 'Formation',
      description: 'Salle B',
      location: 'Lyon',
      startsAt: new Date('2027-01-11T08:00:00Z'),
      endsAt: new Date('2027-01-11T09:00:00Z'),
      timeZone: 'Europe/Paris',
    },
    guests: [{ email: 'lea@example.test', name: 'Léa' }],
    notify: false,
  };

  it('for a draft has its two marks, and no guests unless they are to be told', () => {
    expect(toWireDraft(draft)).toEqual({
      subject: 'Formation',
      body: { contentType: 'text', content: 'Salle B' },
      location: { displayName: 'Lyon' },
      start: { dateTime: '2027-01-11T09:00:00', timeZone: 'Romance Standard Time' },
      end: { dateTime: '2027-01-11T10:00:00', timeZone: 'Romance Standard Time' },
      isAllDay: false,
      transactionId: draft.key,
      singleValueExtendedProperties: [
        { id: 'String {b3c9a6a0-5d0e-4f5b-9f1c-6f2f6f1d7a11} Name PasserelleCopy', value: draft.copyId },
      ],
    });
    expect(toWireDraft({ ...draft, notify: true })).toMatchObject({
      attendees: [{ type: 'required', emailAddress: { address: 'lea@example.test', name: 'Léa' } }],
    });
    expect(toWireDraft({ ...draft, guests: [], notify: true })).not.toHaveProperty('attendees');
  });

  it('leaves out text and place where there are none', () => {
    const bare = toWireDraft({ ...draft, content: { ...draft.content, description: null, location: null } });
    expect(bare).not.toHaveProperty('body');
    expect(bare).not.toHaveProperty('location');
  });

  it('for a change has the fields that are given and no others', () => {
    expect(toWireContent({})).toEqual({});
    expect(toWireContent({ title: 'T' })).toEqual({ subject: 'T' });
    expect(toWireContent({ description: null, location: null })).toEqual({
      body: { contentType: 'text', content: '' },
      location: { displayName: '' },
    });
  });

  it('for guests is the list as it was read, with and without some', () => {
    const marie = { ...guest('marie@example.test', 'accepted'), proposedNewTime: { start: 'x' } };
    const present = event({ attendees: [marie, guest('Paul@example.test')] }).attendees!;
    const add = [
      { email: 'nina@example.test', name: null },
      { email: 'MARIE@example.test', name: 'Marie' },
    ];
    expect(mergeGuests(present, { add, remove: ['paul@EXAMPLE.test', 'nobody@example.test'] })).toEqual([
      marie,
      { type: 'required', emailAddress: { address: 'nina@example.test' } },
    ]);
  });

  it('again is only what differs; line ends and blanks of Exchange do not', () => {
    const { content } = draft;
    const shown = facts({
      subject: 'Formation ',
      body: { content: 'Salle  B\r\n' },
      location: { displayName: 'Lyon' },
      start: { dateTime: '2027-01-11T08:00:00.0000000', timeZone: 'UTC' },
      end: { dateTime: '2027-01-11T09:00:00.0000000', timeZone: 'UTC' },
    });
    expect(differencesOf(shown, content)).toEqual({});
    expect(differencesOf({ ...shown, title: 'Autre' }, content)).toEqual({ title: 'Formation' });
    expect(differencesOf({ ...shown, description: null }, content)).toEqual({ description: 'Salle B' });
    expect(differencesOf({ ...shown, location: null }, content)).toEqual({ location: 'Lyon' });
    const allDay = { allDay: true as const, startDate: '2027-01-11', endDate: '2027-01-12' };
    expect(differencesOf({ ...shown, times: allDay }, content)).toEqual({ times: content });
  });
});

describe('a calendar to choose', () => {
  it('has its name, and says whether it is the primary one and can be written to', () => {
    expect(toCalendarChoice({ id: 'C1', name: 'Calendrier', isDefaultCalendar: true, canEdit: true })).toEqual({
      id: 'C1',
      name: 'Calendrier',
      timeZone: null,
      isPrimary: true,
      canWrite: true,
    });
    expect(toCalendarChoice({ id: 'C2', name: 'Fériés', canEdit: null })).toMatchObject({
      isPrimary: false,
      canWrite: false,
    });
  });
});
