import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from '../../sandbox/outlook/start-outlook-sandbox.js';
import {
  type Answer,
  deltaPath,
  eventAt,
  eventPath,
  GraphSession,
  immutable,
  personalEmail,
  viewPath,
  weekly,
  workEmail,
} from '../../sandbox/outlook/testing/graph-session.js';
import {
  type NotificationReceiver,
  startNotificationReceiver,
} from '../../sandbox/outlook/testing/notification-receiver.js';
import { GraphSpecification, type SentRequest } from '../support/graph-specification.js';

const EVERYTHING = 'openid offline_access User.Read Calendars.ReadWrite MailboxSettings.Read';
const FROZEN_AT = new Date('2026-11-20T10:00:00.123Z');
const specification = new GraphSpecification();

// The stand-in is believed by every other test; so it is checked against the provider's own words.
describe('the sandbox of Outlook answers as the specification says', () => {
  let sandbox: OutlookSandbox;
  let receiver: NotificationReceiver;
  let session: GraphSession;
  let personal: GraphSession;

  beforeAll(async () => {
    sandbox = await startOutlookSandbox({ frozenAt: FROZEN_AT });
    receiver = await startNotificationReceiver();
    session = await GraphSession.connect(sandbox, workEmail, EVERYTHING);
    personal = await GraphSession.connect(sandbox, personalEmail, EVERYTHING);
  });
  afterAll(async () => {
    await sandbox?.close();
    await receiver?.close();
  });

  /** Asks, and compares status and body with the specification; what is asked must be documented as well. */
  async function ask(
    method: string,
    path: string,
    expected: number,
    { body, as = session, prefer = immutable }: { body?: unknown; as?: GraphSession; prefer?: string } = {},
  ): Promise<Answer> {
    const below = path.startsWith('http') ? path.slice(sandbox.graphUrl.length) : path;
    const answer = await as.send(method, path, body, { prefer });
    const [documented = '', query = ''] = below.split('?', 2);
    const sent = answer.text === '' ? undefined : (JSON.parse(answer.text) as unknown);
    const faults = specification.findAnswerFaults(method, documented, answer.status, sent);
    expect({ method, path, status: answer.status, faults }).toEqual({ method, path, status: expected, faults: [] });
    const request = toRequest(method, documented, query, body);
    const requestFaults = expected < 400 ? specification.findRequestFaults(request) : [];
    expect({ path, faults: requestFaults }).toEqual({ path, faults: [] });
    expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    return answer;
  }

  it('when it shows the account, its settings and its zones', async () => {
    for (const as of [session, personal]) {
      await ask('GET', '/me', 200, { as });
      await ask('GET', '/me?$select=displayName,mail', 200, { as });
      await ask('GET', '/me/mailboxSettings', 200, { as });
    }
    await ask('GET', '/me/outlook/supportedTimeZones', 200);
    await ask('GET', '/me/outlook/supportedTimeZones()', 200);
    await ask('GET', "/me/outlook/supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')", 200);
  });

  it('when it shows, makes, renames and removes calendars', async () => {
    const { body } = await ask('GET', '/me/calendars', 200);
    for (const { id } of body.value) await ask('GET', `/me/calendars/${encodeURIComponent(id)}`, 200);
    await ask('GET', '/me/calendars?$top=1&$select=name', 200);
    await ask('GET', '/me/calendar', 200, { as: personal });
    const made = await ask('POST', '/me/calendars', 201, { body: { name: 'Passerelle', color: 'lightRed' } });
    const path = `/me/calendars/${encodeURIComponent(made.body.id)}`;
    await ask('PATCH', path, 200, { body: { name: 'Autre' } });
    await ask('POST', '/me/calendars', 409, { body: { name: 'Autre' } });
    await ask('DELETE', path, 204);
    await ask('GET', path, 404);
  });

  it('when it shows events of every kind, page by page', async () => {
    const view = viewPath('2026-11-01', '2027-02-01');
    const all = await ask('GET', view, 200);
    expect(new Set(all.body.value.map(({ type }) => type))).toEqual(new Set(['singleInstance', 'occurrence']));
    for (const { id } of all.body.value.slice(0, 12)) await ask('GET', eventPath(id), 200);
    const first = await ask('GET', '/me/events?$top=2&$orderby=subject&$count=true', 200);
    await ask('GET', first.body['@odata.nextLink']!, 200);
    await ask('GET', '/me/calendar/events', 200, { prefer: 'outlook.timezone="Tokyo Standard Time"' });
    await ask('GET', "/me/events?$filter=startswith(subject,'Point')&$select=subject", 200);
    await ask('GET', '/me/calendarView', 400);
  });

  it('when an event is written, in full and in part, and goes', async () => {
    const marker = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name PasserelleId';
    const body = eventAt('2026-12-01', '09:00', '12:30', {
      subject: 'Formation Sécurité',
      body: { contentType: 'text', content: 'Salle B\nDeuxième étage' },
      location: { displayName: '12 rue X' },
      attendees: [{ type: 'required', emailAddress: { name: 'P', address: 'p@ex.test' } }],
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      transactionId: 'once-1',
      singleValueExtendedProperties: [{ id: marker, value: 'sess-42' }],
    });
    const made = await ask('POST', '/me/events', 201, { body });
    const path = eventPath(made.event.id);
    await ask('POST', '/me/events', 201, { body });
    await ask('POST', '/me/events', 400, { body: { ...body, subject: 'Autre' } });
    const expand = encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${marker}')`);
    const shown = await ask('GET', `${path}?$expand=${expand}`, 200);
    expect(shown.event['singleValueExtendedProperties']).toEqual([{ id: marker, value: 'sess-42' }]);
    await ask('PATCH', path, 200, { body: { subject: 'Neuf' } });
    await ask('PATCH', path, 400, { body: { isAllDay: true } });
    await ask('POST', '/me/translateExchangeIds', 200, {
      body: { inputIds: [made.event.id], sourceIdType: 'restImmutableEntryId', targetIdType: 'restId' },
    });
    await ask('POST', `${path}/cancel`, 202, { body: { comment: 'Grève' } });
    await ask('DELETE', path, 404);
    await ask('GET', '/me/events/nonsense', 400);
    const other = await ask('POST', '/me/calendar/events', 201, { body: eventAt('2026-12-01', '09:00', '12:30') });
    await ask('DELETE', eventPath(other.event.id), 204);
  });

  it('when somebody else invites', async () => {
    const organizer = { name: 'Claude', address: 'claude@example.test' };
    const invite = () => sandbox.control.addEvent({ event: eventAt('2026-12-03', '09:00', '10:00'), organizer }).id;
    await ask('POST', eventPath(invite(), '/accept'), 202, { body: { comment: 'Oui', sendResponse: true } });
    await ask('POST', eventPath(invite(), '/tentativelyAccept'), 202, { body: { SendResponse: false } });
    await ask('POST', eventPath(invite(), '/decline'), 202, { body: {} });
  });

  it('when a series is made, departs from itself, and is followed by delta', async () => {
    const window = deltaPath('2027-03-01', '2027-06-01');
    const { link } = await session.round(window);
    const recurrence = weekly('2027-03-09', 5, ['tuesday']);
    const master = await ask('POST', '/me/events', 201, {
      body: eventAt('2027-03-09', '09:00', '10:00', { recurrence }),
    });
    const instances = eventPath(
      master.event.id,
      '/instances?startDateTime=2027-03-01T00:00:00Z&endDateTime=2027-06-01T00:00:00Z',
    );
    const { body } = await ask('GET', instances, 200);
    const [, second, third] = body.value;
    await ask('PATCH', eventPath(second!.id), 200, { body: eventAt('2027-03-17', '14:00', '15:00') });
    await ask('PATCH', eventPath(second!.id), 400, { body: eventAt('2027-03-24', '14:00', '15:00') });
    await ask('DELETE', eventPath(third!.id), 204);
    await ask('GET', eventPath(master.event.id, '?$select=cancelledOccurrences&$expand=exceptionOccurrences'), 200);
    const prefer = `${immutable}, odata.maxpagesize=2`;
    let next: string | undefined = link;
    const types = new Set<string>();
    while (next) {
      const answer: Answer = await ask('GET', next, 200, { prefer });
      for (const { type } of answer.body.value) types.add(type);
      next = answer.body['@odata.nextLink'];
    }
    expect(types).toEqual(new Set(['seriesMaster', 'occurrence', 'exception']));
    const now = (await session.round(link)).link;
    await ask('DELETE', eventPath(master.event.id), 204);
    const gone = await ask('GET', now, 200, { prefer });
    expect(gone.body.value[0]).toHaveProperty(['@removed']);
    for (const status of [410, 404, 400] as const) {
      const { link: ended } = await session.round(window);
      sandbox.control.invalidateDeltaTokens({ status });
      await ask('GET', ended, status);
    }
    await ask('GET', `${window}&$select=subject`, 400);
  });

  it('when it tells free from busy', async () => {
    const at = (time: string) => ({ dateTime: `2026-12-01T${time}:00`, timeZone: 'Romance Standard Time' });
    const body = {
      schedules: [workEmail, 'nobody@example.test'],
      startTime: at('08:00'),
      endTime: at('18:00'),
      availabilityViewInterval: 60,
    };
    await ask('POST', '/me/calendar/getSchedule', 200, { body });
    await ask('POST', '/me/calendar/getSchedule', 403, { body, as: personal });
  });

  it('when it is subscribed to, and tells', async () => {
    const body = {
      changeType: 'created,updated,deleted',
      notificationUrl: receiver.url,
      lifecycleNotificationUrl: receiver.lifecycleUrl,
      resource: 'me/events',
      expirationDateTime: '2026-11-22T10:00:00Z',
      clientState: 'secret',
      latestSupportedTlsVersion: 'v1_2',
    };
    const { body: made } = await ask('POST', '/subscriptions', 201, { body });
    const path = `/subscriptions/${made.id}`;
    await ask('POST', '/subscriptions', 409, { body });
    await ask('GET', '/subscriptions', 200);
    await ask('GET', path, 200);
    await ask('PATCH', path, 200, { body: { expirationDateTime: '2026-11-23T10:00:00Z' } });
    await ask('POST', `${path}/reauthorize`, 204);
    sandbox.control.addEvent({ event: eventAt('2026-12-01', '09:00', '10:00') });
    await sandbox.control.notificationsSettled();
    for (const event of ['missed', 'reauthorizationRequired', 'subscriptionRemoved'] as const) {
      await sandbox.control.sendLifecycle({ subscription: made.id, event });
    }
    const posts = sandbox.control.notifications();
    expect(posts).toHaveLength(4);
    for (const post of posts) expect(specification.findNotificationFaults(post.body)).toEqual([]);
    await ask('DELETE', path, 404);
  });

  it('when it is asked several things at once, or too many', async () => {
    const json = { 'Content-Type': 'application/json' };
    const requests = [
      { id: '1', method: 'GET', url: '/me/calendars' },
      { id: '2', method: 'POST', url: '/me/events', headers: json, body: eventAt('2026-12-01', '09:00', '10:00') },
      { id: '3', method: 'DELETE', url: '/me/events/nonsense', dependsOn: ['1'] },
    ];
    const { body } = await ask('POST', '/$batch', 200, { body: { requests } });
    for (const part of body.responses) {
      const { method = '', url = '' } = requests.find(({ id }) => id === part.id) ?? {};
      expect(specification.findAnswerFaults(method, url, part.status, part.body)).toEqual([]);
    }
    sandbox.control.changeSettings({ request_limit: 1 });
    await ask('GET', '/me/calendars', 429);
    sandbox.control.changeSettings({ request_limit: 10_000 });
    sandbox.control.failNext({ status: 503 });
    await ask('GET', '/me', 503);
  });

  it('when it refuses a caller', async () => {
    const reader = await GraphSession.connect(sandbox, workEmail, 'User.Read');
    await ask('GET', '/me/events', 403, { as: reader });
    sandbox.control.expireAccessTokens();
    await ask('GET', '/me/events', 401);
  });
});

