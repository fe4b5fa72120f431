import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type GoogleSandbox, startGoogleSandbox } from '../../sandbox/google/start-google-sandbox.js';
import type { EventDraft, ReadChanges } from '../../src/calendars/index.js';
import { GOOGLE_CALENDAR } from '../../src/google-calendar/google-calendar.profile.js';
import { type ProviderAccess, ProviderError } from '../../src/integrations/index.js';
import { CALENDAR_NOW, CALENDAR_WINDOW } from './calendar-provider.suite.js';
import { GoogleDiscovery, type SentRequest } from '../support/google-discovery.js';
import { type CannedAnswer, type CannedServer, startCannedServer } from './support/canned-server.js';
import { channelRequest } from './support/channel-request.js';
import { connectGoogle, consentAtGoogle, type GoogleParts, makeGoogle } from './support/google-bench.js';
import { type RecordingProxy, startRecordingProxy } from './support/recording-proxy.js';

const CALENDAR = 'camille@example.test';
const API = '/google/calendar/v3';
/** In a change null takes a member away; read as a schema, the document knows that of events and not of their times. */
const DATE_TAKEN_AWAY = ',"date":null';

describe('what we ask of Google', () => {
  const discovery = new GoogleDiscovery();
  let sandbox: GoogleSandbox;
  let proxy: RecordingProxy;
  let google: GoogleParts;
  let access: ProviderAccess;

  beforeAll(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: CALENDAR_NOW, settings: { requests_per_minute_per_user: 100_000 } });
    proxy = await startRecordingProxy(sandbox.url);
    const here = (url: string) => proxy.url + new URL(url).pathname;
    const addresses = {
      authUrl: sandbox.authUrl,
      tokenUrl: here(sandbox.tokenUrl),
      revokeUrl: here(sandbox.revokeUrl),
      userInfoUrl: here(sandbox.userInfoUrl),
      apiUrl: here(sandbox.apiUrl),
    };
    google = makeGoogle(addresses, sandbox);
    access = await connectGoogle(google, consentAtGoogle(google, sandbox));
  });
  beforeEach(() => void proxy.requests.splice(0));
  afterEach(() => {
    sandbox.control.clearFaults();
    takeSent();
  });
  afterAll(async () => {
    google?.close();
    await proxy?.close();
    await sandbox?.close();
  });

  /** Everything sent since the last look; the API's own document must have nothing against any of it. */
  function takeSent(): SentRequest[] {
    const sent = proxy.requests.splice(0);
    const toApi = sent.filter(({ path }) => path.startsWith(API));
    const faults = toApi.flatMap(({ path, body, ...request }) =>
      discovery.findRequestFaults({
        ...request,
        path: path.slice(API.length),
        body: body.replaceAll(DATE_TAKEN_AWAY, ''),
      }),
    );
    expect(faults).toEqual([]);
    return sent;
  }

  /** To be called after the one thing a case does. */
  function expectSent(...routes: string[]): SentRequest[] {
    const sent = takeSent();
    expect(sent.map(({ method, path }) => `${method} ${toRoute(path)}`)).toEqual(routes);
    return sent;
  }
  const read = (more: Partial<ReadChanges> = {}) =>
    google.provider.readChanges(access, {
      calendarId: CALENDAR,
      window: CALENDAR_WINDOW,
      cursor: null,
      pageToken: null,
      ...more,
    });
  const create = (draft: EventDraft) => google.provider.createEvent(access, CALENDAR, draft);
  const queryOf = (request: SentRequest | undefined) => [...(request?.query ?? [])].map((pair) => pair.join('='));
  const bodyOf = (request: SentRequest | undefined) => JSON.parse(request?.body ?? '') as Record<string, unknown>;

  describe('to read', () => {
    it('a calendar: appointments of the window, series as occurrences', async () => {
      await read();
      const [request] = expectSent('GET /calendars/:id/events');
      expect(queryOf(request)).toEqual([
        'singleEvents=true',
        'eventTypes=default',
        'eventTypes=fromGmail',
        'timeMin=2026-08-20T00:00:00.000Z',
        'timeMax=2027-11-20T00:00:00.000Z',
        'maxResults=500',
      ]);
      expect(request?.headers).toMatchObject({ accept: 'application/json', 'user-agent': 'Passerelle' });
    });

    it('its next page and its changes: with the very same filters, and what goes with them only', async () => {
      sandbox.control.seed({ events: 520, from: '2026-12-01T00:00:00Z', to: '2027-02-01T00:00:00Z' });
      const first = await read();
      const last = await read({ pageToken: first.nextPageToken });
      await read({ cursor: last.nextCursor });
      const sent = expectSent(...Array.from({ length: 3 }, () => 'GET /calendars/:id/events')).map(queryOf);
      expect(sent[1]).toEqual([...sent[0]!.slice(0, 3), `pageToken=${first.nextPageToken}`, ...sent[0]!.slice(3)]);
      expect(sent[2]).toEqual([...sent[0]!.slice(0, 3), `syncToken=${last.nextCursor}`, 'maxResults=500']);
    });

    it('no working places, absences and other things that are no appointments', async () => {
      const titles: (string | null)[] = [];
      let pageToken: string | null = null;
      do {
        const page = await read({ pageToken });
        titles.push(...page.changes.map((change) => (change.kind === 'event' ? change.facts.title : null)));
        pageToken = page.nextPageToken;
      } while (pageToken !== null);
      expect(titles).toContain('Point d’équipe');
      expect(titles).not.toContain('Au bureau');
    });

    it('whose account it is', async () => {
      const consent = consentAtGoogle(google, sandbox);
      const grant = await google.provider.exchangeCode(consent);
      const account = await google.provider.readAccount({ ...access, accessToken: grant.accessToken }, grant);
      const [token, userinfo] = expectSent('POST /google/token', 'GET /google/oauth2/v2/userinfo');
      expect(Object.fromEntries(new URLSearchParams(token!.body))).toEqual({
        grant_type: 'authorization_code',
        code: consent.code,
        redirect_uri: consent.redirectUri,
        code_verifier: consent.verifier,
        client_id: sandbox.clientId,
        client_secret: sandbox.clientSecret,
      });
      expect(userinfo!.headers.authorization).toBe(`Bearer ${grant.accessToken}`);
      expect(account).toEqual({
        accountId: sandbox.control.accounts().find(({ email }) => email === CALENDAR)!.id,
        email: CALENDAR,
        // Given to those who ask for the profile.
        name: null,
        options: { missing_scopes: [] },
      });
    });

    it('nothing of an endless series beyond the window', async () => {
      const { nextCursor } = await readAll();
      const { id } = sandbox.control.addEvent({
        event: {
          summary: 'Sans fin',
          start: { dateTime: '2026-12-03T09:00:00', timeZone: 'Europe/Paris' },
          end: { dateTime: '2026-12-03T10:00:00', timeZone: 'Europe/Paris' },
          recurrence: ['RRULE:FREQ=WEEKLY'],
        },
      });
      const { changes } = await readAll(nextCursor);
      const inside = changes.filter(({ kind }) => kind === 'event');
      const beyond = changes.filter((change) => change.kind === 'removed' && !change.isCertain);
      expect(inside.length).toBe(51);
      expect(beyond.length).toBeGreaterThan(10);
      expect(inside.length + beyond.length).toBe(changes.length);
      sandbox.control.deleteEvent({ event: id, scope: 'all' });
      expect((await readAll(nextCursor)).changes.every((change) => change.kind === 'removed')).toBe(true);
    });

    async function readAll(cursor: string | null = null) {
      let page = await read({ cursor });
      const changes = [...page.changes];
      while (page.nextPageToken !== null) {
        page = await read({ cursor, pageToken: page.nextPageToken });
        changes.push(...page.changes);
      }
      return { changes, nextCursor: page.nextCursor };
    }
  });

  describe('to write', () => {
    it('an event: under our own id, with our marker, saying who is to be told', async () => {
      const draft = newDraft();
      const { externalId } = await create(draft);
      const [request] = expectSent('POST /calendars/:id/events');
      expect(queryOf(request)).toEqual(['conferenceDataVersion=1', 'supportsAttachments=true', 'sendUpdates=none']);
      expect(bodyOf(request)).toEqual({
        id: externalId,
        summary: draft.content.title,
        description: 'Salle B',
        location: '12 rue des Lilas, Lyon',
        start: { dateTime: '2027-03-10T08:00:00.000Z', timeZone: 'Europe/Paris' },
        end: { dateTime: '2027-03-10T11:00:00.000Z', timeZone: 'Europe/Paris' },
        extendedProperties: { private: { passerelleCopy: draft.copyId } },
      });
      expect(externalId).toBe(draft.key.replaceAll('-', ''));
    });

    it('a change: the changed field, on the condition that nothing else changed', async () => {
      const { externalId, etag } = await create(newDraft());
      proxy.requests.splice(0);
      await google.provider.changeEvent(access, CALENDAR, {
        externalId,
        etag,
        content: { title: 'Autre' },
        notify: false,
      });
      const [request] = expectSent('PATCH /calendars/:id/events/:id');
      expect(bodyOf(request)).toEqual({ summary: 'Autre' });
      expect(request!.headers['if-match']).toBe(etag);
      expect(queryOf(request)).toEqual(['conferenceDataVersion=1', 'supportsAttachments=true', 'sendUpdates=none']);
    });

    it('guests: into the list as it was just read, whatever version we knew', async () => {
      const { externalId } = await create(newDraft());
      proxy.requests.splice(0);
      const guests = { add: [{ email: 'lea@example.test', name: 'Léa' }], remove: [] };
      const change = { externalId, etag: null, content: { location: 'Salle C' }, guests, notify: true };
      await google.provider.changeEvent(access, CALENDAR, change);
      const [, patch] = expectSent('GET /calendars/:id/events/:id', 'PATCH /calendars/:id/events/:id');
      expect(bodyOf(patch)).toEqual({
        location: 'Salle C',
        attendees: [{ email: 'lea@example.test', displayName: 'Léa' }],
      });
      expect(patch!.headers['if-match']).toMatch(/^"\d+"$/);
      expect(queryOf(patch)).toContain('sendUpdates=all');

      // They are on it already: there is nothing to write.
      await google.provider.changeEvent(access, CALENDAR, { ...change, content: {} });
      expectSent('GET /calendars/:id/events/:id');
    });

    it('a deletion', async () => {
      const { externalId } = await create(newDraft());
      proxy.requests.splice(0);
      await google.provider.deleteEvent(access, CALENDAR, { externalId, notify: false });
      const [request] = expectSent('DELETE /calendars/:id/events/:id');
      expect(queryOf(request)).toEqual(['sendUpdates=none']);
    });

    it('a channel, and its end', async () => {
      const request = channelRequest({ calendarId: CALENDAR, url: 'https://app.example.test/push', secret: 's3' });
      const channel = await google.provider.openChannel(access, request);
      await google.provider.closeChannel(access, channel);
      const [opening, closing] = expectSent('POST /calendars/:id/events/watch', 'POST /channels/stop');
      expect(queryOf(opening)).toEqual(['eventTypes=default', 'eventTypes=fromGmail']);
      expect(bodyOf(opening)).toEqual({
        id: request.id,
        type: 'web_hook',
        address: request.url,
        token: 's3',
        params: { ttl: '604800' },
      });
      expect(bodyOf(closing)).toEqual({ id: request.id, resourceId: channel.resourceId });
      expect(channel).toMatchObject({
        externalId: request.id,
        expiresAt: new Date(CALENDAR_NOW.getTime() + GOOGLE_CALENDAR.channelSeconds * 1_000),
      });
      // Without what Google calls the calendar there is nothing to say.
      await google.provider.closeChannel(access, { externalId: request.id, resourceId: null });
      expectSent();
    });

    it('an end to a grant', async () => {
      await google.provider.revokeGrant('a-token-that-nobody-knows');
      const [request] = expectSent('POST /google/revoke');
      expect(request!.body).toBe('token=a-token-that-nobody-knows');
    });
  });

  describe('to write a draft again', () => {
    it('when nothing is different: nothing', async () => {
      const draft = newDraft();
      const made = await create(draft);
      proxy.requests.splice(0);
      expect(await create(draft)).toEqual(made);
      expectSent('POST /calendars/:id/events', 'GET /calendars/:id/events/:id');
    });

    it('when the event was deleted meanwhile: brings it back as it is meant now', async () => {
      const draft = newDraft();
      const { externalId } = await create(draft);
      sandbox.control.deleteEvent({ event: externalId });
      expect(await google.provider.findEvent(access, CALENDAR, externalId)).toBeNull();
      proxy.requests.splice(0);
      const content = { ...draft.content, title: 'De retour' };
      const back = await create({ ...draft, content });
      const [, , patch] = expectSent(
        'POST /calendars/:id/events',
        'GET /calendars/:id/events/:id',
        'PATCH /calendars/:id/events/:id',
      );
      expect(bodyOf(patch)).toMatchObject({ status: 'confirmed', summary: 'De retour' });
      expect(patch!.headers['if-match']).toMatch(/^"\d+"$/);
      expect(back).toMatchObject({ externalId, title: 'De retour', copyId: draft.copyId, status: 'confirmed' });
      expect(await google.provider.findEvent(access, CALENDAR, externalId)).toEqual(back);
    });

    it('when its id belongs to something that is not ours: leaves that alone', async () => {
      const draft = newDraft();
      const id = draft.key.replaceAll('-', '');
      const foreign = { id, summary: 'Pas à nous', ...HOUR, extendedProperties: { private: { passerelleCopy: 'x' } } };
      sandbox.control.addEvent({ event: foreign });
      await expectFailure(create(draft), 'unexpected');
      sandbox.control.changeEvent({
        event: id,
        changes: { extendedProperties: { private: { passerelleCopy: null } } },
      });
      await expectFailure(create(draft), 'unexpected');
      expect((await google.provider.findEvent(access, CALENDAR, id))?.title).toBe('Pas à nous');
    });

    it('tells guests a second time only when something is different', async () => {
      const draft = { ...newDraft(), guests: [{ email: 'tom@example.test', name: null }], notify: true };
      await create(draft);
      const before = sandbox.control.mails().length;
      await create(draft);
      expect(sandbox.control.mails()).toHaveLength(before);
      await create({ ...draft, content: { ...draft.content, location: 'Salle D' } });
      expect(sandbox.control.mails()).toHaveLength(before + 1);
      await create({ ...draft, content: { ...draft.content, location: 'Salle E' }, notify: false });
      expect(sandbox.control.mails()).toHaveLength(before + 1);
    });
  });

  it('tells the guests of a changed or deleted event only when it is to', async () => {
    const { id: externalId } = sandbox.control.addEvent({
      event: {
        summary: 'Avec invités',
        ...HOUR,
        attendees: [{ email: 'a@example.test' }, { email: 'b@example.test' }],
      },
    });
    const before = sandbox.control.mails().length;
    const change = (title: string, notify: boolean) =>
      google.provider.changeEvent(access, CALENDAR, { externalId, etag: null, content: { title }, notify });
    await change('En silence', false);
    expect(sandbox.control.mails()).toHaveLength(before);
    await change('À voix haute', true);
    expect(sandbox.control.mails()).toHaveLength(before + 2);
    await google.provider.deleteEvent(access, CALENDAR, { externalId, notify: true });
    expect(sandbox.control.mails()).toHaveLength(before + 4);
  });

  it('says that a deleted event is gone, though Google takes the change', async () => {
    const { externalId } = await create(newDraft());
    sandbox.control.deleteEvent({ event: externalId });
    const change = { externalId, etag: null, content: { title: 'Fantôme' }, notify: false };
    await expectFailure(google.provider.changeEvent(access, CALENDAR, change), 'gone');
    const guests = { add: [{ email: 'a@example.test', name: null }], remove: [] };
    await expectFailure(google.provider.changeEvent(access, CALENDAR, { ...change, content: {}, guests }), 'gone');
  });

  it('does not merge guests into an event that has changed since it was known', async () => {
    const { externalId, etag } = await create(newDraft());
    sandbox.control.changeEvent({ event: externalId, changes: { summary: 'Entre-temps' } });
    const guests = { add: [{ email: 'a@example.test', name: null }], remove: [] };
    const change = { externalId, etag, content: {}, guests, notify: true };
    await expectFailure(google.provider.changeEvent(access, CALENDAR, change), 'changed');
  });

  it('hears the first push before the answer to the question for it', async () => {
    const heard: unknown[] = [];
    const target = await startCannedServer();
    target.answer([{ body: '' }]);
    const request = channelRequest({ calendarId: CALENDAR, url: target.url });
    const channel = await google.provider.openChannel(access, request).then((opened) => {
      heard.push(...target.asked);
      return opened;
    });
    expect(heard).toHaveLength(1);
    await google.provider.closeChannel(access, channel);
    await target.close();
  });

  it('gets no channel for a calendar that Google makes itself, and says why', async () => {
    const calendarId = 'fr.french#holiday@group.v.calendar.google.com';
    const request = channelRequest({ calendarId, url: 'https://app.example.test/push' });
    const failure = await expectFailure(google.provider.openChannel(access, request), 'forbidden');
    expect(failure).toMatchObject({ reason: 'pushNotSupportedForRequestedResource' });
    sandbox.control.changeSettings({ refused_push_hosts: ['app.example.test'] });
    const elsewhere = { ...request, calendarId: CALENDAR };
    const refusal = await expectFailure(google.provider.openChannel(access, elsewhere), 'forbidden');
    expect(refusal).toMatchObject({ reason: expect.stringContaining('push.') });
    sandbox.control.changeSettings({ refused_push_hosts: [] });
  });

  it('knows a token that has died from a permission that was never given', async () => {
    const without = async (name: string) => {
      const account = `${name}@example.test`;
      sandbox.control.addAccount({ name, email: account });
      return await connectGoogle(google, consentAtGoogle(google, sandbox, { account, without: name }));
    };
    const listless = await without('calendar.calendarlist.readonly');
    expect(listless.options).toEqual({ missing_scopes: ['calendar.calendarlist.readonly'] });
    const refused = await expectFailure(google.provider.listCalendars(listless), 'insufficient-scope');
    expect(refused).toMatchObject({ missing: ['calendar.calendarlist.readonly'] });
    sandbox.control.expireAccessTokens({ account: 'calendar.calendarlist.readonly@example.test' });
    await expectFailure(google.provider.listCalendars(listless), 'unauthorized');
  });

  it.each([
    ['rateLimitExceeded', 30, 45],
    ['userRateLimitExceeded', 30, 45],
    ['quotaExceeded', 3_600, 5_400],
  ])('waits after 403 %s', async (reason, least, most) => {
    sandbox.control.failNext({ status: 403, reason });
    const failure = await expectFailure(read(), 'rate-limited');
    const wait = (Number((failure as { retryAt?: Date }).retryAt) - CALENDAR_NOW.getTime()) / 1_000;
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(most);
  });

  describe('one mailbox', () => {
    it('does not wait for another', async () => {
      sandbox.control.changeSettings({ latency_ms: 300 });
      const slow = Array.from({ length: 12 }, () => google.provider.listCalendars(access));
      const startedAt = performance.now();
      await google.provider.listCalendars({ ...access, integrationId: 'another' });
      const waited = performance.now() - startedAt;
      sandbox.control.changeSettings({ latency_ms: 0 });
      await Promise.all(slow);
      expect(waited).toBeLessThan(1_000);
    });

    it('is asked again after a failure, and after everything was answered', async () => {
      sandbox.control.failNext({ status: 500, times: 6 });
      const all = await Promise.allSettled(Array.from({ length: 6 }, () => google.provider.listCalendars(access)));
      expect(all.every(({ status }) => status === 'rejected')).toBe(true);
      expect(await google.provider.listCalendars(access)).not.toEqual([]);
    });
  });
});

