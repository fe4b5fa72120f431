import { CALENDLY_API, calendlyEvent, calendlyInvitee, type Fields } from '../../support/calendly-payloads.js';
import type { BookingOddities } from './booking-bench.js';
import type { CannedAnswer } from './canned-server.js';

const NO_MORE = { count: 1, next_page: null, previous_page: null, next_page_token: null, previous_page_token: null };

/** An answer in JSON, with the addresses of the examples leading to whoever gives it. */
function json(value: unknown): CannedAnswer {
  return { body: JSON.stringify(value).replaceAll(CALENDLY_API, '{{base}}') };
}

function page(collection: unknown, pagination: unknown = NO_MORE): CannedAnswer {
  return json({ collection, pagination });
}

function more(token: unknown): Fields {
  return {
    ...NO_MORE,
    next_page_token: token,
    next_page: `${CALENDLY_API}/scheduled_events?page_token=${String(token)}`,
  };
}

function events(changes: Fields): CannedAnswer {
  return page([calendlyEvent(changes)]);
}

function invitees(changes: Fields): CannedAnswer {
  return page([calendlyInvitee(changes)]);
}

function inviteeNumber(number: number): Fields {
  return calendlyInvitee({ uri: `${CALENDLY_API}/scheduled_events/E1/invitees/I${number}` });
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

const GRANT = {
  token_type: 'Bearer',
  access_token: 'a.b.c',
  refresh_token: 'r',
  expires_in: 7_200,
  scope: 'users:read',
};

const notAnAnswer: Record<string, CannedAnswer> = {
  'a page of HTML': { type: 'text/html', body: '<!doctype html><title>Sign in</title>' },
  'HTML that calls itself JSON': { body: '<!doctype html><title>Sign in</title>' },
  'half a page': { body: page([calendlyEvent()]).body.slice(0, 120) },
  nothing: { body: '' },
  null: { body: 'null' },
  'a list': { body: '[]' },
  'a text': { body: '"ok"' },
  'an empty object': { body: '{}' },
  'an error that says 200': json({ title: 'Internal Server Error', message: 'x' }),
  'brackets without end': { body: '['.repeat(200_000) },
  'six megabytes': { body: JSON.stringify({ collection: [], pagination: NO_MORE, padding: 'x'.repeat(6_000_000) }) },
};

/** What Calendly's document allows and clients forget, and what it does not allow and networks bring all the same. */
export const calendlyOddities: BookingOddities = {
  emptyPageWithMore: page([], more('T2')),
  inviteesInThreePages: {
    answers: [
      events({}),
      page([inviteeNumber(1), inviteeNumber(2)], more('T2')),
      page([], more('T3')),
      page([inviteeNumber(3)]),
    ],
    externalIds: ['E1/I1', 'E1/I2', 'E1/I3'],
  },
  inviteesInCircles: [
    events({}),
    page([inviteeNumber(1)], more('T2')),
    page([inviteeNumber(2)], more('T3')),
    page([inviteeNumber(1)], more('T2')),
    page([inviteeNumber(2)], more('T3')),
    page([inviteeNumber(1)], more('T2')),
  ],
  anotherBooking: {
    answers: [json({ resource: calendlyEvent() }), json({ resource: inviteeNumber(2) })],
    asked: 'E1/I1',
  },
  badEventPages: {
    ...notAnAnswer,
    'no collection': json({ pagination: NO_MORE }),
    'a collection that is null': page(null),
    'a collection that is an object': page({ 0: calendlyEvent() }),
    'more than was asked for': page(Array.from({ length: 101 }, () => calendlyEvent())),
    'no paging': json({ collection: [] }),
    'paging that is null': page([], null),
    'a token that is a number': page([], more(2)),
    'a token of 5 kB': page([], more('T'.repeat(5_000))),
    'its own successor': page([calendlyEvent()], more('T')),
    'an event that is null': page([calendlyEvent(), null]),
    'an event that is a link': page([`${CALENDLY_API}/scheduled_events/E1`]),
    'an event without address': page([without(calendlyEvent(), 'uri')]),
    'an event at another host': events({ uri: 'https://evil.test/scheduled_events/E1' }),
    'an event at a relative address': events({ uri: '/scheduled_events/E1' }),
    'an event that is a user': events({ uri: `${CALENDLY_API}/users/U1` }),
    'an event that starts never': events({ start_time: null }),
    'an event that starts at a number': events({ start_time: 1_795_000_000 }),
    'an event that starts nowhere': events({ start_time: '2026-11-24T09:00:00' }),
    'a status that does not exist': events({ status: 'tentative' }),
    'no counter': page([without(calendlyEvent(), 'invitees_counter')]),
    'a counter in words': events({ invitees_counter: { total: '1', active: '1', limit: 1 } }),
    'hosts that are null': events({ event_memberships: null }),
    'a name beyond measure': events({ name: 'x'.repeat(30_000) }),
  },
  badInviteePages: {
    ...notAnAnswer,
    'no paging': json({ collection: [calendlyInvitee()] }),
    'a token that is an object': page([], more({})),
    'an invitee that is null': page([null]),
    'an invitee without a name': invitees({ name: null }),
    'an address that is a number': invitees({ email: 42 }),
    'a status that does not exist': invitees({ status: 'accepted' }),
    'no word on whether it was moved': page([without(calendlyInvitee(), 'rescheduled')]),
    'an invitee at another host': invitees({ uri: 'https://evil.test/scheduled_events/E1/invitees/I1' }),
    'an invitee of another event': invitees({ uri: `${CALENDLY_API}/scheduled_events/E2/invitees/I1` }),
    'questions that are an object': invitees({ questions_and_answers: { 0: 'x' } }),
    'an answer that is a list': invitees({ questions_and_answers: [{ question: 'Q', answer: ['a'], position: 0 }] }),
    'an absence without a time': invitees({ no_show: { uri: `${CALENDLY_API}/invitee_no_shows/N1` } }),
    'a time that does not exist': invitees({ created_at: '2026-13-45T99:00:00Z' }),
    'tracking in numbers': invitees({ tracking: { utm_source: 1 } }),
  },
  badGrants: {
    ...notAnAnswer,
    'no token': json(without(GRANT, 'access_token')),
    'a token that is null': json({ ...GRANT, access_token: null }),
    'a token with a line break': json({ ...GRANT, access_token: 'a\r\nx-evil: 1' }),
    'no end': json(without(GRANT, 'expires_in')),
    'an end in words': json({ ...GRANT, expires_in: '7200' }),
    'an end that has passed': json({ ...GRANT, expires_in: -1 }),
    'another kind of token': json({ ...GRANT, token_type: 'mac' }),
    'a refresh token that is a number': json({ ...GRANT, refresh_token: 7 }),
  },
  unknownClient: {
    status: 401,
    ...json({ error: 'invalid_client', error_description: 'Client authentication failed' }),
  },
};
