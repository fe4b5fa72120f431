import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import {
  emptyEmail,
  type Events,
  GoogleSession,
  holidays,
  hour,
  mainEmail,
  reasonOf,
} from './testing/google-session.js';

const lesson = { summary: 'Formation', ...hour(10, '09:00', '12:30') };

describe('writing events', () => {
  let sandbox: GoogleSandbox;
  let session: GoogleSession;
  let events: Events;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
    session = await GoogleSession.connect(sandbox, emptyEmail);
    events = session.events();
  });
  afterEach(() => sandbox.close());

  describe('inserting', () => {
    it('answers the event with all that Google adds', async () => {
      const { status, body } = await events.insert(lesson);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        kind: 'calendar#event',
        etag: expect.stringMatching(/^"\d+"$/),
        id: expect.stringMatching(/^[0-9a-v]{26}$/),
        status: 'confirmed',
        iCalUID: `${body.id}@google.com`,
        sequence: 0,
        start: { dateTime: '2026-03-10T09:00:00+01:00', timeZone: 'Europe/Paris' },
        creator: { email: emptyEmail, self: true },
        organizer: { email: emptyEmail, self: true },
        reminders: { useDefault: true },
        eventType: 'default',
      });
      expect((await events.get(body.id)).body).toEqual(body);
    });

    it('keeps the instant, answers it in the calendar’s zone, and names that zone where the caller named none', async () => {
      const start = { dateTime: '2026-03-10T23:30:00Z' };
      const end = { dateTime: '2026-03-10T20:00:00', timeZone: 'America/New_York' };
      const { body } = await events.insert({ start, end });
      expect(body.start).toEqual({ dateTime: '2026-03-11T00:30:00+01:00', timeZone: 'Europe/Paris' });
      expect(body.end).toEqual({ dateTime: '2026-03-11T01:00:00+01:00', timeZone: 'America/New_York' });
      const there = await events.get(body.id, { timeZone: 'Asia/Tokyo' });
      expect(there.body.start).toEqual({ dateTime: '2026-03-11T08:30:00+09:00', timeZone: 'Europe/Paris' });
    });

    it('keeps whole days as days, the end exclusive', async () => {
      const { body } = await events.insert({ start: { date: '2026-03-10' }, end: { date: '2026-03-11' } });
      expect([body.start, body.end]).toEqual([{ date: '2026-03-10' }, { date: '2026-03-11' }]);
    });

    it.each([
      ['no end', { start: lesson.start }, '400 required'],
      ['no offset and no zone', { ...lesson, start: { dateTime: '2026-03-10T09:00:00' } }, '400 required'],
      [
        'a zone it does not know',
        { ...lesson, start: { ...lesson.start, timeZone: 'Romance Standard Time' } },
        '400 invalid',
      ],
      ['a day beside a time', { ...lesson, end: { date: '2026-03-11' } }, '400 invalid'],
      ['an end before the start', hour(10, '12:00', '11:00'), '400 timeRangeEmpty'],
      [
        'a whole day that ends on itself',
        { start: { date: '2026-03-10' }, end: { date: '2026-03-10' } },
        '400 timeRangeEmpty',
      ],
      ['a day that is none', { start: { date: '2026-02-30' }, end: { date: '2026-03-01' } }, '400 invalid'],
      ['a guest without address', { ...lesson, attendees: [{ displayName: 'Zoé' }] }, '400 required'],
      ['a guest with a bad address', { ...lesson, attendees: [{ email: 'zoe' }] }, '400 invalid'],
      [
        'six reminders',
        {
          ...lesson,
          reminders: { overrides: [0, 5, 10, 15, 20, 25].map((minutes) => ({ method: 'popup', minutes })) },
        },
        '400 invalid',
      ],
      [
        'reminders of both kinds',
        { ...lesson, reminders: { useDefault: true, overrides: [{ method: 'popup', minutes: 5 }] } },
        '400 cannotUseDefaultRemindersAndSpecifyOverride',
      ],
      ['a color there is not', { ...lesson, colorId: '12' }, '400 invalid'],
      ['a word that is not a status', { ...lesson, status: 'canceled' }, '400 invalid'],
      ['a number for a title', { ...lesson, summary: 7 }, '400 invalid'],
      ['an event from Gmail', { ...lesson, eventType: 'fromGmail' }, '400 eventTypeRestriction'],
      ['both kinds of id', { ...lesson, id: 'abcde', iCalUID: 'abcde@example.test' }, '400 invalid'],
    ])('refuses %s', async (_what, body, refusal) => {
      expect(reasonOf(await events.insert(body))).toBe(refusal);
    });

    it.each([
      ['of four characters', 'abcd', '400 invalid'],
      ['in capitals', 'ABCDE', '400 invalid'],
      ['with letters past v', 'wxyz0', '400 invalid'],
      ['with a hyphen', '0190a0b1-c2d3', '400 invalid'],
      ['of 1025 characters', 'v'.repeat(1025), '400 invalid'],
      ['of five characters', 'abcde', '200'],
      ['that is a UUID without hyphens', '0190a0b1c2d37e4f8a9bacbdcedfe0f1', '200'],
      ['of 1024 characters', 'v'.repeat(1024), '200'],
    ])('takes or refuses an id %s', async (_what, id, outcome) => {
      const answer = await events.insert({ ...lesson, id });
      expect(reasonOf(answer)).toBe(outcome);
      expect((await events.get(id)).status).toBe(outcome === '200' ? 200 : 404);
    });

    it('never gives an id twice, not even that of a deleted event, which a write can revive', async () => {
      await events.insert({ ...lesson, id: 'lesson1' });
      expect(reasonOf(await events.insert({ ...lesson, id: 'lesson1' }))).toBe('409 duplicate');
      await events.delete('lesson1');
      expect(reasonOf(await events.insert({ ...lesson, id: 'lesson1' }))).toBe('409 duplicate');
      expect((await events.patch('lesson1', { status: 'confirmed' })).body).toMatchObject({
        status: 'confirmed',
        summary: 'Formation',
      });
      await events.delete('lesson1');
      expect((await events.put('lesson1', { ...lesson, status: 'confirmed' })).status).toBe(200);
      expect((await events.list()).body.items).toHaveLength(1);
      const elsewhere = await session.send('POST', '/calendars', { body: { summary: 'Autre' } });
      expect((await session.events(elsewhere.body.id).insert({ ...lesson, id: 'lesson1' })).status).toBe(200);
    });

    it('drops keys and cuts values that are too long, without a word', async () => {
      const properties = { ['k'.repeat(44)]: 'v'.repeat(1025), ['k'.repeat(45)]: 'v', rev: '7' };
      const { body } = await events.insert({ ...lesson, extendedProperties: { private: properties } });
      expect(body.extendedProperties).toEqual({ private: { ['k'.repeat(44)]: 'v'.repeat(1024), rev: '7' } });
      const many = Object.fromEntries(Array.from({ length: 301 }, (_none, index) => [`k${index}`, 'v']));
      expect(reasonOf(await events.insert({ ...lesson, extendedProperties: { shared: many } }))).toBe('400 invalid');
    });

    it('ignores attachments of callers that do not say they know of them', async () => {
      const body = { ...lesson, attachments: [{ fileUrl: 'https://drive.google.com/open?id=1', title: 'Plan' }] };
      expect((await events.insert(body)).body).not.toHaveProperty('attachments');
      expect((await events.insert(body, { supportsAttachments: 'true' })).body).toHaveProperty('attachments');
    });
  });

  describe('changing', () => {
    it('merges a PATCH: members one by one, lists as a whole, null to clear', async () => {
      const { body: before } = await events.insert({
        ...lesson,
        location: 'Lyon',
        attendees: [{ email: 'a@ex.fr', responseStatus: 'accepted' }, { email: 'b@ex.fr' }],
        extendedProperties: { private: { kept: '1', gone: '2' } },
      });
      const { body } = await events.patch(before.id, {
        summary: 'Autre titre',
        location: null,
        attendees: [{ email: 'c@ex.fr' }],
        extendedProperties: { private: { gone: null, come: '3' } },
      });
      expect(body).toMatchObject({ summary: 'Autre titre', start: before.start, end: before.end });
      expect(body).not.toHaveProperty('location');
      expect(body.attendees).toEqual([{ email: 'c@ex.fr', responseStatus: 'needsAction' }]);
      expect(body.extendedProperties).toEqual({ private: { kept: '1', come: '3' } });
    });

    it('turns a time into a day only when the time is taken away in the same breath', async () => {
      const { body: event } = await events.insert(lesson);
      const [start, end] = [{ date: '2026-03-10' }, { date: '2026-03-11' }];
      expect(reasonOf(await events.patch(event.id, { start, end }))).toBe('400 invalid');
      const cleared = { start: { ...start, dateTime: null }, end: { ...end, dateTime: null } };
      expect((await events.patch(event.id, cleared)).body.start).toEqual(start);
      expect(reasonOf(await events.patch(event.id, hour(10, '09:00', '10:00')))).toBe('400 invalid');
    });

    it('reads a time without offset in the zone the event has', async () => {
      const zoned = { dateTime: '2026-03-10T09:00:00', timeZone: 'America/New_York' };
      const { body: event } = await events.insert({ start: zoned, end: { ...zoned, dateTime: '2026-03-10T10:00:00' } });
      const { body } = await events.patch(event.id, { end: { dateTime: '2026-03-10T11:00:00' } });
      expect(body.end.dateTime).toBe('2026-03-10T16:00:00+01:00');
    });

    it('replaces with PUT: what the body leaves out is erased', async () => {
      const { body: before } = await events.insert({
        ...lesson,
        location: 'Lyon',
        colorId: '5',
        visibility: 'private',
      });
      const { body } = await events.put(before.id, hour(11, '09:00', '10:00'));
      for (const name of ['summary', 'location', 'colorId', 'visibility']) expect(body).not.toHaveProperty(name);
      expect(reasonOf(await events.put(before.id, { summary: 'Sans heures' }))).toBe('400 required');
    });

    it('moves etag and updated with every write, even where the clock stands still', async () => {
      const { body: first } = await events.insert(lesson);
      const { body: second } = await events.patch(first.id, { summary: 'Formation' });
      const { body: third } = await events.patch(first.id, { summary: 'Formation' });
      expect(new Set([first.etag, second.etag, third.etag]).size).toBe(3);
      expect([first.updated < second.updated, second.updated < third.updated]).toEqual([true, true]);
      expect(third.created).toBe(first.created);
    });

    it('moves neither for reminders, which are no news', async () => {
      const { body: event } = await events.insert(lesson);
      const changes = await events.follow();
      const reminders = { useDefault: false, overrides: [{ method: 'popup', minutes: 10 }] };
      const { body } = await events.patch(event.id, { reminders });
      expect(body).toMatchObject({ reminders, etag: event.etag, updated: event.updated });
      expect(await changes()).toEqual([]);
      expect((await events.get(event.id)).body.reminders).toEqual(reminders);
    });

    it('counts the sequence with time and place, and takes none that is behind', async () => {
      const { body: event } = await events.insert(lesson);
      expect((await events.patch(event.id, { summary: 'Titre' })).body.sequence).toBe(0);
      expect((await events.patch(event.id, hour(12, '09:00', '10:00'))).body.sequence).toBe(1);
      expect((await events.patch(event.id, { location: 'Lyon' })).body.sequence).toBe(2);
      expect(reasonOf(await events.patch(event.id, { sequence: 1, summary: 'Vieux' }))).toBe('400 invalid');
    });

    it('refuses another id, another type, and rules for what is one occurrence', async () => {
      const { body: event } = await events.insert(lesson);
      expect(reasonOf(await events.patch(event.id, { id: 'other0' }))).toBe('400 invalid');
      expect(reasonOf(await events.patch(event.id, { eventType: 'focusTime' }))).toBe('400 eventTypeRestriction');
      expect(reasonOf(await events.patch('none0', { summary: 'x' }))).toBe('404 notFound');
    });

    it('cannot be made to lose guests by somebody who did not see them all', async () => {
      const attendees = ['a@ex.fr', 'b@ex.fr', emptyEmail].map((email) => ({ email }));
      const { body: event } = await events.insert({ ...lesson, attendees });
      const { body: seen } = await events.get(event.id, { maxAttendees: '2' });
      expect(seen).toMatchObject({
        attendeesOmitted: true,
        attendees: [{ email: emptyEmail, self: true, organizer: true }],
      });
      await events.patch(event.id, {
        attendeesOmitted: true,
        attendees: [{ email: emptyEmail, responseStatus: 'accepted' }],
      });
      const { body } = await events.get(event.id);
      expect(body.attendees.map(({ responseStatus }) => responseStatus)).toEqual([
        'needsAction',
        'needsAction',
        'accepted',
      ]);
    });
  });

  describe('conditions', () => {
    it('refuses a write to what has changed since, and lets the others through', async () => {
      const { body: old } = await events.insert(lesson);
      const { body: current } = await events.patch(old.id, { summary: 'Autre' });
      const stale = { 'if-match': old.etag };
      expect(reasonOf(await events.patch(old.id, { summary: 'x' }, {}, stale))).toBe('412 conditionNotMet');
      expect(reasonOf(await events.put(old.id, lesson, {}, stale))).toBe('412 conditionNotMet');
      expect(reasonOf(await events.delete(old.id, {}, stale))).toBe('412 conditionNotMet');
      const unquoted = { 'if-match': current.etag.replaceAll('"', '') };
      expect(reasonOf(await events.patch(old.id, { summary: 'x' }, {}, unquoted))).toBe('412 conditionNotMet');
      expect((await events.patch(old.id, { summary: 'x' }, {}, { 'if-match': current.etag })).status).toBe(200);
    });

    it('answers 304 to somebody who has it already', async () => {
      const { body: event } = await events.insert(lesson);
      const known = { 'if-none-match': event.etag };
      expect((await events.get(event.id, {}, known)).status).toBe(304);
      await events.patch(event.id, { summary: 'Autre' });
      expect((await events.get(event.id, {}, known)).status).toBe(200);
    });
  });

  describe('deleting', () => {
    it('answers 204, then 410, and 404 for what never was', async () => {
      const { body: event } = await events.insert(lesson);
      expect((await events.delete(event.id)).status).toBe(204);
      expect(reasonOf(await events.delete(event.id))).toBe('410 deleted');
      expect(reasonOf(await events.delete('none0'))).toBe('404 notFound');
      expect((await events.get(event.id)).body).toMatchObject({ status: 'cancelled', summary: 'Formation' });
      expect((await events.list()).body.items).toEqual([]);
    });

    it('forgets in the end, but for the id', async () => {
      const { body: event } = await events.insert(lesson);
      await events.delete(event.id);
      expect(sandbox.control.forgetDeletions({ account: emptyEmail })).toEqual({ forgotten: 1 });
      expect((await events.list({ showDeleted: 'true' })).body.items).toEqual([]);
      expect(reasonOf(await events.get(event.id))).toBe('404 notFound');
      expect(reasonOf(await events.delete(event.id))).toBe('410 deleted');
      expect(reasonOf(await events.insert({ ...lesson, id: event.id }))).toBe('409 duplicate');
    });
  });

  describe('conferences', () => {
    const conference = (requestId: string, type = 'hangoutsMeet') => ({
      createRequest: { requestId, conferenceSolutionKey: { type } },
    });
    const knowing = { conferenceDataVersion: '1' };

    it('are pending first and there on a later reading', async () => {
      const { body: made } = await events.insert({ ...lesson, conferenceData: conference('r1') }, knowing);
      expect(made.conferenceData.createRequest.status.statusCode).toBe('pending');
      expect(made.conferenceData.entryPoints).toBeUndefined();
      const { body: read } = await events.get(made.id);
      expect(read.conferenceData.createRequest.status.statusCode).toBe('success');
      expect(read.hangoutLink).toBe(read.conferenceData.entryPoints[0]?.uri);
      expect(read.etag).not.toBe(made.etag);
    });

    it('take their time when told to, and are news when they are there', async () => {
      sandbox.control.changeSettings({ conference_delay_seconds: 5 });
      const { body: made } = await events.insert({ ...lesson, conferenceData: conference('r1') }, knowing);
      const changes = await events.follow();
      expect((await events.get(made.id)).body.hangoutLink).toBeUndefined();
      await sandbox.control.advance({ seconds: 5 });
      const [news] = await changes();
      expect(news?.hangoutLink).toMatch(/^https:\/\/meet\.google\.com\//);
      expect(await changes()).toEqual([]);
    });

    it('survive a change of the title, and the writes of callers who do not know of them', async () => {
      const { body: made } = await events.insert({ ...lesson, conferenceData: conference('r1') }, knowing);
      const { body: read } = await events.get(made.id);
      expect((await events.patch(made.id, { summary: 'x' }, knowing)).body.hangoutLink).toBe(read.hangoutLink);
      expect((await events.patch(made.id, { conferenceData: null })).body.hangoutLink).toBe(read.hangoutLink);
      expect((await events.put(made.id, lesson)).body.hangoutLink).toBe(read.hangoutLink);
      expect((await events.put(made.id, { ...read, summary: 'y' }, knowing)).body.hangoutLink).toBe(read.hangoutLink);
      expect((await events.put(made.id, lesson, knowing)).body.hangoutLink).toBeUndefined();
    });

    it('are not made twice for one request, nor of a kind the calendar does not allow', async () => {
      const { body: made } = await events.insert({ ...lesson, conferenceData: conference('r1') }, knowing);
      const { body: read } = await events.get(made.id);
      const again = await events.patch(made.id, { conferenceData: conference('r1') }, knowing);
      expect(again.body.hangoutLink).toBe(read.hangoutLink);
      const other = await events.patch(made.id, { conferenceData: conference('r2') }, knowing);
      expect(other.body.conferenceData.createRequest.status.statusCode).toBe('pending');
      const wrong = { ...lesson, conferenceData: conference('r3', 'eventHangout') };
      expect(reasonOf(await events.insert(wrong, knowing))).toBe('400 invalid');
      expect((await events.insert(wrong)).body.conferenceData).toBeUndefined();
    });
  });

  describe('between calendars and people', () => {
    it('moves an event: the other calendar organises it, a stub stays behind', async () => {
      const { body: other } = await session.send('POST', '/calendars', { body: { summary: 'Autre' } });
      const { body: event } = await events.insert(lesson);
      const changes = await events.follow();
      const path = `${events.path}/${event.id}/move`;
      const { body: moved } = await session.send('POST', path, { query: { destination: other.id } });
      expect(moved).toMatchObject({
        id: event.id,
        organizer: { email: other.id, self: true },
        creator: { email: emptyEmail },
      });
      expect(moved.creator.self).toBeUndefined();
      expect(await changes()).toEqual([{ id: event.id, status: 'cancelled' }]);
      expect((await events.get(event.id)).body).toEqual({ id: event.id, status: 'cancelled' });
      const back = await session.send('POST', `${session.events(other.id).path}/${event.id}/move`, {
        query: { destination: 'primary' },
      });
      expect(back.body.organizer).toEqual({ email: emptyEmail, self: true });
      expect((await changes()).map(({ status }) => status)).toEqual(['confirmed']);
    });

    it('imports under the iCalUID it must be given, and changes the copy when it comes again', async () => {
      const path = `${events.path}/import`;
      const body = { ...lesson, iCalUID: 'x@elsewhere.test', organizer: { email: 'boss@elsewhere.test' } };
      const add = (changes: object) => session.send('POST', path, { body: { ...body, ...changes } });
      expect(reasonOf(await add({ iCalUID: undefined }))).toBe('400 required');
      expect(reasonOf(await add({}))).toBe('400 participantIsNeitherOrganizerNorAttendee');
      const { body: copy } = await add({ attendees: [{ email: emptyEmail }] });
      expect(copy).toMatchObject({ iCalUID: 'x@elsewhere.test', organizer: { email: 'boss@elsewhere.test' } });
      const { body: again } = await add({ attendees: [{ email: emptyEmail }], summary: 'Deux' });
      expect(again).toMatchObject({ id: copy.id, summary: 'Deux' });
    });

    it('lets nobody but the organizer change what guests may do, not even by leaving it out', async () => {
      const camille = (await GoogleSession.connect(sandbox, mainEmail)).events();
      const invitation = (await camille.list({ q: 'partenaire' })).body.items[0];
      const id = invitation?.id ?? '';
      expect(invitation).toMatchObject({
        organizer: { email: 'paul.adam@partenaire.example.test' },
        guestsCanInviteOthers: false,
      });
      expect(reasonOf(await camille.patch(id, { guestsCanModify: true }))).toBe('403 forbiddenForNonOrganizer');
      expect(reasonOf(await camille.put(id, hour(9, '10:00', '11:00')))).toBe('403 forbiddenForNonOrganizer');
      expect((await camille.patch(id, { summary: 'Chez le partenaire' })).status).toBe(200);
    });

    it('writes to no calendar that one may only read, and shows no secret to who may not see it', async () => {
      expect(reasonOf(await session.events(holidays).insert(lesson))).toBe('403 requiredAccessLevel');
      expect(reasonOf(await session.events(mainEmail).list())).toBe('404 notFound');
      sandbox.control.shareCalendar({ with: emptyEmail, role: 'reader' });
      const theirs = session.events(mainEmail);
      const { items } = await theirs.listAll({ singleEvents: 'true' });
      const secret = items.find(({ visibility }) => visibility === 'private');
      expect(secret).toMatchObject({ start: expect.anything() });
      expect(secret).not.toHaveProperty('summary');
      expect(items.some(({ summary }) => summary === 'Point d’équipe')).toBe(true);
      sandbox.control.shareCalendar({ with: emptyEmail, role: 'freeBusyReader' });
      expect((await theirs.list()).body.items.every(({ summary }) => summary === undefined)).toBe(true);
      sandbox.control.shareCalendar({ with: emptyEmail, role: 'none' });
      expect(reasonOf(await theirs.list())).toBe('404 notFound');
    });
  });

  describe('mails', () => {
    const guests = [{ email: 'zoe@elsewhere.test' }, { email: mainEmail }, { email: emptyEmail }];
    const sent = () => {
      const mails = sandbox.control.mails().map(({ kind, recipient }) => `${kind} ${recipient}`);
      sandbox.control.clearMails();
      return mails;
    };

    it('are sent to nobody unless asked for', async () => {
      const { body: event } = await events.insert({ ...lesson, attendees: guests });
      await events.patch(event.id, { summary: 'x' }, { sendUpdates: 'none' });
      await events.delete(event.id);
      expect(sent()).toEqual([]);
    });

    it('go to every guest but oneself, to those outside alone, or to those who come and go', async () => {
      const all = { sendUpdates: 'all' };
      const { body: event } = await events.insert({ ...lesson, attendees: guests }, all);
      expect(sent()).toEqual(['invitation zoe@elsewhere.test', `invitation ${mainEmail}`]);
      await events.patch(event.id, hour(11, '09:00', '10:00'), { sendUpdates: 'externalOnly' });
      expect(sent()).toEqual(['update zoe@elsewhere.test']);
      await events.patch(event.id, { attendees: [guests[1], { email: 'ali@elsewhere.test' }] }, all);
      expect(sent()).toEqual([
        `update ${mainEmail}`,
        'invitation ali@elsewhere.test',
        'cancellation zoe@elsewhere.test',
      ]);
      await events.patch(event.id, { extendedProperties: { private: { rev: '8' } } }, all);
      expect(sent()).toEqual([]);
      await events.delete(event.id, { sendNotifications: 'true' });
      expect(sent()).toEqual([`cancellation ${mainEmail}`, 'cancellation ali@elsewhere.test']);
    });
  });
});
