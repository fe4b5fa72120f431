import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CalComStandIn } from '../../sandbox/cal-com/cal-com.stand-in.js';
import { CalendlyStandIn } from '../../sandbox/calendly/calendly.stand-in.js';
import { GoogleStandIn } from '../../sandbox/google/google.stand-in.js';
import { OutlookStandIn } from '../../sandbox/outlook/outlook.stand-in.js';
import { startSandboxServer } from '../../sandbox/server.js';
import { TrialOffer } from '../../src/platform/trial/trial-offer.js';
import {
  type Answer,
  CALENDLY_REDIRECT,
  demand,
  FRONTEND,
  type Person,
  startApp,
  type TestApp,
} from '../support/app.js';

type StandInName = 'calendly' | 'cal-com' | 'google' | 'outlook';

/** The sandbox as one process serves it: all services at one address, which the trial is offered with. */
async function startAll() {
  const { server, standIns } = await startSandboxServer(
    (origin) => [
      new CalendlyStandIn(origin, { redirectUris: [CALENDLY_REDIRECT] }),
      new CalComStandIn(origin, { hosts: [] }),
      new GoogleStandIn(origin, { redirectUris: [`${FRONTEND}/calendar/callback/google`] }),
      new OutlookStandIn(origin, { redirectUris: [`${FRONTEND}/calendar/callback/outlook`] }),
    ],
    0,
  );
  const environment: Record<string, string> = Object.assign({}, ...standIns.map((standIn) => standIn.environment()));
  return { server, standIns, environment };
}

const LOGIN = { email: 'demo@passerelle.test', password: 'passerelle-demo' };

