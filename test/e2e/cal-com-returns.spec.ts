import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Person } from '../support/app.js';
import { type CalComApp, ERROR_PAGE, startCalComApp, SUCCESS_PAGE } from '../support/cal-com-app.js';

let app: CalComApp;
let person: Person;

beforeAll(async () => {
  app = await startCalComApp({ mode: 'platform' });
  person = await app.registerOrganization();
});
afterEach(() => app.cal.control.clearFaults());
afterAll(() => app?.close());

const hasCalendar = async (whose = person) => (await app.status(whose)).hasConnectedCalendars as boolean;

/** The address of ours that Cal.com will send the browser to. */
function returnAddress(authUrl: string): URL {
  return new URL((JSON.parse(new URL(authUrl).searchParams.get('state')!) as { redir: string }).redir);
}

describe('a browser that comes back from linking a calendar', () => {
  it('sees the error page after a refusal, which Cal.com does not tell from a success', async () => {
    const authUrl = await app.calendarUrl(person);
    expect(await app.consentToCalendar(authUrl, { decision: 'refuse' })).toBe(ERROR_PAGE);
    expect(await hasCalendar()).toBe(false);
  });

  it.each(['google', 'office365'] as const)('sees the success page once, for %s', async (type) => {
    const one = await app.registerOrganization();
    const authUrl = await app.calendarUrl(one, type);
    const back = returnAddress(authUrl);
    expect(await app.consentToCalendar(authUrl)).toBe(SUCCESS_PAGE);
    expect(await hasCalendar(one)).toBe(true);
    // The state is spent.
    expect(await app.follow(back.href)).toBe(ERROR_PAGE);
  });

  it.each([
    ['without a state', ''],
    ['with an empty one', '?state='],
    ['with a made-up one', '?state=abcdefghijklmnopqrstuvwxyz0123456789'],
    ['with two', '?state=a&state=b'],
    ['with a long one', `?state=${'x'.repeat(4_000)}`],
    ['with a nested one', '?state[a]=b'],
    ['with an address of its own choosing', '?state=a&redir=https%3A%2F%2Fevil.test'],
  ])('sees the error page when it comes %s', async (_, query) => {
    const { status, headers } = await app.http('GET', `/api/cal/gcal-oauth-redirect${query}`);
    expect({ status, location: headers.location }).toEqual({ status: 302, location: ERROR_PAGE });
  });

  it('sees the error page with the state of another calendar, and with one that is too old', async () => {
    const other = returnAddress(await app.calendarUrl(person, 'office365'));
    expect(await app.follow(`${app.url}/api/cal/gcal-oauth-redirect${other.search}`)).toBe(ERROR_PAGE);
    const authUrl = await app.calendarUrl(person);
    await app.database.query(`UPDATE cal_com_returns SET expires_at = now()`);
    expect(await app.consentToCalendar(authUrl)).toBe(ERROR_PAGE);
  });

  it('sees the error page while Cal.com is failing, and never a 401', async () => {
    const one = await app.registerOrganization();
    const authUrl = await app.calendarUrl(one);
    app.cal.control.failNext({ path_prefix: '/calendars/google/check', status: 503, times: 3 });
    expect(await app.consentToCalendar(authUrl)).toBe(ERROR_PAGE);
  });
});

describe('a front end that passes on what it was given', () => {
  const save = (token: string, body: unknown) =>
    app.http('POST', '/api/cal/calendars/save-oauth-cal-creds', { token, body });

  it('may hand over the code and the state of the calendar’s consent page itself', async () => {
    const one = await app.registerOrganization();
    const authUrl = await app.calendarUrl(one);
    const { searchParams } = new URL(app.cal.control.consentToCalendar({ auth_url: authUrl }).location);
    const [code, state] = [searchParams.get('code'), searchParams.get('state')];
    expect(await save(one.token, { type: 'google', code, state })).toMatchObject({ status: 200 });
    expect(await hasCalendar(one)).toBe(true);
  });

  it('not with somebody else’s state, be it ours or Cal.com’s', async () => {
    const [one, other] = [await app.registerOrganization(), await app.registerOrganization()];
    await app.calendarUrl(other);
    const authUrl = await app.calendarUrl(one);
    const state = new URL(authUrl).searchParams.get('state')!;
    const ours = returnAddress(authUrl).searchParams.get('state')!;
    for (const foreign of [state, ours, '{"accessToken":"x"}', '{', 'nonsense']) {
      const answer = await save(other.token, { type: 'google', code: '4/x', state: foreign });
      expect(answer).toMatchObject({ status: 400, body: { code: 'oauth/state-invalid' } });
    }
    expect(await hasCalendar(other)).toBe(false);
  });

  it('hears that nothing is linked when nothing is', async () => {
    const one = await app.registerOrganization();
    expect(await save(one.token, { type: 'google' })).toMatchObject({
      status: 409,
      body: { code: 'cal-com/not-connected' },
    });
    await app.calendarUrl(one);
    expect(await save(one.token, { type: 'google' })).toMatchObject({
      status: 409,
      body: { code: 'cal-com/calendar-not-linked' },
    });
  });
});

describe('the type of a calendar', () => {
  it.each(['', '?type=', '?type=apple', '?type=google&type=office365', '?type[]=google', '?type=GOOGLE'])(
    'is refused when it is unknown or several: %s',
    async (query) => {
      const answer = await app.http('GET', `/api/cal/calendars/oauth-connect-url${query}`, { token: person.token });
      expect(answer.status).toBe(400);
    },
  );

  it('is demanded of the repair too, and a session with it', async () => {
    const path = '/api/cal/calendars/sync-credentials';
    expect((await app.http('POST', path, { token: person.token, body: { calendarType: 'apple' } })).status).toBe(400);
    expect((await app.http('POST', path, { body: { calendarType: 'google' } })).status).toBe(401);
  });
});

describe('a linked calendar', () => {
  it('tells busy times and takes the place of new bookings', async () => {
    const one = await app.registerOrganization();
    await app.consentToCalendar(await app.calendarUrl(one));
    await app.consentToCalendar(await app.calendarUrl(one, 'office365'), { email: 'nora.bureau@example.test' });
    app.cal.control.addBusyTime({ account: one.email, start: '2027-01-12T09:00:00Z', end: '2027-01-12T10:00:00Z' });

    const days = 'dateFrom=2027-01-12&dateTo=2027-01-13&timeZone=Europe/Paris';
    // The list of calendars, which says what to look into, is read first.
    await app.status(one);
    expect(await app.http('GET', `/api/cal/calendars/busy-times?${days}`, { token: one.token })).toMatchObject({
      status: 200,
      body: { success: true, data: [{ start: '2027-01-12T09:00:00.000Z', end: '2027-01-12T10:00:00.000Z' }] },
    });

    const choose = (externalId: string) =>
      app.http('PUT', '/api/cal/calendars/destination', {
        token: one.token,
        body: { integration: 'office365_calendar', externalId },
      });
    expect((await choose('nora.bureau@example.test')).status).toBe(200);
    expect(await choose('somebody@else.test')).toMatchObject({
      status: 409,
      body: { code: 'cal-com/calendar-not-linked' },
    });
    const { calendars } = await app.status(one);
    expect(calendars.filter((calendar: { is_destination: boolean }) => calendar.is_destination)).toMatchObject([
      { integration: 'office365_calendar' },
    ]);
  });
});
