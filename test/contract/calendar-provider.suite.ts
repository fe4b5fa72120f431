import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type {
  CalendarChange,
  CalendarProvider,
  EventContent,
  EventDraft,
  EventFacts,
} from '../../src/calendars/index.js';
import { type ProviderAccess, ProviderError } from '../../src/integrations/index.js';
import type { CalendarBench, CalendarOddities, CalendarTrouble } from './support/calendar-bench.js';
import { inOrder, Picture, startOf } from './support/calendar-picture.js';
import { channelRequest } from './support/channel-request.js';

/** When the stand-in's clock begins. */
export const CALENDAR_NOW = new Date('2026-11-20T10:00:00.000Z');
/** Holds everything that the suite writes, unless a case is about what lies outside. */
export const CALENDAR_WINDOW = { from: new Date('2026-08-20T00:00:00Z'), to: new Date('2027-11-20T00:00:00Z') };

/**
 * The promises of `CalendarProvider`, each a case, against a provider's stand-in. `oddities` is given apart because its
 * cases are named before anything has started.
 */
export function describeCalendarProvider(
  name: string,
  start: () => Promise<CalendarBench>,
  oddities: CalendarOddities,
): void {
  describe(`${name} as a calendar provider`, () => {
    const window = CALENDAR_WINDOW;
    let bench: CalendarBench;
    let provider: CalendarProvider;
    let access: ProviderAccess;
    let calendarId: string;

    beforeAll(async () => {
      bench = await start();
      ({ provider, access, calendarId } = bench);
    });
    afterEach(() => bench?.calm());
    afterAll(() => bench?.close());

    const readPage = (cursor: string | null, pageToken: string | null = null) =>
      provider.readChanges(access, { calendarId, window, cursor, pageToken });
    const find = async (externalId: string): Promise<EventFacts> => {
      const facts = await provider.findEvent(access, calendarId, externalId);
      if (facts === null) throw new Error('The event that was just written is not shown');
      return facts;
    };
    const create = (draft: EventDraft) => provider.createEvent(access, calendarId, draft);
    /** From here on, what a case does is all that the next reading tells. */
    const begin = async () => {
      const picture = new Picture();
      await picture.read(readPage, null);
      return picture;
    };
    const expectTruth = async (picture: Picture) => {
      const truth = await bench.truth(window);
      expect(picture.shown(window)).toEqual(inOrder(truth));
    };

    describe('lists calendars', () => {
      it('under their own ids, the primary one first, and says which can be written to', async () => {
        const calendars = await provider.listCalendars(access);
        expect(calendars[0]).toMatchObject({ id: calendarId, isPrimary: true, canWrite: true });
        expect(calendars.slice(1).every(({ isPrimary }) => !isPrimary)).toBe(true);
        expect(calendars.map(({ id }) => id)).toContain(bench.otherCalendarId);
        for (const { id, name: shown, timeZone } of calendars) {
          expect(id).toMatch(/./);
          expect(shown).toMatch(/./);
          expect(timeZone === null || DateTime.local({ zone: timeZone }).isValid).toBe(true);
        }
      });
    });

    describe('reads a calendar', () => {
      it('page by page until there are no more, everything in the window once', async () => {
        await bench.fill(620);
        const picture = new Picture();
        const pages = await picture.read(readPage, null);
        expect(pages.length).toBeGreaterThan(1);
        expect(pages.every(({ calls }) => calls >= 1)).toBe(true);
        const ids = pages.flatMap(({ changes }) => changes.flatMap(idsOf));
        expect(new Set(ids).size).toBe(ids.length);
        await expectTruth(picture);
      });

      it('and nothing outside the window', async () => {
        const inside = await bench.add({ title: 'Dedans', start: '2026-12-02T09:00', end: '2026-12-02T10:00' });
        const outside = await bench.add({ title: 'Dehors', start: '2031-01-02T09:00', end: '2031-01-02T10:00' });
        const picture = await begin();
        expect(picture.has(inside)).toBe(true);
        expect(picture.has(outside)).toBe(false);
      });

      it('with an empty page that is not the end', async () => {
        const picture = new Picture();
        await bench.emptyPage();
        const pages = await picture.read(readPage, null);
        expect(pages.some(({ changes }) => changes.length === 0)).toBe(true);
        expect(pages.length).toBeGreaterThan(1);
        await expectTruth(picture);
      });

      it('of another account not at all', async () => {
        const request = { calendarId, window, cursor: null, pageToken: null };
        await expect(provider.readChanges(bench.stranger, request)).rejects.toBeInstanceOf(ProviderError);
      });

      it('and tells of an event what there is to tell', async () => {
        const id = await bench.add({
          title: 'Comité 🎓 « Été »',
          description: 'Ordre du jour',
          location: '12 rue des Lilas, Lyon',
          start: '2026-12-03T09:00',
          end: '2026-12-03T10:30',
          timeZone: 'America/New_York',
          guests: ['ines@example.test', 'hugo@example.test'],
        });
        await bench.accept(id, 'ines@example.test');
        const facts = (await begin()).get(id);
        expect(facts).toMatchObject({
          externalId: id,
          seriesId: null,
          originalStart: null,
          title: 'Comité 🎓 « Été »',
          description: expect.stringContaining('Ordre du jour'),
          location: '12 rue des Lilas, Lyon',
          times: {
            allDay: false,
            startsAt: new Date('2026-12-03T14:00:00Z'),
            endsAt: new Date('2026-12-03T15:30:00Z'),
            timeZone: 'America/New_York',
          },
          status: 'confirmed',
          isPrivate: false,
          isBusy: true,
          htmlLink: expect.stringMatching(/^https?:/),
          etag: expect.stringMatching(/./),
          updatedAt: expect.any(Date),
          copyId: null,
        });
        const responses = new Map(facts.attendees.map(({ email, response }) => [email, response]));
        expect(responses.get('ines@example.test')).toBe('accepted');
        expect(responses.get('hugo@example.test')).toBe('none');
      });

      it('with whole days as dates', async () => {
        const id = await bench.add({ title: 'Séminaire', start: '2027-03-27', end: '2027-03-30' });
        const { times } = (await begin()).get(id);
        expect(times).toEqual({ allDay: true, startDate: '2027-03-27', endDate: '2027-03-30' });
      });

      it('and says what is private, and what leaves its owner free', async () => {
        const at = { start: '2026-12-04T09:00', end: '2026-12-04T10:00' };
        const hidden = await bench.add({ title: 'Médecin', isPrivate: true, ...at });
        const free = await bench.add({ title: 'Anniversaire de Zoé', isFree: true, ...at });
        const picture = await begin();
        expect(picture.get(hidden)).toMatchObject({ isPrivate: true, isBusy: true });
        expect(picture.get(free)).toMatchObject({ isPrivate: false, isBusy: false });
      });

      it('with where to join it online', async () => {
        const at = { start: '2026-12-04T11:00', end: '2026-12-04T12:00' };
        const id = await bench.add({ title: 'En ligne', withMeeting: true, ...at });
        expect((await begin()).get(id).joinUrl).toMatch(/^https:/);
      });

      it('and a series as its occurrences, at the same hour on both sides of a change of clocks', async () => {
        const series = { title: 'Point du lundi', start: '2027-03-15T09:00', end: '2027-03-15T09:30', weeks: 4 };
        const seriesId = await bench.add(series);
        const occurrences = (await begin()).ofSeries(seriesId);
        expect(occurrences.map(startOf)).toEqual([
          '2027-03-15T08:00:00.000Z',
          '2027-03-22T08:00:00.000Z',
          '2027-03-29T07:00:00.000Z',
          '2027-04-05T07:00:00.000Z',
        ]);
        expect(new Set(occurrences.map(({ externalId }) => externalId)).size).toBe(4);
        expect(new Set(occurrences.map(({ originalStart }) => originalStart)).size).toBe(4);
        expect(occurrences.every(({ title }) => title === 'Point du lundi')).toBe(true);
      });

      it.each(Object.entries(oddities.setAside))('and sets aside what cannot be placed: %s', async (reason, answer) => {
        const odd = bench.canned([answer]);
        const { changes } = await odd.provider.readChanges(odd.access, {
          calendarId: odd.calendarId,
          window,
          cursor: null,
          pageToken: null,
        });
        expect(changes).toEqual([{ kind: 'set-aside', externalId: expect.stringMatching(/./), reason }]);
      });
    });

    describe('reads what changed', () => {
      it('which is nothing, at the price of one call, when nothing did', async () => {
        const picture = await begin();
        const page = await readPage(picture.cursor);
        expect(page).toMatchObject({ changes: [], nextPageToken: null, calls: 1 });
        expect(page.nextCursor).toMatch(/./);
      });

      it('an event that was added, edited, moved, and deleted', async () => {
        const picture = await begin();
        const id = await bench.add({ title: 'Neuf', start: '2026-12-07T09:00', end: '2026-12-07T10:00' });
        expect((await picture.readOn(readPage)).has(id)).toBe(true);
        const first = picture.get(id);

        await bench.change(id, { title: 'Neuf, vraiment' });
        await picture.readOn(readPage);
        expect(picture.get(id)).toMatchObject({ title: 'Neuf, vraiment', times: first.times });
        expect(picture.get(id).etag).not.toBe(first.etag);

        await bench.change(id, { start: '2026-12-08T09:00', end: '2026-12-08T10:00' });
        await picture.readOn(readPage);
        expect(startOf(picture.get(id))).toBe('2026-12-08T08:00:00.000Z');

        await bench.remove(id);
        expect((await picture.readOn(readPage)).has(id)).toBe(false);
        await expectTruth(picture);
      });

      it('from the same cursor as often as asked', async () => {
        const picture = await begin();
        const { cursor } = picture;
        const id = await bench.add({ title: 'Deux fois', start: '2026-12-07T14:00', end: '2026-12-07T15:00' });
        for (const again of [new Picture(), new Picture()]) {
          await again.read(readPage, cursor);
          expect(again.has(id)).toBe(true);
        }
      });

      it('also in a series: one moved, one cancelled, and others from some week on', async () => {
        const day = '2027-01-04';
        const seriesId = await bench.add({ title: 'Solfège', start: `${day}T18:00`, end: `${day}T19:00`, weeks: 10 });
        const picture = await begin();
        const before = picture.ofSeries(seriesId);
        expect(before).toHaveLength(10);

        await bench.changeOccurrence(seriesId, 3, { start: '2027-01-19T17:00', end: '2027-01-19T18:00' });
        await picture.readOn(readPage);
        await expectTruth(picture);
        const moved = picture.get(before[2]!.externalId);
        expect(moved).toMatchObject({ seriesId, originalStart: before[2]!.originalStart });
        expect(startOf(moved)).toBe('2027-01-19T16:00:00.000Z');

        await bench.removeOccurrence(seriesId, 5);
        await picture.readOn(readPage);
        await expectTruth(picture);

        await bench.changeFollowing(seriesId, 8, { title: 'Solfège avancé' });
        await picture.readOn(readPage);
        await expectTruth(picture);
        expect(picture.titled('Solfège')).toHaveLength(6);
        expect(picture.titled('Solfège avancé')).toHaveLength(3);

        // A full reading shows the very same.
        expect((await begin()).shown(window)).toEqual(picture.shown(window));
      });

      it('also a series that was retitled, moved, and deleted as a whole', async () => {
        const seriesId = await bench.add({
          title: 'Atelier',
          start: '2027-02-03T10:00',
          end: '2027-02-03T12:00',
          weeks: 5,
        });
        const picture = await begin();
        await bench.change(seriesId, { title: 'Atelier couture' });
        await picture.readOn(readPage);
        expect(picture.titled('Atelier couture')).toHaveLength(5);
        await expectTruth(picture);

        await bench.change(seriesId, { start: '2027-02-03T14:00', end: '2027-02-03T16:00' });
        await picture.readOn(readPage);
        await expectTruth(picture);

        await bench.remove(seriesId);
        await picture.readOn(readPage);
        await expectTruth(picture);
        expect(picture.titled('Atelier couture')).toHaveLength(0);
      });

      it('when an event leaves the window, and when it comes back', async () => {
        const id = await bench.add({ title: 'Voyageur', start: '2027-01-12T09:00', end: '2027-01-12T10:00' });
        const picture = await begin();
        await bench.change(id, { start: '2031-01-12T09:00', end: '2031-01-12T10:00' });
        await picture.readOn(readPage);
        await expectTruth(picture);
        await bench.change(id, { start: '2027-01-13T09:00', end: '2027-01-13T10:00' });
        await picture.readOn(readPage);
        await expectTruth(picture);
      });

      it('and is certain of what was deleted only where the provider is', async () => {
        const id = await bench.add({ title: 'Reste', start: '2027-01-14T09:00', end: '2027-01-14T10:00' });
        const picture = await begin();
        await bench.change(id, { start: '2031-01-14T09:00', end: '2031-01-14T10:00' });
        const pages = await picture.read(readPage, picture.cursor);
        const certain = pages.flatMap(({ changes }) =>
          changes.filter((one) => one.kind === 'removed' && one.isCertain),
        );
        expect(certain).toEqual([]);
        await bench.remove(id);
      });

      it('unless the cursor is no longer known: then it says so, and reads all again', async () => {
        const picture = await begin();
        const id = await bench.add({ title: 'Entre-temps', start: '2026-12-09T09:00', end: '2026-12-09T10:00' });
        await bench.remove(id);
        await bench.expireCursors();
        await expectFailure(readPage(picture.cursor), 'cursor-expired');
        await expectTruth(await begin());
      });
    });

    describe('finds an event', () => {
      it('as a reading shows it', async () => {
        const id = await bench.add({ title: 'Le même', start: '2026-12-10T09:00', end: '2026-12-10T10:00' });
        expect(withoutMarks(await find(id))).toEqual(withoutMarks((await begin()).get(id)));
      });

      it('also one occurrence of a series', async () => {
        const series = { title: 'Une seule', start: '2027-05-03T09:00', end: '2027-05-03T09:30', weeks: 3 };
        const seriesId = await bench.add(series);
        const occurrences = (await begin()).ofSeries(seriesId);
        const [, second] = occurrences;
        const found = await find(second!.externalId);
        expect(withoutMarks(found)).toMatchObject({ externalId: second!.externalId, times: second!.times });
      });

      it('or answers null when it was deleted, or never was', async () => {
        const id = await bench.add({ title: 'Passager', start: '2026-12-10T11:00', end: '2026-12-10T12:00' });
        await bench.remove(id);
        expect(await provider.findEvent(access, calendarId, id)).toBeNull();
        expect(await provider.findEvent(access, calendarId, neverWas(id))).toBeNull();
      });
    });

    describe('writes an event', () => {
      it('with its marker, and shows it as it was meant', async () => {
        const draft = newDraft({ title: 'Formation « Sécurité » 🦺', description: 'Salle B\nApporter ses gants' });
        const made = await create(draft);
        const { content } = draft;
        expect(made).toMatchObject({
          title: content.title,
          location: content.location,
          times: { allDay: false, startsAt: content.startsAt, endsAt: content.endsAt },
          status: 'confirmed',
          isPrivate: false,
          isBusy: true,
          copyId: draft.copyId,
          htmlLink: expect.stringMatching(/^https?:/),
          etag: expect.stringMatching(/./),
        });
        expect(linesOf(made.description)).toEqual(['Salle B', 'Apporter ses gants']);
        expect(await find(made.externalId)).toEqual(made);
      });

      it('that a reading recognises as ours', async () => {
        const picture = await begin();
        const draft = newDraft();
        const { externalId } = await create(draft);
        const { copyId, eventKey } = (await picture.readOn(readPage)).get(externalId);
        expect(copyId === draft.copyId || eventKey === draft.key).toBe(true);
      });

      it('without text and place when there are none', async () => {
        const made = await create(newDraft({ description: null, location: null }));
        expect([made.description, made.location]).toEqual([null, null]);
      });

      it('once, however often it is told to', async () => {
        const draft = newDraft();
        const first = await create(draft);
        const second = await create(draft);
        expect(second).toMatchObject({ externalId: first.externalId, copyId: draft.copyId });
        expect(await copiesOf(draft)).toBe(1);
      });

      it('once, though the answer to the first time was lost', async () => {
        const draft = newDraft();
        bench.trouble({ kind: 'lost-answer' });
        await expectFailure(create(draft), 'temporary');
        const made = await create(draft);
        expect(made).toMatchObject({ copyId: draft.copyId, title: draft.content.title });
        expect(await copiesOf(draft)).toBe(1);
      });

      it('as the draft is now, when it was changed before it was written again', async () => {
        const draft = newDraft();
        const first = await create(draft);
        const content = { ...draft.content, title: `${draft.content.title} (salle C)`, location: 'Salle C' };
        const second = await create({ ...draft, content });
        expect(second).toMatchObject({ externalId: first.externalId, title: content.title, location: 'Salle C' });
        expect(await find(first.externalId)).toMatchObject({ title: content.title, location: 'Salle C' });
      });

      it('and mails nobody', async () => {
        const before = await bench.mails();
        const guests = [{ email: 'lea@example.test', name: 'Léa' }];
        for (const draft of [newDraft(), { ...newDraft(), guests }]) {
          const { externalId } = await create(draft);
          await create(draft);
          await provider.deleteEvent(access, calendarId, { externalId, notify: false });
        }
        expect(await bench.mails()).toBe(before);
      });

      it('and invites each guest once, when told to', async () => {
        const before = await bench.mails();
        const guests = ['lea@example.test', 'tom@example.test'].map((email) => ({ email, name: null }));
        const draft = { ...newDraft(), guests, notify: true };
        const { externalId } = await create(draft);
        await create(draft);
        expect(await bench.mails()).toBe(before + 2);
        const shown = (await find(externalId)).attendees.filter(({ isSelf }) => !isSelf).map(({ email }) => email);
        expect(shown.toSorted()).toEqual(['lea@example.test', 'tom@example.test']);
      });

      it('at the very instants that were meant, whatever the day and the zone', async () => {
        const zones = [
          'Europe/Paris',
          'America/New_York',
          'Asia/Kolkata',
          'Pacific/Auckland',
          'America/Sao_Paulo',
          'UTC',
        ];
        const minutes = (CALENDAR_WINDOW.to.getTime() - CALENDAR_NOW.getTime()) / 60_000;
        const planned = fc.record({
          timeZone: fc.constantFrom(...zones),
          minute: fc.integer({ min: 0, max: minutes - 3_000 }),
          duration: fc.integer({ min: 1, max: 2_880 }),
        });
        await fc.assert(
          fc.asyncProperty(planned, async ({ timeZone, minute, duration }) => {
            const startsAt = new Date(CALENDAR_NOW.getTime() + minute * 60_000);
            const endsAt = new Date(startsAt.getTime() + duration * 60_000);
            const made = await create(newDraft({ startsAt, endsAt, timeZone }));
            expect(made.times).toEqual({ allDay: false, startsAt, endsAt, timeZone: expect.any(String) });
            expect((await find(made.externalId)).times).toEqual(made.times);
          }),
          { numRuns: 40, endOnFailure: true },
        );
      });

      const copiesOf = async ({ content }: EventDraft) =>
        (await bench.truth(window)).filter(({ title }) => title === content.title).length;
    });

    describe('changes an event', () => {
      it('in the fields it is given, and in no others', async () => {
        const made = await create(newDraft({ description: 'Texte', location: 'Lieu' }));
        const { externalId } = made;
        const retitled = await provider.changeEvent(access, calendarId, {
          externalId,
          etag: made.etag,
          notify: false,
          content: { title: 'Autre titre' },
        });
        expect(retitled).toMatchObject({
          title: 'Autre titre',
          location: 'Lieu',
          times: made.times,
          copyId: made.copyId,
        });
        expect(linesOf(retitled.description)).toEqual(['Texte']);
        expect(retitled.etag).not.toBe(made.etag);
        expect(await find(externalId)).toEqual(retitled);

        const emptied = await provider.changeEvent(access, calendarId, {
          externalId,
          etag: retitled.etag,
          notify: false,
          content: { description: null, location: null },
        });
        expect(emptied).toMatchObject({ title: 'Autre titre', description: null, location: null, times: made.times });

        const startsAt = new Date('2027-03-29T07:00:00Z');
        const endsAt = new Date('2027-03-29T09:00:00Z');
        const moved = await provider.changeEvent(access, calendarId, {
          externalId,
          etag: emptied.etag,
          notify: false,
          content: { times: { startsAt, endsAt, timeZone: 'Europe/Paris' } },
        });
        expect(moved).toMatchObject({ title: 'Autre titre', times: { allDay: false, startsAt, endsAt } });
      });

      it('and leaves guests, link and reminders of others as they are', async () => {
        const guests = Array.from({ length: 8 }, (_, index) => `invite.${index}@example.test`);
        const at = { start: '2026-12-14T09:00', end: '2026-12-14T10:00' };
        const id = await bench.add({ title: 'Réunion', guests, withMeeting: true, ...at });
        await bench.accept(id, guests[3]!);
        const before = await bench.untouchable(id);
        const { etag } = await find(id);
        await provider.changeEvent(access, calendarId, {
          externalId: id,
          etag,
          notify: false,
          content: { title: 'Réunion de rentrée' },
        });
        expect(await bench.untouchable(id)).toEqual(before);
        expect((await find(id)).title).toBe('Réunion de rentrée');
      });

      it('from whole days to hours', async () => {
        const id = await bench.add({ title: 'Journée', start: '2026-12-15', end: '2026-12-16' });
        const { etag } = await find(id);
        const startsAt = new Date('2026-12-15T08:00:00Z');
        const endsAt = new Date('2026-12-15T16:00:00Z');
        const { times } = await provider.changeEvent(access, calendarId, {
          externalId: id,
          etag,
          notify: false,
          content: { times: { startsAt, endsAt, timeZone: 'Europe/Paris' } },
        });
        expect(times).toMatchObject({ allDay: false, startsAt, endsAt });
      });

      it('unless somebody else has changed it in the meantime', async () => {
        const made = await create(newDraft());
        await bench.change(made.externalId, { title: 'Entre nos mains' });
        const change = { externalId: made.externalId, content: { title: 'Trop tard' }, notify: false };
        await expectFailure(provider.changeEvent(access, calendarId, { ...change, etag: made.etag }), 'changed');
        expect((await find(made.externalId)).title).toBe('Entre nos mains');
        await provider.changeEvent(access, calendarId, { ...change, etag: null });
        expect((await find(made.externalId)).title).toBe('Trop tard');
      });

      it('unless it is gone', async () => {
        const made = await create(newDraft());
        await bench.remove(made.externalId);
        const change = { content: { title: 'Fantôme' }, etag: null, notify: false };
        await expectFailure(
          provider.changeEvent(access, calendarId, { ...change, externalId: made.externalId }),
          'gone',
        );
        await expectFailure(
          provider.changeEvent(access, calendarId, { ...change, externalId: neverWas(made.externalId) }),
          'gone',
        );
        expect(await provider.findEvent(access, calendarId, made.externalId)).toBeNull();
      });

      it('adding and taking away guests of ours beside those of others', async () => {
        const guests = ['marie@example.test', 'paul@example.test'];
        const at = { start: '2026-12-16T09:00', end: '2026-12-16T10:00' };
        const id = await bench.add({ title: 'À plusieurs', guests, ...at });
        await bench.accept(id, 'paul@example.test');
        const add = [
          { email: 'nina@example.test', name: 'Nina' },
          { email: 'PAUL@example.test', name: null },
        ];
        const change = async (given: { add: typeof add; remove: string[] }) => {
          const { etag } = await find(id);
          const { attendees } = await provider.changeEvent(access, calendarId, {
            externalId: id,
            etag,
            content: {},
            notify: true,
            guests: given,
          });
          return attendees.filter(({ isSelf }) => !isSelf).map(({ email, response }) => `${email} ${response}`);
        };
        const added = await change({ add, remove: [] });
        expect(added.toSorted()).toEqual([
          'marie@example.test none',
          'nina@example.test none',
          'paul@example.test accepted',
        ]);
        const removed = await change({ add: [], remove: ['Nina@example.test', 'nobody@example.test'] });
        expect(removed.toSorted()).toEqual(['marie@example.test none', 'paul@example.test accepted']);
      });
    });

    describe('deletes an event', () => {
      it('once, and a second time without complaint', async () => {
        const picture = await begin();
        const { externalId } = await create(newDraft());
        await picture.readOn(readPage);
        expect(picture.has(externalId)).toBe(true);
        const deletion = { externalId, notify: false };
        await provider.deleteEvent(access, calendarId, deletion);
        await provider.deleteEvent(access, calendarId, deletion);
        await provider.deleteEvent(access, calendarId, { externalId: neverWas(externalId), notify: false });
        expect(await provider.findEvent(access, calendarId, externalId)).toBeNull();
        expect((await picture.readOn(readPage)).has(externalId)).toBe(false);
        await expectTruth(picture);
      });

      it('also when the answer was lost, and mails nobody', async () => {
        const before = await bench.mails();
        const { externalId } = await create(newDraft());
        bench.trouble({ kind: 'lost-answer' });
        await expectFailure(provider.deleteEvent(access, calendarId, { externalId, notify: false }), 'temporary');
        await provider.deleteEvent(access, calendarId, { externalId, notify: false });
        expect(await bench.mails()).toBe(before);
      });
    });

    describe('pushes', () => {
      const request = () => channelRequest({ calendarId, url: bench.pushUrl });

      it('when the calendar changes, with the secret of its channel, until that is closed', async () => {
        const asked = request();
        const channel = await provider.openChannel(access, asked);
        expect(channel.expiresAt.getTime()).toBeGreaterThan(bench.now().getTime() + 3_600_000);
        await bench.pushes();
        await bench.add({ title: 'Poussé', start: '2026-12-17T09:00', end: '2026-12-17T10:00' });
        expect(await bench.pushes()).toContainEqual({ externalId: channel.externalId, secret: asked.secret });

        await provider.closeChannel(access, channel);
        await provider.closeChannel(access, channel);
        await bench.add({ title: 'Silence', start: '2026-12-17T11:00', end: '2026-12-17T12:00' });
        expect(await bench.pushes()).toEqual([]);
      });

      it('over an old and a new channel at once, so that none is missed between them', async () => {
        const [one, other] = [request(), request()];
        const channels = [await provider.openChannel(access, one), await provider.openChannel(access, other)];
        await bench.pushes();
        await bench.add({ title: 'Double', start: '2026-12-17T14:00', end: '2026-12-17T15:00' });
        const heard = new Set((await bench.pushes()).map(({ secret }) => secret));
        expect(heard).toEqual(new Set([one.secret, other.secret]));
        for (const channel of channels) await provider.closeChannel(access, channel);
      });

      it('and lives on where it can', async () => {
        const channel = await provider.openChannel(access, request());
        const isExtended = provider.calendar.channels.renewal === 'extend';
        const extended = isExtended ? await provider.extendChannel(access, channel) : channel;
        expect(extended.externalId).toBe(channel.externalId);
        expect(extended.expiresAt.getTime()).toBeGreaterThanOrEqual(channel.expiresAt.getTime());
        await provider.closeChannel(access, channel);
      });

      it('until it has ended, and is closed like any other', async () => {
        const channel = await provider.openChannel(access, request());
        await bench.pushes();
        await bench.outliveChannels();
        await provider.closeChannel(access, channel);
        if (provider.calendar.channels.renewal === 'replace') return;
        await expectFailure(provider.extendChannel(access, channel), 'gone');
      });
    });

    describe('gets access', () => {
      it('for a code, and knows whose it is and that nothing is missing', async () => {
        const grant = await provider.exchangeCode(await bench.consent());
        const account = await provider.readAccount({ ...access, accessToken: grant.accessToken }, grant);
        expect(account).toMatchObject({ accountId: expect.stringMatching(/./), email: bench.email });
        expect(account.options).toMatchObject({ missing_scopes: [] });
        expect(JSON.stringify(account)).not.toContain(grant.accessToken);
      });

      it('and names what was not granted', async () => {
        const grant = await provider.exchangeCode(await bench.consent({ narrow: true }));
        const account = await provider.readAccount({ ...access, accessToken: grant.accessToken }, grant);
        const missing = account.options['missing_scopes'] as string[];
        expect(missing.length).toBeGreaterThan(0);
        expect(provider.calendar.scopes.write).toEqual(expect.arrayContaining(missing));
      });

      it('for a code once, and only as it was asked for', async () => {
        const consent = await bench.consent();
        await provider.exchangeCode(consent);
        await expectFailure(provider.exchangeCode(consent), 'reauthorize');
        const elsewhere = { ...(await bench.consent()), verifier: 'x'.repeat(43) };
        await expectFailure(provider.exchangeCode(elsewhere), 'reauthorize');
        await expectFailure(provider.exchangeCode({ ...(await bench.consent()), code: 'unknown' }), 'reauthorize');
      });

      it('and keeps it by refreshing', async () => {
        const first = await provider.exchangeCode(await bench.consent());
        const second = await provider.refreshGrant(first.refreshToken!);
        expect(second.accessToken).not.toBe(first.accessToken);
        await provider.listCalendars({ ...access, accessToken: second.accessToken });
        await expectFailure(provider.refreshGrant('unknown'), 'reauthorize');
      });

      it('and ends it where that can be done, also when it has ended', async () => {
        const { accessToken, refreshToken } = await provider.exchangeCode(await bench.consent({ ofAnother: true }));
        for (const token of [refreshToken!, refreshToken!, 'unknown']) await provider.revokeGrant(token);
        if (!bench.canRevoke) return;
        await expectFailure(provider.refreshGrant(refreshToken!), 'reauthorize');
        await expectFailure(provider.listCalendars({ ...access, accessToken }), 'unauthorized');
      });

      it('unless our own registration is refused: then it says which variables to check', async () => {
        const odd = bench.canned([oddities.unknownClient]);
        const failure = await expectFailure(odd.provider.refreshGrant('x'), 'misconfigured');
        expect(failure).toMatchObject({ variable: expect.stringMatching(/^[A-Z_, ]+$/) });
      });

      it('to no more than was consented to', async () => {
        const draft = newDraft();
        const failure = await expectFailure(
          provider.createEvent(bench.readOnly, calendarId, draft),
          'insufficient-scope',
        );
        const missing = failure.kind === 'insufficient-scope' ? failure.missing : [];
        expect(provider.calendar.scopes.write).toEqual(expect.arrayContaining([...missing]));
        expect(missing.length).toBeGreaterThan(0);
      });
    });

    it('asks at most four things of a mailbox at once', async () => {
      const askTwice = async () => {
        await provider.listCalendars(access);
        await provider.listCalendars(access);
      };
      await Promise.all(Array.from({ length: 20 }, askTwice));
      expect(bench.peakConcurrency()).toBeLessThanOrEqual(4);
    });

    let someEvent: EventFacts;
    const calls: Record<string, (who: ProviderAccess) => Promise<unknown>> = {
      listCalendars: (who) => provider.listCalendars(who),
      readChanges: (who) => provider.readChanges(who, { calendarId, window, cursor: null, pageToken: null }),
      findEvent: (who) => provider.findEvent(who, calendarId, someEvent.externalId),
      createEvent: (who) => provider.createEvent(who, calendarId, newDraft()),
      changeEvent: (who) =>
        provider.changeEvent(who, calendarId, {
          externalId: someEvent.externalId,
          etag: null,
          notify: false,
          content: { title: randomUUID() },
        }),
      deleteEvent: (who) => provider.deleteEvent(who, calendarId, { externalId: someEvent.externalId, notify: false }),
      openChannel: (who) => provider.openChannel(who, channelRequest({ calendarId, url: bench.pushUrl })),
      closeChannel: (who) => provider.closeChannel(who, { externalId: randomUUID(), resourceId: 'r' }),
      readAccount: (who) => provider.readAccount(who, SOME_GRANT),
      exchangeCode: async () => provider.exchangeCode(await bench.consent()),
      refreshGrant: () => provider.refreshGrant('x'),
    };

    describe.each(Object.keys(calls))('when %s goes wrong', (call) => {
      const make = (who = access) => calls[call]!(who);
      const isOfToken = ['exchangeCode', 'refreshGrant'].includes(call);

      beforeAll(async () => {
        someEvent = await create(newDraft());
      });

      it('for too many requests, says when to ask again, and never too early', async () => {
        bench.trouble({ kind: 'too-many-requests', seconds: 2.128 });
        const failure = await expectFailure(make(), 'rate-limited');
        const wait = Number((failure as { retryAt?: Date }).retryAt) - bench.now().getTime();
        expect(wait).toBeGreaterThanOrEqual(isOfToken ? 1_000 : 2_128);
        expect(wait).toBeLessThanOrEqual(120_000);
      });

      it.each<[string, CalendarTrouble, string]>([
        ['with 500', { kind: 'status', status: 500 }, 'temporary'],
        ['with 502', { kind: 'status', status: 502 }, 'temporary'],
        ['with 503', { kind: 'status', status: 503 }, 'temporary'],
        ['in silence', { kind: 'silence' }, 'timeout'],
        ['in the middle', { kind: 'cut' }, 'temporary'],
      ])('%s, leaves the connection alive', async (_, trouble, kind) => {
        bench.trouble(trouble);
        await expectFailure(make(), kind);
      });

      if (isOfToken) return;
      it('for a token that is not accepted, says only that', async () => {
        await expectFailure(make(bench.refused), 'unauthorized');
      });
    });

    describe('takes for no answer', () => {
      const readOdd = ({ provider: odd, access: who, calendarId: id }: ReturnType<CalendarBench['canned']>) =>
        odd.readChanges(who, { calendarId: id, window, cursor: null, pageToken: null });

      it('a redirection, which it does not follow', async () => {
        const odd = bench.canned([{ status: 302, headers: { location: '{{base}}/elsewhere' }, body: '' }]);
        await expectFailure(readOdd(odd), 'unexpected');
        expect(odd.asked).toHaveLength(1);
      });

      it.each(Object.entries(oddities.badPages))('as a page of changes: %s', async (_, answer) => {
        await expectFailure(readOdd(bench.canned([answer])), 'contract');
      });

      it.each(Object.entries(oddities.badGrants))('as a grant: %s', async (_, answer) => {
        const odd = bench.canned([answer]);
        await expectFailure(odd.provider.refreshGrant('x'), 'contract');
      });
    });
  });
}

