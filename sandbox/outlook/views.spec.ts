import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import {
  type EventAnswer,
  eventAt,
  GraphSession,
  immutable,
  personalEmail,
  viewPath,
  workEmail,
} from './testing/graph-session.js';

describe('reading a calendar', () => {
  let sandbox: OutlookSandbox;
  let session: GraphSession;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox({ frozenAt: new Date('2026-03-01T09:00:00Z') });
    session = await GraphSession.connect(sandbox, personalEmail);
  });
  afterEach(() => sandbox.close());

  const fill = (count: number) => {
    for (let hour = 0; hour < count; hour += 1) {
      const time = String(hour % 24).padStart(2, '0');
      const day = `2026-05-${String(1 + Math.floor(hour / 24)).padStart(2, '0')}`;
      sandbox.control.addEvent({
        account: personalEmail,
        event: { ...eventAt(day, `${time}:00`, `${time}:30`), subject: `N° ${hour}` },
      });
    }
  };
  const view = `/me/calendarView?startDateTime=2026-04-01T00:00:00Z&endDateTime=2026-06-01T00:00:00Z`;

  it('goes on by the link alone, ten events at a time', async () => {
    fill(25);
    const seen: EventAnswer[] = [];
    let next: string | undefined = view;
    const sizes = [];
    const links: string[] = [];
    while (next) {
      const { body }: { body: { value: EventAnswer[]; '@odata.nextLink'?: string } } = await session.get(next);
      seen.push(...body.value);
      sizes.push(body.value.length);
      next = body['@odata.nextLink'];
      links.push(next ?? '');
    }
    expect([sizes, new Set(seen.map(({ id }) => id)).size]).toEqual([[10, 10, 5], 25]);
    const isOurs = (link: string) => link.startsWith(`${sandbox.graphUrl}/me/calendarView?`);
    expect(links.map(isOurs)).toEqual([true, true, false]);
    expect((await session.get(view, { prefer: 'odata.maxpagesize=20' })).body.value).toHaveLength(20);
    expect((await session.get(`${view}&$top=25`)).body['@odata.nextLink']).toBeUndefined();
    expect((await session.get(`${view}&$top=1001`)).status).toBe(400);
  });

  it('takes the offset of the window, in whatever zone the answer is', async () => {
    sandbox.control.addEvent({ account: personalEmail, event: eventAt('2026-05-01', '00:30', '01:00') });
    const inWindow = async (from: string, to: string) => {
      const path = `/me/calendarView?startDateTime=${encodeURIComponent(from)}&endDateTime=${encodeURIComponent(to)}`;
      return (await session.get(path, { prefer: 'outlook.timezone="Tokyo Standard Time"' })).body.value.length;
    };
    expect(await inWindow('2026-05-01T00:00:00+02:00', '2026-05-01T02:00:00+02:00')).toBe(1);
    expect(await inWindow('2026-05-01T00:00:00', '2026-05-01T02:00:00')).toBe(0);
    expect(await inWindow('2026-04-30T22:45:00Z', '2026-04-30T23:30:00Z')).toBe(1);
    expect(await inWindow('2026-04-30T23:00:00Z', '2026-04-30T23:30:00Z')).toBe(0);
  });

  it.each([
    ['no window', '/me/calendarView'],
    ['half a window', '/me/calendarView?startDateTime=2026-04-01T00:00:00Z'],
    [
      'a plus that was not encoded',
      '/me/calendarView?startDateTime=2026-04-01T00:00:00+02:00&endDateTime=2026-06-01T00:00:00Z',
    ],
    ['an end before the start', '/me/calendarView?startDateTime=2026-06-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z'],
    ['fields Exchange does not keep there', `${view}&$select=subject,lastModifiedDateTime`],
    ['an unknown option', `${view}&$apply=1`],
    ['a search', `${view}&$search=x`],
    ['an expansion nobody knows', `${view}&$expand=attachments`],
    ['an order nobody knows', `${view}&$orderby=subject%20upwards`],
  ])('refuses %s', async (_, path) => {
    fill(1);
    expect((await session.get(path)).status).toBe(400);
  });

  it('selects, filters, orders and counts', async () => {
    fill(4);
    const selected = await session.get(
      `${view}&$select=subject,start&$orderby=start/dateTime%20desc&$top=2&$count=true`,
    );
    expect(selected.body['@odata.count']).toBe(4);
    expect(selected.body.value.map((event) => Object.keys(event).sort())).toEqual(
      Array.from({ length: 2 }, () => ['@odata.etag', 'id', 'start', 'subject']),
    );
    expect(selected.body.value.map(({ subject }) => subject)).toEqual(['N° 3', 'N° 2']);
    const filtered = await session.get(`${view}&$filter=${encodeURIComponent("subject eq 'N° 1'")}`);
    expect(filtered.body.value.map(({ subject }) => subject)).toEqual(['N° 1']);
  });

  it('has an empty page when told to, with more behind it or with none', async () => {
    fill(3);
    sandbox.control.nextPageEmpty();
    const first = await session.get(view);
    expect([first.body.value, first.status]).toEqual([[], 200]);
    expect((await session.get(first.body['@odata.nextLink'] ?? '')).body.value).toHaveLength(3);
    sandbox.control.nextPageEmpty({ mode: 'end' });
    const lie = await session.get(view);
    expect([lie.body.value, lie.body['@odata.nextLink']]).toEqual([[], undefined]);
    expect((await session.get(view)).body.value).toHaveLength(3);
  });

  it('shows the profile, with a null for the mail of a personal account', async () => {
    const work = await GraphSession.connect(sandbox, workEmail, 'User.Read Calendars.Read MailboxSettings.Read');
    expect((await work.get('/me')).body).toMatchObject({
      mail: workEmail,
      userPrincipalName: workEmail,
      displayName: 'Dominique Roux',
    });
    expect((await session.get('/me')).body).toMatchObject({ mail: null, userPrincipalName: personalEmail });
    expect((await work.get('/me?$select=displayName')).body).not.toHaveProperty('mail');
    expect((await work.get('/me/mailboxSettings')).body).toMatchObject({ timeZone: 'Romance Standard Time' });
  });

  it('keeps calendars, whose ids are the same in both formats', async () => {
    const work = await GraphSession.connect(sandbox);
    const listed = await work.get('/me/calendars');
    expect(listed.body.value.map((calendar) => [calendar['name'], calendar['isDefaultCalendar']])).toEqual([
      ['Calendrier', true],
      ['Formations', false],
    ]);
    expect((await work.get('/me/calendars', { prefer: immutable })).body.value.map(({ id }) => id)).toEqual(
      listed.body.value.map(({ id }) => id),
    );
    expect((await work.get('/me/calendar')).body.id).toBe(listed.body.value[0]?.id);
    const made = await work.post('/me/calendars', { name: 'Passerelle' });
    expect([made.status, (await work.post('/me/calendars', { name: 'Passerelle' })).status]).toEqual([201, 409]);
    const path = `/me/calendars/${encodeURIComponent(made.body.id)}`;
    expect((await work.get(path)).body['name']).toBe('Passerelle');
    const { event } = await work.post(`${path}/events`, eventAt('2026-05-02', '09:00', '10:00'));
    expect(
      (await work.get(`${path}/calendarView?startDateTime=2026-05-02&endDateTime=2026-05-03`)).body.value.map(
        ({ id }) => id,
      ),
    ).toEqual([event.id]);
    expect((await work.get(viewPath('2026-05-02', '2026-05-03'))).body.value).toEqual([]);
    expect((await work.send('DELETE', path)).status).toBe(204);
    expect((await work.get(`${path}/events`)).status).toBe(404);
    expect((await session.get('/me/calendars')).body.value[0]).toMatchObject({
      allowedOnlineMeetingProviders: [],
      defaultOnlineMeetingProvider: 'unknown',
    });
    expect((await work.get('/me/calendars?$top=1')).body['@odata.nextLink']).toContain('$skip=1'.replace('$', '%24'));
  });

  it('has nothing for an account without a mailbox', async () => {
    sandbox.control.addAccount({ name: 'Ana Diaz', email: 'ana@example.test', has_mailbox: false });
    const ana = await GraphSession.connect(sandbox, 'ana@example.test');
    expect((await ana.get('/me')).status).toBe(200);
    const refused = await ana.get('/me/calendars');
    expect([refused.status, refused.body.error.code]).toEqual([404, 'MailboxNotEnabledForRESTAPI']);
  });

  it('tells free from busy, to work accounts', async () => {
    sandbox.control.addAccount({ name: 'Ana Diaz', email: 'ana@example.test' });
    const add = (from: string, to: string, more: object) =>
      sandbox.control.addEvent({ account: 'ana@example.test', event: { ...eventAt('2026-05-04', from, to), ...more } });
    add('09:00', '10:00', { sensitivity: 'private', subject: 'Secret' });
    add('10:00', '10:30', { showAs: 'oof' });
    add('10:30', '11:00', { showAs: 'tentative' });
    add('11:00', '11:30', { showAs: 'workingElsewhere' });
    const work = await GraphSession.connect(sandbox);
    const at = (time: string) => ({ dateTime: `2026-05-04T${time}:00`, timeZone: 'Europe/Paris' });
    const ask = {
      schedules: ['ana@example.test', 'nobody@example.test'],
      startTime: at('09:00'),
      endTime: at('12:00'),
    };
    const { body } = await work.post('/me/calendar/getSchedule', ask);
    const [ana, nobody] = body.value;
    expect(ana).toMatchObject({ scheduleId: 'ana@example.test', availabilityView: '223100' });
    expect(ana!['scheduleItems']).toHaveProperty('0', {
      isPrivate: true,
      status: 'busy',
      start: { dateTime: '2026-05-04T07:00:00.0000000', timeZone: 'UTC' },
      end: { dateTime: '2026-05-04T08:00:00.0000000', timeZone: 'UTC' },
    });
    expect(nobody).toMatchObject({ error: { responseCode: 'ErrorMailRecipientNotFound' } });
    expect((await work.post('/me/calendar/getSchedule', { ...ask, availabilityViewInterval: 4 })).status).toBe(400);
    expect((await session.post('/me/calendar/getSchedule', ask)).status).toBe(403);
  });
});
