import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { IntegrationLifecycle, Integrations, ProviderError, TokenVault } from '../../src/integrations/index.js';
import { spawnCompiled, type CompiledProcess } from '../support/compiled-process.js';
import type { DoubleProvider } from '../support/double-provider.js';
import { eventually } from '../support/eventually.js';
import {
  askMe,
  JANE,
  ORGANIZATION,
  OTHER_ORGANIZATION,
  registerDouble,
  seedConnection,
  seedPeople,
  sessionOf,
  startIntegrationsApplication,
} from '../support/integrations-application.js';
import { answering, basic, OAuthDouble } from '../support/oauth-double.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const SCOPE = { organizationId: ORGANIZATION };

async function failureOf(work: Promise<unknown>): Promise<ProviderError['failure']> {
  const error = await work.then(
    () => 'nothing failed',
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw error;
  return error.failure;
}

/** Something to wait for until the test lets it happen. */
class Gate {
  readonly passed: Promise<void>;
  open!: () => void;

  constructor() {
    this.passed = new Promise((resolve) => (this.open = resolve));
  }
}

describe('token vault', () => {
  let database: TestDatabase;
  let double: OAuthDouble;
  let application: INestApplicationContext;
  let provider: DoubleProvider;
  let changes: string[];
  const others: INestApplicationContext[] = [];
  const processes: CompiledProcess[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    double = await OAuthDouble.start();
    await seedPeople(database);
    changes = [];
    application = await start();
    provider = registerDouble(application, double.url);
  });

  afterEach(async () => {
    for (const child of processes.splice(0)) await child.end('SIGKILL');
    for (const other of others.splice(0)) await other.close();
    await application.close();
    await double.stop();
    await database.drop();
  });

  async function start(): Promise<INestApplicationContext> {
    const started = await startIntegrationsApplication({ url: database.url });
    started
      .get(IntegrationLifecycle, { strict: false })
      .onStatusChanged(async (_, { status, status_reason }) => void changes.push(`${status}/${status_reason}`));
    return started;
  }

  async function startSecond(): Promise<{ second: INestApplicationContext; itsProvider: DoubleProvider }> {
    const second = await start();
    others.push(second);
    return { second, itsProvider: registerDouble(second, double.url) };
  }

  const ask = (id: string) => askMe(application, provider, id);
  const connectJane = async () => (await seedConnection(application, double, provider)).id;
  const makeStale = (secondsLeft = -60) =>
    database.query(
      `UPDATE integrations SET issued_at = clock_timestamp() - interval '2 hours',
         expires_at = clock_timestamp() + make_interval(secs => $1)`,
      [secondsLeft],
    );
  const row = async () => (await database.query('SELECT * FROM integrations'))[0] ?? {};
  const attempts = async () =>
    (await database.query('SELECT outcome FROM token_refresh_attempts ORDER BY started_at, id')).map(
      ({ outcome }) => outcome,
    );
  const letWaitPass = () =>
    database.query(`UPDATE integrations SET refresh_not_before = clock_timestamp() - interval '1 second'`);
  const age = (seconds: number) =>
    database.query(`UPDATE token_refresh_attempts SET started_at = started_at - make_interval(secs => $1)`, [seconds]);

  it('hands out a fresh token without a call, and renews one of which little is left', async () => {
    const id = await connectJane();
    await makeStale(24 * 60);
    await ask(id);
    expect(double.calls.refresh).toBe(0);
    await makeStale(4 * 60);
    expect(await ask(id)).toMatchObject({ id: 'jane' });
    expect(double.calls.refresh).toBe(1);
    expect(await row()).toMatchObject({ token_version: 2, lease_owner: null, lease_until: null, status: 'connected' });
    expect(await attempts()).toEqual(['stored']);
  });

  it('judges a short life by its fifth, not by five minutes', async () => {
    const id = await connectJane();
    await database.query(
      `UPDATE integrations SET issued_at = clock_timestamp() - interval '30 seconds', expires_at = clock_timestamp() + interval '30 seconds'`,
    );
    await ask(id);
    expect(double.calls.refresh).toBe(0);
  });

  it('keeps what the answer leaves out: the refresh token and the organization', async () => {
    const id = await connectJane();
    double.rotates = false;
    for (const _ of [1, 2]) {
      await makeStale();
      await ask(id);
    }
    expect(double.calls.refresh).toBe(2);
    expect(await row()).toMatchObject({
      token_version: 3,
      options: { organization: 'O1', owner: 'https://provider.example/users/jane' },
    });
  });

  it('gives 200 connections × 25 callers on two instances one refresh each, and nobody a refusal', async () => {
    const { second } = await startSecond();
    const ids = [];
    for (let index = 0; index < 200; index += 1) {
      const account = { id: `user-${index}`, email: `${index}@example.com`, name: `${index}` };
      ids.push((await seedConnection(application, double, provider, account)).id);
    }
    await makeStale();
    double.tokenLatencyMs = 20;
    const use = async (instance: INestApplicationContext, id: string) =>
      await instance
        .get(TokenVault, { strict: false })
        .withAccess(SCOPE, id, async ({ accessToken }) => double.worksNow(accessToken));
    const served = await Promise.all(
      ids.flatMap((id) => Array.from({ length: 25 }, (_, caller) => use(caller % 2 ? application : second, id))),
    );
    expect(served.filter(Boolean)).toHaveLength(5_000);
    expect({ calls: double.calls.refresh, invalidGrants: double.invalidGrants }).toEqual({
      calls: 200,
      invalidGrants: 0,
    });
    expect(
      await database.query(`SELECT 1 FROM integrations WHERE status <> 'connected' OR token_version <> 2`),
    ).toEqual([]);
    expect(changes).toEqual([]);
  }, 60_000);

  it('does the same over two processes', async () => {
    for (let index = 0; index < 200; index += 1) {
      await seedConnection(application, double, provider, {
        id: `user-${index}`,
        email: `${index}@x.example`,
        name: 'U',
      });
    }
    await makeStale();
    double.tokenLatencyMs = 20;
    const args = [database.url, double.url, basic(), '25', String(Date.now() + 4_000)];
    processes.push(spawnCompiled('refresh-race-driver.ts', args), spawnCompiled('refresh-race-driver.ts', args));
    const results = await Promise.all(processes.map((child) => child.line((line) => line.startsWith('result '))));
    expect(results.map((line) => JSON.parse(line.slice(7)) as unknown)).toEqual([
      { served: 5_000, failed: 0 },
      { served: 5_000, failed: 0 },
    ]);
    expect({ calls: double.calls.refresh, invalidGrants: double.invalidGrants }).toEqual({
      calls: 200,
      invalidGrants: 0,
    });
    const lost = await database.query(`SELECT 1 FROM integrations WHERE status <> 'connected' OR token_version <> 2`);
    expect(lost).toEqual([]);
    process.stdout.write(
      `refresh race, 200 connections x 25 callers x 2 processes: ${double.calls.refresh} token calls, ` +
        `${double.invalidGrants} invalid_grant, ${lost.length} false re-authorizations, 10000 of 10000 served\n`,
    );
  }, 90_000);

  it('goes on within fifteen seconds when the owner of a lease is killed before its call', async () => {
    const id = await connectJane();
    await makeStale();
    double.tokenFault = async () => {
      double.tokenFault = null;
      await double.wait(20_000);
      return false;
    };
    processes.push(spawnCompiled('refresh-race-driver.ts', [database.url, double.url, basic(), '1', '0']));
    await eventually(
      () => Promise.resolve(double.calls.refresh),
      (calls) => calls === 1,
      40_000,
    );
    await processes[0]?.end('SIGKILL');
    const startedAt = performance.now();
    expect(await ask(id)).toMatchObject({ id: 'jane' });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    expect(await attempts()).toEqual([null, 'stored']);
  }, 40_000);

  it('says that an answer was lost, and not that access was revoked, when a process died with it', async () => {
    const id = await connectJane();
    await makeStale();
    double.tokenLatencyMs = 20_000;
    processes.push(spawnCompiled('refresh-race-driver.ts', [database.url, double.url, basic(), '1', '0']));
    await eventually(
      () => Promise.resolve(double.calls.refresh),
      (calls) => calls === 1,
      40_000,
    );
    await processes[0]?.end('SIGKILL');
    double.tokenLatencyMs = 0;
    await database.query(`UPDATE integrations SET lease_until = clock_timestamp()`);

    const doubt = await failureOf(ask(id));
    expect(doubt).toMatchObject({ kind: 'temporary', retryAt: expect.any(Date) });
    expect(await row()).toMatchObject({ status: 'connected' });
    expect(changes).toEqual([]);

    await age(60);
    await letWaitPass();
    expect(await failureOf(ask(id))).toEqual({ kind: 'reauthorize' });
    expect(changes).toEqual(['needs_reauth/rotation_response_lost']);
  }, 40_000);

  it('lets the late answer of a paused process heal what others gave up', async () => {
    const id = await connectJane();
    await makeStale();
    const gate = new Gate();
    double.tokenAnswer = (answer) => {
      double.tokenAnswer = (other) => other;
      return gate.passed.then(() => answer);
    };
    const first = ask(id);
    await eventually(
      () => Promise.resolve(double.calls.refresh),
      (calls) => calls === 1,
      5_000,
    );

    // Its lease runs out while it is paused; another instance finds the refresh token spent.
    const { second, itsProvider } = await startSecond();
    await database.query(`UPDATE integrations SET lease_until = clock_timestamp()`);
    expect(await failureOf(askMe(second, itsProvider, id))).toMatchObject({ kind: 'temporary' });
    await age(60);
    await letWaitPass();
    expect(await failureOf(askMe(second, itsProvider, id))).toEqual({ kind: 'reauthorize' });

    gate.open();
    expect(await first).toMatchObject({ id: 'jane' });
    expect(await row()).toMatchObject({ status: 'connected', token_version: 2 });
    expect(changes).toEqual(['needs_reauth/rotation_response_lost', 'connected/null']);
    expect(await askMe(second, itsProvider, id)).toMatchObject({ id: 'jane' });
  });

  it('drops a late pair when a newer one is stored', async () => {
    const id = await connectJane();
    double.rotates = false;
    await makeStale();
    const gate = new Gate();
    double.tokenAnswer = (answer) => {
      double.tokenAnswer = (other) => other;
      return gate.passed.then(() => answer);
    };
    const slow = ask(id);
    await eventually(
      () => Promise.resolve(double.calls.refresh),
      (calls) => calls === 1,
      5_000,
    );
    await database.query(`UPDATE integrations SET lease_until = clock_timestamp()`);
    const { second, itsProvider } = await startSecond();
    await askMe(second, itsProvider, id);
    const newer = await row();
    gate.open();
    expect(await slow).toMatchObject({ id: 'jane' });
    expect(await row()).toEqual(newer);
    expect(await attempts()).toEqual(['superseded', 'stored']);
  });

  it('takes a refusal for no news when a newer pair was stored meanwhile', async () => {
    const id = await connectJane();
    await makeStale();
    const gate = new Gate();
    double.tokenFault = async (reply) => {
      double.tokenFault = null;
      await gate.passed;
      return await answering(400, { error: 'invalid_grant' })(reply);
    };
    const slow = ask(id);
    await eventually(
      () => Promise.resolve(double.calls.refresh),
      (calls) => calls === 1,
      5_000,
    );
    await database.query(`UPDATE integrations SET lease_until = clock_timestamp()`);
    const { second, itsProvider } = await startSecond();
    await askMe(second, itsProvider, id);
    gate.open();
    expect(await slow).toMatchObject({ id: 'jane' });
    expect(changes).toEqual([]);
    expect(await attempts()).toEqual(['invalid_grant', 'stored']);
  });

  it('says once that access was revoked, and calls no more', async () => {
    const id = await connectJane();
    double.revokeAccount('jane');
    const failures = await Promise.all(Array.from({ length: 50 }, () => failureOf(ask(id))));
    expect(new Set(failures.map(({ kind }) => kind))).toEqual(new Set(['reauthorize']));
    expect(double.calls.refresh).toBe(1);
    const { me, refresh } = double.calls;
    for (let later = 0; later < 5; later += 1) await failureOf(ask(id));
    expect(double.calls).toMatchObject({ me, refresh });
    expect(changes).toEqual(['needs_reauth/revoked']);
    expect(await database.query(`SELECT action, details FROM audit_events`)).toEqual([
      { action: 'integration.access_ended', details: { reason: 'revoked' } },
    ]);
  });

  it.each<[string, string, () => void]>([
    ['an error of the provider', 'temporary', () => (double.tokenFault = answering(503))],
    ['a limit', 'rate-limited', () => (double.tokenFault = answering(429, {}))],
    ['a page in place of an answer', 'contract', () => (double.tokenFault = answering(200, '<html>'))],
    ['a refused client', 'misconfigured', () => (double.tokenFault = answering(401, { error: 'invalid_client' }))],
  ])('keeps a connection alive over %s, and does not ask again at once', async (_name, kind, arrange) => {
    const id = await connectJane();
    await makeStale();
    arrange();
    expect(await failureOf(ask(id))).toMatchObject({ kind });
    expect(await failureOf(ask(id))).toMatchObject({ kind: 'temporary', retryAt: expect.any(Date) });
    expect(double.calls.refresh).toBe(1);
    expect((await row()).status).not.toBe('needs_reauth');
    double.tokenFault = null;
    await letWaitPass();
    expect(await ask(id)).toMatchObject({ id: 'jane' });
    expect(await row()).toMatchObject({ status: 'connected', status_reason: null });
  });

  it('serves what is left of the old token while a new one cannot be had', async () => {
    const id = await connectJane();
    await makeStale(120);
    double.tokenFault = answering(503);
    expect(await ask(id)).toMatchObject({ id: 'jane' });
    expect(await ask(id)).toMatchObject({ id: 'jane' });
    expect(double.calls.refresh).toBe(1);
  });

  it('survives an answer that was cut on its way, where the provider does not spend refresh tokens', async () => {
    const id = await connectJane();
    double.rotates = false;
    await makeStale();
    double.lostAnswers = 1;
    expect(await failureOf(ask(id))).toMatchObject({ kind: 'temporary' });
    await letWaitPass();
    expect(await ask(id)).toMatchObject({ id: 'jane' });
    expect(await attempts()).toEqual(['unanswered', 'stored']);
  });

  it('tells a spent token whose answer was cut from a revoked one', async () => {
    const id = await connectJane();
    await makeStale();
    double.lostAnswers = 1;
    await failureOf(ask(id));
    await letWaitPass();
    expect(await failureOf(ask(id))).toEqual({ kind: 'reauthorize' });
    expect(changes).toEqual(['needs_reauth/rotation_response_lost']);
  });

  it('renews once when a token that looks fresh is refused, whoever notices', async () => {
    const id = await connectJane();
    let accessToken = '';
    await application
      .get(TokenVault, { strict: false })
      .withAccess(SCOPE, id, async (access) => void (accessToken = access.accessToken));
    double.dropAccess(accessToken);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(id)));
    expect(answers).toHaveLength(20);
    expect(double.calls.refresh).toBe(1);
    expect(changes).toEqual([]);
  });

  it('gives up after one renewal when renewed tokens are refused as well', async () => {
    const id = await connectJane();
    double.meFault = answering(401);
    expect(await failureOf(ask(id))).toEqual({ kind: 'unauthorized' });
    expect(double.calls).toMatchObject({ refresh: 1, me: 2 });
    expect(changes).toEqual(['error/unauthorized']);
  });

  it('ends a connection whose tokens were altered, moved or put back, without using them', async () => {
    const id = await connectJane();
    const before = await row();
    await makeStale();
    await ask(id);
    const { me, refresh } = double.calls;
    await database.query(`UPDATE integrations SET access_token = $1, refresh_token = $2`, [
      before.access_token,
      before.refresh_token,
    ]);
    expect(await failureOf(ask(id))).toEqual({ kind: 'reauthorize' });
    expect(await failureOf(ask(id))).toEqual({ kind: 'reauthorize' });
    expect(changes).toEqual(['needs_reauth/tokens_unreadable']);
    expect(double.calls).toMatchObject({ me, refresh });
  });

  it('says that access has expired when there is nothing to renew it with', async () => {
    const id = await connectJane();
    await database.query('UPDATE integrations SET refresh_token = NULL');
    await makeStale();
    expect(await failureOf(ask(id))).toEqual({ kind: 'reauthorize' });
    expect(changes).toEqual(['needs_reauth/access_expired']);
  });

  it('knows no connection of another organization', async () => {
    const id = await connectJane();
    expect(await failureOf(askMe(application, provider, id, OTHER_ORGANIZATION))).toEqual({ kind: 'reauthorize' });
    expect(double.log).toEqual([]);
  });

  it('waits for a refresh under way before it stops, and stores its answer', async () => {
    const id = await connectJane();
    await makeStale();
    double.tokenLatencyMs = 500;
    const served = ask(id).catch((error: unknown) => error);
    await eventually(
      () => Promise.resolve(double.calls.refresh),
      (calls) => calls === 1,
      5_000,
    );
    await application.get(TokenVault, { strict: false }).onModuleDestroy();
    expect(await row()).toMatchObject({ token_version: 2, status: 'connected' });
    expect(await served).toMatchObject({ id: 'jane' });
  });

  it('stores the only answer there is once the database takes it', async () => {
    const id = await connectJane();
    await makeStale();
    await database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE OF access_token ON integrations EXECUTE FUNCTION refuse()`);
    const served = ask(id);
    await eventually(
      () => Promise.resolve(double.calls.refresh),
      (calls) => calls === 1,
      5_000,
    );
    await database.query('DROP TRIGGER refuse ON integrations');
    expect(await served).toMatchObject({ id: 'jane' });
    expect(await attempts()).toEqual(['stored']);
    expect(double.calls.refresh).toBe(1);
  });

  it('gives back a pair that arrives after the account was disconnected', async () => {
    const id = await connectJane();
    await makeStale();
    double.tokenLatencyMs = 300;
    const late = failureOf(ask(id));
    await eventually(
      () => Promise.resolve(double.calls.refresh),
      (calls) => calls === 1,
      5_000,
    );
    await application.get(Integrations, { strict: false }).disconnect(sessionOf(), id);
    expect(await late).toEqual({ kind: 'reauthorize' });
    expect(await row()).toMatchObject({ is_active: false, access_token: null, refresh_token: null });
    expect(await database.query(`SELECT 1 FROM outbox WHERE kind = 'provider.farewell'`)).toHaveLength(2);
    expect(double.liveGrants(JANE.id)).toBe(1);
  });
});