// The contract tests believe this one: what is wrong must be found.
describe('the specification of Graph', () => {
  const event = {
    '@odata.etag': 'W/"x"',
    id: 'AAMk',
    subject: 'Un',
    type: 'singleInstance',
    recurrence: null,
    start: { dateTime: '2026-12-01T09:00:00.0000000', timeZone: 'UTC' },
    location: { displayName: 'Salle', address: {} },
  };
  const answer = (body: unknown, path = '/me/events/AAMk', status = 200) =>
    specification.findAnswerFaults('GET', path, status, body);

  it('allows an event as the contract shows it, alone and in a list', () => {
    expect(answer(event)).toEqual([]);
    expect(answer({ '@odata.nextLink': 'https://…', value: [event] }, '/me/events')).toEqual([]);
    expect(answer({ value: [event] }, '/me/calendarView/delta')).toEqual([]);
  });

  const one = '/me/events/AAMk';
  it.each<[string, unknown, string, number]>([
    ['a field that is not documented', { ...event, colour: 'red' }, one, 200],
    ['a field that is not documented, further in', { ...event, start: { ...event.start, offset: 1 } }, one, 200],
    ['a word that is not one of the words', { ...event, showAs: 'away' }, one, 200],
    ['a number for a text', { ...event, subject: 1 }, one, 200],
    ['a date that is none', { ...event, createdDateTime: 'yesterday' }, one, 200],
    ['an event in a list that is wrong', { value: [{ ...event, type: 'single' }] }, '/me/events', 200],
    ['an error without a code', { error: { message: 'x' } }, one, 404],
    ['an error without its wrapping', { code: 'x', message: 'y' }, one, 400],
    ['a path that is not documented', {}, '/me/messages', 200],
    ['nothing where there should be something', undefined, one, 200],
  ])('finds in an answer %s', (_, body, path, status) => {
    expect(answer(body, path, status)).not.toEqual([]);
  });

  const create = { subject: 'Un', start: event.start, end: event.start };
  it.each<[string, SentRequest]>([
    ['an event to make', toRequest('POST', '/me/events', '', create)],
    ['a window', toRequest('GET', '/me/calendarView/delta', 'startDateTime=2026-12-01&endDateTime=2026-12-02')],
    ['the changes of a window', toRequest('GET', '/me/calendars/AAMk/calendarView/delta', '$deltatoken=x')],
    ['a comment', toRequest('POST', '/me/events/AAMk/cancel', '', { comment: 'x' })],
    ['a mailbox by its id', toRequest('GET', '/users/8a/calendars', '$top=5')],
    ['an expansion', toRequest('GET', '/me/events/AAMk', "$expand=singleValueExtendedProperties($filter=id eq 'a')")],
  ])('allows %s', (_, request) => {
    expect(specification.findRequestFaults(request)).toEqual([]);
  });

  const part = { id: '1', method: 'GET', url: '/me' };
  it.each<[string, SentRequest]>([
    ['an unknown field', toRequest('POST', '/me/events', '', { ...create, summary: 'Un' })],
    [
      'an unknown field, further in',
      toRequest('PATCH', '/me/events/AAMk', '', { body: { type: 'text', content: '' } }),
    ],
    ['an unknown query', toRequest('GET', '/me/events', 'pageSize=3')],
    ['a repeated query', toRequest('GET', '/me/events', '$top=3&$top=4')],
    ['a count that is none', toRequest('GET', '/me/events', '$top=many')],
    ['a window with one end', toRequest('GET', '/me/calendarView', 'startDateTime=2026-12-01')],
    ['a choice of fields in delta', toRequest('GET', '/me/calendarView/delta', '$deltatoken=x&$select=id')],
    ['an id that was not encoded', toRequest('GET', '/me/events/AAMk+x=', '')],
    ['a method that is not there', toRequest('PUT', '/me/events/AAMk', '', create)],
    ['a body where there is none', toRequest('GET', '/me/events', '', create)],
    ['no body where there must be one', toRequest('POST', '/me/events', '')],
    [
      'a body that is no JSON',
      {
        ...toRequest('POST', '/me/events', '', create),
        headers: { authorization: 'Bearer x', 'content-type': 'text/plain' },
      },
    ],
    ['no authorization', { ...toRequest('GET', '/me', ''), headers: {} }],
    [
      'a batch that is too long',
      toRequest('POST', '/$batch', '', {
        requests: Array.from({ length: 21 }, (_, n) => ({ ...part, id: String(n) })),
      }),
    ],
    ['a batch with one id twice', toRequest('POST', '/$batch', '', { requests: [part, part] })],
    [
      'a batch with a part that is wrong',
      toRequest('POST', '/$batch', '', { requests: [{ ...part, url: '/me/messages' }] }),
    ],
  ])('finds %s', (_, request) => {
    expect(specification.findRequestFaults(request)).not.toEqual([]);
  });

  it('finds a notification without its names in order', () => {
    expect(specification.findNotificationFaults({ value: [{ changeType: 'moved' }] })).not.toEqual([]);
    expect(specification.findNotificationFaults({ value: [{ subscription: 'x' }] })).not.toEqual([]);
  });
});

function toRequest(method: string, path: string, query: string, body?: unknown): SentRequest {
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: { authorization: 'Bearer x', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}
