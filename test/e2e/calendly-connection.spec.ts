import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Channels } from '../../src/deliveries/channels.js';
import { DeliveriesSchedule } from '../../src/deliveries/deliveries.schedule.js';
import { Sync } from '../../src/sync/index.js';
import { demand, type Person, startApp, type TestApp } from '../support/app.js';

const DAY_MS = 86_400_000;

let app: TestApp;
let accounts = 0;

beforeAll(async () => {
  app = await startApp({ sandbox: { settings: { signature_clock: 'wall', token_requests_per_minute: 10_000 } } });
});

afterAll(async () => {
  await app.close();
});

afterEach(() => {
  app.sandbox.control.clearFaults();
  app.sandbox.control.clearCalls();
});

describe('connecting again', () => {
  it('five times leaves exactly one live subscription, and no booking counts twice', async () => {
    const { owner, account } = await connectNewAccount();
    for (let round = 0; round < 5; round += 1) demand(200, await app.connectCalendly(owner, { account }));
    await settled();

    expect(subscriptionsOf(account)).toMatchObject([{ state: 'active' }]);
    expect(await channelsOf(owner)).toEqual([{ state: 'open' }]);
    book(account, 'ada@example.test');
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(1));
    expect((await told(owner)).map(({ type }) => type)).toEqual(['calendly_prospect_created']);
  });

  it('after disconnecting, again and again, doubles nothing and forgets nothing', async () => {
    const { owner, account } = await connectNewAccount();
    book(account, 'ada@example.test');
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(1));
    const before = { prospects: await prospects(owner), events: await events(owner), told: await told(owner) };
    for (let round = 0; round < 3; round += 1) {
      demand(200, await app.http('POST', '/calendly/disconnect', { token: owner.token }));
      demand(200, await app.connectCalendly(owner, { account }));
      await app.eventually(async () => expect(await status(owner)).toMatchObject({ webhook_active: true }));
    }
    await settled();
    expect({ prospects: await prospects(owner), events: await events(owner), told: await told(owner) }).toEqual(before);
    expect(subscriptionsOf(account)).toMatchObject([{ state: 'active' }]);
  });

  it('with another account of the organization keeps the bookings of both', async () => {
    const { owner, account } = await connectNewAccount();
    const second = newAccount();
    demand(200, await app.connectCalendly(owner, { account: second }));
    await app.eventually(() => expect(subscriptionsOf(second)).toHaveLength(1));
    book(account, 'ada@example.test');
    book(second, 'bo@example.test');
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(2));
    expect(await status(owner)).toMatchObject({ email: second });
  });
});

describe('a subscription that Calendly has disabled', () => {
  it('is replaced within one cycle, and what was missed meanwhile is read', async () => {
    const { owner, account } = await connectNewAccount();
    const [lost] = subscriptionsOf(account);
    // For a day every attempt fails; then Calendly gives up on the address for good.
    app.sandbox.control.forgeDeliveries({ times: 10_000 });
    book(account, 'ada@example.test', 3);
    await app.sandbox.control.advance({ seconds: 25 * 3600 });
    app.sandbox.control.clearFaults();
    expect(subscriptionsOf(account)).toMatchObject([{ state: 'disabled' }]);
    book(account, 'bo@example.test', 4);
    expect(await prospects(owner)).toEqual([]);

    await app.database.query(
      `UPDATE integrations SET next_channel_check_at = now() - interval '1 second' WHERE organization_id = $1`,
      [owner.organizationId],
    );
    await app.get(DeliveriesSchedule).claimChannelChecks();
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(2));
    await settled();

    const live = subscriptionsOf(account);
    expect(live).toMatchObject([{ state: 'active' }]);
    expect(live[0]!.uri).not.toBe(lost!.uri);
    expect(live[0]!.callback_url).not.toBe(lost!.callback_url);
    expect((await told(owner)).toSorted((one, other) => (one.type < other.type ? -1 : 1))).toMatchObject([
      { type: 'calendly_prospect_created' },
      { type: 'calendly_prospect_created' },
      {
        type: 'calendly_webhook_restored',
        title: 'Notifications Calendly rétablies',
        message: expect.stringContaining('2 rendez-vous'),
      },
    ]);
    // And from then on bookings come by themselves again.
    book(account, 'cleo@example.test', 5);
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(3));
  });

  it('is replaced as well when somebody has deleted it', async () => {
    const { owner, account } = await connectNewAccount();
    const [lost] = subscriptionsOf(account);
    await deleteAtProvider(lost!.uri, account);
    expect(subscriptionsOf(account)).toEqual([]);
    demand(200, await app.http('POST', '/calendly/sync?wait=true', { token: owner.token }));
    await app.eventually(() => expect(subscriptionsOf(account)).toMatchObject([{ state: 'active' }]));
  });
});

