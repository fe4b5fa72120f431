import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import { emptyEmail, type Events, GoogleSession, hour, type Item, reasonOf } from './testing/google-session.js';

const expanded = { singleEvents: 'true', orderBy: 'startTime' };
const weekly = {
  id: 'cours',
  summary: 'Cours',
  ...hour(10, '09:00', '10:00'),
  recurrence: ['RRULE:FREQ=WEEKLY;COUNT=5'],
};

describe('series', () => {
  let sandbox: GoogleSandbox;
  let events: Events;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
    events = (await GoogleSession.connect(sandbox, emptyEmail)).events();
  });
  afterEach(() => sandbox.close());

  const starts = (items: Item[]) => items.map(({ start }) => start.dateTime ?? start.date);
  const listed = async (query: Record<string, string> = expanded) => (await events.listAll(query)).items;
  const at = (number: number) =>
    ['cours_20260310T080000Z', 'cours_20260317T080000Z', 'cours_20260324T080000Z'][number] ?? '';
  const short = (item: Item) => `${item.id} ${item.status}`;

  describe('expanding', () => {
    it('keeps the hour of the series’ zone when the clocks change', async () => {
      const { body } = await events.insert(weekly);
      expect(body.recurrence).toEqual(['RRULE:FREQ=WEEKLY;COUNT=5']);
      const items = await listed();
      expect(starts(items)).toEqual([
        '2026-03-10T09:00:00+01:00',
        '2026-03-17T09:00:00+01:00',
        '2026-03-24T09:00:00+01:00',
        '2026-03-31T09:00:00+02:00',
        '2026-04-07T09:00:00+02:00',
      ]);
      expect(items[3]).toMatchObject({
        id: 'cours_20260331T070000Z',
        recurringEventId: 'cours',
        originalStartTime: { dateTime: '2026-03-31T09:00:00+02:00', timeZone: 'Europe/Paris' },
        iCalUID: body.iCalUID,
        etag: body.etag,
      });
      expect(items[3]).not.toHaveProperty('recurrence');
    });

    it('follows the zone of the series, not that of the calendar', async () => {
      const zone = (dateTime: string) => ({ dateTime, timeZone: 'America/New_York' });
      await events.insert({
        start: zone('2026-03-03T09:00:00'),
        end: zone('2026-03-03T10:00:00'),
        recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'],
      });
      // New York changes its clocks three weeks before Paris.
      expect(starts(await listed())).toEqual(['2026-03-03T15:00:00+01:00', '2026-03-10T14:00:00+01:00']);
    });

    it('repeats whole days as days, and leaves out and adds dates', async () => {
      await events.insert({
        id: 'jours0',
        start: { date: '2026-03-28' },
        end: { date: '2026-03-30' },
        recurrence: ['RRULE:FREQ=DAILY;INTERVAL=2;COUNT=4', 'EXDATE;VALUE=DATE:20260330', 'RDATE;VALUE=DATE:20260410'],
      });
      const items = await listed();
      expect(starts(items)).toEqual(['2026-03-28', '2026-04-01', '2026-04-03', '2026-04-10']);
      expect(items[1]).toMatchObject({ id: 'jours0_20260401', end: { date: '2026-04-03' } });
    });

    it('leaves out an instant given in the zone or in UTC', async () => {
      const without = ['EXDATE;TZID=Europe/Paris:20260317T090000', 'EXDATE:20260331T070000Z'];
      await events.insert({ ...weekly, recurrence: [...weekly.recurrence, ...without] });
      expect(starts(await listed()).map((start) => start?.slice(5, 10))).toEqual(['03-10', '03-24', '04-07']);
    });

    it('follows endless series as far as the window says, else for two years', async () => {
      await events.insert({ ...weekly, recurrence: ['RRULE:FREQ=WEEKLY'] });
      expect(await listed({ ...expanded, timeMax: '2026-03-25T00:00:00Z' })).toHaveLength(3);
      expect((await listed()).length).toBe(104);
    });

    it.each([
      ['a start without a zone', { start: { dateTime: '2026-03-10T09:00:00+01:00' } }, '400 required'],
      ['an end without a zone', { end: { dateTime: '2026-03-10T10:00:00+01:00' } }, '400 required'],
      ['DTSTART', { recurrence: ['DTSTART:20260310T080000Z', 'RRULE:FREQ=DAILY'] }, '400 invalid'],
      ['no rule and no date', { recurrence: ['EXDATE:20260310T080000Z'] }, '400 invalid'],
      ['a rule without frequency', { recurrence: ['RRULE:COUNT=3'] }, '400 invalid'],
      ['a part there is not', { recurrence: ['RRULE:FREQ=DAILY;COLOR=RED'] }, '400 invalid'],
      ['an end of both kinds', { recurrence: ['RRULE:FREQ=DAILY;COUNT=3;UNTIL=20260401T000000Z'] }, '400 invalid'],
      ['an end that is a day', { recurrence: ['RRULE:FREQ=DAILY;UNTIL=20260401'] }, '400 invalid'],
      ['a bare rule', { recurrence: ['FREQ=DAILY'] }, '400 invalid'],
    ])('refuses %s', async (_what, changes, refusal) => {
      expect(reasonOf(await events.insert({ ...weekly, ...changes }))).toBe(refusal);
    });
  });

  describe('exceptions', () => {
    beforeEach(() => events.insert(weekly));

    it('are made by writing to one occurrence, whose original start stays', async () => {
      const { body } = await events.patch(at(1), { summary: 'Exception', ...hour(18, '14:00', '15:00') });
      expect(body).toMatchObject({
        id: at(1),
        recurringEventId: 'cours',
        start: { dateTime: '2026-03-18T14:00:00+01:00' },
        originalStartTime: { dateTime: '2026-03-17T09:00:00+01:00', timeZone: 'Europe/Paris' },
      });
      expect((await events.get('cours')).body.summary).toBe('Cours');
      expect(starts(await listed())[1]).toBe('2026-03-18T14:00:00+01:00');
      expect((await listed({})).map(({ id }) => id).sort()).toEqual(['cours', at(1)]);
    });

    it('that are off are told with their three fields, always where series are not expanded', async () => {
      expect((await events.delete(at(1))).status).toBe(204);
      expect(reasonOf(await events.delete(at(1)))).toBe('410 deleted');
      const off = {
        id: at(1),
        status: 'cancelled',
        recurringEventId: 'cours',
        originalStartTime: { dateTime: '2026-03-17T09:00:00+01:00', timeZone: 'Europe/Paris' },
      };
      expect((await listed({})).find(({ id }) => id === at(1))).toEqual(off);
      expect(await listed()).toHaveLength(4);
      expect((await listed({ ...expanded, showDeleted: 'true' })).find(({ id }) => id === at(1))).toEqual(off);
      sandbox.control.forgetDeletions();
      expect((await listed({})).find(({ id }) => id === at(1))).toEqual(off);
      expect((await events.patch(at(1), { status: 'confirmed' })).body.summary).toBe('Cours');
      expect(await listed()).toHaveLength(5);
    });

    it('are in a window where they are and where they would have been', async () => {
      const window = (from: number, to: number) => ({
        timeMin: `2026-03-${from}T00:00:00Z`,
        timeMax: `2026-03-${to}T00:00:00Z`,
      });
      await events.patch(at(1), hour(27, '09:00', '10:00'));
      expect(starts(await listed({ ...expanded, ...window(16, 19) }))).toEqual([]);
      expect(starts(await listed({ ...expanded, ...window(26, 28) }))).toEqual(['2026-03-27T09:00:00+01:00']);
      expect((await listed(window(16, 19))).map(({ id }) => id)).toEqual([at(1)]);
    });

    it('go on having from the series what is not their own', async () => {
      await events.patch(at(1), { location: 'Lyon' });
      await events.patch('cours', { summary: 'Nouveau titre', location: 'Paris' });
      expect((await events.get(at(1))).body).toMatchObject({ summary: 'Nouveau titre', location: 'Lyon' });
    });

    it('go with the original starts they stand for', async () => {
      await events.patch(at(1), { summary: 'Exception' });
      const changes = await events.follow();
      await events.patch('cours', hour(10, '11:00', '12:00'));
      expect((await changes()).map(short).sort()).toEqual(['cours confirmed', `${at(1)} cancelled`]);
      expect((await listed()).every(({ summary }) => summary === 'Cours')).toBe(true);
    });

    it('cannot repeat by themselves, and are none of what never takes place', async () => {
      expect(reasonOf(await events.patch(at(1), { recurrence: ['RRULE:FREQ=DAILY'] }))).toBe('400 invalid');
      expect(reasonOf(await events.get('cours_20260318T080000Z'))).toBe('404 notFound');
      expect(reasonOf(await events.get('cours_20260414T070000Z'))).toBe('404 notFound');
    });
  });

  describe('synchronising', () => {
    beforeEach(() => events.insert(weekly));

    it('without expansion tells of series and exceptions, and of a series that is gone once', async () => {
      const changes = await events.follow();
      await events.patch(at(1), { summary: 'Exception' });
      await events.delete(at(2));
      expect((await changes()).map(short).sort()).toEqual([`${at(1)} confirmed`, `${at(2)} cancelled`]);
      await events.patch('cours', { description: 'Pour tous' });
      expect((await changes()).map(short).sort()).toEqual([
        'cours confirmed',
        `${at(1)} confirmed`,
        `${at(2)} cancelled`,
      ]);
      await events.delete('cours');
      expect(await changes()).toEqual([{ id: 'cours', status: 'cancelled' }]);
    });

    it('with expansion tells of every occurrence that a change of the series touches', async () => {
      const changes = await events.follow({ singleEvents: 'true' });
      await events.delete(at(1));
      expect((await changes()).map(short)).toEqual([`${at(1)} cancelled`]);
      await events.patch('cours', { summary: 'Nouveau titre' });
      const renamed = await changes();
      expect(renamed.filter(({ status }) => status === 'confirmed').map(({ summary }) => summary)).toEqual(
        Array(4).fill('Nouveau titre'),
      );
      await events.patch('cours', { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
      const shortened = await changes();
      expect(
        shortened
          .filter(({ status }) => status === 'confirmed')
          .map(({ id }) => id)
          .sort(),
      ).toEqual([at(0), at(2)]);
      expect(shortened.find(({ id }) => id === 'cours_20260407T070000Z')).toEqual({
        id: 'cours_20260407T070000Z',
        status: 'cancelled',
        recurringEventId: 'cours',
        originalStartTime: { dateTime: '2026-04-07T09:00:00+02:00', timeZone: 'Europe/Paris' },
      });
      expect(shortened.some(({ id }) => id === 'cours')).toBe(false);
    });

    it('with expansion tells of each occurrence of a series that is gone, or moved', async () => {
      const changes = await events.follow({ singleEvents: 'true' });
      await events.patch('cours', hour(10, '11:00', '12:00'));
      const moved = await changes();
      expect(moved.filter(({ status }) => status === 'cancelled')).toHaveLength(5);
      expect(moved.filter(({ status }) => status === 'confirmed')).toHaveLength(5);
      await events.delete('cours');
      const gone = await changes();
      expect(gone).toHaveLength(5);
      expect(gone.every(({ status, recurringEventId }) => status === 'cancelled' && recurringEventId === 'cours')).toBe(
        true,
      );
      await events.patch('cours', { status: 'confirmed' });
      expect((await changes()).map(({ status }) => status)).toEqual(Array(5).fill('confirmed'));
    });

    it('with expansion tells when an event begins to repeat, or ends to', async () => {
      await events.insert({ ...weekly, id: 'unique', recurrence: undefined });
      const changes = await events.follow({ singleEvents: 'true' });
      await events.patch('unique', { recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] });
      expect((await changes()).map(short).sort()).toEqual([
        'unique cancelled',
        'unique_20260310T080000Z confirmed',
        'unique_20260311T080000Z confirmed',
      ]);
      await events.patch('unique', { recurrence: null });
      expect((await changes()).map(short).sort()).toEqual([
        'unique confirmed',
        'unique_20260310T080000Z cancelled',
        'unique_20260311T080000Z cancelled',
      ]);
    });

    it('comes to the same as listing anew, whatever was done', async () => {
      for (const singleEvents of ['true', 'false']) {
        const known = new Map((await listed({ singleEvents })).map((item) => [item.id, item]));
        const changes = await events.follow({ singleEvents });
        await events.patch(at(2), hour(25, '16:00', '17:00'));
        await events.insert({ ...weekly, id: `autre${singleEvents.length}` });
        await events.delete(at(0));
        for (const item of await changes()) known.set(item.id, item);
        await events.patch('cours', { summary: `Titre ${singleEvents}`, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=6'] });
        await events.delete(`autre${singleEvents.length}`);
        for (const item of await changes()) known.set(item.id, item);
        const live = [...known.values()].filter(({ status }) => status !== 'cancelled');
        const fresh = (await listed({ singleEvents })).filter(({ status }) => status !== 'cancelled');
        const byId = (items: Item[]) => items.toSorted((left, right) => (left.id < right.id ? -1 : 1));
        expect(byId(live)).toEqual(byId(fresh));
        await events.patch(at(0), { status: 'confirmed' });
      }
    });
  });

  describe('instances', () => {
    beforeEach(() => events.insert(weekly));

    it('are those of one series, in pages, without a sync token', async () => {
      await events.patch(at(1), hour(18, '14:00', '15:00'));
      const first = (await events.instances('cours', { maxResults: '3' })).body;
      const second = (await events.instances('cours', { maxResults: '3', pageToken: first.nextPageToken })).body;
      expect(starts([...first.items, ...second.items])).toHaveLength(5);
      expect(second.nextSyncToken).toBeUndefined();
      expect(first.items[1]?.start.dateTime).toBe('2026-03-18T14:00:00+01:00');
    });

    it('may be chosen by time, by original start, and with those that are off', async () => {
      await events.delete(at(1));
      const count = async (query: Record<string, string>) => (await events.instances('cours', query)).body.items.length;
      expect(await count({})).toBe(4);
      expect(await count({ showDeleted: 'true' })).toBe(5);
      expect(await count({ originalStart: '2026-03-24T09:00:00+01:00' })).toBe(1);
      expect(await count({ timeMin: '2026-03-24T00:00:00Z', timeMax: '2026-04-01T00:00:00Z' })).toBe(2);
    });

    it('are none of a single event, or of none', async () => {
      await events.insert({ ...weekly, id: 'unique', recurrence: undefined });
      expect(reasonOf(await events.instances('unique'))).toBe('400 badRequest');
      expect(reasonOf(await events.instances('none0'))).toBe('404 notFound');
    });
  });
});
