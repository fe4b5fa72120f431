import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from './start-google-sandbox.js';
import { emptyEmail, GoogleSession, holidays, hour, mainEmail, reasonOf, scope } from './testing/google-session.js';

describe('calendars', () => {
  let sandbox: GoogleSandbox;
  let session: GoogleSession;
  beforeEach(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00Z') });
    session = await GoogleSession.connect(sandbox);
  });
  afterEach(() => sandbox.close());

  const list = (query: Record<string, string> = {}) => session.get('/users/me/calendarList', query);
  const trainings = () => sandbox.control.accounts()[0]?.calendars.find((id) => id.startsWith('c_')) ?? '';

  it('are listed with what the account may do with them', async () => {
    const { body } = await list();
    const byId = Object.fromEntries(body.items.map((item) => [item.id, item]));
    expect(Object.keys(byId).sort()).toEqual([mainEmail, holidays, trainings()].sort());
    expect(byId[mainEmail]).toMatchObject({ primary: true, accessRole: 'owner', timeZone: 'Europe/Paris' });
    expect(byId[trainings()]).toMatchObject({ summary: 'Formations', accessRole: 'owner', dataOwner: mainEmail });
    expect(byId[holidays]).toMatchObject({ accessRole: 'reader' });
    expect(body.nextSyncToken).toEqual(expect.any(String));
  });

  it('are listed in pages, by role, and hidden ones when asked for', async () => {
    const first = (await list({ maxResults: '2' })).body;
    expect([first.items.length, first.nextSyncToken]).toEqual([2, undefined]);
    const last = (await list({ maxResults: '2', pageToken: first.nextPageToken })).body;
    expect(last.items).toHaveLength(1);
    expect(reasonOf(await list({ pageToken: first.nextPageToken }))).toBe('400 invalid');
    expect((await list({ minAccessRole: 'writer' })).body.items).toHaveLength(2);
    await session.send('PATCH', `/users/me/calendarList/${trainings()}`, {
      body: { hidden: true, summaryOverride: 'F' },
    });
    expect((await list()).body.items).toHaveLength(2);
    const shown = (await list({ showHidden: 'true' })).body.items.find(({ id }) => id === trainings());
    expect(shown).toMatchObject({ summary: 'Formations', summaryOverride: 'F', hidden: true });
  });

  it('are synchronised by token too', async () => {
    const { nextSyncToken: syncToken } = (await list()).body;
    const path = `/users/me/calendarList/${encodeURIComponent(holidays)}`;
    await session.send('DELETE', path);
    const { body } = await list({ syncToken });
    expect(body.items).toMatchObject([{ id: holidays, deleted: true }]);
    expect(reasonOf(await session.get(path))).toBe('404 notFound');
    for (const [name, value] of [['minAccessRole', 'owner'] as const, ['showDeleted', 'false'] as const]) {
      expect(reasonOf(await list({ syncToken, [name]: value }))).toBe('400 invalid');
    }
    sandbox.control.invalidateSyncTokens({ calendar: 'calendarList' });
    expect(reasonOf(await list({ syncToken }))).toBe('410 fullSyncRequired');
  });

  it('are made by whoever asks, with an id of their own', async () => {
    const { status, body } = await session.send('POST', '/calendars', {
      body: { summary: 'Export', timeZone: 'Europe/Paris' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'calendar#calendar', summary: 'Export', dataOwner: mainEmail });
    expect(body.id).toMatch(/^c_[0-9a-f]{64}@group\.calendar\.google\.com$/);
    expect((await session.get(`/calendars/${body.id}`)).body).toEqual(body);
    expect((await list()).body.items).toHaveLength(4);
    const event = await session.events(body.id).insert(hour(10, '09:00', '10:00'));
    expect(event.body.organizer).toEqual({ email: body.id, displayName: 'Export', self: true });
    expect(event.body.creator).toEqual({ email: mainEmail });
    expect(reasonOf(await session.send('POST', '/calendars', { body: {} }))).toBe('400 required');
    expect(reasonOf(await session.send('POST', '/calendars', { body: { summary: 'x', timeZone: 'Paris' } }))).toBe(
      '400 invalid',
    );
    expect((await session.send('DELETE', `/calendars/${body.id}`)).status).toBe(204);
    expect(reasonOf(await session.events(body.id).list())).toBe('404 notFound');
    expect(reasonOf(await session.send('DELETE', '/calendars/primary'))).toBe('403 forbidden');
  });

  it('are known to their readers under encoded ids', async () => {
    expect((await session.events(holidays).list()).body.items).toHaveLength(12);
    expect(reasonOf(await session.get('/calendars/none/events'))).toBe('404 notFound');
  });

  it('say that they have been seen already', async () => {
    const { body } = await session.get('/calendars/primary');
    expect((await session.get('/calendars/primary', {}, { 'if-none-match': body.etag })).status).toBe(304);
  });

  describe('free and busy', () => {
    const ask = (body: object, caller = session) => caller.send('POST', '/freeBusy', { body });
    const window = { timeMin: '2026-03-10T00:00:00Z', timeMax: '2026-03-11T00:00:00Z' };

    it('runs together what touches, leaves out what is free or declined, and cuts at the window', async () => {
      const alex = await GoogleSession.connect(sandbox, emptyEmail);
      const events = alex.events();
      await events.insert(hour(10, '09:00', '10:00'));
      await events.insert(hour(10, '09:30', '11:00'));
      await events.insert({ ...hour(10, '12:00', '13:00'), transparency: 'transparent' });
      await events.insert({
        ...hour(10, '14:00', '15:00'),
        attendees: [{ email: emptyEmail, responseStatus: 'declined' }],
      });
      await events.insert({ start: { dateTime: '2026-03-10T22:00:00Z' }, end: { dateTime: '2026-03-11T02:00:00Z' } });
      const { body } = await ask({ ...window, items: [{ id: 'primary' }] }, alex);
      expect(body).toMatchObject({ kind: 'calendar#freeBusy', groups: {} });
      expect(body.calendars['primary']?.busy).toEqual([
        { start: '2026-03-10T08:00:00Z', end: '2026-03-10T10:00:00Z' },
        { start: '2026-03-10T22:00:00Z', end: '2026-03-11T00:00:00Z' },
      ]);
      const there = await ask({ ...window, timeZone: 'Europe/Paris', items: [{ id: emptyEmail }] }, alex);
      expect(there.body.calendars[emptyEmail]?.busy[0]?.start).toBe('2026-03-10T09:00:00+01:00');
    });

    it('tells of a calendar it cannot tell of in its place, and answers 200 all the same', async () => {
      const { status, body } = await ask({ ...window, items: [{ id: emptyEmail }, { id: mainEmail }] });
      expect(status).toBe(200);
      expect(body.calendars[emptyEmail]).toEqual({ errors: [{ domain: 'global', reason: 'notFound' }], busy: [] });
      expect(body.calendars[mainEmail]?.errors).toBeUndefined();
      const many = await ask({ ...window, calendarExpansionMax: 1, items: [{ id: mainEmail }, { id: trainings() }] });
      expect(many.body.calendars[trainings()]?.errors?.[0]?.reason).toBe('tooManyCalendarsRequested');
    });

    it.each([
      [{ timeMax: window.timeMax }, '400 required'],
      [{ timeMin: window.timeMax, timeMax: window.timeMin }, '400 timeRangeEmpty'],
      [{ ...window, timeMin: '2026-03-10' }, '400 invalid'],
      [{ ...window, calendarExpansionMax: 51 }, '400 invalid'],
    ])('refuses %j', async (body, refusal) => {
      expect(reasonOf(await ask(body))).toBe(refusal);
    });
  });

  describe('scopes', () => {
    const as = (...names: string[]) =>
      GoogleSession.connect(sandbox, mainEmail, names.map(scope), { prompt: 'consent' });
    const lesson = hour(10, '09:00', '10:00');
    const window = { timeMin: '2026-03-10T00:00:00Z', timeMax: '2026-03-11T00:00:00Z', items: [] };
    const tries = {
      'calendarList.list': (caller: GoogleSession) => caller.get('/users/me/calendarList'),
      'events.list': (caller: GoogleSession) => caller.events().list(),
      'events.insert': (caller: GoogleSession) => caller.events().insert(lesson),
      'freebusy.query': (caller: GoogleSession) => caller.send('POST', '/freeBusy', { body: window }),
      'calendars.insert': (caller: GoogleSession) => caller.send('POST', '/calendars', { body: { summary: 'x' } }),
    };

    it.each([
      ['calendar', ['calendarList.list', 'events.list', 'events.insert', 'freebusy.query', 'calendars.insert']],
      ['calendar.events', ['events.list', 'events.insert']],
      ['calendar.events.owned', ['events.list', 'events.insert']],
      ['calendar.events.readonly', ['events.list']],
      ['calendar.readonly', ['calendarList.list', 'events.list', 'freebusy.query']],
      ['calendar.calendarlist.readonly', ['calendarList.list']],
      ['calendar.freebusy', ['freebusy.query']],
      ['calendar.events.freebusy', ['events.list', 'freebusy.query']],
      ['calendar.app.created', ['calendars.insert']],
    ])('%s allows %j alone', async (name, allowed) => {
      const caller = await as(name);
      const outcomes = await Promise.all(
        Object.entries(tries).map(async ([method, attempt]) =>
          (await attempt(caller)).status === 200 ? [method] : [],
        ),
      );
      expect(outcomes.flat()).toEqual(allowed);
    });

    it('are named in the refusal, which is not that of a lack of access', async () => {
      const answer = await (await as('calendar.freebusy')).events().list();
      expect(reasonOf(answer)).toBe('403 insufficientPermissions');
      expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    });

    it('of the client’s own calendars reach those alone', async () => {
      const caller = await as('calendar.app.created');
      const { body: own } = await caller.send('POST', '/calendars', { body: { summary: 'Export' } });
      expect((await caller.events(own.id).insert(lesson)).status).toBe(200);
      expect(reasonOf(await caller.events(trainings()).insert(lesson))).toBe('404 notFound');
      expect((await caller.get(`/users/me/calendarList/${own.id}`)).status).toBe(200);
      expect(reasonOf(await caller.get('/users/me/calendarList'))).toBe('403 insufficientPermissions');
    });

    it('of owned calendars reach no other, those of public ones none that is not', async () => {
      expect(reasonOf(await (await as('calendar.events.owned')).events(holidays).list())).toBe(
        '403 insufficientPermissions',
      );
      const reader = await as('calendar.events.public.readonly');
      expect((await reader.events(holidays).list()).status).toBe(200);
      expect(reasonOf(await reader.events().list())).toBe('403 insufficientPermissions');
    });

    it('of times alone show nothing else', async () => {
      const { body } = await (await as('calendar.events.freebusy')).events().list();
      expect(body.items.length).toBeGreaterThan(3);
      expect(body.items.every((item) => item.summary === undefined && item.start !== undefined)).toBe(true);
    });
  });

  it('say so where the sandbox does not go on', async () => {
    expect(reasonOf(await session.get('/users/me/settings'))).toBe('501 notImplemented');
    expect(reasonOf(await session.get('/calendars/primary/acl'))).toBe('501 notImplemented');
    expect(reasonOf(await session.get('/nothing'))).toBe('404 notFound');
  });
});
