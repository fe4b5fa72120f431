import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { demand, type Person } from '../support/app.js';
import {
  type CalComApp,
  type CalMode,
  ERROR_PAGE,
  NORA,
  startCalComApp,
  SUCCESS_PAGE,
} from '../support/cal-com-app.js';

/** The host whose account it is: a managed user bears the address of its person. */
const hostOf = (mode: CalMode, person: Person) => (mode === 'platform' ? person.email : NORA);

describe.each(['platform', 'oauth', 'apikey'] as const)('the five steps of the guide, in the mode %s', (mode) => {
  let app: CalComApp;
  let person: Person;

  beforeAll(async () => {
    app = await startCalComApp({ mode });
    person = await app.registerOrganization();
    // A key is given by an administrator; the other modes connect by linking a calendar.
    if (mode === 'apikey') await app.connect(person);
  });
  afterEach(() => app.cal.control.clearFaults());
  afterAll(() => app?.close());

  it('lead from a click to a linked calendar', async () => {
    expect(await app.status(person)).toMatchObject({ hasConnectedCalendars: false, calendars: [], mode });

    let authUrl = await app.calendarUrl(person);
    if (mode === 'oauth') {
      // Cal.com itself is asked first, and leads on to the calendar.
      authUrl = await app.follow(app.cal.control.consent({ authorize_url: authUrl }).location);
    }
    const state = mode === 'apikey' ? await linkByHand(app) : await linkThrough(app, authUrl);

    const body = { type: 'google', ...(state && { code: '4/code', state }) };
    const saved = await app.http('POST', '/api/cal/calendars/save-oauth-cal-creds', { token: person.token, body });
    expect(saved).toMatchObject({ status: 200, body: { success: true, data: { type: 'google', connected: true } } });

    const synced = await app.http('POST', '/api/cal/calendars/sync-credentials', {
      token: person.token,
      body: { calendarType: 'google' },
    });
    expect(synced).toMatchObject({ status: 200, body: { success: true } });

    const status = await app.status(person);
    expect(status).toMatchObject({ hasConnectedCalendars: true, mode, connected: true, connection_mode: mode });
    expect(status.calendars).toEqual([
      expect.objectContaining({
        integration: 'google_calendar',
        name: 'nora.agenda@example.test',
        status: 'connected',
      }),
    ]);
    expect(status.mode_limits.length).toBeGreaterThan(0);
  });

  it('and bookings of that account become prospects', async () => {
    await app.settled(person);
    const attendee = { name: 'Zoé Martin', email: 'zoe.martin@example.test', responses: { projet: 'Un site' } };
    app.cal.control.book({ account: hostOf(mode, person), attendee, metadata: { utm_source: 'lettre' } });
    await app.eventually(async () => {
      const { body } = demand(200, await app.http('GET', '/api/prospects?search=zoe.martin', { token: person.token }));
      expect(body).toMatchObject([{ firstname: 'Zoé', lastname: 'Martin', source: 'calcom' }]);
    });
    const { body: notices } = await app.http('GET', '/api/notifications', { token: person.token });
    expect(notices).toContainEqual(
      expect.objectContaining({ type: 'calcom_prospect_created', title: 'Nouveau prospect Cal.com' }),
    );
  });

  it('name a calendar whose consent has died, and how to mend it', async () => {
    app.cal.control.killCredential({ account: hostOf(mode, person), how: 'refused' });
    const synced = await app.http('POST', '/api/cal/calendars/sync-credentials', {
      token: person.token,
      body: { calendarType: 'google' },
    });
    expect(synced).toMatchObject({ status: 409, body: { code: 'cal-com/calendar-credential-dead', success: false } });
    // The list is repeated for a while by Cal.com itself.
    await app.cal.control.advance({ seconds: 61 });
    const status = await app.status(person);
    expect(status.hasConnectedCalendars).toBe(false);
    expect(status.calendars).toMatchObject([
      { name: 'nora.agenda@example.test', status: 'error', status_reason: expect.stringContaining('nora.agenda') },
    ]);
  });

  it('keep Cal.com’s tokens out of the log and of our answers', async () => {
    const { body } = await app.http('GET', '/api/cal/calendars/status', { token: person.token });
    expect(JSON.stringify(body)).not.toMatch(/eyJ|cal_live_/);
    expect(JSON.stringify(app.log)).not.toMatch(/eyJ[\w-]{10,}|cal_live_|accessToken/);
  });
});

/** Answers the state that came back with the browser. */
async function linkThrough(app: CalComApp, authUrl: string): Promise<string> {
  const redir = new URL((JSON.parse(new URL(authUrl).searchParams.get('state')!) as { redir: string }).redir);
  expect(await app.consentToCalendar(authUrl)).toBe(SUCCESS_PAGE);
  return redir.searchParams.get('state')!;
}

/** At Cal.com itself: the key never travels through an address. */
async function linkByHand(app: CalComApp): Promise<null> {
  const { api_key: key } = app.cal.control.issueApiKey();
  const redir = encodeURIComponent(ERROR_PAGE);
  const response = await fetch(`${app.cal.apiUrl}/calendars/google/connect?redir=${redir}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { data } = (await response.json()) as { data: { authUrl: string } };
  await app.consentToCalendar(data.authUrl);
  return null;
}