let drafts = 0;

/** Of our own making, each at an hour and under a title of its own. */
function newDraft(content: Partial<EventContent> = {}): EventDraft {
  drafts += 1;
  const startsAt = new Date(Date.parse('2027-04-01T08:00:00Z') + drafts * 3_600_000);
  return {
    copyId: randomUUID(),
    key: randomUUID(),
    content: {
      title: `Formation n° ${drafts}`,
      description: 'Salle B',
      location: '12 rue des Lilas, Lyon',
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3_600_000),
      timeZone: 'Europe/Paris',
      ...content,
    },
    guests: [],
    notify: false,
  };
}

/** As the token endpoint answers; whoever has no use for it in `readAccount` does not look. */
const SOME_GRANT = {
  accessToken: 'x',
  refreshToken: 'y',
  expiresInSeconds: 3_599,
  scope: null,
  tokenType: 'Bearer',
  options: {},
};

async function expectFailure(call: Promise<unknown>, kind: string): Promise<ProviderError['failure']> {
  const outcome = await call.then(
    (value) => ({ answered: value }),
    (error: unknown) => error,
  );
  if (!(outcome instanceof ProviderError))
    throw new Error(`Expected ${kind}, but there was ${JSON.stringify(outcome)}`, { cause: outcome });
  expect(outcome.failure.kind).toBe(kind);
  return outcome.failure;
}

/** Of the same form, and of no event. */
function neverWas(externalId: string): string {
  return externalId.slice(0, 4) + externalId.slice(4).replaceAll(/[0-9a-f]/g, '0');
}

function idsOf(change: CalendarChange): string[] {
  switch (change.kind) {
    case 'event':
      return [change.facts.externalId];
    case 'series':
      return change.occurrences.map(({ externalId }) => externalId);
    default:
      return [change.externalId];
  }
}

/** Some listings show the one mark of ours, some the other. */
function withoutMarks(facts: EventFacts): EventFacts {
  return { ...facts, copyId: null, eventKey: null };
}

function linesOf(text: string | null): string[] {
  return (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
