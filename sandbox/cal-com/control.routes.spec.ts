import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CalComSandbox, startCalComSandbox } from './start-cal-com-sandbox.js';
import { ApiCaller, createUser, ManagedUser } from './testing/api-caller.js';

describe('the controls over HTTP', () => {
  let sandbox: CalComSandbox;
  beforeEach(async () => {
    sandbox = await startCalComSandbox({ frozenAt: new Date('2026-11-20T10:00:00Z') });
  });
  afterEach(() => sandbox.close());

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${sandbox.url}/_sandbox/cal-com${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: (await response.json()) as { field?: string; uid: string; now: string } };
  };

  it.each([
    ['POST', '/book', { start: 'tomorrow' }, 400, 'start'],
    ['POST', '/book', { startTime: '2026-12-01T09:00:00Z' }, 400, 'startTime'],
    ['POST', '/book', { attendee: { email: 'nobody' } }, 400, 'attendee.email'],
    ['POST', '/book', { event_type: 'none' }, 404, 'event_type'],
    ['POST', '/book', { account: 'none@example.test' }, 404, 'account'],
    ['POST', '/request', { event_type: '30min' }, 409, 'event_type'],
    ['POST', '/move', { booking: 'none', start: '2026-12-01T09:00:00Z' }, 404, 'booking'],
    ['POST', '/cancel', {}, 400, 'booking'],
    ['POST', '/accounts', { name: 'Nora', email: 'nora@example.test' }, 409, 'email'],
    ['POST', '/consent', { authorize_url: 'https://app.cal.com/auth' }, 400, 'authorize_url'],
    ['POST', '/calendar-consent', { auth_url: 'https://accounts.google.com/' }, 400, 'auth_url'],
    ['POST', '/kill-credential', { account: 'nora@example.test' }, 404, 'calendar'],
    ['POST', '/platform-gone', { status: 500 }, 400, 'status'],
    ['POST', '/clock/advance', { seconds: -1 }, 400, 'seconds'],
    ['POST', '/faults', { status: 200 }, 400, 'status'],
    ['PUT', '/settings', { rate_limit_ip: 'many' }, 400, 'rate_limit_ip'],
    ['POST', '/deliveries/repeat', { delivery: 'none' }, 404, 'delivery'],
    ['POST', '/nothing', {}, 404, 'path'],
  ])('%s %s %j answers %i and names %s', async (method, path, order, status, field) => {
    const answer = await call(method, path, order);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it('do each what the method of the same name does', async () => {
    const { uid } = (await call('POST', '/request', {})).body;
    await call('POST', '/confirm', { booking: uid });
    await call('POST', '/no-show', { booking: uid });
    await call('POST', '/undo-no-show', { booking: uid });
    await call('POST', '/request-reschedule', { booking: uid });
    const shown = sandbox.control.bookings().find((booking) => booking.uid === uid);
    expect(shown).toMatchObject({ status: 'cancelled', attendees: [{ absent: false }] });
    expect((await call('POST', '/clock/advance', { seconds: 30 })).body.now).toBe('2026-11-20T10:00:30.000Z');
    expect((await call('GET', '/managed-users')).body).toEqual([]);
    expect((await call('GET', '/accounts')).body).toMatchObject([{ user: { email: 'nora@example.test' } }]);
  });

  it('find people by id, username, and address with or without the mark', async () => {
    const { id, data } = await ManagedUser.create(sandbox);
    for (const account of [id, String(id), data.user.username, data.user.email, 'ines@exemple.fr']) {
      expect((await call('POST', '/book', { account })).status).toBe(200);
    }
  });

  it('start over: people and bookings as at first, tokens, users and settings gone', async () => {
    const user = await ManagedUser.create(sandbox);
    const key = ApiCaller.withApiKey(sandbox);
    const before = sandbox.control.bookings().filter(({ hosts }) => hosts[0]?.id !== user.id);
    await call('POST', '/seed', { bookings: 5 });
    await call('POST', '/platform-gone', {});
    await call('PUT', '/settings', { rate_limit_ip: 3 });
    await call('POST', '/reset');
    expect(sandbox.control.bookings()).toEqual(before);
    expect(sandbox.control.settings()).toMatchObject({ rate_limit_ip: 120, platform: 'open' });
    expect((await user.get('/me')).status).toBe(401);
    expect((await key.get('/me')).status).toBe(401);
    expect((await createUser(sandbox)).status).toBe(201);
  });

  it('announce what points an application here, and no webhook secret', () => {
    expect(sandbox.environment).toEqual({
      CAL_CLIENT_ID: sandbox.clientId,
      CAL_CLIENT_SECRET: sandbox.clientSecret,
      CAL_API_URL: `${sandbox.url}/cal-com/api/v2`,
      CAL_APP_URL: `${sandbox.url}/cal-com/app`,
    });
  });

  it('keep two instances apart', async () => {
    const other = await startCalComSandbox();
    try {
      other.control.seed({ bookings: 3 });
      expect(other.control.bookings()).toHaveLength(12);
      expect(sandbox.control.bookings()).toHaveLength(9);
      expect(other.clientSecret).not.toBe(sandbox.clientSecret);
    } finally {
      await other.close();
    }
  });
});
