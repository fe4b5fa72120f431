import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { type OutlookSandbox, startOutlookSandbox } from '../../sandbox/outlook/start-outlook-sandbox.js';
import type { CalendarChange, ChannelRequest, EventDraft } from '../../src/calendars/index.js';
import { type ProviderAccess, ProviderError } from '../../src/integrations/index.js';
import { CALENDAR_NOW, CALENDAR_WINDOW } from './calendar-provider.suite.js';
import { type CannedServer, startCannedServer } from './support/canned-server.js';
import { channelRequest } from './support/channel-request.js';
import {
  connectOutlook,
  consentTo,
  makeOutlook,
  type OutlookParts,
  startPushReceiver,
  toBody,
  usualRedirect,
} from './support/outlook-bench.js';
import { graphEvent } from './support/outlook-oddities.js';

const EMAIL = 'iris@example.test';

/** What Graph is known, or only rumoured, to do: we must live with each. */
describe('Outlook’s peculiarities', () => {
  let sandbox: OutlookSandbox;
  let outlook: OutlookParts;
  let access: ProviderAccess;
  let calendarId: string;
  let otherCalendarId: string;
  let receiver: Awaited<ReturnType<typeof startPushReceiver>>;
  let initial: ReturnType<OutlookSandbox['control']['settings']>;
  let canned: CannedServer;
  let odd: OutlookParts;

  beforeAll(async () => {
    sandbox = await startOutlookSandbox({
      frozenAt: CALENDAR_NOW,
      redirectUris: [usualRedirect],
      settings: { access_token_seconds: 30_000_000 },
    });
    receiver = await startPushReceiver();
    canned = await startCannedServer();
    sandbox.control.addAccount({ name: 'Iris Moreau', email: EMAIL });
    sandbox.control.addCalendar({ account: EMAIL, name: 'Formations' });
    [calendarId, otherCalendarId] = sandbox.control.calendars({ account: EMAIL }).map(({ id }) => String(id)) as [
      string,
      string,
    ];
    outlook = makeOutlook(sandbox, sandbox);
    access = await connectOutlook(sandbox, outlook.provider, EMAIL);
    initial = sandbox.control.settings();
  });
  // Each case over connections of its own: one that was kept idle too long would break under a write.
  beforeEach(() => {
    odd = makeOutlook({ loginUrl: canned.url, graphUrl: canned.url }, sandbox);
  });
  afterEach(() => {
    odd.close();
    sandbox.control.clearFaults();
    sandbox.control.changeSettings(initial);
  });
  afterAll(async () => {
    outlook?.close();
    await Promise.all([receiver?.close(), canned?.close(), sandbox?.close()]);
  });

  const add = (event: Parameters<typeof toBody>[0]) =>
    sandbox.control.addEvent({ account: EMAIL, event: toBody(event) }).id;
  const change = (event: string, changes: Record<string, unknown>) =>
    sandbox.control.changeEvent({ account: EMAIL, event, changes });
  const remove = (event: string) => sandbox.control.deleteEvent({ account: EMAIL, event });
  const find = (id: string) => outlook.provider.findEvent(access, calendarId, id);
  const create = (draft: EventDraft) => outlook.provider.createEvent(access, calendarId, draft);
  /** From a cursor to the end of the round. */
  const read = async (cursor: string | null): Promise<{ changes: CalendarChange[]; cursor: string }> => {
    const changes: CalendarChange[] = [];
    let pageToken: string | null = null;
    for (;;) {
      const request = { calendarId, window: CALENDAR_WINDOW, cursor, pageToken };
      const page = await outlook.provider.readChanges(access, request);
      changes.push(...page.changes);
      if (page.nextCursor !== null) return { changes, cursor: page.nextCursor };
      pageToken = page.nextPageToken;
    }
  };
  const begin = async () => (await read(null)).cursor;
  const titles = () =>
    sandbox.control
      .events({ account: EMAIL, from: '2026-01-01T00:00:00Z', to: '2029-01-01T00:00:00Z' })
      .map(({ subject }) => subject);

  describe('in rounds', () => {
    const weekly = { start: '2027-03-15T09:00', end: '2027-03-15T09:30', weeks: 4 };

    it.each([true, false])('a series is read in full, whether or not its master shows: %j', async (includes) => {
      sandbox.control.changeSettings({ delta_includes_masters: includes });
      const cursor = await begin();
      const id = add({ title: 'Point', ...weekly });
      const { changes } = await read(cursor);
      expect(changes).toEqual([{ kind: 'series', seriesId: id, occurrences: expect.any(Array) }]);
      expect(seriesIn(changes, id)).toHaveLength(4);
      expect(seriesIn(changes, id).every(({ title }) => title === 'Point')).toBe(true);
    });

    it.each([true, false])('a deleted occurrence goes, whether or not it is told of by its id: %j', async (reports) => {
      sandbox.control.changeSettings({ delta_reports_deleted_occurrences: reports });
      const id = add({ title: 'Cours', ...weekly });
      const cursor = await begin();
      const second = occurrencesOf(id)[1]!;
      remove(second);
      const { changes } = await read(cursor);
      expect(seriesIn(changes, id).map(({ externalId }) => externalId)).not.toContain(second);
      expect(seriesIn(changes, id)).toHaveLength(3);
    });

    it('a moved occurrence comes with its series, once', async () => {
      const id = add({ title: 'Cours', ...weekly });
      const cursor = await begin();
      const second = occurrencesOf(id)[1]!;
      const at = (hour: string) => ({ dateTime: `2027-03-23T${hour}:00:00`, timeZone: 'Romance Standard Time' });
      change(second, { start: at('14'), end: at('15') });
      const { changes } = await read(cursor);
      const told = changes
        .flatMap((one) => (one.kind === 'series' ? one.occurrences : []))
        .map((one) => one.externalId);
      expect(told.filter((externalId) => externalId === second)).toHaveLength(1);
      expect(changes.filter(({ kind }) => kind === 'event')).toEqual([]);
    });

    it('repetitions and replays change nothing', async () => {
      sandbox.control.changeSettings({ delta_duplicates: 50, delta_replays: 5 });
      const id = add({ title: 'Une fois', start: '2026-12-02T09:00', end: '2026-12-02T10:00' });
      const cursor = await begin();
      change(id, { subject: 'Deux fois' });
      const { changes } = await read(cursor);
      const said = changes.flatMap((one) => (one.kind === 'event' && one.facts.externalId === id ? [one.facts] : []));
      expect(said.length).toBeGreaterThan(1);
      expect(said.at(-1)?.title).toBe('Deux fois');
    });

    it('a series that is gone before it can be asked is certainly gone', async () => {
      const cursor = await begin();
      const id = add({ title: 'Brève', ...weekly });
      sandbox.control.failNext({ path_prefix: '/me/events/', status: 404, times: 10 });
      const { changes } = await read(cursor);
      expect(changes).toContainEqual({ kind: 'removed', externalId: id, isCertain: true });
    });

    it('a series that has become a single event meanwhile is that event', async () => {
      const id = 'S1';
      const item = { ...graphEvent({ id: 'O1', type: 'occurrence', seriesMasterId: id }), subject: undefined };
      const delta = { value: [item], '@odata.deltaLink': '{{base}}/me/calendars/C1/calendarView/delta?$deltatoken=T' };
      canned.answer([
        { body: JSON.stringify(delta) },
        { status: 400, body: JSON.stringify({ error: { code: 'ErrorInvalidRequest' } }) },
        { body: JSON.stringify(graphEvent({ id })) },
      ]);
      const request = { calendarId: 'C1', window: CALENDAR_WINDOW, cursor: null, pageToken: null };
      const { changes, calls } = await odd.provider.readChanges(access, request);
      expect(calls).toBe(3);
      expect(changes).toEqual([
        { kind: 'series', seriesId: id, occurrences: [] },
        { kind: 'event', facts: expect.objectContaining({ externalId: id, seriesId: null }) },
      ]);
    });

    it('a meeting that its organizer called off is gone, a series as a whole', async () => {
      const organizer = { name: 'Claude', address: 'claude@example.test' };
      const invite = (event: Parameters<typeof toBody>[0]) =>
        sandbox.control.addEvent({ account: EMAIL, organizer, event: toBody(event) }).id;
      const single = invite({ title: 'Comité', start: '2026-12-03T09:00', end: '2026-12-03T10:00' });
      const series = invite({ title: 'Comités', ...weekly });
      const { changes: before, cursor } = await read(null);
      expect(before).toContainEqual({ kind: 'event', facts: expect.objectContaining({ externalId: single }) });
      for (const event of [single, series]) sandbox.control.changeEvent({ account: EMAIL, event, is_cancelled: true });
      const { changes } = await read(cursor);
      expect(changes).toContainEqual({ kind: 'removed', externalId: single, isCertain: true });
      expect(changes).toContainEqual({ kind: 'removed', externalId: series, isCertain: true });
      expect(changes.filter(({ kind }) => kind === 'series')).toEqual([]);
      expect(await find(single)).toBeNull();
    });

    it('an event that was moved to another calendar is no longer in this one', async () => {
      const id = add({ title: 'Ailleurs', start: '2026-12-03T11:00', end: '2026-12-03T12:00' });
      const cursor = await begin();
      sandbox.control.moveEvent({ account: EMAIL, event: id, calendar: otherCalendarId });
      const { changes } = await read(cursor);
      expect(changes).toEqual([{ kind: 'removed', externalId: id, isCertain: false }]);
      expect(await find(id)).toBeNull();
      // The id outlives the move.
      expect(await outlook.provider.findEvent(access, otherCalendarId, id)).toMatchObject({ externalId: id });
    });

    it('ids that differ by case alone are different events', async () => {
      sandbox.control.changeSettings({ ids_differ_by_case: true });
      const cursor = await begin();
      const at = { start: '2026-12-03T13:00', end: '2026-12-03T14:00' };
      const ids = ['Un', 'Deux', 'Trois', 'Quatre'].map((title) => add({ title, ...at }));
      expect(new Set(ids.map((id) => id.toLowerCase())).size).toBeLessThan(ids.length);
      const { changes } = await read(cursor);
      const told = changes.map((one) => (one.kind === 'event' ? [one.facts.externalId, one.facts.title] : []));
      expect(new Map(told as [string, string][])).toEqual(
        new Map(ids.map((id, index) => [id, ['Un', 'Deux', 'Trois', 'Quatre'][index]!])),
      );
    });

    it.each([410, 404, 400] as const)('a forgotten cursor is told as one with %i', async (status) => {
      const cursor = await begin();
      sandbox.control.invalidateDeltaTokens({ account: EMAIL, status });
      await expectFailure(read(cursor), 'cursor-expired');
    });

    it('a link to anywhere but Graph is never followed', async () => {
      const before = sandbox.control.calls().length;
      for (const link of [
        'https://evil.test/v1.0/me/calendarView/delta?$deltatoken=x',
        sandbox.graphUrl.replace('127.0.0.1', 'evil@127.0.0.1'),
        `${sandbox.url}/outlook/graphs/v1.0/me`,
        'file:///etc/passwd',
        '/me/calendarView/delta',
        '',
      ]) {
        const request = { calendarId, window: CALENDAR_WINDOW };
        const asCursor = outlook.provider.readChanges(access, { ...request, cursor: link, pageToken: null });
        await expectFailure(asCursor, 'cursor-expired');
        const asPage = outlook.provider.readChanges(access, { ...request, cursor: null, pageToken: link });
        await expectFailure(asPage, 'cursor-expired');
      }
      expect(sandbox.control.calls().length).toBe(before);
    });

    it('a page that is too large is asked for in smaller ones', async () => {
      const cursor = await begin();
      const big = 'Un texte assez long. '.repeat(3_500);
      const at = { start: '2026-12-04T09:00', end: '2026-12-04T10:00' };
      const ids = Array.from({ length: 80 }, (_, index) => add({ title: `Gros ${index}`, description: big, ...at }));
      const { changes } = await read(cursor);
      expect(new Set(changes.flatMap((one) => (one.kind === 'event' ? [one.facts.externalId] : [])))).toEqual(
        new Set(ids),
      );
      for (const id of ids) remove(id);
    });

    it('an event whose zone nobody knows is set aside, and the others are read', async () => {
      sandbox.control.changeSettings({ answer_unknown_zones_raw: true });
      const cursor = await begin();
      const lost = add({ title: 'Où ?', start: '2026-12-05T09:00', end: '2026-12-05T10:00', timeZone: 'Nulle part' });
      const found = add({ title: 'Ici', start: '2026-12-05T11:00', end: '2026-12-05T12:00' });
      const { changes } = await read(cursor);
      expect(changes).toContainEqual({ kind: 'set-aside', externalId: lost, reason: 'unknown-time-zone' });
      expect(changes).toContainEqual({ kind: 'event', facts: expect.objectContaining({ externalId: found }) });
      remove(lost);
    });

    it('an event in any zone that Windows has a name for is read at its hour, winter and summer', async () => {
      const cursor = await begin();
      const written = new Map<string, { iana: string; wall: string }>();
      for (const { windowsName, iana } of WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001')) {
        for (const day of ['2026-12-05', '2027-07-05']) {
          const [wall, end] = [`${day}T09:00`, `${day}T10:00`];
          const id = add({ title: windowsName, start: wall, end, timeZone: windowsName });
          written.set(id, { iana: windowsName === 'UTC' ? 'UTC' : iana[0], wall });
        }
      }
      const { changes } = await read(cursor);
      const shown = changes.flatMap((one) => (one.kind === 'event' ? [one.facts] : []));
      expect(shown).toHaveLength(written.size);
      for (const { externalId, times } of shown) {
        const { iana, wall } = written.get(externalId)!;
        const { epochMilliseconds } = Temporal.PlainDateTime.from(wall).toZonedDateTime(iana);
        expect(times).toMatchObject({ startsAt: new Date(epochMilliseconds), timeZone: iana });
      }
      for (const id of written.keys()) remove(id);
    });

    it('an event of a zone of one’s own is placed all the same', async () => {
      const at = { start: '2026-12-05T15:00', end: '2026-12-05T16:00' };
      const id = add({ title: 'Bricolé', timeZone: 'tzone://Microsoft/Custom', ...at });
      expect((await find(id))?.times).toEqual({
        allDay: false,
        startsAt: new Date('2026-12-05T14:00:00Z'),
        endsAt: new Date('2026-12-05T15:00:00Z'),
        timeZone: null,
      });
    });

    it('of series no more than four are asked for at once', async () => {
      const cursor = await begin();
      for (let index = 0; index < 12; index += 1) add({ title: `Série ${index}`, ...weekly });
      sandbox.control.changeSettings({ latency_ms: 20 });
      sandbox.control.forgetThrottle();
      await Promise.all([read(cursor), read(cursor)]);
      const load = sandbox.control.throttle().find(({ account }) => account === EMAIL);
      expect(load).toMatchObject({ peak_concurrency: 4, refused: 0 });
    });
  });

  describe('in writing', () => {
    it.each([
      [400, true],
      [400, false],
      [409, true],
      [409, false],
    ] as const)('a draft that has changed finds its event: %i, named %j', async (status, isNamed) => {
      sandbox.control.changeSettings({
        duplicate_transaction_status: status,
        duplicate_transaction_names_event: isNamed,
      });
      const draft = newDraft();
      const first = await create(draft);
      const second = await create({ ...draft, content: { ...draft.content, title: `${draft.content.title} bis` } });
      expect(second).toMatchObject({ externalId: first.externalId, title: `${draft.content.title} bis` });
      expect(titles().filter((title) => title.startsWith(draft.content.title))).toHaveLength(1);
    });

    it.each([true, false])(
      'a draft whose event was deleted is written once more: id remembered %j',
      async (isNamed) => {
        const draft = newDraft();
        const gone = { error: { code: 'ErrorItemNotFound' } };
        const used = { code: 'ErrorDuplicateTransactionId', ...(isNamed && { '@event.existingEventId': 'E0' }) };
        const made = graphEvent({
          id: 'E1',
          subject: draft.content.title,
          start: { dateTime: draft.content.startsAt.toISOString().slice(0, 19), timeZone: 'UTC' },
          end: { dateTime: draft.content.endsAt.toISOString().slice(0, 19), timeZone: 'UTC' },
        });
        canned.answer([
          { status: 400, body: JSON.stringify({ error: used }) },
          ...(isNamed ? [{ status: 404, body: JSON.stringify(gone) }] : []),
          { body: JSON.stringify({ value: [] }) },
          { status: 201, body: JSON.stringify(made) },
        ]);
        const facts = await odd.provider.createEvent(access, 'C1', draft);
        expect(facts).toMatchObject({ externalId: 'E1', copyId: draft.copyId });
        expect(canned.asked.map((asked) => asked.split('?')[0])).toEqual([
          'POST /me/calendars/C1/events',
          ...(isNamed ? ['GET /me/events/E0'] : []),
          'GET /me/calendars/C1/events',
          'POST /me/calendars/C1/events',
        ]);
      },
    );

    it('an event that only has the same transaction id is not overwritten', async () => {
      const used = { code: 'ErrorDuplicateTransactionId', '@event.existingEventId': 'E0' };
      canned.answer([
        { status: 400, body: JSON.stringify({ error: used }) },
        { body: JSON.stringify(graphEvent({ id: 'E0', transactionId: 'another' })) },
      ]);
      await expectFailure(odd.provider.createEvent(access, 'C1', newDraft()), 'unexpected');
      expect(canned.asked.some((asked) => asked.startsWith('PATCH'))).toBe(false);
    });

    it('a repetition that is answered with the event as it was the first time is brought up to date', async () => {
      const draft = newDraft();
      const old = graphEvent({ id: 'E1', subject: 'Ancien titre', transactionId: draft.key });
      canned.answer([
        { status: 201, body: JSON.stringify(old) },
        { body: JSON.stringify(old) },
        { body: JSON.stringify({ ...old, subject: draft.content.title }) },
      ]);
      expect(await odd.provider.createEvent(access, 'C1', draft)).toMatchObject({ title: draft.content.title });
      expect(canned.asked.map((asked) => asked.split('?')[0])).toEqual([
        'POST /me/calendars/C1/events',
        'GET /me/events/E1',
        'PATCH /me/events/E1',
      ]);
    });

    it('a repetition invites those who were added, and mails the others nothing', async () => {
      const lea = { email: 'lea@example.test', name: 'Léa' };
      const tom = { email: 'tom@example.test', name: null };
      const draft = { ...newDraft(), guests: [lea], notify: true };
      await create(draft);
      sandbox.control.clearMails();
      await create({ ...draft, guests: [lea, tom] });
      expect(sandbox.control.mails().map(({ kind, to }) => `${kind} ${to}`)).toEqual(['invitation tom@example.test']);
    });

    it('two writes at once that Exchange refuses are tried again, or looked at again', async () => {
      sandbox.control.failNext({ method: 'POST', status: 409 });
      await expectFailure(create(newDraft()), 'temporary');
      const { externalId } = await create(newDraft());
      sandbox.control.failNext({ method: 'PATCH', status: 409 });
      const late = { externalId, etag: null, notify: false, content: { title: 'T' } };
      await expectFailure(outlook.provider.changeEvent(access, calendarId, late), 'changed');
    });

    it('an hour that the wall shows twice is the hour that was meant', async () => {
      for (const hour of ['2027-10-31T00:15:00Z', '2027-10-31T01:15:00Z']) {
        const startsAt = new Date(hour);
        const endsAt = new Date(startsAt.getTime() + 1_800_000);
        const draft = newDraft();
        const made = await create({ ...draft, content: { ...draft.content, startsAt, endsAt } });
        expect(made.times).toMatchObject({ startsAt, endsAt });
      }
    });

    it('a guest list that was changed meanwhile is not overwritten', async () => {
      const id = add({
        title: 'À deux',
        guests: ['a@example.test'],
        start: '2026-12-07T09:00',
        end: '2026-12-07T10:00',
      });
      const { etag } = (await find(id))!;
      change(id, { subject: 'À trois' });
      const guests = { add: [{ email: 'b@example.test', name: null }], remove: [] };
      const late = { externalId: id, etag, notify: true, content: {}, guests };
      await expectFailure(outlook.provider.changeEvent(access, calendarId, late), 'changed');
    });
  });

  describe('with channels', () => {
    const ours = () => channelRequest({ calendarId, url: `${receiver.url}/api/channels/outlook` });
    const open = (asked: Partial<ChannelRequest> = {}) => outlook.provider.openChannel(access, { ...ours(), ...asked });
    const idsOfSubscriptions = () => sandbox.control.subscriptions({ account: EMAIL }).map(({ id }) => id);
    afterEach(() => {
      for (const subscription of idsOfSubscriptions()) sandbox.control.removeSubscription({ subscription });
    });

    it('a leftover of ours makes room for a new one', async () => {
      const leftover = await open();
      const channel = await open();
      expect(channel.externalId).not.toBe(leftover.externalId);
      expect(idsOfSubscriptions()).toEqual([channel.externalId]);
    });

    it('that of another server is left alone, and said to be in the way', async () => {
      const foreign = await open({ url: `${receiver.url}/another-server` });
      expect(await expectFailure(open(), 'forbidden')).toMatchObject({ reason: 'channel-taken' });
      expect(idsOfSubscriptions()).toEqual([foreign.externalId]);
    });

    it('one of ours that somebody has is left alone as well', async () => {
      const taken = await open();
      const asked: string[] = [];
      const mayReplace = (externalId: string) => Promise.resolve(asked.push(externalId) === 0);
      expect(await expectFailure(open({ mayReplace }), 'forbidden')).toMatchObject({ reason: 'channel-taken' });
      expect(asked).toEqual([taken.externalId]);
      expect(idsOfSubscriptions()).toEqual([taken.externalId]);
    });

    it('the end is the one that Graph gives, whatever was asked for', async () => {
      sandbox.control.changeSettings({ subscription_ceiling_minutes: 4_230, subscription_above_ceiling: 'shorten' });
      const { expiresAt } = await open();
      expect(expiresAt).toEqual(new Date(Date.parse(sandbox.control.now().now) + 4_230 * 60_000));
    });

    it('that nobody answers for is not opened', async () => {
      await expectFailure(open({ url: 'http://127.0.0.1:9/api/channels/outlook' }), 'unexpected');
      expect(idsOfSubscriptions()).toEqual([]);
    });

    it('what is told of the channel itself is heard at its own address', async () => {
      const { externalId } = await open();
      receiver.received.splice(0);
      receiver.asked.splice(0);
      await sandbox.control.sendLifecycle({ subscription: externalId, event: 'reauthorizationRequired' });
      await sandbox.control.notificationsSettled();
      expect(receiver.asked).toEqual(['/api/channels/outlook/lifecycle']);
      expect(receiver.received).toEqual([{ externalId, secret: expect.any(String) }]);
      await outlook.provider.extendChannel(access, { externalId, resourceId: null });
      expect(sandbox.control.subscriptions({ account: EMAIL })[0]).toMatchObject({ is_paused: false });
    });
  });

  describe('with accounts', () => {
    it('a personal one has no mail of its own, and is known all the same', async () => {
      const { provider } = outlook;
      const grant = await provider.exchangeCode(consentTo(sandbox, provider, 'sacha@example.test'));
      const account = await provider.readAccount({ ...access, accessToken: grant.accessToken }, grant);
      expect(account.email).toBe('sacha@example.test');
      expect(account.accountId).toMatch(/^[0-9a-f-]{36}\.[0-9a-f-]{36}$/);
    });

    it('the same one is the same again, after a new consent', async () => {
      const { provider } = outlook;
      const ids = await Promise.all(
        [1, 2].map(async () => {
          const grant = await provider.exchangeCode(consentTo(sandbox, provider, EMAIL));
          return (await provider.readAccount({ ...access, accessToken: grant.accessToken }, grant)).accountId;
        }),
      );
      expect(ids[0]).toBe(ids[1]);
    });

    it('one of which the answer does not say whose it is cannot be connected', async () => {
      const { provider } = outlook;
      const grant = await provider.exchangeCode(consentTo(sandbox, provider, EMAIL));
      const nameless = { ...grant, options: {} };
      await expectFailure(provider.readAccount({ ...access, accessToken: grant.accessToken }, nameless), 'contract');
    });

    it('scopes may be echoed in full', async () => {
      sandbox.control.changeSettings({ scope_echo: 'full', id_token: 'unsigned' });
      const { provider } = outlook;
      const grant = await provider.exchangeCode(consentTo(sandbox, provider, EMAIL));
      expect(grant.scope).toContain('https://graph.microsoft.com/Calendars.ReadWrite');
      const { options } = await provider.readAccount({ ...access, accessToken: grant.accessToken }, grant);
      expect(options).toEqual({ addresses: [EMAIL], missing_scopes: [] });
    });

    it('one without a mailbox says so', async () => {
      sandbox.control.addAccount({ name: 'Sans boîte', email: 'sans@example.test', has_mailbox: false });
      const without = await connectOutlook(sandbox, outlook.provider, 'sans@example.test');
      expect(await expectFailure(outlook.provider.listCalendars(without), 'forbidden')).toMatchObject({
        reason: 'mailbox-not-enabled',
      });
    });

    it('a refusal that is about a policy is not taken for a missing scope', async () => {
      sandbox.control.failNext({ method: 'GET', status: 403 });
      expect(await expectFailure(find('E1'), 'forbidden')).toMatchObject({ reason: 'access-denied' });
    });

    it('one that has to sign in again says so, and our own faults end nobody’s connection', async () => {
      const { provider } = outlook;
      const { refreshToken } = await provider.exchangeCode(consentTo(sandbox, provider, EMAIL));
      const said: [string, string][] = [
        ['interaction_required', 'reauthorize'],
        ['invalid_client', 'misconfigured'],
        ['temporarily_unavailable', 'temporary'],
      ];
      for (const [error, kind] of said) {
        sandbox.control.failNext({ base: 'login', status: 400, code: error });
        await expectFailure(provider.refreshGrant(refreshToken!), kind);
      }
      await provider.refreshGrant(refreshToken!);
    });

    it('a renewed grant may go on without a new refresh token’s predecessor being lost', async () => {
      const { provider } = outlook;
      const { refreshToken } = await provider.exchangeCode(consentTo(sandbox, provider, EMAIL));
      const first = await provider.refreshGrant(refreshToken!);
      const second = await provider.refreshGrant(refreshToken!);
      expect(new Set([refreshToken, first.refreshToken, second.refreshToken]).size).toBe(3);
    });
  });

  function occurrencesOf(seriesId: string): string[] {
    return sandbox.control
      .events({ account: EMAIL, from: '2026-01-01T00:00:00Z', to: '2029-01-01T00:00:00Z' })
      .filter(({ seriesMasterId }) => seriesMasterId === seriesId)
      .map(({ id }) => id);
  }
});

function seriesIn(changes: readonly CalendarChange[], id: string) {
  return changes.flatMap((one) => (one.kind === 'series' && one.seriesId === id ? one.occurrences : []));
}

async function expectFailure(call: Promise<unknown>, kind: string): Promise<ProviderError['failure']> {
  const outcome = await call.then(
    (value) => ({ answered: value }),
    (error: unknown) => error,
  );
  if (!(outcome instanceof ProviderError)) {
    throw new Error(`Expected ${kind}, but there was ${JSON.stringify(outcome)}`, { cause: outcome });
  }
  expect(outcome.failure.kind).toBe(kind);
  return outcome.failure;
}

let drafts = 0;

function newDraft(): EventDraft {
  drafts += 1;
  const startsAt = new Date(Date.parse('2027-04-01T08:00:00Z') + drafts * 3_600_000);
  return {
    copyId: randomUUID(),
    key: randomUUID(),
    content: {
      title: `Formation n° ${drafts}.`,
      description: 'Salle B',
      location: '12 rue X',
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3_600_000),
      timeZone: 'Europe/Paris',
    },
    guests: [],
    notify: false,
  };
}
