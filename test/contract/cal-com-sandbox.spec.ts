import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from '../../sandbox/cal-com/start-cal-com-sandbox.js';
import { ApiCaller, ManagedUser, type Request, usersPath } from '../../sandbox/cal-com/testing/api-caller.js';
import { CalComSpecification } from '../support/cal-com-specification.js';

const FROZEN_AT = new Date('2026-11-20T10:00:00.123Z');

// The stand-in is believed by every other test; so it is checked against the provider's own words.
describe('the sandbox of Cal.com answers as the specification says', () => {
  const specification = new CalComSpecification();
  let sandbox: CalComSandbox;
  let client: ApiCaller;
  let nobody: ApiCaller;
  let nora: ApiCaller;
  let user: ManagedUser;

  beforeAll(async () => {
    sandbox = await startCalComSandbox({ frozenAt: FROZEN_AT, settings: { rate_limit_ip: 10_000 } });
    client = ApiCaller.asClient(sandbox);
    nobody = new ApiCaller(sandbox);
    nora = ApiCaller.withApiKey(sandbox);
    user = await ManagedUser.create(sandbox);
  });
  afterAll(() => sandbox?.close());

  /** Asks, and compares status and body with the specification. */
  async function ask(
    caller: ApiCaller,
    method: string,
    path: string,
    expected: number,
    request: Request = {},
  ): Promise<Answer> {
    const { status, body, headers } = await caller.send(method, path, request);
    const faults = specification.findAnswerFaults(method, path, status, body);
    expect({ method, path, status, faults }).toEqual({ method, path, status: expected, faults: [] });
    for (const name of ['limit', 'remaining', 'reset']) {
      expect(headers.get(`x-ratelimit-${name}-default`)).toMatch(/^\d+$/);
    }
    return body as unknown as Answer;
  }

  it('when it keeps managed users', async () => {
    const path = usersPath(sandbox);
    const create = { body: { email: 'leo@exemple.fr', name: 'Léo Bernard', locale: 'fr', timeFormat: 24 } };
    const { data } = await ask(client, 'POST', path, 201, create);
    const made = data as unknown as { user: { id: number }; refreshToken: string };
    await ask(client, 'POST', path, 409, create);
    await ask(client, 'POST', path, 400, { body: { email: 'sans nom' } });
    await ask(nobody, 'POST', path, 401, create);
    await ask(client, 'GET', path, 200, { query: { limit: '1', emails: 'leo@exemple.fr' } });
    await ask(client, 'GET', `${path}/${made.user.id}`, 200);
    await ask(client, 'PATCH', `${path}/${made.user.id}`, 200, { body: { name: 'Léo', bio: 'Formateur' } });
    await ask(client, 'POST', `/oauth/${sandbox.clientId}/refresh`, 200, {
      body: { refreshToken: made.refreshToken },
    });
    await ask(client, 'POST', `/oauth/${sandbox.clientId}/refresh`, 400, { body: { refreshToken: 'inconnu' } });
    await ask(client, 'POST', `${path}/${made.user.id}/force-refresh`, 200);
    await ask(client, 'DELETE', `${path}/${made.user.id}`, 200);
    await ask(client, 'GET', `${path}/${made.user.id}`, 404);
  });

  it('when it keeps clients', async () => {
    const creation = { body: { name: 'Autre', redirectUris: ['https://autre.exemple.fr'], permissions: ['*'] } };
    const { data } = await ask(nora, 'POST', '/oauth-clients', 201, creation);
    const { clientId } = data as unknown as { clientId: string };
    await ask(nora, 'GET', '/oauth-clients', 200);
    await ask(nora, 'GET', `/oauth-clients/${clientId}`, 200);
    await ask(nora, 'PATCH', `/oauth-clients/${clientId}`, 200, { body: { name: 'Renommé' } });
    await ask(nora, 'DELETE', `/oauth-clients/${clientId}`, 200);
    await ask(nora, 'GET', `/oauth-clients/${clientId}`, 404);
  });

  it('when it shows people, what can be booked with them, and when', async () => {
    for (const caller of [nora, user]) {
      await ask(caller, 'GET', '/me', 200);
      const { data } = await ask(caller, 'GET', '/event-types', 200, versioned('2024-06-14'));
      const [first] = data as unknown as { id: number }[];
      await ask(caller, 'GET', `/event-types/${first?.id}`, 200, versioned('2024-06-14'));
      await ask(caller, 'GET', '/schedules', 200, versioned('2024-06-11'));
      await ask(caller, 'GET', '/schedules/default', 200, versioned('2024-06-11'));
      const span = { start: '2026-11-23', end: '2026-11-24', eventTypeId: String(first?.id) };
      const slots = await ask(nobody, 'GET', '/slots', 200, { query: span, ...versioned('2024-09-04') });
      expect(Object.keys(slots.data)).toEqual(['2026-11-23', '2026-11-24']);
    }
    await ask(user, 'PATCH', '/me', 200, { body: { timeZone: 'Europe/Brussels' } });
    await ask(nobody, 'GET', '/me', 401);
  });

  it('when it shows bookings in every state, of every kind, page by page', async () => {
    sandbox.control.book({ occurrences: 2, start: '2026-12-01T15:00:00Z' });
    const { data } = await ask(nora, 'GET', '/bookings', 200, { query: { take: '100', sortUpdatedAt: 'desc' } });
    const bookings = data as unknown as { uid: string; status: string; recurringBookingUid?: string }[];
    expect(new Set(bookings.map(({ status }) => status))).toEqual(
      new Set(['accepted', 'pending', 'cancelled', 'rejected']),
    );
    for (const { uid } of bookings) await ask(nobody, 'GET', `/bookings/${uid}`, 200);
    await ask(nora, 'GET', '/bookings', 200, {
      query: { take: '2', skip: '2', afterUpdatedAt: '2026-01-01T00:00:00.000Z', status: 'upcoming,past' },
    });
    await ask(nora, 'GET', '/bookings', 400, { query: { status: 'active' } });
    await ask(nobody, 'GET', '/bookings', 401);
    await ask(nobody, 'GET', '/bookings/inconnu', 404);
  });

  it('when a booking is made, moved, cancelled, judged or missed', async () => {
    const [discovery, interview, workshop] = sandbox.control.accounts()[0]?.event_types ?? [];
    const order = (eventTypeId: number | undefined, start: string, name = 'Zoé Martin') => ({
      body: { start, eventTypeId, attendee: { name, email: `${name[0]}@exemple.fr`, timeZone: 'Europe/Paris' } },
    });
    const made = await ask(nobody, 'POST', '/bookings', 201, order(discovery?.id, '2026-12-08T09:00:00Z'));
    const moving = { start: '2026-12-08T10:00:00Z', reschedulingReason: 'Grève' };
    const moved = await ask(nobody, 'POST', `/bookings/${made.data.uid}/reschedule`, 201, { body: moving });
    await ask(nobody, 'POST', `/bookings/${made.data.uid}/reschedule`, 400, { body: moving });
    await ask(nobody, 'GET', `/bookings/${made.data.uid}`, 200);
    const absence = { attendees: [{ email: 'Z@exemple.fr', absent: true }], host: true };
    await ask(nora, 'POST', `/bookings/${moved.data.uid}/mark-absent`, 200, { body: absence });
    await ask(user, 'POST', `/bookings/${moved.data.uid}/mark-absent`, 403, { body: absence });
    await ask(nobody, 'POST', `/bookings/${moved.data.uid}/cancel`, 200, { body: { cancellationReason: 'Malade' } });
    await ask(nobody, 'POST', '/bookings', 400, order(discovery?.id, '2026-12-06T09:00:00Z'));

    const asked = await ask(nobody, 'POST', '/bookings', 201, order(interview?.id, '2026-12-08T09:00:00Z'));
    await ask(nora, 'POST', `/bookings/${asked.data.uid}/confirm`, 200);
    const other = await ask(nobody, 'POST', '/bookings', 201, order(interview?.id, '2026-12-08T13:00:00Z'));
    await ask(nora, 'POST', `/bookings/${other.data.uid}/decline`, 200, { body: { reason: 'Complet' } });

    const seat = await ask(nobody, 'POST', '/bookings', 201, order(workshop?.id, '2026-12-09T09:00:00Z'));
    await ask(nobody, 'POST', '/bookings', 201, order(workshop?.id, '2026-12-09T09:00:00Z', 'Ali'));
    await ask(nobody, 'GET', `/bookings/${seat.data.uid}`, 200);
    await ask(nobody, 'GET', `/bookings/by-seat/${seat.data.seatUid}`, 200);
    const elsewhere = { start: '2026-12-10T09:00:00Z', seatUid: seat.data.seatUid };
    const went = await ask(nobody, 'POST', `/bookings/${seat.data.uid}/reschedule`, 201, { body: elsewhere });
    await ask(nobody, 'POST', `/bookings/${went.data.uid}/cancel`, 200, { body: { seatUid: seat.data.seatUid } });
    await ask(nora, 'POST', `/bookings/${seat.data.uid}/cancel`, 200, { body: {} });
  });

  it('when calendars are linked, chosen, read and unlinked', async () => {
    await ask(user, 'GET', '/calendars', 200);
    await ask(user, 'GET', '/calendars/google/check', 400);
    await ask(user, 'GET', '/calendars/google/connect', 200, { query: { redir: 'https://app.exemple.fr' } });
    await user.linkCalendar('google', 'ines@exemple.fr');
    await ask(user, 'POST', '/calendars/apple/credentials', 201, { body: { username: 'i', password: 'p' } });
    const feed = { urls: ['https://exemple.fr/feed.ics'] };
    await ask(user, 'POST', '/calendars/ics-feed/save', 201, { body: feed });
    await ask(user, 'GET', '/calendars/ics-feed/check', 200);
    await ask(user, 'GET', '/calendars/google/check', 200);
    await ask(user, 'GET', '/calendars/connections', 200);
    await ask(user, 'GET', '/calendars', 200);
    const [{ id: credentialId } = { id: 0 }] = sandbox.control.credentials();
    const choice = { integration: 'google_calendar', externalId: 'ines@exemple.fr' };
    await ask(user, 'PUT', '/destination-calendars', 200, { body: choice });
    await ask(user, 'POST', '/selected-calendars', 201, { body: { ...choice, credentialId } });
    const query = { ...choice, credentialId: String(credentialId) };
    await ask(user, 'DELETE', '/selected-calendars', 200, { query });
    await ask(user, 'DELETE', '/selected-calendars', 404, { query });
    const account = user.id;
    sandbox.control.addBusyTime({ account, start: '2026-11-24T10:00:00Z', end: '2026-11-24T11:00:00Z' });
    const busy = {
      timeZone: 'Europe/Paris',
      dateFrom: '2026-11-24',
      dateTo: '2026-11-24',
      'calendarsToLoad[0][credentialId]': String(credentialId),
      'calendarsToLoad[0][externalId]': 'ines@exemple.fr',
    };
    const { data } = await ask(user, 'GET', '/calendars/busy-times', 200, { query: busy });
    expect(data).toHaveLength(1);
    sandbox.control.killCredential({ account, how: 'refused' });
    await ask(user, 'GET', '/calendars/google/check', 401);
    await sandbox.control.advance({ seconds: 60 });
    await ask(user, 'GET', '/calendars', 200);
    await ask(user, 'POST', '/calendars/google/disconnect', 200, { body: { id: credentialId } });
    await ask(user, 'POST', '/calendars/google/disconnect', 404, { body: { id: credentialId } });
  });

  it('when webhooks are made, shown, changed and ended', async () => {
    const [eventType] = sandbox.control.accounts()[0]?.event_types ?? [];
    const bases: [ApiCaller, string][] = [
      [client, `/oauth-clients/${sandbox.clientId}/webhooks`],
      [nora, '/webhooks'],
      [nora, `/event-types/${eventType?.id}/webhooks`],
    ];
    for (const [caller, path] of bases) {
      const creation = { subscriberUrl: 'https://app.exemple.fr/hook', triggers: ['BOOKING_CREATED'], active: true };
      const { data } = await ask(caller, 'POST', path, 201, { body: { ...creation, secret: 's' } });
      await ask(caller, 'POST', path, 409, { body: creation });
      await ask(caller, 'POST', path, 400, { body: { ...creation, triggers: ['BOOKING_CONFIRMED'] } });
      await ask(caller, 'GET', path, 200, { query: { take: '10' } });
      await ask(caller, 'GET', `${path}/${data.id}`, 200);
      await ask(caller, 'PATCH', `${path}/${data.id}`, 200, { body: { active: false } });
      if (path !== '/webhooks') await ask(caller, 'DELETE', path, 200);
      else await ask(caller, 'DELETE', `${path}/${data.id}`, 200);
      await ask(caller, 'GET', `${path}/${data.id}`, 404);
    }
  });

  it('when a person lets an application in by OAuth 2.0', async () => {
    const { redirect_uris: redirects } = sandbox.control.redirectUris();
    const redirectUri = redirects[0] ?? '';
    const query = new URLSearchParams({
      client_id: sandbox.clientId,
      redirect_uri: redirectUri,
      state: 'x',
      scope: 'PROFILE_READ',
    });
    const url = `${sandbox.appUrl}/auth/oauth2/authorize?${query.toString()}`;
    const code = new URL(sandbox.control.consent({ authorize_url: url }).location).searchParams.get('code');
    const body = {
      grant_type: 'authorization_code',
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
      code,
      redirect_uri: redirectUri,
    };
    await ask(nobody, 'GET', `/auth/oauth2/clients/${sandbox.clientId}`, 200);
    await ask(nobody, 'POST', '/auth/oauth2/token', 200, { body });
    await ask(nobody, 'POST', '/auth/oauth2/token', 400, { body });
    await ask(nobody, 'POST', '/auth/oauth2/token', 401, { body: { ...body, client_secret: 'faux' } });
  });

  it('when it fails', async () => {
    sandbox.control.failNext({ base: 'api', status: 500 });
    await ask(nora, 'GET', '/me', 500);
    sandbox.control.failNext({ base: 'api', status: 429, reset_seconds: 12 });
    await ask(nora, 'GET', '/me', 429);
    sandbox.control.expireTokens({ account: user.id });
    await ask(user, 'GET', '/me', 498);
    sandbox.control.platformGone({ status: 410 });
    await ask(client, 'GET', usersPath(sandbox), 410);
  });
});

