import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveriesSchedule } from '../../src/deliveries/deliveries.schedule.js';
import { type Person, startApp, type TestApp } from '../support/app.js';

const HERE = 'https://crm.example/api/calendly/webhook';

let app: TestApp;
let accounts = 0;

afterEach(() => {
  app.sandbox.control.clearFaults();
  app.sandbox.control.clearCalls();
});

describe('a subscription that leads here and that nobody here knows', () => {
  beforeAll(async () => {
    app = await startApp({ environment: { PUBLIC_URL: 'https://crm.example' } });
  });
  afterAll(() => app.close());

  it('is closed at the next look, and no other is touched', async () => {
    const { account, owner, neighbour } = await connectForTwo();
    const [own, neighbours] = urlsOf(account);
    const others = [
      `https://other.example/api/calendly/webhook/${token()}`,
      `https://crm.example.other.test/api/calendly/webhook/${token()}`,
      `https://crm.example/elsewhere/api/calendly/webhook/${token()}`,
      `${HERE}/${token()}/more`,
      `${HERE}/short`,
      HERE,
    ];
    for (const url of [`${HERE}/${token()}`, ...others, `${HERE}/${token()}`]) await subscribe(account, url);

    await lookAt(owner);

    expect(urlsOf(account).toSorted()).toEqual([own, neighbours, ...others].toSorted());
    expect(callsToList()).toMatchObject([{ status: 200 }]);
    expect(await isPushed(owner)).toBe(true);
    expect(await isPushed(neighbour)).toBe(true);
  });

  it('is closed when the next one is opened: a restored database has forgotten it', async () => {
    const { account, owner } = await connectForTwo();
    const [forgotten, neighbours] = urlsOf(account);
    await app.database.query('DELETE FROM channels WHERE organization_id = $1', [owner.organizationId]);

    await lookAt(owner);

    const [first, second, ...more] = urlsOf(account);
    expect([first, more]).toEqual([neighbours, []]);
    expect(second).toMatch(/^https:\/\/crm\.example\/api\/calendly\/webhook\/[\w-]{43}$/);
    expect(second).not.toBe(forgotten);
  });

  it('is found behind a hundred others', async () => {
    const { account, owner } = await connectForTwo();
    for (let n = 0; n < 105; n += 1) await subscribe(account, `https://other.example/${n}`);
    const stray = `${HERE}/${token()}`;
    await subscribe(account, stray);

    await lookAt(owner);

    expect(urlsOf(account)).not.toContain(stray);
    expect(urlsOf(account)).toHaveLength(107);
    expect(callsToList()).toMatchObject([{ status: 200 }, { status: 200 }]);
  });

  it('stays when Calendly will not list or delete, and costs the connection nothing', async () => {
    const { account, owner } = await connectForTwo();
    const [own] = urlsOf(account);
    // Forgotten, so that nothing but the list is read this time.
    await app.database.query('DELETE FROM channels WHERE organization_id = $1', [owner.organizationId]);
    app.sandbox.control.failNext({ base: 'api', method: 'GET', path_prefix: '/webhook_subscriptions', status: 503 });
    await lookAt(owner);
    expect(callsToList()).toMatchObject([{ status: 503 }]);
    expect(urlsOf(account)).toContain(own);
    expect(await isPushed(owner)).toBe(true);

    app.sandbox.control.failNext({ base: 'api', method: 'DELETE', status: 500 });
    await lookAt(owner);
    expect(urlsOf(account)).toContain(own);
    expect(await isPushed(owner)).toBe(true);

    await lookAt(owner);
    expect(urlsOf(account)).toHaveLength(2);
    expect(urlsOf(account)).not.toContain(own);
  });
});

describe('a subscription that leads to an address of one house alone', () => {
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('is left alone: another installation may have the same', async () => {
    const { account, owner } = await connectForTwo();
    const theirs = `${app.url}/api/calendly/webhook/${token()}`;
    await subscribe(account, theirs);

    await lookAt(owner);

    expect(urlsOf(account)).toContain(theirs);
    expect(callsToList()).toEqual([]);
  });
});

/** Two organizations of this installation that have connected one account. */
async function connectForTwo(): Promise<{ account: string; owner: Person; neighbour: Person }> {
  accounts += 1;
  const account = `host.${accounts}@example.test`;
  app.sandbox.control.addAccount({ name: `Hôte ${accounts}`, email: account });
  const owner = await app.registerConnected({ account });
  const neighbour = await app.registerConnected({ account });
  await settled();
  await app.get(DeliveriesSchedule).claimChannelChecks();
  await settled();
  expect(urlsOf(account)).toHaveLength(2);
  app.sandbox.control.clearCalls();
  return { account, owner, neighbour };
}

async function lookAt({ organizationId }: Person): Promise<void> {
  await app.database.query(`UPDATE integrations SET next_channel_check_at = now() WHERE organization_id = $1`, [
    organizationId,
  ]);
  await app.get(DeliveriesSchedule).claimChannelChecks();
  await settled();
}

async function settled(): Promise<void> {
  await app.eventually(async () => {
    await app.hurryJobs();
    expect(await app.database.query('SELECT id FROM graphile_worker._private_jobs')).toEqual([]);
  });
}

async function subscribe(account: string, url: string): Promise<void> {
  const { user } = hostOf(account);
  const { token: personal } = app.sandbox.control.issuePersonalToken({ account });
  const answer = await fetch(user.uri.replace(/\/users\/.*/, '/webhook_subscriptions'), {
    method: 'POST',
    headers: { authorization: `Bearer ${personal}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      url,
      events: ['invitee.created'],
      scope: 'user',
      user: user.uri,
      organization: user.current_organization,
    }),
  });
  expect(answer.status).toBe(201);
}

function hostOf(account: string) {
  return app.sandbox.control.accounts().find(({ user }) => user.email === account)!;
}

function urlsOf(account: string): string[] {
  const { user } = hostOf(account);
  return app.sandbox.control
    .subscriptions()
    .filter((one) => one.user === user.uri)
    .map(({ callback_url }) => callback_url);
}

function callsToList() {
  return app.sandbox.control
    .calls()
    .filter(({ method, path }) => method === 'GET' && /\/webhook_subscriptions(\?|$)/.test(path));
}

async function isPushed({ token: bearer }: Person): Promise<boolean> {
  return (await app.http('GET', '/calendly/status', { token: bearer })).body.webhook_active;
}

function token(): string {
  return randomBytes(32).toString('base64url');
}
