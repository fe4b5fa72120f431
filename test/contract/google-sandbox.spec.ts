import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { methods } from '../../sandbox/google/methods.js';
import { calendarScopes, toWireScope } from '../../sandbox/google/scopes.js';
import { type GoogleSandbox, startGoogleSandbox } from '../../sandbox/google/start-google-sandbox.js';
import {
  type AnswerBody,
  emptyEmail,
  GoogleSession,
  holidays,
  hour,
  mainEmail,
  scope,
} from '../../sandbox/google/testing/google-session.js';
import { type PushReceiver, startPushReceiver } from '../../sandbox/google/testing/push-receiver.js';
import { GoogleDiscovery, type SentRequest } from '../support/google-discovery.js';

const lesson = { summary: 'Formation', ...hour(10, '09:00', '12:30') };
const discovery = new GoogleDiscovery();

describe('the methods of the sandbox', () => {
  it.each(methods.map((method) => [method.id, method] as const))(
    '%s is where, and for whom, the document says',
    (id, method) => {
      const documented = discovery.methods.find((candidate) => candidate.id === id);
      expect(documented).toMatchObject({ httpMethod: method.httpMethod, path: method.path });
      expect(method.scopes.map(toWireScope).sort()).toEqual(documented?.scopes?.toSorted());
    },
  );

  it('know every scope of the document', () => {
    const documented = new Set(discovery.methods.flatMap(({ scopes }) => scopes ?? []));
    expect(calendarScopes.map(toWireScope).sort()).toEqual([...documented].sort());
  });
});