describe('the gestures of the sandbox, ordered through the API', () => {
  let sandbox: Awaited<ReturnType<typeof startAll>>;
  let app: TestApp;
  let owner: Person;

  beforeAll(async () => {
    sandbox = await startAll();
    app = await startApp({
      sandbox: false,
      standIns: [{ environment: sandbox.environment, close: () => sandbox.server.close() }],
    });
    app.get(TrialOffer).make(sandbox.server.url, LOGIN);
    owner = await app.registerOrganization();
  });

  afterAll(() => app.close());

  it('are for administrators, and none of them is any other control', async () => {
    const member = await app.addMember(owner);
    demand(403, await app.http('GET', '/api/sandbox/gestures', { token: member.token }));
    demand(403, await make('calendly', 'book', member));
    for (const [standIn, gesture] of [
      ['calendly', 'reset'],
      ['mail', 'book'],
      ['nobody', 'book'],
    ]) {
      const { body } = demand(404, await make(standIn!, gesture!));
      expect(body.code).toBe('sandbox/gesture-unknown');
    }
    for (const gesture of ['../reset', 'book?x', '', 'Book', 7]) {
      demand(400, await make('calendly', gesture as string));
    }
  });

  it('say that there is nothing yet to do it to', async () => {
    const { body } = demand(409, await make('calendly', 'repeat'));
    expect(body).toMatchObject({ code: 'sandbox/nothing-there' });
  });

  describe.each<StandInName>(['calendly', 'cal-com'])('at %s', (standIn) => {
    beforeAll(async () => {
      owner = await app.registerOrganization();
      await connect(standIn);
    });

    it('book, move and cancel an appointment, as a person does', async () => {
      const count = (await bookings()).length;
      await made('book');
      await made('book');
      await app.eventually(async () => expect(await bookings()).toHaveLength(count + 2));
      await made('cancel');
      await app.eventually(async () => expect(statesOf(await bookings())).toContain('canceled'));
      await made('move');
      await app.eventually(async () => expect(statesOf(await bookings())).toContain('rescheduled'));
    });

    it('deliver the same thing twice, which is found out', async () => {
      await app.eventually(async () => {
        const states = (await deliveries()).map(({ state }) => state);
        expect(states).toHaveLength(attempts().length);
        expect(states).not.toContain('received');
      });
      const before = [await bookings(), (await deliveries()).length];
      await made('repeat');
      expect(attempts()).toContain(2);
      expect([await bookings(), (await deliveries()).length]).toEqual(before);
    });

    it('deliver with a forged signature, which is refused; what it told of is read', async () => {
      const count = (await bookings()).length;
      await made('forge');
      await app.eventually(() => expect(logged('delivery.refused')).toBe(true));
      await sync();
      await app.eventually(async () => expect(await bookings()).toHaveLength(count + 1));
    });

    mishaps({ withdraws: standIn === 'calendly' });
  });

  describe.each<StandInName>(['google', 'outlook'])('at %s', (standIn) => {
    beforeAll(async () => {
      owner = await app.registerOrganization();
      await connect(standIn);
    });

    it('move an event in the calendar, which is found by a push', async () => {
      const before = await events();
      await made('edit');
      await app.eventually(async () => {
        await app.hurryJobs();
        expect(moved(before, await events())).toEqual([3_600_000]);
      });
    });

    it('push the same thing twice, and once with the secret of another channel', async () => {
      await made('repeat');
      const before = await events();
      await made('forge');
      await app.eventually(() => expect(logged('push.refused')).toBe(true));
      expect(await events()).toEqual(before);
    });

    it('let the reading position expire: the next reading is a full one', async () => {
      const count = (await fullRuns()).length;
      await made('cursor');
      await sync();
      await app.eventually(async () => {
        await app.hurryJobs();
        expect((await fullRuns()).length).toBeGreaterThan(count);
      });
    });

    mishaps({ withdraws: true });
  });

  /** In this order, because each leaves the connection in another state. */
  function mishaps({ withdraws }: { withdraws: boolean }): void {
    it('break down, and are tried again until they are well', async () => {
      await made('breakdown');
      await sync();
      await app.eventually(async () => {
        await app.hurryJobs();
        expect((await runs())[0]).toMatchObject({ state: 'succeeded' });
      });
      expect(sandboxFaults()).toEqual([]);
    });

    // A managed user of Cal.com has no access that could end.
    const whenItCan = withdraws ? it : undefined;
    whenItCan?.('withdraw the access, after which the connection asks to be connected again', async () => {
      await made('revoke');
      await sync();
      await app.eventually(async () => {
        await app.hurryJobs();
        expect(await stateOf()).toBe('needs_reauth');
      });
      await connect(current);
    });

    it('limit the calls, for as long as they say', async () => {
      await made('limit');
      await sync();
      await app.eventually(async () => expect(await stateOf()).toBe('rate_limited'));
    });
  }

  let current: StandInName;

  async function connect(standIn: StandInName): Promise<void> {
    current = standIn;
    const [calendly, , google, outlook] = sandbox.standIns;
    const { token } = owner;
    if (standIn === 'cal-com') {
      demand(200, await app.http('POST', '/api/cal/connect', { token, body: {} }));
    } else if (standIn === 'calendly') {
      const { body } = demand(200, await app.http('GET', '/api/calendly/auth-url', { token }));
      await finish('/api/calendly/callback', calendly.control.consent({ authorize_url: body.authUrl }).location);
    } else {
      const routes = `/api/calendar-integration/${standIn}`;
      const { body } = demand(200, await app.http('GET', `${routes}/auth-url`, { token }));
      const { control } = standIn === 'google' ? google : outlook;
      await finish(`${routes}/callback`, control.consent({ authorize_url: body.authUrl }).location);
    }
    await app.eventually(async () => {
      await app.hurryJobs();
      const [settled] = await app.database.query(
        `SELECT FROM integrations WHERE organization_id = $1 AND last_synced_at IS NOT NULL AND webhook_active
           AND NOT EXISTS (SELECT FROM sync_runs r WHERE r.integration_id = integrations.id
                             AND r.state IN ('queued', 'running'))`,
        [owner.organizationId],
      );
      if (!settled) throw new Error('The connection has not settled');
    });
  }

  async function finish(path: string, location: string): Promise<void> {
    const body = Object.fromEntries(new URL(location).searchParams);
    demand(200, await app.http('POST', path, { token: owner.token, body }));
  }

  async function make(standIn: string, gesture: string, who: Person = owner): Promise<Answer> {
    const body = { stand_in: standIn, gesture };
    return await app.http('POST', '/api/sandbox/gestures', { token: who.token, body });
  }

  async function made(gesture: string): Promise<void> {
    demand(204, await make(current, gesture));
  }

  async function read(path: string) {
    return demand(200, await app.http('GET', path, { token: owner.token })).body;
  }

  const connection = async () =>
    (await read('/api/integrations')).find(({ provider }: { provider: string }) => provider.startsWith(current));
  const stateOf = async (): Promise<string> => (await connection()).state;
  const runs = async (): Promise<{ mode: string; state: string }[]> => await read('/api/sync-runs');
  const fullRuns = async () => (await runs()).filter(({ mode, state }) => mode === 'full' && state === 'succeeded');
  const bookings = async (): Promise<{ event_status: string }[]> => await read('/api/bookings?limit=100');
  const events = async (): Promise<{ id: string; starts_at: string }[]> =>
    await read('/api/calendar-integration/events?limit=200');
  const deliveries = async (): Promise<{ state: string }[]> => await read('/api/deliveries');
  const statesOf = (all: { event_status: string }[]) => all.map((one) => one.event_status);
  const logged = (name: string) =>
    app.log.some(({ event, provider }) => event === name && String(provider).startsWith(current));
  /** Of each delivery at the stand-in, how often it was sent. */
  const attempts = () => {
    const [calendly, calCom] = sandbox.standIns;
    return (current === 'calendly' ? calendly : calCom).control.deliveries().map((one) => one.attempts.length);
  };
  const sandboxFaults = () =>
    sandbox.standIns.find(({ name }) => name === current)?.control.faults() ?? ['it is not there'];

  async function sync(): Promise<void> {
    const { integration_id: id } = await connection();
    await app.http('POST', `/api/integrations/${id}/sync`, { token: owner.token });
  }
});

/** By how much those that have moved begin later, in milliseconds. */
function moved(before: { id: string; starts_at: string }[], after: { id: string; starts_at: string }[]): number[] {
  return after.flatMap(({ id, starts_at: at }) => {
    const former = before.find((event) => event.id === id);
    const byMs = former ? Date.parse(at) - Date.parse(former.starts_at) : 0;
    // Of whole days there is no hour.
    return byMs === 0 || Number.isNaN(byMs) ? [] : [byMs];
  });
}
