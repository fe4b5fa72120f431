import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import { emptyEmail, type Events, GoogleSession, hour, reasonOf } from './testing/google-session.js';

const day = 86_400;

describe('listing events', () => {
  let sandbox: GoogleSandbox;
  let events: Events;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
    events = (await GoogleSession.connect(sandbox, emptyEmail)).events();
  });
  afterEach(() => sandbox.close());

  const add = async (summary: string, more: object = hour(10, '09:00', '10:00')) =>
    (await events.insert({ summary, ...hour(10, '09:00', '10:00'), ...more })).body;
  const titles = async (query: Record<string, string | string[]>) =>
    (await events.listAll(query)).items.map(({ summary }) => summary).sort();
  const asked = (query: Record<string, string | string[]>) => events.list(query);

  describe('what is asked for', () => {
    it.each([
      ['singleEvents', 'yes', '400 invalidParameter'],
      ['maxResults', '0', '400 invalidParameter'],
      ['maxResults', 'many', '400 invalidParameter'],
      ['orderBy', 'startTime', '400 badRequest'],
      ['orderBy', 'summary', '400 invalidParameter'],
      ['timeMin', '2026-03-10', '400 invalid'],
      ['timeMin', '2026-03-10T09:00:00', '400 invalid'],
      ['timeMin', '2026-03-10T09:00:00 01:00', '400 invalid'],
      ['timeZone', 'Paris', '400 invalid'],
      ['eventTypes', 'meeting', '400 invalidParameter'],
      ['privateExtendedProperty', 'rev', '400 invalid'],
      ['pageToken', 'forged', '400 invalid'],
      ['syncToken', 'forged', '400 invalid'],
      ['updatedMin', '2026-01-01T00:00:00Z', '410 updatedMinTooLongAgo'],
      ['fields', 'items(id', '400 invalidParameter'],
    ])('refuses %s=%s', async (name, value, refusal) => {
      expect(reasonOf(await asked({ [name]: value }))).toBe(refusal);
    });

    it('takes a window whose ends leave themselves out, and no empty one', async () => {
      await add('neuf heures');
      const window = (timeMin: string, timeMax: string) => ({
        timeMin: `2026-03-10T${timeMin}+01:00`,
        timeMax: `2026-03-10T${timeMax}+01:00`,
      });
      expect(await titles(window('10:00:00', '11:00:00'))).toEqual([]);
      expect(await titles(window('09:59:59', '11:00:00'))).toEqual(['neuf heures']);
      expect(await titles(window('08:00:00', '09:00:00'))).toEqual([]);
      expect(await titles(window('08:00:00', '09:00:00.900'))).toEqual([]);
      expect(await titles(window('08:00:00', '09:00:01'))).toEqual(['neuf heures']);
      expect(reasonOf(await asked(window('09:00:00', '09:00:00')))).toBe('400 timeRangeEmpty');
    });

    it('looks at whole days in the zone of the calendar, or that of the answer', async () => {
      await add('journée', { start: { date: '2026-03-10' }, end: { date: '2026-03-11' } });
      expect(await titles({ timeMin: '2026-03-10T23:00:00Z' })).toEqual([]);
      expect(await titles({ timeMin: '2026-03-10T22:59:59Z' })).toEqual(['journée']);
      expect(await titles({ timeMin: '2026-03-10T23:00:00Z', timeZone: 'UTC' })).toEqual(['journée']);
    });

    it('filters by words, uid, property and type', async () => {
      await add('Réunion', { location: 'Lyon', extendedProperties: { private: { rev: '7', of: 'a' } } });
      await add('Formation', { extendedProperties: { private: { rev: '7', of: 'b' }, shared: { rev: '8' } } });
      await add('Absence', { eventType: 'outOfOffice' });
      expect(await titles({ q: 'réunion lyon' })).toEqual(['Réunion']);
      expect(await titles({ privateExtendedProperty: 'rev=7' })).toEqual(['Formation', 'Réunion']);
      expect(await titles({ privateExtendedProperty: ['rev=7', 'of=b'] })).toEqual(['Formation']);
      expect(await titles({ privateExtendedProperty: 'rev=8' })).toEqual([]);
      expect(await titles({ sharedExtendedProperty: 'rev=8' })).toEqual(['Formation']);
      expect(await titles({ eventTypes: 'outOfOffice' })).toEqual(['Absence']);
      expect(await titles({ eventTypes: ['outOfOffice', 'default'] })).toHaveLength(3);
      const { iCalUID } = await add('Seule');
      expect(await titles({ iCalUID })).toEqual(['Seule']);
    });

    it('orders by time or by change when asked to, and else by nothing one could rely on', async () => {
      for (const number of [4, 2, 3, 1, 5, 6, 7]) {
        await sandbox.control.advance({ seconds: 1 });
        await add(`jour ${number}`, { id: `jour${number}`, ...hour(number + 10, '09:00', '10:00') });
      }
      const order = async (query: Record<string, string>) =>
        (await asked(query)).body.items.map(({ id }) => Number(id.slice(-1)));
      expect(await order({ singleEvents: 'true', orderBy: 'startTime' })).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(await order({ orderBy: 'updated' })).toEqual([4, 2, 3, 1, 5, 6, 7]);
      const plain = await order({});
      expect(plain).not.toEqual(plain.toSorted((left, right) => left - right));
      expect(plain).toEqual(await order({}));
    });

    it('gives back only the fields that are selected: without the tokens there are none', async () => {
      await add('Réunion');
      const { body } = await asked({ fields: 'items(id,start/dateTime)' });
      expect(body).toEqual({ items: [{ id: expect.any(String), start: { dateTime: expect.any(String) } }] });
      expect((await asked({ fields: 'kind,nextSyncToken' })).body).toHaveProperty('nextSyncToken');
    });
  });

  describe('pages', () => {
    beforeEach(() => {
      sandbox.control.seed({ account: emptyEmail, events: 7 });
    });

    it('carry a token each until the last, which carries the sync token instead', async () => {
      const first = (await asked({ maxResults: '3' })).body;
      expect([first.items.length, first.nextSyncToken]).toEqual([3, undefined]);
      const second = (await asked({ maxResults: '3', pageToken: first.nextPageToken })).body;
      const third = (await asked({ maxResults: '3', pageToken: second.nextPageToken })).body;
      expect(third.items).toHaveLength(1);
      expect(third.nextPageToken).toBeUndefined();
      expect(third.nextSyncToken).toEqual(expect.any(String));
      const ids = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id));
      expect(new Set(ids).size).toBe(7);
    });

    it('are good with the parameters of the first alone', async () => {
      const { nextPageToken: pageToken } = (await asked({ maxResults: '3' })).body;
      expect(reasonOf(await asked({ pageToken }))).toBe('400 invalid');
      expect(reasonOf(await asked({ maxResults: '3', pageToken, showDeleted: 'true' }))).toBe('400 invalid');
      expect((await asked({ maxResults: '3', pageToken })).status).toBe(200);
    });

    it('may be empty without being the last', async () => {
      sandbox.control.nextPageEmpty();
      const first = (await asked({ maxResults: '3' })).body;
      expect(first.items).toEqual([]);
      sandbox.control.nextPageEmpty();
      const { items, pages } = await events.listAll({ maxResults: '4' });
      expect([items.length, pages]).toEqual([7, 3]);
    });

    it('are never larger than 2500', async () => {
      sandbox.control.seed({ account: emptyEmail, events: 2500 });
      expect((await asked({ maxResults: '9999' })).body.items).toHaveLength(2500);
      expect((await asked({})).body.items).toHaveLength(250);
    });

    it('leave what changes between them to the sync token', async () => {
      const first = (await asked({ maxResults: '3' })).body;
      const changed = first.items[0]?.id ?? '';
      await events.patch(changed, { summary: 'entre deux pages' });
      let { body } = await asked({ maxResults: '3', pageToken: first.nextPageToken });
      ({ body } = await asked({ maxResults: '3', pageToken: body.nextPageToken }));
      const news = await asked({ maxResults: '3', syncToken: body.nextSyncToken });
      expect(news.body.items.map(({ summary }) => summary)).toEqual(['entre deux pages']);
    });
  });

  describe('synchronising', () => {
    it('tells what came, changed and went, of what is deleted no more than id and status', async () => {
      const kept = await add('garde');
      const gone = await add('parti');
      const changes = await events.follow();
      expect(await changes()).toEqual([]);
      await events.patch(kept.id, { summary: 'changé' });
      await events.delete(gone.id);
      const come = await add('venu');
      const news = await changes();
      expect(news.find(({ id }) => id === gone.id)).toEqual({ id: gone.id, status: 'cancelled' });
      expect(news.map(({ id }) => id).sort()).toEqual([kept.id, gone.id, come.id].sort());
      expect(await changes()).toEqual([]);
    });

    it('tells the details of what is deleted to those who ask for deleted events all along', async () => {
      const gone = await add('parti');
      const changes = await events.follow({ showDeleted: 'true' });
      await events.delete(gone.id);
      expect(await changes()).toMatchObject([{ status: 'cancelled', summary: 'parti' }]);
      expect(await titles({ showDeleted: 'true' })).toEqual(['parti']);
    });

    it('goes on beyond the window it began with', async () => {
      const outside = await add('dehors', hour(30, '09:00', '10:00'));
      const changes = await events.follow({ timeMin: '2026-03-09T00:00:00Z', timeMax: '2026-03-12T00:00:00Z' });
      await events.patch(outside.id, { summary: 'toujours dehors' });
      expect((await changes()).map(({ summary }) => summary)).toEqual(['toujours dehors']);
    });

    it.each([
      ['timeMin', '2026-03-10T00:00:00Z'],
      ['timeMax', '2026-03-10T00:00:00Z'],
      ['updatedMin', '2026-03-01T00:00:00Z'],
      ['orderBy', 'updated'],
      ['q', 'x'],
      ['iCalUID', 'x'],
      ['privateExtendedProperty', 'a=b'],
      ['sharedExtendedProperty', 'a=b'],
      ['showDeleted', 'false'],
      ['singleEvents', 'true'],
      ['eventTypes', 'default'],
      ['maxAttendees', '1'],
    ])('refuses %s=%s beside a token that came without it', async (name, value) => {
      const { nextSyncToken: syncToken } = (await asked({})).body;
      expect(reasonOf(await asked({ syncToken, [name]: value }))).toBe('400 invalid');
    });

    it.each([
      ['orderBy', 'updated'],
      ['q', 'x'],
      ['updatedMin', '2026-03-01T00:00:00Z'],
      ['privateExtendedProperty', 'a=b'],
    ])('cannot begin with %s=%s: such a list ends without a token', async (name, value) => {
      const { body } = await asked({ [name]: value });
      expect([body.nextSyncToken, body.nextPageToken]).toEqual([undefined, undefined]);
    });

    it('goes on with the same type filter, and with it only', async () => {
      const changes = await events.follow({ eventTypes: 'default' });
      await add('compte');
      await add('ne compte pas', { eventType: 'outOfOffice' });
      expect((await changes()).map(({ summary }) => summary)).toEqual(['compte']);
    });

    it('comes in pages too, the token and the page together', async () => {
      const changes = await events.follow({ maxResults: '2' });
      for (const number of [1, 2, 3, 4, 5]) await add(`${number}`);
      expect(await changes()).toHaveLength(5);
    });

    it('must start over when told to, when the token is old, and when deletions were forgotten', async () => {
      const listed = async () => (await asked({})).body.nextSyncToken;
      const other = await add('parti');
      const first = await listed();
      expect(sandbox.control.invalidateSyncTokens({ account: emptyEmail })).toEqual({ invalidated: 1 });
      expect(await asked({ syncToken: first })).toMatchObject({
        status: 410,
        body: {
          error: { code: 410, errors: [{ domain: 'calendar', reason: 'fullSyncRequired', location: 'syncToken' }] },
        },
      });
      const second = await listed();
      await events.delete(other.id);
      const third = await listed();
      sandbox.control.forgetDeletions();
      expect(reasonOf(await asked({ syncToken: second }))).toBe('410 fullSyncRequired');
      expect((await asked({ syncToken: third })).status).toBe(200);
      await sandbox.control.advance({ seconds: 30 * day + 1 });
      const session = await GoogleSession.connect(sandbox, emptyEmail);
      expect(reasonOf(await session.events().list({ syncToken: third }))).toBe('410 fullSyncRequired');
    });

    it('is bound to its calendar, and to its reader', async () => {
      const { nextSyncToken: syncToken } = (await asked({})).body;
      const camille = await GoogleSession.connect(sandbox);
      expect(reasonOf(await camille.events().list({ syncToken }))).toBe('400 invalid');
    });

    it('takes a token from before a restart for one that expired', async () => {
      const { nextSyncToken: syncToken } = (await asked({})).body;
      await sandbox.control.reset();
      const again = await GoogleSession.connect(sandbox, emptyEmail);
      expect(reasonOf(await again.events().list({ syncToken }))).toBe('410 fullSyncRequired');
    });
  });

  it('tells since a time what changed, what is deleted included', async () => {
    await add('avant');
    const gone = await add('parti');
    await sandbox.control.advance({ seconds: 600 });
    const updatedMin = sandbox.control.now().now;
    await events.delete(gone.id);
    await add('après');
    expect(await titles({ updatedMin })).toEqual(['après', 'parti']);
  });
});