describe('the specification of Cal.com finds what is wrong', () => {
  const specification = new CalComSpecification();
  const authorization = 'Bearer cal_live_1';
  const faultsOf = (request: Partial<Parameters<CalComSpecification['findRequestFaults']>[0]>) =>
    specification.findRequestFaults({
      method: 'GET',
      path: '/bookings',
      query: new URLSearchParams(),
      headers: { authorization, 'cal-api-version': '2024-08-13' },
      body: '',
      ...request,
    });

  it('with requests', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ headers: { authorization } })).toEqual(['the header cal-api-version is missing']);
    expect(faultsOf({ headers: { authorization, 'cal-api-version': '2024-04-15' } })).toEqual([
      'the header cal-api-version is not 2024-08-13',
    ]);
    expect(faultsOf({ query: new URLSearchParams('updatedAfter=x') })).toHaveLength(1);
    expect(faultsOf({ query: new URLSearchParams('status=upcoming,active') })).toHaveLength(1);
    expect(faultsOf({ path: '/appointments' })).toEqual(['GET /appointments is not documented']);
    const headers = { 'x-cal-secret-key': 's', 'content-type': 'application/json' };
    const creation = { method: 'POST', path: '/oauth-clients/cl1/users', headers };
    expect(faultsOf({ ...creation, body: '{"email":"a@exemple.fr","name":"A"}' })).toEqual([]);
    expect(faultsOf({ ...creation, body: '{"email":"a@exemple.fr","name":"A","timezone":"x"}' })).toEqual([
      'the body has an undocumented timezone',
    ]);
    expect(faultsOf({ ...creation, body: '{"email":"a@exemple.fr"}' })).toHaveLength(1);
    const connect = { path: '/calendars/google/connect', headers: { authorization } };
    expect(faultsOf({ ...connect, query: new URLSearchParams('redir=https://a.example') })).toEqual([]);
    expect(faultsOf({ ...connect, query: new URLSearchParams('isDryRun=') })).toHaveLength(1);
  });

  it('with answers', () => {
    const envelope = { status: 'success', data: { id: 1 } };
    expect(specification.findAnswerFaults('GET', '/me', 200, envelope).length).toBeGreaterThan(5);
    expect(specification.findAnswerFaults('GET', '/me', 302, {})).toHaveLength(1);
    expect(specification.findAnswerFaults('GET', '/me', 401, { message: 'no' }).length).toBeGreaterThan(0);
  });
});

interface Answer {
  data: Record<string, unknown> & { uid: string; seatUid: string; id: string };
}

function versioned(version: string): Request {
  return { headers: { 'cal-api-version': version } };
}
