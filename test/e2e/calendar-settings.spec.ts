import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { IntegrationsSchedule } from '../../src/integrations/integrations.schedule.js';
import { demand, type Person } from '../support/app.js';
import {
  ACCOUNTS,
  type CalendarApp,
  CALENDAR_TYPES,
  type CalendarType,
  startCalendarApp,
} from '../support/calendar-app.js';
import { personAt } from '../support/calendar-person.js';

const DAY = 24 * 3_600_000;

describe.each(CALENDAR_TYPES)('the settings of a %s calendar', (type: CalendarType) => {
  let app: CalendarApp;
  beforeAll(async () => {
    app = await startCalendarApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await (type === 'google' ? app.google : app.outlook).control.reset();
  });

  const account = ACCOUNTS[type][0];
  const at = (days: number) => new Date(Math.ceil(Date.now() / DAY) * DAY + days * DAY);
  const put = (person: Person, body: object) =>
    app.http('PUT', `/api/calendar-integration/integrations/${type}/settings`, { token: person.token, body });
  const cardOf = async ({ token }: Person) =>
    demand(200, await app.http('GET', '/api/calendar-integration/integrations', { token })).body.find(
      (one: { type: string }) => one.type === type,
    );
  const makeFormation = async ({ token }: Person) =>
    demand(
      201,
      await app.http('POST', '/api/formations', {
        token,
        body: {
          title: 'Évacuation',
          sessions: [{ starts_at: at(7).toISOString(), ends_at: new Date(at(7).getTime() + 3_600_000).toISOString() }],
        },
      }),
    ).body;
  const exportIt = (person: Person, formationId: string) =>
    app.http('POST', `/api/calendar-integration/${type}/export-formation`, {
      token: person.token,
      body: { formationId },
    });

  it('forget what was imported when importing is switched off, and read it again when it is switched on', async () => {
    const person = await app.registerConnected(type);
    const before = await app.listEvents(person);
    expect(before.length).toBeGreaterThan(0);
    expect(demand(200, await put(person, { import: false })).body.settings).toEqual({
      import: false,
      export: true,
      sync: true,
    });
    expect(await app.listEvents(person)).toEqual([]);
    await app.importNow(person, type);
    expect(await app.listEvents(person)).toEqual([]);
    demand(200, await put(person, { import: true }));
    await app.eventually(async () => expect(await app.listEvents(person)).toHaveLength(before.length));
  });

  it('move copies to the calendar that is chosen, and import from that one alone', async () => {
    const person = await app.registerConnected(type);
    const formation = await makeFormation(person);
    demand(200, await exportIt(person, formation.id));
    const choices = demand(
      200,
      await app.http('GET', '/api/calendar-integration/calendars', { token: person.token }),
    ).body;
    expect(choices[0]).toMatchObject({ type, primary: true, can_write: true });
    const other = choices.find((one: { name: string }) => one.name === 'Formations');
    demand(200, await put(person, { calendar_id: other.id }));
    await app.eventually(
      async () => {
        await app.hurryJobs();
        expect(
          personAt(app, type, account)
            .events()
            .filter(({ title }) => title === 'Évacuation'),
        ).toEqual([]);
        const [copy] = await app.database.query('SELECT calendar_id, state FROM copies WHERE organization_id = $1', [
          person.organizationId,
        ]);
        expect(copy).toEqual({ calendar_id: other.id, state: 'synced' });
      },
      { within: 15_000 },
    );
    await app.importNow(person, type);
    const events = await app.listEvents(person);
    for (const event of events) expect(event).toMatchObject({ calendar_id: other.id });
    expect((await put(person, { calendar_id: 'nobody@example.test' })).status).toBe(422);
  });

  it('take copies out of a calendar that exports no longer', async () => {
    const person = await app.registerConnected(type);
    const formation = await makeFormation(person);
    demand(200, await exportIt(person, formation.id));
    demand(200, await put(person, { export: false }));
    await app.eventually(async () => {
      await app.hurryJobs();
      expect(
        personAt(app, type, account)
          .events()
          .filter(({ title }) => title === 'Évacuation'),
      ).toEqual([]);
    });
    expect(await exportIt(person, formation.id)).toMatchObject({
      status: 409,
      body: { code: 'calendar/export-for-nobody' },
    });
  });

  it('refuse what is not theirs to set', async () => {
    const person = await app.registerOrganization();
    expect(await put(person, { import: true })).toMatchObject({
      status: 409,
      body: { code: 'calendar/not-connected' },
    });
    expect(await put(person, { import: 'oui' })).toMatchObject({ status: 400 });
    expect(await put(person, { calendars: [] })).toMatchObject({ status: 400 });
    const unknown = await app.http('PUT', '/api/calendar-integration/integrations/yahoo/settings', {
      token: person.token,
      body: {},
    });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'calendar/type-unknown' } });
    expect(await app.http('POST', `/api/calendar-integration/${type}/import`, { token: person.token })).toMatchObject({
      status: 409,
    });
    const formation = await makeFormation(person);
    const stranger = await app.registerOrganization();
    expect((await exportIt(stranger, formation.id)).status).toBe(404);
    expect((await exportIt(person, [formation.id] as never)).status).toBe(400);
  });

  it('show nobody else’s events', async () => {
    const person = await app.registerConnected(type);
    const colleague = await app.addMember(person, 'admin');
    expect((await app.listEvents(person)).length).toBeGreaterThan(0);
    expect(await app.listEvents(colleague)).toEqual([]);
  });

  it('erase what was imported when that is asked for with the end of the connection', async () => {
    const person = await app.registerConnected(type);
    const { length } = await app.listEvents(person);
    const path = `/api/calendar-integration/integrations/${type}?data=erase`;
    const ended = demand(200, await app.http('DELETE', path, { token: person.token })).body;
    expect(ended.erased_events).toBeGreaterThanOrEqual(length);
    const [row] = await app.database.query(
      'SELECT count(*)::int AS left FROM calendar_events WHERE organization_id = $1',
      [person.organizationId],
    );
    expect(row).toEqual({ left: 0 });
    expect(await cardOf(person)).toMatchObject({ connected: false, status: 'disconnected' });
  });
});