describe('disconnecting', () => {
  it('ends the subscription and the grant, wipes the tokens, and keeps the history', async () => {
    const { owner, account } = await connectNewAccount();
    book(account, 'ada@example.test');
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(1));
    app.sandbox.control.clearCalls();

    const answer = await app.http('POST', '/calendly/disconnect', { token: owner.token });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    await isDisconnected(owner);
    await app.eventually(() => expect(callPaths()).toContain('POST /oauth/revoke'));
    expect(subscriptionsOf(account)).toEqual([]);

    expect(await prospects(owner)).toHaveLength(1);
    expect(await events(owner)).toHaveLength(1);
    expect((await told(owner)).map(({ type }) => type)).toEqual(['calendly_prospect_created']);
  });

  it('succeeds at once while Calendly is down, and is made good there later', async () => {
    const { owner, account } = await connectNewAccount();
    app.sandbox.control.failNext({ status: 503, times: 10_000 });
    app.sandbox.control.clearCalls();
    const startedAt = performance.now();
    const answer = await app.http('POST', '/calendly/disconnect', { token: owner.token });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await isDisconnected(owner);
    await app.eventually(() => expect(callPaths().length).toBeGreaterThan(0));
    expect(subscriptionsOf(account)).toHaveLength(1);

    app.sandbox.control.clearFaults();
    await app.eventually(async () => {
      await app.hurryJobs();
      expect(subscriptionsOf(account)).toEqual([]);
    });
    await app.eventually(() => expect(callsTo('/oauth/revoke').at(-1)).toMatchObject({ status: 200 }));
  });

  it('that could not be made good for a while does not end a connection that was made since', async () => {
    const { owner, account } = await connectNewAccount();
    app.sandbox.control.failNext({ status: 503, times: 10_000 });
    app.sandbox.control.clearCalls();
    demand(200, await app.http('POST', '/calendly/disconnect', { token: owner.token }));
    await app.eventually(() => expect(callPaths().length).toBeGreaterThan(0));
    app.sandbox.control.clearFaults();
    demand(200, await app.connectCalendly(owner, { account }));
    await app.eventually(async () => expect(await status(owner)).toMatchObject({ webhook_active: true }));
    const [, live] = subscriptionsOf(account);

    await settled();
    expect(subscriptionsOf(account)).toMatchObject([{ uri: live!.uri, state: 'active' }]);
    demand(200, await app.http('POST', '/calendly/sync?wait=true', { token: owner.token }));
    expect(await status(owner)).toMatchObject({ connected: true, status: 'connected', webhook_active: true });
  });

  it('while the subscription is being made leaves none behind, and no job that failed', async () => {
    const { owner, account } = await disconnectedWhileSubscribing();
    app.sandbox.control.clearFaults();

    await app.eventually(() =>
      expect(callPaths().filter((path) => path.startsWith('DELETE /webhook_subscriptions/'))).not.toEqual([]),
    );
    expect(subscriptionsOf(account)).toEqual([]);
    const { body: dead } = await app.http('GET', '/api/dead-letters', { token: owner.token });
    expect(dead).toEqual([]);
  });

  it('and connecting again while the subscription is being made leaves the one of the new connection', async () => {
    const { owner, account } = await disconnectedWhileSubscribing();
    demand(200, await app.connectCalendly(owner, { account }));
    const asked = () => callsTo('/webhook_subscriptions').filter(({ method }) => method === 'POST');
    await app.eventually(() => expect(asked()).toMatchObject([{ status: null }, { status: 201 }]));
    app.sandbox.control.clearFaults();
    await app.eventually(() => expect(asked()).toMatchObject([{ status: 201 }, { status: 201 }]));
    await settled();

    expect(subscriptionsOf(account)).toMatchObject([{ state: 'active' }]);
    expect(await channelsOf(owner)).toEqual([{ state: 'open' }]);
    book(account, 'ada@example.test');
    await app.eventually(async () => expect(await prospects(owner)).toHaveLength(1));
  });

  it('leaves nothing to open for whoever had looked before', async () => {
    const { owner } = await connectNewAccount();
    const [integration] = await app.database.query<{ id: string; provider: string }>(
      'SELECT id, provider FROM integrations WHERE organization_id = $1',
      [owner.organizationId],
    );
    demand(200, await app.http('POST', '/calendly/disconnect', { token: owner.token }));

    expect(await app.get(Channels).begin(owner, integration!)).toBeNull();
    expect(await channelsOf(owner)).toEqual([]);
  });

  it('succeeds for an account whose access was withdrawn, and twice in a row', async () => {
    const { owner, account } = await connectNewAccount();
    app.sandbox.control.revokeGrants({ account });
    for (let time = 0; time < 2; time += 1) {
      const answer = await app.http('POST', '/calendly/disconnect', { token: owner.token });
      expect(answer).toMatchObject({ status: 200, body: { success: true } });
    }
    await isDisconnected(owner);
  });

  it('does not end the grant of another organization on the same account', async () => {
    const { owner, account } = await connectNewAccount();
    const other = await app.registerConnected({ account });
    // What earlier cases still owe to Calendly is not of this one.
    await settled();
    app.sandbox.control.clearCalls();
    demand(200, await app.http('POST', '/calendly/disconnect', { token: owner.token }));
    await settled();
    expect(callsTo('/oauth/revoke')).toEqual([]);
    book(account, 'ada@example.test');
    await app.eventually(async () => expect(await prospects(other)).toHaveLength(1));
    expect(await prospects(owner)).toEqual([]);
    demand(200, await app.http('POST', '/calendly/sync?wait=true', { token: other.token }));
    expect(await status(other)).toMatchObject({ connected: true, status: 'connected' });
  });

  /** Calendly makes the subscription when the faults are cleared. */
  async function disconnectedWhileSubscribing(): Promise<{ owner: Person; account: string }> {
    const owner = await app.registerOrganization();
    const account = newAccount();
    const making = { base: 'api', method: 'POST', path_prefix: '/webhook_subscriptions' } as const;
    app.sandbox.control.failNext({ ...making, delay_ms: 9_000 });
    // The goodbye finds Calendly busy: the grant still stands when the subscription is there.
    app.sandbox.control.failNext({ path_prefix: '/oauth/revoke', status: 503 });
    demand(200, await app.connectCalendly(owner, { account }));
    await app.eventually(() => expect(callPaths()).toContain('POST /webhook_subscriptions'));
    demand(200, await app.http('POST', '/calendly/disconnect', { token: owner.token }));
    await app.eventually(() => expect(app.sandbox.control.faults()).toEqual([]));
    return { owner, account };
  }

  async function isDisconnected(owner: Person): Promise<void> {
    expect(await status(owner)).toMatchObject({
      connected: false,
      enabled: false,
      status: 'disconnected',
      email: null,
      webhook_active: false,
      next_sync_at: null,
    });
    const [row] = await app.database.query(
      `SELECT access_token, refresh_token, is_active FROM integrations WHERE organization_id = $1`,
      [owner.organizationId],
    );
    expect(row).toEqual({ access_token: null, refresh_token: null, is_active: false });
    const [organization] = await app.database.query(
      `SELECT settings->'calendly' AS calendly FROM organizations WHERE id = $1`,
      [owner.organizationId],
    );
    expect(organization?.['calendly']).toMatchObject({ enabled: false, oauth_connected: false });
  }
});

