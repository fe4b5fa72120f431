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
import { type Lie, LyingProxy } from '../support/lying-proxy.js';

const HOUR = 3_600_000;

const LIES: [what: string, lie: Lie][] = [
  ['a page of HTML', () => ({ body: '<!doctype html><title>Maintenance</title>', type: 'text/html' })],
  ['nothing', () => ({ body: '' })],
  ['half a page', (body) => ({ body: body.slice(0, body.length / 2) })],
  ['a list', () => ({ body: '[]' })],
  ['an empty object', () => ({ body: '{}' })],
  ['null', () => ({ body: 'null' })],
  ['items that are none', (body) => ({ body: withItems(body, () => ['x', 1, null]) })],
  [
    'an event without an id among good ones',
    (body) => ({ body: withItems(body, (items) => [...items, { ...(items[0] as object), id: undefined }]) }),
  ],
  ['a page that ends nowhere', (body) => ({ body: withoutEnd(body) })],
];

describe.each(CALENDAR_TYPES)('a %s calendar whose provider answers with 200 and', (type: CalendarType) => {
  const proxy = new LyingProxy();
  let app: CalendarApp;
  let person: Person;
  let calendar: CalendarPerson;

  beforeAll(async () => {
    await proxy.start();
    app = await startCalendarApp({
      through: (environment) => {
        const name = type === 'google' ? 'GOOGLE_API_URL' : 'OUTLOOK_GRAPH_URL';
        return { [name]: proxy.inPlaceOf(environment[name]!) };
      },
    });
  });
  afterAll(async () => {
    await app.close();
    await proxy.close();
  });
  beforeEach(async () => {
    proxy.tellTruth();
    await (type === 'google' ? app.google : app.outlook).control.reset();
    person = await app.registerConnected(type);
    calendar = personAt(app, type, ACCOUNTS[type][0]);
  });

  const titles = async () => (await app.listEvents(person)).map(({ title }) => String(title)).toSorted();
  const account = async () => {
    const { body } = await app.http('GET', '/api/calendar-integration/integrations', { token: person.token });
    return body.find((one: { type: string }) => one.type === type);
  };

  it.each(LIES)('%s is refused whole; nothing is lost, and the next reading finds all', async (_what, lie) => {
    const before = await titles();
    calendar.add({ title: 'Vrai', startsAt: new Date(Math.ceil(Date.now() / HOUR) * HOUR + 30 * HOUR) });
    proxy.tell(lie);
    const refused = await app.http('POST', `/api/calendar-integration/${type}/import`, { token: person.token });
    expect([refused.status, refused.body.code]).toEqual([502, 'provider/contract']);
    expect(await account()).toMatchObject({ status: 'error', status_code: 'provider_contract' });
    expect(await titles()).toEqual(before);
    proxy.tellTruth();
    expect(await app.importNow(person, type)).toMatchObject({ success: true, removed: 0 });
    expect(await titles()).toEqual([...before, 'Vrai'].toSorted());
    expect(await account()).toMatchObject({ status: 'connected' });
  });

  it('an end before its length says is tried again; nothing is lost', async () => {
    const before = await titles();
    proxy.tell((body) => ({ body, cutAfter: Math.floor(body.length / 2) }));
    const asking = app.http('POST', `/api/calendar-integration/${type}/import`, { token: person.token });
    await app.eventually(async () =>
      expect(
        await app.database.query(
          `SELECT FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
           WHERE t.identifier = 'sync.read-calendar' AND j.attempts > 0 AND j.locked_at IS NULL`,
        ),
      ).toHaveLength(1),
    );
    expect(await titles()).toEqual(before);
    proxy.tellTruth();
    await app.hurryJobs();
    expect(demand(200, await asking).body).toMatchObject({ success: true, removed: 0 });
    expect(await titles()).toEqual(before);
  });
});

it('an event in a zone that nobody knows is set aside, counted, and brought in when it has become readable', async () => {
  const app = await startCalendarApp();
  try {
    const person = await app.registerConnected('outlook');
    app.outlook.control.changeSettings({ answer_unknown_zones_raw: true });
    const [account] = ACCOUNTS.outlook;
    const start = { dateTime: '2026-12-24T10:00:00', timeZone: 'Nulle part' };
    const event = app.outlook.control.addEvent({
      account,
      event: { subject: 'Hors du temps', start, end: { ...start, dateTime: '2026-12-24T11:00:00' } },
    });
    const read = async () => {
      expect(await app.importNow(person, 'outlook')).toMatchObject({ success: true });
      const { body } = await app.http('GET', '/api/calendar-integration/integrations', { token: person.token });
      const { set_aside: setAside } = body.find((one: { type: string }) => one.type === 'outlook');
      return { setAside, titles: (await app.listEvents(person)).map(({ title }) => String(title)) };
    };
    const before = await read();
    expect(before.setAside).toBe(1);
    expect(before.titles).not.toContain('Hors du temps');
    const known = { start: { ...start, timeZone: 'UTC' }, end: { dateTime: '2026-12-24T11:00:00', timeZone: 'UTC' } };
    app.outlook.control.changeEvent({ account, event: event.id, changes: known });
    const after = await read();
    expect(after.setAside).toBe(0);
    expect(after.titles).toContain('Hors du temps');
  } finally {
    await app.close();
  }
});

/** Google's list is called `items`, Graph's `value`. */
function withItems(body: string, change: (items: unknown[]) => unknown[]): string {
  const page = JSON.parse(body) as Record<string, unknown>;
  const name = 'items' in page ? 'items' : 'value';
  return JSON.stringify({ ...page, [name]: change((page[name] as unknown[]) ?? []) });
}

function withoutEnd(body: string): string {
  const page = JSON.parse(body) as Record<string, unknown>;
  delete page['nextSyncToken'];
  delete page['nextPageToken'];
  delete page['@odata.deltaLink'];
  delete page['@odata.nextLink'];
  return JSON.stringify(page);
}
