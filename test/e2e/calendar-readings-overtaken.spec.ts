import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Integrations } from '../../src/integrations/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Sync } from '../../src/sync/index.js';
import { demand, type Person } from '../support/app.js';
import { type CalendarApp, CALENDAR_TYPES, type CalendarType, startCalendarApp } from '../support/calendar-app.js';

interface Run {
  state: string;
  mode: string;
  full_reason: string | null;
  error_code: string | null;
}

describe.each(CALENDAR_TYPES)('a reading of a %s calendar that is overtaken', (type: CalendarType) => {
  let app: CalendarApp;
  let person: Person;

  beforeAll(async () => {
    app = await startCalendarApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await control().reset();
    person = await app.registerConnected(type);
    control().clearCalls();
  });

  const control = () => (type === 'google' ? app.google : app.outlook).control;
  const pages = type === 'google' ? '/calendars/' : '/me/calendars/';
  const integrations = `/api/calendar-integration/integrations/${type}`;
  const put = async (body: object) =>
    demand(200, await app.http('PUT', `${integrations}/settings`, { token: person.token, body }));

  /** A reading stands in the middle of a page, which comes when the faults are cleared, and is good. */
  async function readSlowly(): Promise<void> {
    control().failNext({ method: 'GET', path_prefix: pages, delay_ms: 9_000 });
    demand(202, await askFor('changes'));
    await app.eventually(() =>
      expect(
        control()
          .calls()
          .some(({ path, status }) => path.startsWith(pages) && status === null),
      ).toBe(true),
    );
  }

  async function askFor(mode: 'changes' | 'full') {
    const [{ id }] = (await app.database.query('SELECT id FROM integrations WHERE organization_id = $1', [
      person.organizationId,
    ])) as [{ id: string }];
    return await app.http('POST', `/api/integrations/${id}/sync?mode=${mode}`, { token: person.token });
  }

  async function goOn(): Promise<void> {
    control().clearFaults();
    await app.eventually(
      async () => {
        await app.hurryJobs();
        expect(await app.database.query('SELECT id FROM graphile_worker._private_jobs')).toEqual([]);
      },
      { within: 20_000 },
    );
  }

  async function runs(): Promise<Run[]> {
    return await app.database.query<Run & Record<string, unknown>>(
      `SELECT state, mode, full_reason, error_code FROM sync_runs WHERE organization_id = $1 ORDER BY id`,
      [person.organizationId],
    );
  }

  async function kept(): Promise<{ calendar_id: string; count: number }[]> {
    return await app.database.query(
      `SELECT calendar_id, count(*)::int AS count FROM calendar_events WHERE organization_id = $1 GROUP BY 1`,
      [person.organizationId],
    );
  }

  it('brings nothing back of what was erased', async () => {
    await app.database.query('DELETE FROM cursors WHERE organization_id = $1', [person.organizationId]);
    expect(await kept()).not.toEqual([]);
    // The goodbye finds the provider busy: the grant still stands when the page comes.
    if (type === 'google') app.google.control.failNext({ base: 'auth', path_prefix: '/revoke', status: 503 });
    await readSlowly();
    demand(200, await app.http('DELETE', `${integrations}?data=erase`, { token: person.token }));
    expect(await kept()).toEqual([]);
    await app.eventually(() => expect(control().faults()).toEqual([]));
    await goOn();
    expect(await kept()).toEqual([]);
    expect((await runs()).at(-1)).toMatchObject({ state: 'canceled', error_code: 'disconnected' });
  });

  it('leaves nothing of a calendar that was exchanged for another, which is read at once', async () => {
    await app.database.query('DELETE FROM cursors WHERE organization_id = $1', [person.organizationId]);
    await readSlowly();
    const { body: choices } = await app.http('GET', '/api/calendar-integration/calendars', { token: person.token });
    const other = choices.find(({ name }: { name: string }) => name === 'Formations');
    await put({ calendar_id: other.id });
    await goOn();
    expect(await kept()).toEqual([{ calendar_id: other.id, count: expect.any(Number) }]);
    expect((await runs()).slice(-2)).toMatchObject([
      { state: 'canceled', error_code: 'superseded' },
      { state: 'succeeded', mode: 'full', full_reason: 'calendar_changed' },
    ]);
  });

  it('imports nothing once importing is switched off', async () => {
    await app.database.query('DELETE FROM cursors WHERE organization_id = $1', [person.organizationId]);
    await readSlowly();
    await put({ import: false });
    await goOn();
    expect(await kept()).toEqual([]);
    expect((await runs()).slice(-2)).toMatchObject([
      { state: 'canceled', error_code: 'superseded' },
      { state: 'succeeded' },
    ]);
  });

  it('gives way to the reading of everything that somebody asks for', async () => {
    await readSlowly();
    demand(202, await askFor('full'));
    await goOn();
    expect((await runs()).slice(-2)).toMatchObject([
      { state: 'canceled', error_code: 'superseded' },
      { state: 'succeeded', mode: 'full', full_reason: 'requested' },
    ]);
  });

  it('becomes that reading when it has not begun', async () => {
    await app.get(UnitOfWork).inOrganization(person, async (tx) => {
      const [integration] = await app.get(Integrations).listLive(tx);
      const usual = await app.get(Sync).request(tx, integration!, 'manual');
      const full = await app.get(Sync).requestAnew(tx, integration!, 'manual');
      expect(full).toMatchObject({ id: usual.id, full_reason: 'requested' });
    });
    await goOn();
    expect((await runs()).at(-1)).toMatchObject({ state: 'succeeded', mode: 'full', full_reason: 'requested' });
  });
});