describe('what Google may answer', () => {
  let sandbox: GoogleSandbox;
  let server: CannedServer;
  let google: GoogleParts;
  const access = { integrationId: 'i', organizationId: 'o', accessToken: 'a', tokenVersion: 1, options: {} };
  const request = { calendarId: CALENDAR, window: CALENDAR_WINDOW, cursor: null, pageToken: null };

  beforeAll(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: CALENDAR_NOW });
    server = await startCannedServer();
    const { url } = server;
    google = makeGoogle({ authUrl: url, tokenUrl: url, revokeUrl: url, userInfoUrl: url, apiUrl: url }, sandbox);
  });
  afterAll(async () => {
    google?.close();
    await Promise.all([server?.close(), sandbox?.close()]);
  });

  it('is a page too large to be taken: then fewer events are asked for', async () => {
    const tooLarge = json({ items: [], nextSyncToken: 'S', padding: 'x'.repeat(6_000_000) });
    server.answer([tooLarge, tooLarge, json({ items: [], nextSyncToken: 'S' })]);
    expect(await google.provider.readChanges(access, request)).toMatchObject({ nextCursor: 'S', calls: 3 });
    const sizes = server.asked.map((asked) => /maxResults=(\d+)/.exec(asked)?.[1]);
    expect(sizes).toEqual(['500', '100', '20']);
    server.answer([tooLarge]);
    await expectFailure(google.provider.readChanges(access, request), 'contract');
    expect(server.asked).toHaveLength(3);
  });

  it('is not a page that leads to itself', async () => {
    server.answer([json({ items: [], nextPageToken: 'P' })]);
    await expectFailure(google.provider.readChanges(access, { ...request, pageToken: 'P' }), 'contract');
  });

  it('is not a list of calendars that runs in a circle', async () => {
    const page = (nextPageToken: string) => json({ items: [], nextPageToken });
    server.answer([page('A'), page('B'), page('A'), page('B')]);
    await expectFailure(google.provider.listCalendars(access), 'contract');
    expect(server.asked.length).toBeLessThan(5);
  });

  it('is a list of calendars on several pages, the primary one anywhere, deleted ones among them', async () => {
    const entry = (id: string, more: object = {}) => ({ id, summary: id, accessRole: 'reader', ...more });
    server.answer([
      json({ items: [entry('a'), entry('b', { deleted: true })], nextPageToken: 'P' }),
      json({ items: [], nextPageToken: 'Q' }),
      json({ items: [entry('c'), entry('d', { primary: true, accessRole: 'owner' })] }),
    ]);
    const calendars = await google.provider.listCalendars(access);
    expect(calendars.map(({ id }) => id)).toEqual(['d', 'a', 'c']);
    const list = 'GET /users/me/calendarList?maxResults=250';
    expect(server.asked).toEqual([list, `${list}&pageToken=P`, `${list}&pageToken=Q`]);
  });

  it('is an event whose guests are not all shown: that list is never sent back', async () => {
    const event = {
      id: 'abcde',
      etag: '"1"',
      ...HOUR,
      attendees: [{ email: 'me@example.test' }],
      attendeesOmitted: true,
    };
    server.answer([json(event)]);
    const guests = { add: [{ email: 'a@example.test', name: null }], remove: [] };
    const change = { externalId: 'abcde', etag: null, content: {}, guests, notify: true };
    const failure = await expectFailure(google.provider.changeEvent(access, CALENDAR, change), 'forbidden');
    expect(failure).toMatchObject({ reason: 'guests-not-shown' });
    expect(server.asked).toEqual(['GET /calendars/camille%40example.test/events/abcde']);
  });

  it('is an event that cannot be placed in time, which is not one that was deleted', async () => {
    server.answer([json({ id: 'abcde', status: 'confirmed' })]);
    await expectFailure(google.provider.findEvent(access, CALENDAR, 'abcde'), 'contract');
    server.answer([json({ id: 'abcde', status: 'cancelled' })]);
    expect(await google.provider.findEvent(access, CALENDAR, 'abcde')).toBeNull();
  });

  it('is whose account it is in either of two shapes, and in no third', async () => {
    const grant = {
      accessToken: 'a',
      refreshToken: null,
      expiresInSeconds: 1,
      scope: null,
      tokenType: 'Bearer',
      options: {},
    };
    const readAs = (body: object, scope: string | null = null) => {
      server.answer([json(body)]);
      return google.provider.readAccount(access, { ...grant, scope });
    };
    expect(await readAs({ sub: '42', email: 'a@example.test', email_verified: true })).toMatchObject({
      accountId: '42',
    });
    expect(await readAs({ id: '42', email: 'a@example.test', name: '' })).toMatchObject({
      accountId: '42',
      name: null,
    });
    await expectFailure(readAs({ email: 'a@example.test' }), 'contract');
    await expectFailure(readAs({ id: '42' }), 'contract');
    await expectFailure(readAs({ id: 42, email: 'a@example.test' }), 'contract');
    // Without the address nobody is asked.
    const nameless = await expectFailure(readAs({ id: '42' }, 'openid'), 'insufficient-scope');
    expect(nameless).toEqual({ kind: 'insufficient-scope', missing: ['email'] });
    expect(server.asked).toEqual([]);
  });

  it('is a channel of another name than the one asked for, which is none', async () => {
    server.answer([json({ kind: 'api#channel', id: 'other', resourceId: 'r', expiration: '1795687200000' })]);
    const asked = channelRequest({ calendarId: CALENDAR, url: 'https://app.example.test/push' });
    await expectFailure(google.provider.openChannel(access, asked), 'contract');
    server.answer([json({ kind: 'api#channel', id: asked.id, resourceId: 'r', expiration: 'soon' })]);
    await expectFailure(google.provider.openChannel(access, asked), 'contract');
  });

  it('is a refused revocation, which is one for us, unless it is for now only', async () => {
    server.answer([{ status: 400, ...json({ error: 'invalid_token' }) }]);
    await google.provider.revokeGrant('x');
    server.answer([{ status: 503, body: '' }]);
    await expectFailure(google.provider.revokeGrant('x'), 'temporary');
    server.answer([{ status: 429, body: '' }]);
    await expectFailure(google.provider.revokeGrant('x'), 'rate-limited');
  });
});

const HOUR = {
  start: { dateTime: '2027-02-10T09:00:00+01:00', timeZone: 'Europe/Paris' },
  end: { dateTime: '2027-02-10T10:00:00+01:00', timeZone: 'Europe/Paris' },
};

let drafts = 0;

function newDraft(): EventDraft {
  drafts += 1;
  return {
    copyId: randomUUID(),
    key: randomUUID(),
    content: {
      title: `Formation n° ${drafts}`,
      description: 'Salle B',
      location: '12 rue des Lilas, Lyon',
      startsAt: new Date('2027-03-10T08:00:00Z'),
      endsAt: new Date('2027-03-10T11:00:00Z'),
      timeZone: 'Europe/Paris',
    },
    guests: [],
    notify: false,
  };
}

function json(value: unknown): CannedAnswer {
  return { body: JSON.stringify(value) };
}

/** Below the API without its ids; elsewhere the path as it is. */
function toRoute(path: string): string {
  if (!path.startsWith(API)) return path;
  return path
    .slice(API.length)
    .replaceAll(/\/calendars\/[^/]+/g, '/calendars/:id')
    .replace(/\/events\/(?!watch$)[^/]+$/, '/events/:id');
}

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
