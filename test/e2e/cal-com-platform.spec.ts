import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { demand, type Person } from '../support/app.js';
import { type CalComApp, startCalComApp, SUCCESS_PAGE } from '../support/cal-com-app.js';

let app: CalComApp;

beforeAll(async () => {
  app = await startCalComApp({ mode: 'platform' });
});
afterEach(() => {
  app.cal.control.clearFaults();
  app.cal.control.platformGone({ status: null });
});
afterAll(() => app?.close());

const callsTo = (fragment: string) => app.cal.control.calls().filter(({ path }) => path.includes(fragment));
const managedUsers = () => app.cal.control.managedUsers().map(({ user }) => user);
const refresh = (token: string) =>
  app.http('GET', '/api/cal/refresh', {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
const atomsOf = async ({ token }: Person) =>
  demand(200, await app.http('GET', '/api/cal/atoms', { token })).body.data as { accessToken: string };

async function connected(): Promise<Person> {
  const person = await app.registerOrganization();
  await app.connect(person);
  await app.settled(person);
  return person;
}

describe('a managed user', () => {
  it('is made once, however often a person connects at the same moment', async () => {
    const person = await app.registerOrganization();
    const before = managedUsers().length;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        app.http('GET', '/api/cal/calendars/oauth-connect-url?type=google', { token: person.token }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(managedUsers()).toHaveLength(before + 1);
    const [own] = await app.database.query(
      'SELECT count(*)::int AS live FROM integrations WHERE organization_id = $1',
      [person.organizationId],
    );
    expect(own).toEqual({ live: 1 });
  });

  it('can be booked: it has a time zone, and with it a schedule', async () => {
    const person = await connected();
    const user = managedUsers().find(({ email }) => email.startsWith(person.email.split('@')[0]!))!;
    expect(user).toMatchObject({ timeZone: 'Europe/Paris', defaultScheduleId: expect.any(Number) });
    expect((await app.status(person)).email).toBe(person.email);
  });

  it('is found again by its number when the answer to its making was lost', async () => {
    const person = await app.registerOrganization();
    const before = managedUsers().length;
    app.cal.control.failNext({ path_prefix: '/oauth-clients', method: 'POST', mode: 'lose-answer' });
    expect((await app.http('POST', '/api/cal/connect', { token: person.token, body: {} })).status).toBeGreaterThan(500);
    await app.connect(person);
    expect(managedUsers()).toHaveLength(before + 1);
  });

  it('is not taken over by somebody who registers with its address', async () => {
    const [person, other] = [await connected(), await app.registerOrganization()];
    // The same address in another organization, as anybody may claim.
    await app.database.query('UPDATE users SET email = $2 WHERE id = $1', [other.userId, person.email]);
    const before = managedUsers().length;
    await app.connect(other);
    expect(managedUsers()).toHaveLength(before + 1);
    const rows = await app.database.query<{ account_id: string }>(
      'SELECT account_id FROM integrations WHERE organization_id = ANY($1)',
      [[person.organizationId, other.organizationId]],
    );
    expect(new Set(rows.map(({ account_id }) => account_id)).size).toBe(2);
  });

  it('is the same after a disconnection, and its bookings are there once', async () => {
    const person = await connected();
    const before = managedUsers().length;
    for (let round = 0; round < 3; round += 1) {
      demand(200, await app.http('POST', '/api/cal/disconnect', { token: person.token }));
      expect(await app.status(person)).toMatchObject({ connected: false, status: 'disconnected' });
      await app.connect(person);
    }
    expect(managedUsers()).toHaveLength(before);
    await app.eventually(() => {
      const own = app.cal.control.webhooks().filter((webhook) => webhook.userId === managedUsers().at(-1)!.id);
      expect(own).toHaveLength(1);
    });
  });
});

describe('access to a managed user', () => {
  it('is renewed once for eight callers whose token has expired', async () => {
    const person = await connected();
    app.cal.control.expireTokens({ account: person.email });
    app.cal.control.clearCalls();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => app.http('GET', '/api/cal/calendars/status', { token: person.token })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(callsTo('/refresh').filter(({ path }) => path.startsWith('/oauth/'))).toHaveLength(1);
    expect(callsTo('force-refresh')).toHaveLength(0);
  });

  it('is renewed as well where the expired token has become an unknown one', async () => {
    const person = await connected();
    app.cal.control.failNext({
      path_prefix: '/calendars',
      status: 401,
      body: { status: 'error', error: { code: 'UnauthorizedException', message: 'Invalid Access Token.' } },
    });
    app.cal.control.clearCalls();
    expect((await app.status(person)).status).toBe('connected');
    expect(callsTo('/refresh')).toHaveLength(1);
  });

  it('is demanded by the client when the refresh token is spent', async () => {
    const person = await connected();
    app.cal.control.expireTokens({ account: person.email, tokens: 'both' });
    app.cal.control.clearCalls();
    expect(await app.status(person)).toMatchObject({ status: 'connected', connected: true });
    expect(callsTo('force-refresh')).toHaveLength(1);
  });
});

describe('Cal.com’s front-end parts', () => {
  it('get a token, and a new one for an old one, in two tabs alike', async () => {
    const person = await connected();
    const { accessToken } = await atomsOf(person);
    app.cal.control.expireTokens({ account: person.email });
    app.cal.control.clearCalls();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(accessToken)));
    const renewed = new Set(answers.map(({ status, body }) => `${status} ${body.accessToken}`));
    expect(renewed.size).toBe(1);
    expect([...renewed][0]).toMatch(/^200 eyJ/);
    expect([...renewed][0]).not.toContain(accessToken);
    expect(callsTo('/refresh').filter(({ path }) => path.startsWith('/oauth/'))).toHaveLength(1);
    // The other tab comes later, still with the old one.
    expect((await refresh(accessToken)).body.accessToken).toBe(answers[0]!.body.accessToken);
  });

  it('get nothing for a token that this server did not give them', async () => {
    const person = await connected();
    const { accessToken } = await atomsOf(person);
    for (const token of ['x', `${accessToken}x`, person.token]) {
      expect(await refresh(token)).toMatchObject({ status: 401, body: { code: 'cal-com/access-token-unknown' } });
    }
    expect((await app.http('GET', '/api/cal/refresh')).status).toBe(401);
    demand(200, await app.http('POST', '/api/cal/disconnect', { token: person.token }));
    expect((await refresh(accessToken)).status).toBe(401);
  });

  it('never see trouble of Cal.com’s as a 401', async () => {
    const person = await connected();
    const { accessToken } = await atomsOf(person);
    app.cal.control.failNext({ path_prefix: '/oauth/', status: 503, times: 5 });
    expect(await refresh(accessToken)).toMatchObject({ status: 502, body: { code: 'provider/unavailable' } });
  });
});

describe('the end of the Platform plan', () => {
  it.each([404, 410] as const)('with %s, is said with the ways that are left', async (status) => {
    const person = await app.registerOrganization();
    app.cal.control.platformGone({ status });
    const answer = await app.http('GET', '/api/cal/calendars/oauth-connect-url?type=google', { token: person.token });
    expect(answer).toMatchObject({ status: 409, body: { code: 'provider/withdrawn' } });
    expect(answer.body.detail).toContain('CAL_MODE=oauth, CAL_MODE=apikey');
  });

  it('leaves a connection that says so, and everything that came by it', async () => {
    const person = await connected();
    app.cal.control.book({ account: person.email, attendee: { name: 'Inès Roy', email: 'ines@example.test' } });
    const prospects = async () => (await app.http('GET', '/api/prospects', { token: person.token })).body.length;
    await app.eventually(async () => expect(await prospects()).toBe(1));
    app.cal.control.platformGone();
    app.cal.control.expireTokens({ account: person.email });
    const status = await app.status(person);
    expect(status).toMatchObject({ status: 'error', mode: 'platform', hasConnectedCalendars: false });
    expect(status.status_reason).toContain('Cal.com a mis fin au mode de connexion');
    expect(await prospects()).toBe(1);
  });

  it('is over for whoever connects in another mode: the same screens, and the history stays', async () => {
    const person = await connected();
    app.cal.control.book({ account: person.email, attendee: { name: 'Paul Adam', email: 'paul@example.test' } });
    const prospects = async (from = app as Pick<CalComApp, 'http'>) =>
      (await from.http('GET', '/api/prospects', { token: person.token })).body as { email: string }[];
    await app.eventually(async () => expect(await prospects()).toHaveLength(1));
    app.cal.control.platformGone();

    // The server is configured anew.
    const anew = await app.startAnother({ CAL_MODE: 'oauth' });
    app.cal.control.setRedirectUris({ redirect_uris: [`${app.url}/api/cal/oauth-callback`] });
    const { body } = await anew.http('GET', '/api/cal/calendars/oauth-connect-url?type=google', {
      token: person.token,
    });
    const { location } = app.cal.control.consent({ authorize_url: body.data.authUrl });
    const back = await anew.http('GET', new URL(location).pathname + new URL(location).search);
    const calendar = new URL(app.cal.control.consentToCalendar({ auth_url: back.headers.location! }).location);
    const saved = await fetch(calendar, { redirect: 'manual' });
    const save = await fetch(saved.headers.get('location')!, { redirect: 'manual' });
    const home = new URL(save.headers.get('location')!);
    expect((await anew.http('GET', home.pathname + home.search)).headers.location).toBe(SUCCESS_PAGE);

    const { body: status } = await anew.http('GET', '/api/cal/calendars/status', { token: person.token });
    expect(status.data).toMatchObject({
      mode: 'oauth',
      connection_mode: 'oauth',
      status: 'connected',
      email: 'nora@example.test',
    });
    expect(await prospects(anew)).toContainEqual(expect.objectContaining({ email: 'paul@example.test' }));
    const live = await app.database.query<{ mode: string }>(
      `SELECT options->>'mode' AS mode FROM integrations WHERE organization_id = $1 AND is_active`,
      [person.organizationId],
    );
    expect(live).toEqual([{ mode: 'oauth' }]);
  });
});
