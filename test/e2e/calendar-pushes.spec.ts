import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { demand, type Person } from '../support/app.js';
import {
  ACCOUNTS,
  type CalendarApp,
  CALENDAR_TYPES,
  type CalendarType,
  startCalendarApp,
} from '../support/calendar-app.js';
import { type CalendarPerson, personAt } from '../support/calendar-person.js';

const HOUR = 3_600_000;
const UUID = '01990000-0000-7000-8000-000000000000';

let app: CalendarApp;
let person: Person;
let calendar: CalendarPerson;

beforeAll(async () => {
  app = await startCalendarApp();
});
afterAll(() => app.close());

const control = (type: CalendarType) => (type === 'google' ? app.google : app.outlook).control;
const soon = (hours = 0) => new Date(Math.ceil(Date.now() / HOUR) * HOUR + (48 + hours) * HOUR);

async function connect(type: CalendarType) {
  await control(type).reset();
  person = await app.registerConnected(type);
  calendar = personAt(app, type, ACCOUNTS[type][0]);
  control(type).clearCalls();
}

async function runs(): Promise<string[]> {
  const rows = await app.database.query<{ trigger: string }>(
    `SELECT trigger FROM sync_runs WHERE organization_id = $1 ORDER BY id`,
    [person.organizationId],
  );
  return rows.map(({ trigger }) => trigger);
}

/** With everything that waits for its time done meanwhile. */
const working = (assertion: () => void | Promise<void>) =>
  app.eventually(
    async () => {
      await app.hurryJobs();
      await assertion();
    },
    { within: 20_000 },
  );

const opening = (type: CalendarType) =>
  ({ method: 'POST', path_prefix: type === 'google' ? '/calendars' : '/subscriptions' }) as const;

const isOpening = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && /(\/events\/watch|\/subscriptions)$/.test(path);

function liveChannels(type: CalendarType): number {
  return type === 'google'
    ? app.google.control.channels().filter(({ is_live }) => is_live).length
    : app.outlook.control.subscriptions().length;
}

async function channels() {
  return await app.database.query(`SELECT state FROM channels WHERE organization_id = $1 AND state <> 'closed'`, [
    person.organizationId,
  ]);
}

async function isDirty(): Promise<boolean> {
  const rows = await app.database.query(
    `SELECT FROM calendar_readings WHERE organization_id = $1 AND dirty_at IS NOT NULL`,
    [person.organizationId],
  );
  return rows.length > 0;
}

describe.each(CALENDAR_TYPES)('pushes of %s', (type: CalendarType) => {
  beforeEach(() => connect(type));

  it('that come in a burst are one reading', async () => {
    const before = (await runs()).length;
    for (let index = 0; index < 20; index += 1) calendar.add({ title: `Rafale ${index}`, startsAt: soon(index) });
    await app.eventually(
      async () => {
        await app.hurryJobs();
        const titles = (await app.listEvents(person)).map(({ title }) => String(title));
        expect(titles.filter((title) => title.startsWith('Rafale'))).toHaveLength(20);
        expect(await isDirty()).toBe(false);
      },
      { within: 20_000 },
    );
    // One may have begun before the last of them came.
    expect((await runs()).length - before).toBeLessThanOrEqual(3);
  });

  it('come by a channel that is asked for again at once when the provider was busy', async () => {
    await control(type).reset();
    control(type).failNext({ ...opening(type), status: 503 });
    person = await app.registerConnected(type);
    expect(control(type).faults()).toEqual([]);
    expect(liveChannels(type)).toBe(1);
    expect(await channels()).toEqual([{ state: 'open' }]);
  });

  it('come by the channel of the new connection when the former one ended while its own was being opened', async () => {
    await control(type).reset();
    control(type).clearCalls();
    control(type).failNext({ ...opening(type), delay_ms: 9_000 });
    // The goodbye finds the provider busy: the former grant still stands when its channel is there.
    if (type === 'google') app.google.control.failNext({ base: 'auth', path_prefix: '/revoke', status: 503 });
    person = await app.registerOrganization();
    const asked = () => control(type).calls().filter(isOpening);
    await app.connect(person, type);
    await working(() => expect(asked()).toHaveLength(1));
    demand(200, await app.http('DELETE', `/api/calendar-integration/integrations/${type}`, { token: person.token }));
    await app.connect(person, type);
    await working(async () => expect(await channels()).toEqual([{ state: 'open' }]));
    expect(asked()).toMatchObject([{ status: null }, { status: expect.any(Number) }]);
    control(type).clearFaults();
    await working(async () => {
      expect(asked()).not.toContainEqual(expect.objectContaining({ status: null }));
      expect(await app.database.query('SELECT id FROM graphile_worker._private_jobs')).toEqual([]);
    });

    expect(liveChannels(type)).toBe(1);
    expect(await channels()).toEqual([{ state: 'open' }]);
    calendar = personAt(app, type, ACCOUNTS[type][0]);
    calendar.add({ title: 'Revenu', startsAt: soon() });
    await working(async () =>
      expect(await app.listEvents(person)).toContainEqual(expect.objectContaining({ title: 'Revenu' })),
    );
  });

  it('that somebody else has made up ask nobody anything', async () => {
    const before = await runs();
    if (type === 'google') {
      const forged = {
        'x-goog-channel-id': UUID,
        'x-goog-channel-token': 'guessed',
        'x-goog-resource-state': 'exists',
      };
      const headers = { ...forged, 'x-goog-resource-id': 'r', 'x-goog-message-number': '2' };
      demand(404, await app.http('POST', '/api/channels/google', { headers }));
    } else {
      const [known] = app.outlook.control.subscriptions();
      const value = [
        { subscriptionId: known!.id, clientState: 'guessed', changeType: 'updated', resource: 'me/events' },
        { subscriptionId: UUID, clientState: 'guessed', changeType: 'updated', resource: 'me/events' },
        { subscriptionId: known!.id, changeType: 'updated', resource: 'me/events' },
      ];
      // An error would bring it back for hours, and tell which ids exist.
      demand(202, await app.http('POST', '/api/channels/outlook', { body: { value } }));
    }
    await app.hurryJobs();
    expect(control(type).calls()).toEqual([]);
    expect(await isDirty()).toBe(false);
    expect(await runs()).toEqual(before);
  });
});