describe('access that was withdrawn at Calendly', () => {
  it('is told once, with its cause, and nothing is asked any more until somebody connects again', async () => {
    const { owner, account } = await connectNewAccount();
    const browser = await app.browse(owner);
    app.sandbox.control.revokeGrants({ account });

    const first = await app.http('POST', '/calendly/sync?wait=true', { token: owner.token });
    expect(first).toMatchObject({ status: 200, body: { success: false, state: 'failed', error_code: 'reauthorize' } });
    expect(await status(owner)).toMatchObject({
      connected: false,
      status: 'needs_reauth',
      status_reason: 'L’accès a été retiré chez Calendly, ou a expiré. Reconnectez le compte.',
      webhook_active: false,
      delivery_mode: 'polling',
    });
    const broken = {
      type: 'calendly_connection_broken',
      title: 'Connexion Calendly interrompue',
      message: 'L’accès a été retiré chez Calendly, ou a expiré. Reconnectez le compte.',
    };
    expect(await told(owner)).toEqual([broken]);
    await app.eventually(() =>
      expect(browser.heardOf('integration:status')).toEqual([
        { provider: 'calendly', status: 'needs_reauth', status_reason: broken.message },
      ]),
    );

    await settled();
    app.sandbox.control.clearCalls();
    for (let time = 0; time < 3; time += 1) {
      await app.http('POST', '/calendly/sync?wait=true', { token: owner.token });
    }
    await app.database.query(
      `UPDATE integrations SET next_sync_at = now(), next_channel_check_at = now() WHERE organization_id = $1`,
      [owner.organizationId],
    );
    await app.get(Sync).claimDue();
    await app.get(DeliveriesSchedule).claimChannelChecks();
    await settled();
    // Nor a call with a token that Calendly no longer knows, which would be nobody's.
    const calls = app.sandbox.control.calls().filter((call) => call.account === account || call.account === null);
    expect(calls).toEqual([]);
    expect(await told(owner)).toEqual([broken]);

    demand(200, await app.connectCalendly(owner, { account }));
    expect(await status(owner)).toMatchObject({ connected: true, status: 'connected', status_reason: null });
    await app.eventually(async () =>
      expect((await told(owner)).map(({ type }) => type)).toEqual([
        'calendly_connection_broken',
        'calendly_connection_recovered',
      ]),
    );
  });

  it('is not what a failing Calendly means: the tokens are kept and used again', async () => {
    const { owner, account } = await connectNewAccount();
    app.sandbox.control.expireAccessTokens({ account });
    app.sandbox.control.failNext({ path_prefix: '/oauth/token', status: 500 });
    await app.http('POST', '/calendly/sync', { token: owner.token });
    await app.eventually(() => expect(app.sandbox.control.faults()).toEqual([]));
    expect((await status(owner)).status).not.toBe('needs_reauth');

    await app.database.query('UPDATE integrations SET refresh_not_before = NULL WHERE organization_id = $1', [
      owner.organizationId,
    ]);
    await settled();
    expect(await status(owner)).toMatchObject({ connected: true, status: 'connected' });
    expect((await told(owner)).map(({ type }) => type)).toEqual([]);
  });
});

