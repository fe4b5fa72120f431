import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from '../../sandbox/outlook/start-outlook-sandbox.js';
import type { EventDraft, ReadChanges } from '../../src/calendars/index.js';
import type { ProviderAccess } from '../../src/integrations/index.js';
import { CALENDAR_NOW, CALENDAR_WINDOW } from './calendar-provider.suite.js';
import { GraphSpecification } from '../support/graph-specification.js';
import type { SentRequest } from './support/calendly-specification.js';
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
import { type RecordingProxy, startRecordingProxy } from './support/recording-proxy.js';

const ALWAYS = 'outlook.timezone="UTC", IdType="ImmutableId", outlook.body-content-type="text"';
const MARKER = 'String {b3c9a6a0-5d0e-4f5b-9f1c-6f2f6f1d7a11} Name PasserelleCopy';
const WITH_MARKER = `$expand=singleValueExtendedProperties($filter=id eq '${MARKER}')`;
const GRAPH = '/outlook/graph/v1.0';
const EMAIL = 'iris@example.test';

describe('what we ask of Outlook', () => {
  const specification = new GraphSpecification();
  let sandbox: OutlookSandbox;
  let proxy: RecordingProxy;
  let outlook: OutlookParts;
  let access: ProviderAccess;
  let calendarId: string;
  let receiver: Awaited<ReturnType<typeof startPushReceiver>>;

  beforeAll(async () => {
    sandbox = await startOutlookSandbox({ frozenAt: CALENDAR_NOW, redirectUris: [usualRedirect] });
    receiver = await startPushReceiver();
    proxy = await startRecordingProxy(sandbox.url);
    sandbox.control.addAccount({ name: 'Iris Moreau', email: EMAIL });
    const direct = makeOutlook(sandbox, sandbox);
    access = await connectOutlook(sandbox, direct.provider, EMAIL);
    direct.close();
    const here = (url: string) => proxy.url + new URL(url).pathname;
    outlook = makeOutlook({ loginUrl: here(sandbox.loginUrl), graphUrl: here(sandbox.graphUrl) }, sandbox);
    calendarId = String(sandbox.control.calendars({ account: EMAIL })[0]!.id);
  });
  beforeEach(() => void proxy.requests.splice(0));
  afterAll(async () => {
    outlook?.close();
    await Promise.all([proxy?.close(), receiver?.close(), sandbox?.close()]);
  });

  /** Everything sent since the last look. To be called after the one thing a case does. */
  function expectSent(...routes: string[]): SentRequest[] {
    const sent = proxy.requests.splice(0);
    expect(sent.map(({ method, path }) => `${method} ${toRoute(path)}`)).toEqual(routes);
    for (const request of sent.filter(({ path: at }) => at.startsWith(GRAPH))) {
      const { headers, path, query } = request;
      expect(specification.findRequestFaults({ ...request, path: path.slice(GRAPH.length) })).toEqual([]);
      expect(headers).toMatchObject({ accept: 'application/json', 'user-agent': 'Passerelle' });
      // Ids and times come in one form only if every single request says so.
      expect(headers['prefer']).toContain(ALWAYS);
      expect(headers['client-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect([path, query.toString()].join()).not.toContain(access.accessToken);
    }
    return sent;
  }
  const read = (more: Partial<ReadChanges> = {}) =>
    outlook.provider.readChanges(access, {
      calendarId,
      window: CALENDAR_WINDOW,
      cursor: null,
      pageToken: null,
      ...more,
    });
  const create = (draft: EventDraft) => outlook.provider.createEvent(access, calendarId, draft);
  const add = (event: Parameters<typeof toBody>[0]) =>
    sandbox.control.addEvent({ account: EMAIL, event: toBody(event) }).id;
  const queryOf = (request: SentRequest | undefined) => [...(request?.query ?? [])].map((pair) => pair.join('='));
  const bodyOf = (request: SentRequest | undefined) => JSON.parse(request?.body ?? '') as Record<string, unknown>;

  describe('to read', () => {
    it('a calendar: its window, and nothing that a round does not support', async () => {
      await read();
      const [request] = expectSent('GET /me/calendars/:id/calendarView/delta');
      expect(queryOf(request)).toEqual([
        'startDateTime=2026-08-20T00:00:00.000Z',
        'endDateTime=2027-11-20T00:00:00.000Z',
      ]);
      expect(request?.headers['prefer']).toBe(`odata.maxpagesize=100, ${ALWAYS}`);
    });

    it('on, by the link as it was given and no parameter more', async () => {
      sandbox.control.seed({ account: EMAIL, events: 120, from: '2026-12-01T00:00:00Z', to: '2027-02-01T00:00:00Z' });
      const first = await read();
      const last = await read({ pageToken: first.nextPageToken });
      await read({ cursor: last.nextCursor });
      const route = 'GET /me/calendars/:id/calendarView/delta';
      const [, second, third] = expectSent(route, route, route);
      expect(first.nextPageToken).toBe(linkOf(second));
      expect(last.nextCursor).toBe(linkOf(third));
      expect(second?.headers['prefer']).toBe(`odata.maxpagesize=100, ${ALWAYS}`);
    });

    it('a series: once for a page, whatever of it the page shows, for the same window', async () => {
      const { nextCursor } = await readAll();
      const [one, two] = ['Un', 'Deux'].map((title) =>
        add({ title, start: '2027-03-15T09:00', end: '2027-03-15T09:30', weeks: 4 }),
      );
      proxy.requests.splice(0);
      const { calls, changes } = await read({ cursor: nextCursor });
      const [, ...asked] = expectSent(
        'GET /me/calendars/:id/calendarView/delta',
        'GET /me/events/:id/instances',
        'GET /me/events/:id/instances',
      );
      expect(calls).toBe(3);
      expect(asked.map(({ path }) => decodeURIComponent(path.split('/').at(-2)!)).sort()).toEqual([one, two].sort());
      expect(queryOf(asked[0])).toEqual([
        'startDateTime=2026-08-20T00:00:00.000Z',
        'endDateTime=2027-11-20T00:00:00.000Z',
      ]);
      expect(changes.map(({ kind }) => kind)).toEqual(['series', 'series']);
    });

    it('one event: with our marker, in its calendar, under an encoded id', async () => {
      const id = add({ title: 'Un', start: '2026-12-10T09:00', end: '2026-12-10T10:00' });
      expect(id).toMatch(/[/+=]/);
      await outlook.provider.findEvent(access, calendarId, id);
      const [request] = expectSent('GET /me/calendars/:id/events/:id');
      expect(request?.path).toContain(encodeURIComponent(id));
      expect(queryOf(request)).toEqual([WITH_MARKER]);
    });

    it('the list of calendars, and whose they are', async () => {
      await outlook.provider.listCalendars(access);
      expect(queryOf(expectSent('GET /me/calendars')[0])).toEqual(['$top=100']);
      await outlook.provider.readAccount(access, { ...grant, options: access.options });
      expect(queryOf(expectSent('GET /me')[0])).toEqual([]);
    });
  });

  describe('to write', () => {
    it('an event: its content, both marks, and nobody to invite', async () => {
      const draft = newDraft();
      await create(draft);
      const [request] = expectSent('POST /me/calendars/:id/events');
      expect(request?.headers['content-type']).toBe('application/json');
      expect(bodyOf(request)).toEqual({
        subject: 'Formation',
        body: { contentType: 'text', content: 'Salle B' },
        location: { displayName: 'Lyon' },
        start: { dateTime: '2027-01-11T09:00:00', timeZone: 'Romance Standard Time' },
        end: { dateTime: '2027-01-11T10:00:00', timeZone: 'Romance Standard Time' },
        isAllDay: false,
        transactionId: draft.key,
        singleValueExtendedProperties: [{ id: MARKER, value: draft.copyId }],
      });
    });

    it('a change: the given field alone, on the condition of its etag', async () => {
      const { externalId, etag } = await create(newDraft());
      proxy.requests.splice(0);
      await outlook.provider.changeEvent(access, calendarId, {
        externalId,
        etag,
        notify: false,
        content: { title: 'Autre' },
      });
      const [, patch] = expectSent('GET /me/calendars/:id/events/:id', 'PATCH /me/events/:id');
      expect(bodyOf(patch)).toEqual({ subject: 'Autre' });
      expect(patch?.headers['if-match']).toBe(etag);
    });

    it('a change without an etag: without a condition', async () => {
      const { externalId } = await create(newDraft());
      proxy.requests.splice(0);
      const content = { title: 'Autre' };
      await outlook.provider.changeEvent(access, calendarId, { externalId, etag: null, notify: false, content });
      expect(expectSent('GET /me/calendars/:id/events/:id', 'PATCH /me/events/:id')[1]?.headers).not.toHaveProperty(
        'if-match',
      );
    });

    it('guests: the whole list as it was just read, on the condition that it is still the same', async () => {
      const at = { start: '2026-12-16T09:00', end: '2026-12-16T10:00' };
      const externalId = add({ title: 'À plusieurs', guests: ['marie@example.test'], ...at });
      const newcomers = [{ email: 'nina@example.test', name: 'Nina' }];
      await outlook.provider.changeEvent(access, calendarId, {
        externalId,
        etag: null,
        notify: true,
        content: {},
        guests: { add: newcomers, remove: [] },
      });
      const [, patch] = expectSent('GET /me/calendars/:id/events/:id', 'PATCH /me/events/:id');
      expect(bodyOf(patch)).toEqual({
        attendees: [
          expect.objectContaining({ emailAddress: expect.objectContaining({ address: 'marie@example.test' }) }),
          { type: 'required', emailAddress: { address: 'nina@example.test', name: 'Nina' } },
        ],
      });
      expect(patch?.headers['if-match']).toMatch(/^W\/"/);
    });

    it('no guests, where nobody is to be told', async () => {
      const before = sandbox.control.mails().length;
      const guests = [{ email: 'nina@example.test', name: null }];
      const { externalId } = await create({ ...newDraft(), guests });
      await outlook.provider.changeEvent(access, calendarId, {
        externalId,
        etag: null,
        notify: false,
        content: { title: 'T' },
        guests: { add: guests, remove: [] },
      });
      const [post, , patch] = expectSent(
        'POST /me/calendars/:id/events',
        'GET /me/calendars/:id/events/:id',
        'PATCH /me/events/:id',
      );
      for (const request of [post, patch]) expect(bodyOf(request)).not.toHaveProperty('attendees');
      expect(sandbox.control.mails().length).toBe(before);
    });

    it('the end of an event', async () => {
      const { externalId } = await create(newDraft());
      proxy.requests.splice(0);
      await outlook.provider.deleteEvent(access, calendarId, { externalId, notify: false });
      expect(expectSent('DELETE /me/calendars/:id/events/:id')[0]?.body).toBe('');
    });
  });

  it('for a channel, from its opening to its end', async () => {
    const url = `${receiver.url}/api/channels/outlook`;
    const request = channelRequest({ calendarId, url, secret: 'a-secret' });
    const channel = await outlook.provider.openChannel(access, request);
    expect(receiver.asked.toSorted()).toEqual(['/api/channels/outlook', '/api/channels/outlook/lifecycle']);
    expect(channel.expiresAt).toEqual(new Date('2026-11-27T06:00:00Z'));
    await outlook.provider.extendChannel(access, channel);
    await outlook.provider.closeChannel(access, channel);
    await outlook.provider.closeChannel(access, channel);
    const [post, patch] = expectSent(
      'POST /subscriptions',
      'PATCH /subscriptions/:id',
      'DELETE /subscriptions/:id',
      'DELETE /subscriptions/:id',
    );
    expect(bodyOf(post)).toEqual({
      changeType: 'created,updated,deleted',
      resource: expect.stringMatching(/^me\/calendars\/[^/]+\/events$/),
      notificationUrl: url,
      lifecycleNotificationUrl: `${url}/lifecycle`,
      expirationDateTime: '2026-11-27T06:00:00.000Z',
      clientState: 'a-secret',
      latestSupportedTlsVersion: 'v1_2',
    });
    expect(bodyOf(patch)).toEqual({ expirationDateTime: '2026-11-27T06:00:00.000Z' });
  });

  it('for tokens is a form, with what we were asked to prove and nothing else', async () => {
    const consent = consentTo(sandbox, makeOutlook(sandbox, sandbox).provider, EMAIL);
    const { refreshToken } = await outlook.provider.exchangeCode(consent);
    await outlook.provider.refreshGrant(refreshToken!);
    await outlook.provider.revokeGrant();
    const forms = expectSent('POST /common/oauth2/v2.0/token', 'POST /common/oauth2/v2.0/token').map(
      ({ headers, query, body }) => {
        expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
        expect([...query]).toEqual([]);
        return Object.fromEntries(new URLSearchParams(body));
      },
    );
    const client = { client_id: sandbox.clientId, client_secret: sandbox.clientSecret };
    expect(forms).toEqual([
      {
        ...client,
        grant_type: 'authorization_code',
        code: consent.code,
        redirect_uri: usualRedirect,
        code_verifier: consent.verifier,
      },
      { ...client, grant_type: 'refresh_token', refresh_token: refreshToken },
    ]);
  });

  it('for consent names one prompt, the tenant, and the scopes', () => {
    const { oauth } = makeOutlook(sandbox, sandbox, { OUTLOOK_TENANT: 'organizations' }).provider;
    expect(oauth.authorizeUrl).toBe(`${sandbox.loginUrl}/organizations/oauth2/v2.0/authorize`);
    expect(oauth.authorizeParams).toEqual({
      client_id: sandbox.clientId,
      response_mode: 'query',
      prompt: 'select_account',
    });
    expect(oauth.scopes.join(' ')).toBe('openid profile email offline_access User.Read Calendars.ReadWrite');
  });

  async function readAll() {
    let page = await read();
    while (page.nextPageToken !== null) page = await read({ pageToken: page.nextPageToken });
    return page;
  }

  const linkOf = (request: SentRequest | undefined) =>
    `${proxy.url}${request?.path}?${[...request!.query].map((pair) => pair.join('=')).join('&')}`;
});

const grant = { accessToken: 'a', refreshToken: 'r', expiresInSeconds: 1, scope: null, tokenType: 'Bearer' };

function newDraft(): EventDraft {
  return {
    copyId: randomUUID(),
    key: randomUUID(),
    content: {
      title: 'Formation',
      description: 'Salle B',
      location: 'Lyon',
      startsAt: new Date('2027-01-11T08:00:00Z'),
      endsAt: new Date('2027-01-11T09:00:00Z'),
      timeZone: 'Europe/Paris',
    },
    guests: [],
    notify: false,
  };
}

function toRoute(path: string): string {
  return path
    .replace(/^\/outlook\/(graph\/v1\.0|login)/, '')
    .split('/')
    .map((segment) => (segment.length > 24 && !segment.startsWith('calendar') ? ':id' : segment))
    .join('/');
}
