import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, demand, type Person, startApp, type TestApp } from '../support/app.js';

/** Without the past that the others have. */
const ACCOUNT = 'hote@bookings.example';

let app: TestApp;
let owner: Person;
/** How Calendly names the appointment. */
let ada: string;

beforeAll(async () => {
  app = await startApp({ sandbox: { settings: { signature_clock: 'wall', token_requests_per_minute: 10_000 } } });
  app.sandbox.control.addAccount({ name: 'Hôte', email: ACCOUNT });
  owner = await app.registerConnected({ account: ACCOUNT });
  ada = book('Ada 100%', 'ada@example.test');
  book('Bo', 'bo@example.test');
  const cleo = book('Cléo', 'cleo@example.test');
  await app.eventually(async () => expect(await list()).toHaveLength(3));
  app.sandbox.control.cancel({ invitee: cleo, reason: 'Malade' });
  await app.eventually(async () => expect(await list('?status=canceled')).toHaveLength(1));
});

afterAll(() => app.close());

describe('the list of bookings', () => {
  it('holds those of every source, by hour, under the names that the Calendly list has', async () => {
    const [first] = await list();
    expect(first).toMatchObject({
      provider: 'calendly',
      integration_id: expect.any(String),
      event_status: 'active',
      prospect_id: expect.any(String),
      invitee_questions: expect.any(Array),
    });
    const hours = (await list()).map(({ event_start_time: hour }) => hour as string);
    expect(hours).toEqual(hours.toSorted());
    const { body: events } = await app.http('GET', '/api/calendly/events', { token: owner.token });
    const names = Object.keys(events[0]).filter((name) => !/calendly|_uri$/.test(name));
    expect(names.length).toBeGreaterThan(10);
    expect(Object.keys(first)).toEqual(expect.arrayContaining(names));
  });

  it.each<[query: string, names: string[]]>([
    ['?provider=calendly&status=active', ['Ada 100%', 'Bo']],
    ['?provider=cal-com', []],
    ['?status=canceled', ['Cléo']],
    ['?search=BO%40example', ['Bo']],
    ['?search=100%25', ['Ada 100%']],
    ['?search=%25', ['Ada 100%']],
    ['?search=%20', ['Ada 100%', 'Bo', 'Cléo']],
    ['?from=2199-01-01', []],
    ['?to=1980-01-01', []],
    ['?after=2199-01-01', []],
    ['?after=1980-01-01', ['Ada 100%', 'Bo', 'Cléo']],
  ])('can be asked for %s', async (query, names) => {
    expect((await list(query)).map(({ invitee_name: name }) => name as string).toSorted()).toEqual(names);
  });

  it('comes in pages that skip and repeat nothing', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/api/bookings?limit=1&provider=calendly';
    while (path !== undefined && seen.length < 10) {
      const { body, headers }: Answer = demand(200, await app.http('GET', path, { token: owner.token }));
      seen.push(...(body as { id: string }[]).map(({ id }) => id));
      path = /<([^>]+)>; rel="next"/.exec(String(headers['link'] ?? ''))?.[1];
    }
    expect(seen).toEqual((await list()).map(({ id }) => id as string));
  });

  it.each(['?status=other', '?from=yesterday', '?cursor=abc', '?limit=0', '?nothing=1'])(
    'refuses %s',
    async (query) => {
      expect(await app.http('GET', `/api/bookings${query}`, { token: owner.token })).toMatchObject({ status: 400 });
    },
  );

  it('is that of the organization alone', async () => {
    const stranger = await app.registerOrganization();
    expect(await list('', stranger)).toEqual([]);
    const [{ id }] = await list();
    expect(await app.http('GET', `/api/bookings/${id}`, { token: stranger.token })).toMatchObject({
      status: 404,
      body: { code: 'booking/not-found' },
    });
  });
});

describe('one booking', () => {
  it('tells who canceled it and why', async () => {
    const [{ id }] = await list('?status=canceled');
    expect(await detail(id)).toMatchObject({
      id,
      event_status: 'canceled',
      cancellation: { reason: 'Malade' },
      history: [
        { kind: 'booked', booking_id: id, cancellation: null },
        { kind: 'canceled', booking_id: id, cancellation: { reason: 'Malade' } },
      ],
    });
  });

  it('tells all its moves, from whichever end it is looked at', async () => {
    app.sandbox.control.move({ invitee: ada, start_time: new Date(Date.now() + 9 * 86_400_000).toISOString() });
    const [moved, current] = await app.eventually(async () => {
      const [before] = await list('?search=ada&status=rescheduled');
      const [now] = await list('?search=ada&status=active');
      expect([before, now]).toEqual([expect.anything(), expect.anything()]);
      return [before, now];
    });
    const history = [
      { kind: 'booked', booking_id: moved.id, event_start_time: moved.event_start_time, next_booking_id: null },
      {
        kind: 'moved',
        booking_id: moved.id,
        event_start_time: moved.event_start_time,
        next_booking_id: current.id,
        next_start_time: current.event_start_time,
        at: expect.any(String),
      },
    ];
    expect((await detail(moved.id)).history).toMatchObject(history);
    expect((await detail(current.id)).history).toMatchObject(history);
  });
});

type Row = Answer['body'];

async function list(query = '', { token }: Person = owner): Promise<Row[]> {
  return demand(200, await app.http('GET', `/api/bookings${query}`, { token })).body;
}

async function detail(id: string): Promise<Row> {
  return demand(200, await app.http('GET', `/api/bookings/${id}`, { token: owner.token })).body;
}

function book(name: string, email: string): string {
  return app.sandbox.control.book({ account: ACCOUNT, invitees: [{ name, email }] }).invitees[0]!.uri;
}
