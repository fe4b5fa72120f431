import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from './start-cal-com-sandbox.js';
import { ApiCaller, follow, home, ManagedUser, usersPath } from './testing/api-caller.js';

const frozenAt = new Date('2026-11-20T10:00:00Z');

interface Listed {
  connectedCalendars: { credentialId: number; calendars?: object[]; error?: object; integration: { type: string } }[];
  destinationCalendar: { externalId: string; credentialId: number } | null;
}

describe('calendars', () => {
  let sandbox: CalComSandbox;
  let user: ManagedUser;
  beforeEach(async () => {
    sandbox = await startCalComSandbox({ frozenAt });
    user = await ManagedUser.create(sandbox);
  });
  afterEach(() => sandbox.close());

  const check = async (calendar = 'google') => {
    const { status, body } = await user.get(`/calendars/${calendar}/check`);
    return status === 200 ? '200' : `${status} ${body.error.message}`;
  };
  const list = async () => (await user.get('/calendars')).body.data as unknown as Listed;
  const authUrl = async (calendar: string, query: Record<string, string> = { redir: home }) =>
    new URL((await user.get(`/calendars/${calendar}/connect`, query)).body.data.authUrl);
  const stateOf = (url: URL) => JSON.parse(url.searchParams.get('state') ?? '') as Record<string, unknown>;

  describe('linking one', () => {
    it.each([
      ['google', '/google/o/oauth2/v2/auth', '/gcal/oauth/save', 'calendar.events'],
      ['office365', '/microsoft/common/oauth2/v2.0/authorize', '/calendars/office365/save', 'Calendars.ReadWrite'],
    ])('sends the browser to %s, which knows Cal.com alone', async (calendar, page, back, scope) => {
      const url = await authUrl(calendar);
      expect(url.href).toContain(`${sandbox.appUrl}${page}?`);
      expect(url.searchParams.get('redirect_uri')).toBe(`${sandbox.apiUrl}${back}`);
      expect(url.searchParams.get('scope')).toContain(scope);
      expect(stateOf(url)).toEqual({
        accessToken: user.data.accessToken,
        origin: new URL(sandbox.url).host,
        redir: home,
        isDryRun: false,
      });
      expect(await (await fetch(url)).text()).toContain('Cal.com demande l’accès à votre agenda');
      url.searchParams.set('redirect_uri', 'https://app.exemple.fr/api/cal/gcal-oauth-redirect');
      expect((await fetch(url)).status).toBe(400);
    });

    it('walks by 301 from Google over two addresses home, where nothing is appended', async () => {
      const trail = await follow(await user.walkConsent('google', 'approve'));
      const api = '/cal-com/api/v2';
      expect(trail).toEqual([`301 ${api}/gcal/oauth/save`, `301 ${api}/calendars/google/save`, home]);
      expect(await check()).toBe('200');
    });

    it('walks home from Microsoft over one', async () => {
      const trail = await follow(await user.walkConsent('office365', 'approve'));
      expect(trail).toEqual(['301 /cal-com/api/v2/calendars/office365/save', home]);
      expect(await check('office365')).toBe('200');
    });

    it.each(['google', 'office365'] as const)(
      'looks the same when %s is refused; only the check tells',
      async (calendar) => {
        const trail = await follow(await user.walkConsent(calendar, 'refuse'));
        expect(trail.at(-1)).toBe(home);
        expect(await check(calendar)).toBe(`400 Credentials for ${calendar}_calendar not found.`);
      },
    );

    it('works by hand on the page', async () => {
      const url = await authUrl('google');
      const body = new URLSearchParams([...url.searchParams, ['account', 'ines@exemple.fr'], ['decision', 'approve']]);
      const answer = await fetch(`${url.origin}${url.pathname}`, { method: 'POST', body, redirect: 'manual' });
      expect(answer.status).toBe(302);
      expect((await follow(answer.headers.get('location') ?? '')).at(-1)).toBe(home);
      expect(sandbox.control.credentials()).toMatchObject([{ userId: user.id, email: 'ines@exemple.fr' }]);
    });

    it('is refused by hand without an address, and not granted without one', async () => {
      const url = await authUrl('google');
      const answer = async (decision: string) => {
        const body = new URLSearchParams([...url.searchParams, ['account', ''], ['decision', decision]]);
        return fetch(`${url.origin}${url.pathname}`, { method: 'POST', body, redirect: 'manual' });
      };
      expect((await answer('refuse')).status).toBe(302);
      expect((await answer('approve')).status).toBe(400);
    });

    it('without redir ends at the Origin, or else at the host of the API itself', async () => {
      const url = await authUrl('office365', {});
      const { location } = sandbox.control.consentToCalendar({ auth_url: url.href });
      const answer = await fetch(location, { redirect: 'manual' });
      expect(answer.headers.get('location')).toBe(new URL(sandbox.url).host);
      const headers = { origin: 'http://localhost:3000' };
      const { body } = await user.send('GET', '/calendars/google/connect', { headers });
      expect(stateOf(new URL(body.data.authUrl))['origin']).toBe('http://localhost:3000');
    });

    it('saves nothing on a dry run', async () => {
      const url = await authUrl('google', { redir: home, isDryRun: 'true' });
      const trail = await follow(sandbox.control.consentToCalendar({ auth_url: url.href }).location);
      expect(trail.at(-1)).toBe(home);
      expect(sandbox.control.credentials()).toEqual([]);
    });

    it.each([
      ['apple', {}, 'Invalid calendar type, available calendars are: '],
      ['outlook', {}, 'Invalid calendar type, available calendars are: '],
      ['google', { isDryRun: '' }, 'isDryRun Validation failed (boolean string is expected)'],
    ])('is refused for %s with %j', async (calendar, query, message) => {
      const { status, body } = await user.get(`/calendars/${calendar}/connect`, query);
      expect([status, body.error.message]).toEqual([400, message]);
    });

    it('takes a user or an API key, never the client', async () => {
      expect((await ApiCaller.asClient(sandbox).get('/calendars/google/connect')).status).toBe(401);
      expect((await ApiCaller.withApiKey(sandbox).get('/calendars/google/connect')).status).toBe(200);
    });

    it('survives the expiry of the token in its state, but not a force-refresh', async () => {
      const before = await user.walkConsent('google', 'approve');
      sandbox.control.expireTokens();
      expect((await follow(before)).at(-1)).toBe(home);
      const { data } = await ManagedUser.create(sandbox, { email: 'leo@exemple.fr' });
      const leo = ApiCaller.withBearer(sandbox, data.accessToken);
      const { body } = await leo.get('/calendars/google/connect', { redir: home });
      const { location } = sandbox.control.consentToCalendar({ auth_url: body.data.authUrl });
      await ApiCaller.asClient(sandbox).post(`${usersPath(sandbox)}/${data.user.id}/force-refresh`);
      const trail = await follow(location);
      expect(trail.at(-1)).toBe('401 /cal-com/api/v2/calendars/google/save');
    });

    it('reads the state of older days too, and refuses what is none', async () => {
      const url = await authUrl('office365');
      const code = new URL(sandbox.control.consentToCalendar({ auth_url: url.href }).location).searchParams.get('code');
      const save = (state: string) => user.get('/calendars/office365/save', { state, code: code ?? '' });
      const bad = await save('rien');
      expect([bad.status, bad.body.error]).toEqual([400, { code: 'BAD_REQUEST', message: 'Invalid state' }]);
      const older = `accessToken=${user.data.accessToken}&origin=https://app.exemple.fr`;
      expect((await save(older)).headers.get('location')).toBe('https://app.exemple.fr');
      expect(await check('office365')).toBe('200');
    });

    it('takes a code once', async () => {
      const url = await user.walkConsent('office365', 'approve');
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(301);
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(500);
    });

    it('twice makes no second; over a dead one it makes a new one', async () => {
      await user.linkCalendar();
      const [first] = sandbox.control.credentials();
      await user.linkCalendar();
      expect(sandbox.control.credentials()).toEqual([first]);
      sandbox.control.killCredential({ account: user.id });
      await user.linkCalendar();
      const credentials = sandbox.control.credentials();
      expect(credentials).toHaveLength(1);
      expect(credentials[0]?.id).not.toBe(first?.id);
      expect(await check()).toBe('200');
    });
  });

  describe('one that went bad', () => {
    it.each([
      ['invalid', '400 Invalid google OAuth credentials.'],
      ['refused', '401 invalid_grant'],
      ['not-connected', '401 Google Calendar not connected.'],
    ] as const)('(%s) shows in the check as %s', async (how, outcome) => {
      await user.linkCalendar();
      sandbox.control.killCredential({ account: user.id, how });
      expect(await check()).toBe(outcome);
      sandbox.control.killCredential({ account: user.id, how: 'good' });
      expect(await check()).toBe('200');
    });

    it('shows in the list only once that is read anew, as an error without calendars', async () => {
      await user.linkCalendar();
      expect((await list()).connectedCalendars[0]?.calendars).toHaveLength(1);
      sandbox.control.killCredential({ account: user.id });
      expect((await list()).connectedCalendars[0]?.calendars).toHaveLength(1);
      await sandbox.control.advance({ seconds: 60 });
      const [dead] = (await list()).connectedCalendars;
      expect(dead).toMatchObject({ credentialId: 135, error: { message: expect.any(String) as unknown } });
      expect(dead).not.toHaveProperty('calendars');
    });
  });

  it('are listed with defaults, which reading writes', async () => {
    expect(await list()).toEqual({ connectedCalendars: [], destinationCalendar: null });
    await user.linkCalendar('google', 'ines@exemple.fr');
    await user.linkCalendar('office365', 'ines@exemple.onmicrosoft.com');
    const { connectedCalendars, destinationCalendar } = await list();
    expect(connectedCalendars.map(({ integration }) => integration.type)).toEqual([
      'google_calendar',
      'office365_calendar',
    ]);
    expect(destinationCalendar).toMatchObject({ externalId: 'ines@exemple.fr', credentialId: 135 });
  });

  it('are unlinked by the credential id, whatever calendar the address names, once', async () => {
    await user.linkCalendar();
    const unlink = (caller: ApiCaller) => caller.post('/calendars/office365/disconnect', { id: 135 });
    const stranger = await ManagedUser.create(sandbox, { email: 'leo@exemple.fr' });
    expect((await unlink(stranger)).body.error.message).toBe('Calendar credentials not found');
    expect((await unlink(user)).body.data).toMatchObject({ id: 135, type: 'google_calendar', userId: user.id });
    expect((await unlink(user)).status).toBe(404);
    expect(await list()).toEqual({ connectedCalendars: [], destinationCalendar: null });
  });

  it('need their permission', async () => {
    sandbox.control.setPermissions({ permissions: ['BOOKING_READ'] });
    expect((await user.get('/calendars/google/check')).status).toBe(403);
  });

  describe('busy times', () => {
    const ask = (changes: Record<string, string | undefined> = {}, caller: ApiCaller = user) => {
      const query = {
        timeZone: 'Europe/Paris',
        dateFrom: '2026-11-24',
        dateTo: '2026-11-24',
        'calendarsToLoad[0][credentialId]': '135',
        'calendarsToLoad[0][externalId]': 'ines@exemple.fr',
        ...changes,
      };
      const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
      return caller.get('/calendars/busy-times', Object.fromEntries(given));
    };
    beforeEach(() => user.linkCalendar('google', 'ines@exemple.fr'));

    it('are those of the calendars named in brackets, and the bookings written there', async () => {
      const account = user.id;
      sandbox.control.addBusyTime({ account, start: '2026-11-24T09:00:00Z', end: '2026-11-24T10:00:00Z' });
      sandbox.control.addBusyTime({ account, start: '2026-11-25T09:00:00Z', end: '2026-11-25T10:00:00Z' });
      await list();
      sandbox.control.book({ account, start: '2026-11-24T13:00:00Z' });
      const source = 'ines@exemple.fr';
      expect((await ask()).body.data).toEqual([
        { start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T10:00:00.000Z', source },
        { start: '2026-11-24T13:00:00.000Z', end: '2026-11-24T13:30:00.000Z', source },
      ]);
    });

    it('are refused without a zone, without brackets, and for another’s credential', async () => {
      expect((await ask({ timeZone: undefined })).status).toBe(400);
      expect((await ask({ timeZone: undefined, loggedInUsersTz: 'Europe/Paris' })).status).toBe(200);
      const flat = { 'calendarsToLoad[0][credentialId]': undefined, 'calendarsToLoad[0][externalId]': undefined };
      expect((await ask({ ...flat, credentialId: '135', externalId: 'ines@exemple.fr' })).status).toBe(400);
      expect((await ask({}, await ManagedUser.create(sandbox, { email: 'leo@exemple.fr' }))).status).toBe(401);
      sandbox.control.killCredential({ account: user.id });
      expect((await ask()).status).toBe(500);
    });
  });
});
