import type { CalendarOddities } from './calendar-bench.js';
import type { CannedAnswer } from './canned-server.js';

type Fields = Record<string, unknown>;

function json(value: unknown): CannedAnswer {
  return { body: JSON.stringify(value) };
}

/** A last page. */
function page(items: unknown, more: Fields = { nextSyncToken: 'S1' }): CannedAnswer {
  return json({ kind: 'calendar#events', etag: '"p1"', summary: 'c', timeZone: 'Europe/Paris', items, ...more });
}

const EVENT: Fields = {
  kind: 'calendar#event',
  etag: '"1"',
  id: '7f3c9a0b1d2e4f5a8b6c7d8e9f001122',
  status: 'confirmed',
  htmlLink: 'https://www.google.com/calendar/event?eid=1',
  summary: 'Rendez-vous',
  start: { dateTime: '2026-12-01T09:00:00+01:00', timeZone: 'Europe/Paris' },
  end: { dateTime: '2026-12-01T10:00:00+01:00', timeZone: 'Europe/Paris' },
};

function event(changes: Fields): CannedAnswer {
  return page([{ ...EVENT, ...changes }]);
}

const GRANT = {
  token_type: 'Bearer',
  access_token: 'ya29.a',
  refresh_token: '1//r',
  expires_in: 3_599,
  scope: 'openid',
};

const notAnAnswer: Record<string, CannedAnswer> = {
  'a page of HTML': { type: 'text/html', body: '<!doctype html><title>Sign in</title>' },
  'HTML that calls itself JSON': { body: '<!doctype html><title>Sign in</title>' },
  'half a page': { body: page([EVENT]).body.slice(0, 120) },
  nothing: { body: '' },
  null: { body: 'null' },
  'a list': { body: '[]' },
  'a text': { body: '"ok"' },
  'an empty object': { body: '{}' },
  'an error that says 200': json({ error: { code: 500, message: 'x', errors: [{ reason: 'backendError' }] } }),
  'brackets without end': { body: '['.repeat(200_000) },
  'six megabytes': { body: JSON.stringify({ items: [], nextSyncToken: 'S1', padding: 'x'.repeat(6_000_000) }) },
};

/** What Google's document allows and clients forget, and what it does not allow and networks bring all the same. */
export const googleOddities: CalendarOddities = {
  badPages: {
    ...notAnAnswer,
    'an end without a cursor': page([EVENT], {}),
    'items that are null': page(null),
    'items that are an object': page({ 0: EVENT }),
    'a page token that is a number': page([], { nextPageToken: 2 }),
    'a cursor that is an object': page([], { nextSyncToken: {} }),
    'an event that is null': page([EVENT, null]),
    'an event that is a link': page(['https://www.googleapis.com/calendar/v3/calendars/c/events/1']),
    'an event without an id': event({ id: undefined }),
    'an id that is a number': event({ id: 7 }),
    'an empty id': event({ id: '' }),
    'a status that does not exist': event({ status: 'postponed' }),
    'a title that is a list': event({ summary: ['Rendez-vous'] }),
    'a start that is a text': event({ start: '2026-12-01T09:00:00+01:00' }),
    'guests that are an object': event({ attendees: { 0: { email: 'a@example.test' } } }),
    'properties that are a list': event({ extendedProperties: { private: ['x'] } }),
  },
  setAside: {
    'unreadable-times': event({ start: { dateTime: 'soon+01:00' } }),
    'unknown-time-zone': event({ start: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Nowhere' } }),
  },
  badGrants: {
    ...notAnAnswer,
    'no token': json({ ...GRANT, access_token: undefined }),
    'a token that is null': json({ ...GRANT, access_token: null }),
    'a token with a line break': json({ ...GRANT, access_token: 'a\r\nx-evil: 1' }),
    'no end': json({ ...GRANT, expires_in: undefined }),
    'an end in words': json({ ...GRANT, expires_in: '3599' }),
    'an end that has passed': json({ ...GRANT, expires_in: -1 }),
    'another kind of token': json({ ...GRANT, token_type: 'mac' }),
    'a refresh token that is a number': json({ ...GRANT, refresh_token: 7 }),
  },
  unknownClient: {
    status: 401,
    ...json({ error: 'invalid_client', error_description: 'The OAuth client was not found.' }),
  },
};
