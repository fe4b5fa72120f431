import type { CalendarOddities } from './calendar-bench.js';
import type { CannedAnswer } from './canned-server.js';

type Fields = Record<string, unknown>;

function json(value: unknown): CannedAnswer {
  return { body: JSON.stringify(value) };
}

const DELTA_LINK = '{{base}}/me/calendars/C1/calendarView/delta?$deltatoken=T1';
const NEXT_LINK = '{{base}}/me/calendars/C1/calendarView/delta?$skiptoken=T1';

function page(value: unknown, links: Fields = { '@odata.deltaLink': DELTA_LINK }): CannedAnswer {
  return json({ '@odata.context': '{{base}}/$metadata#Collection(event)', ...links, value });
}

/** The example of the provider's reference. */
export function graphEvent(changes: Fields = {}): Fields {
  return {
    '@odata.type': '#microsoft.graph.event',
    '@odata.etag': 'W/"DwAAABYAAAC9YbapXssv"',
    id: 'AAkALgAAAAAAHYQDEapmEc2byACqAC/EWg0A+a==',
    createdDateTime: '2026-03-01T09:00:00.1234567Z',
    lastModifiedDateTime: '2026-03-01T09:00:01.1234567Z',
    changeKey: 'DwAAABYAAAC9YbapXssv',
    categories: [],
    originalStartTimeZone: 'Romance Standard Time',
    originalEndTimeZone: 'Romance Standard Time',
    iCalUId: '040000008200E00074C5B7101A82E008',
    subject: 'Formation Sécurité',
    importance: 'normal',
    sensitivity: 'normal',
    isAllDay: false,
    isCancelled: false,
    isOrganizer: true,
    seriesMasterId: null,
    showAs: 'busy',
    type: 'singleInstance',
    webLink: 'https://outlook.office365.com/owa/?itemid=AAkA',
    onlineMeetingUrl: null,
    onlineMeeting: null,
    body: { contentType: 'text', content: 'Salle B' },
    start: { dateTime: '2026-12-10T08:00:00.0000000', timeZone: 'UTC' },
    end: { dateTime: '2026-12-10T11:30:00.0000000', timeZone: 'UTC' },
    location: { displayName: '12 rue X', locationType: 'default' },
    attendees: [],
    organizer: { emailAddress: { name: 'Iris Moreau', address: 'iris@example.test' } },
    ...changes,
  };
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

function events(changes: Fields): CannedAnswer {
  return page([graphEvent(changes)]);
}

const GRANT = {
  token_type: 'Bearer',
  scope: 'openid profile email User.Read Calendars.ReadWrite',
  expires_in: 4_312,
  access_token: 'a.b.c',
  refresh_token: '0.AX',
};

function idToken(claims: Fields): string {
  const part = (value: Fields) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

const notAnAnswer: Record<string, CannedAnswer> = {
  'a page of HTML': { type: 'text/html', body: '<!doctype html><title>Sign in</title>' },
  'HTML that calls itself JSON': { body: '<!doctype html><title>Sign in</title>' },
  'half a page': { body: page([graphEvent()]).body.slice(0, 200) },
  nothing: { body: '' },
  null: { body: 'null' },
  'a list': { body: '[]' },
  'a text': { body: '"ok"' },
  'an empty object': { body: '{}' },
  'an error that says 200': json({ error: { code: 'InternalServerError', message: 'x' } }),
  'brackets without end': { body: '['.repeat(200_000) },
  'six megabytes': { body: JSON.stringify({ value: [], '@odata.deltaLink': DELTA_LINK, pad: 'x'.repeat(6_000_000) }) },
};

/** What Graph's document allows and clients forget, and what it does not allow and networks bring all the same. */
export const outlookOddities: CalendarOddities = {
  badPages: {
    ...notAnAnswer,
    'no list': json({ '@odata.deltaLink': DELTA_LINK }),
    'a list that is null': page(null),
    'a list that is an object': page({ 0: graphEvent() }),
    'more than any page holds': page(Array.from({ length: 1_001 }, () => ({ id: 'E1', '@removed': {} }))),
    'no link': page([graphEvent()], {}),
    'both links': page([graphEvent()], { '@odata.deltaLink': DELTA_LINK, '@odata.nextLink': NEXT_LINK }),
    'links that are null': page([], { '@odata.deltaLink': null, '@odata.nextLink': null }),
    'a link that is a number': page([], { '@odata.nextLink': 2 }),
    'a link without end': page([], { '@odata.nextLink': `${NEXT_LINK}${'x'.repeat(40_000)}` }),
    'a link to another host': page([], { '@odata.nextLink': 'https://evil.test/v1.0/me?$skiptoken=x' }),
    'a next round at another host': page([], { '@odata.deltaLink': 'https://evil.test/v1.0/me?$deltatoken=x' }),
    'a link with somebody’s name in it': page([], { '@odata.nextLink': 'http://graph@127.0.0.1/me?$skiptoken=x' }),
    'a relative link': page([], { '@odata.nextLink': '/me/calendarView/delta?$skiptoken=x' }),
    'an event that is null': page([graphEvent(), null]),
    'an event that is a text': page(['AAkA']),
    'an event without an id': page([without(graphEvent(), 'id')]),
    'an event with an empty id': events({ id: '' }),
    'an id that is a number': events({ id: 42 }),
    'an id of 2 kB': events({ id: 'A'.repeat(2_000) }),
    'a kind that does not exist': events({ type: 'holiday' }),
    'a title that is an object': events({ subject: {} }),
    'a start that is a text': events({ start: '2026-12-10T08:00:00Z' }),
    'a start without a time': events({ start: { timeZone: 'UTC' } }),
    'whole days in words': events({ isAllDay: 'false' }),
    'guests that are an object': events({ attendees: { 0: {} } }),
    'a guest that is a text': events({ attendees: ['ines@example.test'] }),
    'a place that is a text': events({ location: 'Lyon' }),
    'a removal in words': page([{ id: 'E1', '@removed': 'deleted' }]),
  },
  setAside: {
    'unknown-time-zone': events({
      start: { dateTime: '2026-12-10T08:00:00.0000000', timeZone: 'Customized Time Zone 7' },
    }),
    'unreadable-times': events({ start: null, end: null }),
  },
  badGrants: {
    ...notAnAnswer,
    'no token': json(without(GRANT, 'access_token')),
    'a token that is null': json({ ...GRANT, access_token: null }),
    'a token with a line break': json({ ...GRANT, access_token: 'a\r\nx-evil: 1' }),
    'no end': json(without(GRANT, 'expires_in')),
    'an end in words': json({ ...GRANT, expires_in: '4312' }),
    'an end that has passed': json({ ...GRANT, expires_in: -1 }),
    'another kind of token': json({ ...GRANT, token_type: 'mac' }),
    'a refresh token that is a number': json({ ...GRANT, refresh_token: 7 }),
    'an id token that is none': json({ ...GRANT, id_token: 'a.b.c' }),
    'an id token that is a number': json({ ...GRANT, id_token: 7 }),
    'an id token for another application': json({ ...GRANT, id_token: idToken({ aud: 'x', tid: 't', oid: 'o' }) }),
  },
  unknownClient: {
    status: 401,
    ...json({
      error: 'invalid_client',
      error_description: 'AADSTS7000222: The provided client secret keys are expired.',
      error_codes: [7_000_222],
    }),
  },
};