// The stand-in is believed by every other test; so it is checked against the provider's own words.
describe('the sandbox of Google answers as the document says', () => {
  let sandbox: GoogleSandbox;
  let receiver: PushReceiver;
  let camille: GoogleSession;
  let alex: GoogleSession;

  beforeAll(async () => {
    sandbox = await startGoogleSandbox({ frozenAt: new Date('2026-03-02T08:00:00.123Z') });
    receiver = await startPushReceiver();
    camille = await GoogleSession.connect(sandbox, mainEmail);
    alex = await GoogleSession.connect(sandbox, emptyEmail);
  });
  afterAll(async () => {
    await sandbox?.close();
    await receiver?.close();
  });

  /** Asks, and compares status, body and what was asked with the document. */
  async function ask(
    method: string,
    path: string,
    expected: number,
    more: { body?: unknown; query?: Record<string, string>; headers?: Record<string, string>; as?: GoogleSession } = {},
  ): Promise<AnswerBody> {
    const { tokens } = more.as ?? alex;
    const query = new URLSearchParams(more.query);
    const headers = {
      authorization: `Bearer ${tokens.access_token}`,
      ...(more.body !== undefined && { 'content-type': 'application/json' }),
      ...more.headers,
    };
    const body = more.body === undefined ? '' : JSON.stringify(more.body);
    const url = `${sandbox.apiUrl}${path}?${query.toString()}`;
    const response = await fetch(url, { method, headers, ...(body !== '' && { body }) });
    const text = await response.text();
    const answer = text === '' ? undefined : (JSON.parse(text) as unknown);
    const faults = [
      ...discovery.findAnswerFaults(method, path, response.status, answer),
      // A request that is refused may be as wrong as it likes.
      ...(expected < 400 ? discovery.findRequestFaults({ method, path, query, headers, body }) : []),
    ];
    expect({ method, path, status: response.status, faults }).toEqual({ method, path, status: expected, faults: [] });
    return answer as AnswerBody;
  }

  const events = '/calendars/primary/events';
  const theirs = (id: string) => `/calendars/${encodeURIComponent(id)}/events`;

  it('when it lists calendars, and shows, makes, changes and deletes them', async () => {
    const list = await ask('GET', '/users/me/calendarList', 200, { as: camille });
    for (const { id } of list.items) {
      await ask('GET', `/users/me/calendarList/${encodeURIComponent(id)}`, 200, { as: camille });
      await ask('GET', `/calendars/${encodeURIComponent(id)}`, 200, { as: camille });
    }
    await ask('GET', '/users/me/calendarList', 200, { query: { maxResults: '1' } });
    const { id } = await ask('POST', '/calendars', 200, { body: { summary: 'Export', timeZone: 'Europe/Paris' } });
    await ask('PATCH', `/calendars/${id}`, 200, { body: { description: 'Formations', location: null } });
    await ask('PUT', `/calendars/${id}`, 200, { body: { summary: 'Autre' } });
    await ask('PATCH', `/users/me/calendarList/${id}`, 200, { body: { hidden: true, summaryOverride: 'A' } });
    await ask('PUT', `/users/me/calendarList/${id}`, 200, { body: { selected: true, colorId: '8' } });
    await ask('DELETE', `/users/me/calendarList/${id}`, 204);
    await ask('POST', '/users/me/calendarList', 200, { body: { id } });
    await ask('DELETE', `/calendars/${id}`, 204);
    await ask('GET', '/users/me/calendarList', 200, { query: { syncToken: list.nextSyncToken }, as: camille });
    await ask('GET', `/calendars/${id}`, 404);
    await ask('GET', '/colors', 200);
  });

  it('when it shows events of every kind, to those who own them and to those who may see less', async () => {
    for (const calendar of [mainEmail, holidays]) {
      for (const singleEvents of ['true', 'false']) {
        const { items } = await ask('GET', theirs(calendar), 200, { query: { singleEvents }, as: camille });
        expect(items.length).toBeGreaterThan(0);
        for (const { id } of items.slice(0, 12)) await ask('GET', `${theirs(calendar)}/${id}`, 200, { as: camille });
      }
    }
    for (const role of ['reader', 'freeBusyReader'] as const) {
      sandbox.control.shareCalendar({ with: emptyEmail, role });
      await ask('GET', theirs(mainEmail), 200);
    }
    const query = {
      singleEvents: 'true',
      orderBy: 'startTime',
      timeMin: '2026-03-01T00:00:00Z',
      eventTypes: 'default',
    };
    await ask('GET', events, 200, { query: { ...query, timeZone: 'Asia/Tokyo', maxAttendees: '1' }, as: camille });
  });

  it('when events are written in every way', async () => {
    const whole = {
      ...lesson,
      id: 'lesson1',
      description: '<p>Salle B</p>',
      location: 'Lyon',
      colorId: '5',
      visibility: 'private',
      transparency: 'transparent',
      attendees: [{ email: 'zoe@example.test', optional: true, additionalGuests: 1, comment: 'Oui' }],
      extendedProperties: { private: { rev: '7' }, shared: { of: 'x' } },
      reminders: { useDefault: false, overrides: [{ method: 'email', minutes: 30 }] },
      source: { title: 'Passerelle', url: 'https://app.example.test/s/1' },
      guestsCanModify: true,
      guestsCanInviteOthers: false,
      guestsCanSeeOtherGuests: false,
      anyoneCanAddSelf: true,
      attachments: [{ fileUrl: 'https://drive.google.com/open?id=1', title: 'Plan', mimeType: 'text/plain' }],
      conferenceData: { createRequest: { requestId: 'r1', conferenceSolutionKey: { type: 'hangoutsMeet' } } },
    };
    const query = { sendUpdates: 'all', conferenceDataVersion: '1', supportsAttachments: 'true' };
    await ask('POST', events, 200, { body: whole, query });
    const read = await ask('GET', `${events}/lesson1`, 200);
    expect(read.hangoutLink).toBeDefined();
    await ask('GET', `${events}/lesson1`, 304, { headers: { 'if-none-match': read.etag } });
    await ask('PATCH', `${events}/lesson1`, 200, { body: { location: null, summary: 'Autre' }, query });
    await ask('PUT', `${events}/lesson1`, 200, { body: { ...read, summary: 'Encore' }, query });
    const { id } = await ask('POST', '/calendars', 200, { body: { summary: 'Autre' } });
    await ask('POST', `${events}/lesson1/move`, 200, { query: { destination: id } });
    await ask('GET', `${events}/lesson1`, 200);
    await ask('DELETE', `${theirs(id)}/lesson1`, 204, { query: { sendUpdates: 'none' } });
    const body = {
      ...lesson,
      iCalUID: 'x@elsewhere.test',
      attendees: [{ email: emptyEmail }],
      organizer: { email: 'b@ex.fr' },
    };
    await ask('POST', `${events}/import`, 200, { body });
  });

  it('when series are expanded, excepted from and synchronised', async () => {
    const body = { ...lesson, id: 'series1', recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] };
    const since: Record<string, string> = {};
    for (const singleEvents of ['true', 'false']) {
      since[singleEvents] = (await ask('GET', events, 200, { query: { singleEvents } })).nextSyncToken;
    }
    await ask('POST', events, 200, { body });
    const { items } = await ask('GET', `${events}/series1/instances`, 200, { query: { maxResults: '3' } });
    const [first, second] = items.map(({ id }) => `${events}/${id}`);
    await ask('PATCH', first ?? '', 200, { body: { summary: 'Exception' } });
    await ask('DELETE', second ?? '', 204);
    await ask('GET', second ?? '', 200);
    await ask('PATCH', `${events}/series1`, 200, { body: { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] } });
    for (const [singleEvents, syncToken] of Object.entries(since)) {
      const { items: news } = await ask('GET', events, 200, { query: { singleEvents, syncToken, maxResults: '50' } });
      expect(news.some(({ status }) => status === 'cancelled')).toBe(true);
    }
    await ask('GET', events, 200, { query: { showDeleted: 'true' } });
  });

  it('when free and busy times are asked for', async () => {
    const body = { timeMin: '2026-03-01T00:00:00Z', timeMax: '2026-04-01T00:00:00Z', timeZone: 'Europe/Paris' };
    const { calendars } = await ask('POST', '/freeBusy', 200, {
      body: { ...body, items: [{ id: 'primary' }, { id: 'none' }] },
    });
    expect(calendars['none']?.errors).toHaveLength(1);
  });

  it('when channels are opened and stopped', async () => {
    const body = { id: 'channel-1', type: 'web_hook', address: receiver.url, token: 'x', params: { ttl: '3600' } };
    const channel = await ask('POST', `${events}/watch`, 200, { body, query: { eventTypes: 'default' } });
    await ask('POST', '/channels/stop', 204, { body: { id: channel.id, resourceId: channel.resourceId } });
    await ask('POST', '/channels/stop', 404, { body: { id: channel.id, resourceId: channel.resourceId } });
  });

  it('when it refuses', async () => {
    const narrow = await GoogleSession.connect(sandbox, emptyEmail, [scope('calendar.freebusy')]);
    await ask('GET', events, 403, { as: narrow });
    await ask('GET', events, 401, { headers: { authorization: 'Bearer none' } });
    await ask('POST', events, 400, { body: {} });
    await ask('POST', events, 400, { body: { ...lesson, id: 'UPPER' } });
    await ask('POST', events, 409, { body: { ...lesson, id: 'series1' } });
    await ask('GET', events, 400, { query: { orderBy: 'startTime' } });
    await ask('GET', events, 410, { query: { updatedMin: '2020-01-01T00:00:00Z' } });
    await ask('GET', `${events}/none0`, 404);
    await ask('PATCH', `${events}/series1`, 412, { body: {}, headers: { 'if-match': '"1"' } });
    await ask('DELETE', `${events}/series1`, 204);
    await ask('DELETE', `${events}/series1`, 410);
    for (const status of [403, 429, 500, 503]) {
      sandbox.control.failNext({ base: 'api', status });
      await ask('GET', events, status);
    }
  });
});