describe('a mailbox that two people have connected', () => {
  it('pushes to the first of them, also when Graph has room for one channel, and is read for the other', async () => {
    await connect('outlook');
    const [subscription] = app.outlook.control.subscriptions();
    const second = await app.registerOrganization();
    await app.connect(second, 'outlook');
    await working(async () => {
      const [connection] = await app.database.query(
        `SELECT webhook_active, last_synced_at, options->>'channel_refusal' AS refusal FROM integrations
         WHERE organization_id = $1`,
        [second.organizationId],
      );
      expect(connection).toEqual({ webhook_active: false, last_synced_at: expect.any(Date), refusal: 'forbidden' });
    });
    expect(app.outlook.control.subscriptions()).toMatchObject([{ id: subscription!.id }]);
    calendar.add({ title: 'Partagé', startsAt: soon() });
    await working(async () =>
      expect(await app.listEvents(person)).toContainEqual(expect.objectContaining({ title: 'Partagé' })),
    );
    await app.importNow(second, 'outlook');
    expect(await app.listEvents(second)).toContainEqual(expect.objectContaining({ title: 'Partagé' }));
  });
});

describe('what Graph says of a channel itself', () => {
  beforeEach(() => connect('outlook'));
  const subscription = () => {
    const [only, ...others] = app.outlook.control.subscriptions();
    expect(others).toEqual([]);
    return only!;
  };

  it('makes it be extended when it asks for that', async () => {
    const { id } = subscription();
    await app.outlook.control.sendLifecycle({ subscription: id, event: 'reauthorizationRequired' });
    await working(() =>
      expect(app.outlook.control.calls()).toContainEqual(
        expect.objectContaining({ method: 'PATCH', path: expect.stringContaining(id), status: 200 }),
      ),
    );
    expect(subscription().id).toBe(id);
  });

  it('makes the calendar be read when pushes were missed', async () => {
    app.outlook.control.dropNotifications({ times: 1 });
    calendar.add({ title: 'Manqué', startsAt: soon() });
    await app.outlook.control.sendLifecycle({ subscription: subscription().id, event: 'missed' });
    await working(async () =>
      expect(await app.listEvents(person)).toContainEqual(expect.objectContaining({ title: 'Manqué' })),
    );
  });

  it('makes a new one be opened, and the calendar be read, when it was removed', async () => {
    const { id } = subscription();
    await app.outlook.control.sendLifecycle({ subscription: id, event: 'subscriptionRemoved' });
    calendar.add({ title: 'Entre deux', startsAt: soon() });
    await working(async () => {
      expect(subscription().id).not.toBe(id);
      expect(await app.listEvents(person)).toContainEqual(expect.objectContaining({ title: 'Entre deux' }));
    });
  });
});

describe('the handshake of a channel', () => {
  const ask = (token: string) =>
    app.http('POST', `/api/channels/outlook?validationToken=${encodeURIComponent(token)}`, {
      headers: { 'content-type': 'text/plain' },
    });

  it.each(['Validation: Testing client application', '<script>alert(1)</script>', 'é+%20 &x=1'])(
    'gives %s back as plain text, and nothing but that',
    async (token) => {
      const { status, headers, text } = await ask(token);
      expect([status, text]).toEqual([200, token]);
      expect(headers['content-type']).toMatch(/^text\/plain/);
      expect(headers['x-content-type-options']).toBe('nosniff');
    },
  );

  it('is no mirror for more than four kilobytes', async () => {
    expect((await ask('a'.repeat(4_096))).status).toBe(200);
    const { status, body } = await ask('a'.repeat(4_097));
    expect([status, body.code]).toEqual([400, 'request/invalid']);
  });
});