describe('a consent that was given in part', () => {
  let app: CalendarApp;
  beforeAll(async () => {
    app = await startCalendarApp();
  });
  afterAll(() => app.close());

  it('says which permission is missing, and works as far as it goes', async () => {
    const person = await app.registerOrganization();
    await app.connect(person, 'google', { scopes: ['openid', 'email'] });
    const { body } = await app.http('GET', '/api/calendar-integration/integrations', { token: person.token });
    const card = body.find((one: { type: string }) => one.type === 'google');
    expect(card).toMatchObject({ connected: true, status: 'insufficient_scope' });
    expect(card.missing_scopes).toEqual(expect.arrayContaining([expect.stringContaining('calendar.events')]));
    expect(card.status_reason).toContain('calendar.events');
    await app.database.query('DELETE FROM oauth_transactions');
    await app.connect(person, 'google');
    await app.importNow(person, 'google');
    expect((await app.listEvents(person)).length).toBeGreaterThan(0);
  });
});

describe('an account that nobody uses', () => {
  let app: CalendarApp;
  beforeAll(async () => {
    app = await startCalendarApp();
  });
  afterAll(() => app.close());

  it('has its Microsoft grant used before that dies of disuse', async () => {
    const person = await app.registerConnected('outlook');
    demand(
      200,
      await app.http('PUT', '/api/calendar-integration/integrations/outlook/settings', {
        token: person.token,
        body: { sync: false },
      }),
    );
    const versions = () =>
      app.database.query<{ token_version: number }>(
        `SELECT token_version FROM integrations WHERE organization_id = $1 AND status = 'connected'`,
        [person.organizationId],
      );
    const [before] = await versions();
    await app.database.query(`UPDATE integrations SET issued_at = now() - interval '26 days'`);
    await app.get(IntegrationsSchedule).keepAlive();
    await app.eventually(async () => expect((await versions())[0]?.token_version).toBe(before!.token_version + 1));
    await app.get(IntegrationsSchedule).keepAlive();
    expect((await versions())[0]?.token_version).toBe(before!.token_version + 1);
  });
});