describe('the document, as requests are held against it', () => {
  const sent = (changes: Partial<SentRequest>): SentRequest => ({
    method: 'POST',
    path: '/calendars/primary/events',
    query: new URLSearchParams(),
    headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    body: JSON.stringify(lesson),
    ...changes,
  });

  it('lets through what is documented', () => {
    expect(discovery.findRequestFaults(sent({ query: new URLSearchParams('sendUpdates=none&fields=id') }))).toEqual([]);
    const patch = {
      method: 'PATCH',
      path: '/calendars/a%40b.fr/events/x',
      body: '{"start":{"date":"2026-03-10","dateTime":null}}',
    };
    expect(discovery.findRequestFaults(sent(patch))).toEqual([]);
  });

  it.each([
    ['a path there is not', { path: '/calendars/primary/meetings' }],
    ['a verb that is not for it', { method: 'PUT' }],
    ['a parameter there is not', { query: new URLSearchParams('notify=true') }],
    ['a parameter given twice', { query: new URLSearchParams('sendUpdates=none&sendUpdates=all') }],
    ['a word there is not', { query: new URLSearchParams('sendUpdates=some') }],
    ['a number out of range', { query: new URLSearchParams('conferenceDataVersion=2') }],
    ['a member there is not', { body: JSON.stringify({ ...lesson, title: 'x' }) }],
    ['a member of another type', { body: JSON.stringify({ ...lesson, summary: 7 }) }],
    ['a member that is missing', { body: JSON.stringify({ start: lesson.start }) }],
    ['a member set to null where nothing is patched', { body: JSON.stringify({ ...lesson, summary: null }) }],
    ['a day that is none', { body: JSON.stringify({ ...lesson, start: { date: '10/03/2026' } }) }],
    ['a time that is nowhere', { body: JSON.stringify({ ...lesson, end: { dateTime: '2026-03-10T12:30:00' } }) }],
    ['a body of another kind', { headers: { authorization: 'Bearer x' } }],
    ['nobody’s token', { headers: { 'content-type': 'application/json' } }],
    ['a parameter that is missing', { path: '/calendars/primary/events/x/move', body: '' }],
  ])('finds %s', (_what, changes) => {
    expect(discovery.findRequestFaults(sent(changes))).not.toEqual([]);
    expect(discovery.findRequestFaults(sent({}))).toEqual([]);
  });
});
