import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OutlookSandbox, startOutlookSandbox } from './start-outlook-sandbox.js';
import { eventAt, eventPath, GraphSession, personalEmail, workEmail } from './testing/graph-session.js';

describe('the controls over HTTP', () => {
  let sandbox: OutlookSandbox;
  beforeEach(async () => {
    sandbox = await startOutlookSandbox();
  });
  afterEach(() => sandbox.close());

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${sandbox.url}/_sandbox/outlook${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: (await response.json()) as { field?: string } & Record<string, unknown> };
  };

  it.each([
    ['POST', '/events', {}, 400, 'event'],
    ['POST', '/events', { event: { subject: 'x' } }, 400, 'event'],
    ['POST', '/events', { event: eventAt('2026-03-10', '10:00', '09:00') }, 400, 'event'],
    ['POST', '/events', { event: eventAt('2026-03-10', '09:00', '10:00'), calendar: 'Aucun' }, 404, 'calendar'],
    ['POST', '/events/change', { event: 'none', changes: {} }, 404, 'event'],
    ['POST', '/events/delete', { event: 'none', all: true }, 400, 'all'],
    ['POST', '/accounts', { name: 'X', email: 'dominique@example.test' }, 409, 'email'],
    ['POST', '/consent', { authorize_url: 'http://elsewhere.test/authorize' }, 400, 'authorize_url'],
    ['PUT', '/tenant', { tenant: 'nowhere' }, 404, 'tenant'],
    ['POST', '/token-faults', { error: 'sad' }, 400, 'error'],
    ['POST', '/clock/advance', { seconds: -1 }, 400, 'seconds'],
    ['POST', '/faults', { status: 200 }, 400, 'status'],
    ['PUT', '/settings', { request_limit: 'many' }, 400, 'request_limit'],
    ['PUT', '/redirect-uris', {}, 400, 'redirect_uris'],
    ['POST', '/delta/invalidate', { status: 418 }, 400, 'status'],
    ['POST', '/lifecycle', { subscription: 'none', event: 'missed' }, 404, 'subscription'],
    ['POST', '/notifications/repeat', { notification: 'none' }, 404, 'notification'],
    ['POST', '/seed', { events: 2, from: '2026-03-10T00:00:00Z', to: '2026-03-09T00:00:00Z' }, 400, 'to'],
    ['POST', '/nothing', {}, 404, 'path'],
  ])('%s %s %j answers %i and names %s', async (method, path, order, status, field) => {
    const answer = await call(method, path, order);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it('do what a person does, in answers the API would give', async () => {
    const { body: made } = await call('POST', '/events', {
      account: personalEmail,
      event: eventAt('2026-03-10', '09:00', '10:00'),
    });
    const session = await GraphSession.connect(sandbox, personalEmail);
    const { event } = await session.get(eventPath(String(made['id'])));
    expect(event.subject).toBe('Formation');
    await call('POST', '/events/change', {
      account: personalEmail,
      event: made['id'],
      changes: { subject: 'Neuf' },
      is_cancelled: true,
    });
    expect((await session.get(eventPath(String(made['id'])))).event).toMatchObject({
      subject: 'Neuf',
      isCancelled: true,
    });
    await call('POST', '/events/delete', { account: personalEmail, event: made['id'] });
    expect((await session.get(eventPath(String(made['id'])))).status).toBe(404);
  });

  it('show the truth in any zone', async () => {
    await call('POST', '/events', { account: personalEmail, event: eventAt('2026-03-10', '09:00', '10:00') });
    const query = `account=${personalEmail}&from=2026-03-10T00:00:00Z&to=2026-03-11T00:00:00Z&time_zone=Europe/Paris`;
    const { body } = await call('GET', `/events?${query}`);
    expect(body).toMatchObject([
      {
        subject: 'Formation',
        start: { dateTime: '2026-03-10T09:00:00.0000000', timeZone: 'Europe/Paris' },
        calendar: 'Calendrier',
      },
    ]);
    expect((await call('GET', `/events?account=${personalEmail}&time_zone=Nowhere`)).status).toBe(400);
  });

  it('list calls with their status and without secrets', async () => {
    const session = await GraphSession.connect(sandbox);
    await session.get('/me/calendars?$top=1');
    const { body } = await call('GET', '/calls');
    expect(body).toMatchObject([
      { base: 'login', method: 'POST', path: '/common/oauth2/v2.0/token', status: 200, account: null },
      { base: 'graph', path: '/me/calendars', query: { $top: '1' }, status: 200, account: workEmail },
    ]);
    expect(JSON.stringify(body)).not.toContain(session.tokens.access_token);
    await call('DELETE', '/calls');
    expect((await call('GET', '/calls')).body).toEqual([]);
  });

  it('fill a calendar, and empty everything again', async () => {
    const before = await call('GET', '/events');
    expect((await call('POST', '/seed', { events: 300, calendar: 'Formations' })).body['events']).toBeGreaterThan(300);
    await call('PUT', '/settings', { request_limit: 1 });
    const session = await GraphSession.connect(sandbox);
    await call('POST', '/reset');
    expect((await session.get('/me')).status).toBe(401);
    expect((await call('GET', '/settings')).body['request_limit']).toBe(10_000);
    const ids = (answer: typeof before) => (answer.body as unknown as { id: string }[]).map(({ id }) => id);
    expect(ids(await call('GET', '/events'))).toEqual(ids(before));
  });

  it.each(['2026-03-28T20:00:00Z', '2026-10-24T20:00:00Z'])(
    'fill a night in which the clock changes, from %s',
    async (from) => {
      const to = new Date(new Date(from).getTime() + 12 * 3_600_000).toISOString();
      const { status } = await call('POST', '/seed', { events: 144, from, to });
      expect(status).toBe(200);
    },
  );

  it('are the same for another sandbox: the seed has fixed ids', async () => {
    const frozenAt = new Date('2026-03-01T09:00:00Z');
    const [one, two] = await Promise.all([startOutlookSandbox({ frozenAt }), startOutlookSandbox({ frozenAt })]);
    const ids = (of: OutlookSandbox) =>
      [...of.control.events(), ...of.control.calendars(), ...of.control.accounts()].map((row) => row['id']);
    expect(ids(one)).toEqual(ids(two));
    expect(one.clientSecret).not.toBe(two.clientSecret);
    const [first] = one.control.events();
    one.control.deleteEvent({ event: first?.id ?? '' });
    expect(ids(one)).not.toEqual(ids(two));
    await one.close();
    await two.close();
  });

  it('announce the variables of an application', () => {
    expect(sandbox.environment).toEqual({
      OUTLOOK_CLIENT_ID: sandbox.clientId,
      OUTLOOK_CLIENT_SECRET: sandbox.clientSecret,
      OUTLOOK_LOGIN_URL: `${sandbox.url}/outlook/login`,
      OUTLOOK_GRAPH_URL: `${sandbox.url}/outlook/graph/v1.0`,
    });
  });

  it('tell of an end that a device sent with a zone of its own', async () => {
    const at = (time: string) => ({ dateTime: `2026-03-10T${time}:00`, timeZone: 'tzone://Microsoft/Custom' });
    const { body } = await call('POST', '/events', { event: { start: at('09:00'), end: at('10:00') } });
    expect(body['originalStartTimeZone']).toBe('tzone://Microsoft/Custom');
  });
});