describe('an access token that has expired', () => {
  it('is renewed once for all who want it, on two instances', async () => {
    const second = await app.startAnother();
    const people = [];
    const account = newAccount();
    for (let index = 0; index < 3; index += 1) people.push(await app.registerConnected({ account }));
    await settled();
    app.sandbox.control.expireAccessTokens({ account });
    app.sandbox.control.clearCalls();

    const asked = people.flatMap(({ token }) =>
      [app, second, app, second].map((instance) => instance.http('POST', '/calendly/sync?wait=true', { token })),
    );
    for (const answer of await Promise.all(asked)) {
      expect(answer).toMatchObject({ status: 200, body: { state: 'succeeded' } });
    }
    expect(callsTo('/oauth/token').map((call) => call.status)).toEqual(Array(people.length).fill(200));
  });
});

function newAccount(): string {
  accounts += 1;
  const account = `host.${accounts}@example.test`;
  app.sandbox.control.addAccount({ name: `Hôte ${accounts}`, email: account });
  return account;
}

async function connectNewAccount(): Promise<{ owner: Person; account: string }> {
  const account = newAccount();
  return { owner: await app.registerConnected({ account }), account };
}

function book(account: string, email: string, days = 2): void {
  const startTime = new Date(Date.now() + days * DAY_MS).toISOString();
  app.sandbox.control.book({ account, start_time: startTime, invitees: [{ name: 'Ada Byron', email }] });
}

function subscriptionsOf(account: string) {
  const found = app.sandbox.control.accounts().find(({ user }) => user.email === account);
  return app.sandbox.control.subscriptions().filter(({ user }) => user === found?.user.uri);
}

async function deleteAtProvider(uri: string, account: string): Promise<void> {
  const { token } = app.sandbox.control.issuePersonalToken({ account });
  const { status: answered } = await fetch(uri, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
  expect(answered).toBe(204);
}

function callsTo(path: string) {
  return app.sandbox.control.calls().filter((call) => call.path === path);
}

function callPaths(): string[] {
  return app.sandbox.control.calls().map(({ method, path }) => `${method} ${path}`);
}

async function channelsOf({ organizationId }: Person) {
  return await app.database.query(`SELECT state FROM channels WHERE organization_id = $1 AND state <> 'closed'`, [
    organizationId,
  ]);
}

/** Until the queue is empty, without waiting for the times of its retries. */
async function settled(): Promise<void> {
  await app.eventually(async () => {
    await app.hurryJobs();
    expect(await app.database.query('SELECT id FROM graphile_worker._private_jobs')).toEqual([]);
  });
}

async function status({ token }: Person) {
  return demand(200, await app.http('GET', '/calendly/status', { token })).body;
}

/** In the order in which it was told. */
async function told({ token }: Person): Promise<{ type: string; title: string; message: string }[]> {
  const { body } = demand(200, await app.http('GET', '/notifications?limit=200', { token }));
  return body.map(({ type, title, message }: Record<string, string>) => ({ type, title, message })).toReversed();
}

async function prospects({ token }: Person) {
  return demand(200, await app.http('GET', '/prospects?limit=200', { token })).body;
}

async function events({ token }: Person) {
  return demand(200, await app.http('GET', '/calendly/events?limit=200', { token })).body;
}
