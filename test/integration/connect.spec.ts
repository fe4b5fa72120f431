import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { Session } from '../../src/accounts/index.js';
import { ConnectFlow, type Integration, IntegrationLifecycle, Integrations } from '../../src/integrations/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Problem } from '../../src/platform/errors/problem.js';
import type { DoubleProvider } from '../support/double-provider.js';
import { eventually } from '../support/eventually.js';
import {
  askMe,
  COLLEAGUE,
  JANE,
  ORGANIZATION,
  OTHER_ORGANIZATION,
  OTHER_USER,
  registerDouble,
  seedPeople,
  sessionOf,
  startIntegrationsApplication,
} from '../support/integrations-application.js';
import { answering, CLIENT_SECRET, OAuthDouble } from '../support/oauth-double.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const REDIRECT = 'https://app.example/auth/double/callback';
const session = sessionOf();

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'nothing was refused',
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem)) throw error;
  return error.definition.code;
}

describe('connecting an account', () => {
  let database: TestDatabase;
  let double: OAuthDouble;
  let application: INestApplicationContext;
  let provider: DoubleProvider;
  let logged: string[];

  beforeEach(async () => {
    database = await createTestDatabase();
    double = await OAuthDouble.start();
    await seedPeople(database);
    logged = [];
    await restart();
  });

  afterEach(async () => {
    await application.close();
    await double.stop();
    await database.drop();
  });

  async function restart(options: { environment?: Record<string, string>; role?: 'api' | 'all' } = {}): Promise<void> {
    await application?.close();
    application = await startIntegrationsApplication({
      url: database.url,
      write: (line) => logged.push(line),
      ...options,
    });
    provider = registerDouble(application, double.url);
  }

  const flow = () => application.get(ConnectFlow, { strict: false });

  async function consent(by: Session = session, id = 'double', account = JANE) {
    const { authUrl } = await flow().begin(by, id);
    return double.consent(authUrl, account);
  }

  async function connect(by: Session = session, account = JANE, id = 'double') {
    return await flow().complete(by, id, await consent(by, id, account));
  }

  const rows = async () => await database.query('SELECT * FROM integrations ORDER BY created_at, id');
  const row = async () => (await rows())[0] ?? {};
  const settings = async () =>
    (await database.query('SELECT settings FROM organizations WHERE id = $1', [ORGANIZATION]))[0]?.settings;
  const audited = async () =>
    (await database.query('SELECT action, outcome, details FROM audit_events ORDER BY position')).map(
      ({ action, outcome, details }) => [action, outcome, details.reason ?? details.provider],
    );
  const nothingStored = async () => {
    expect(await rows()).toEqual([]);
    expect(await settings()).toEqual({ theme: { dark: true } });
  };

  const disconnect = async (id: string) =>
    await application.get(Integrations, { strict: false }).disconnect(session, id);
  const farewells = async () => await database.query(`SELECT state FROM outbox WHERE kind = 'provider.farewell'`);
  /** Whatever is tried again is tried at once. */
  const farewellIsOver = async () =>
    await eventually(
      async () => {
        await database.query(`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now()`);
        return await farewells();
      },
      (promised) => promised.length > 0 && promised.every(({ state }) => state === 'done'),
      15_000,
    );

  it('stores the account, its tokens sealed, its settings, and says so step by step', async () => {
    const { integrationId, email } = await connect();
    expect(email).toBe('jane@example.com');
    expect(await row()).toMatchObject({
      id: integrationId,
      organization_id: ORGANIZATION,
      user_id: null,
      account_id: 'jane',
      account_email: 'jane@example.com',
      status: 'connected',
      status_reason: null,
      is_active: true,
      auto_sync_enabled: true,
      sync_interval_minutes: 30,
      scope: 'read write',
      token_version: 1,
      access_token: expect.stringMatching(/^psr1\./),
      refresh_token: expect.stringMatching(/^psr1\./),
      options: { owner: 'https://provider.example/users/jane', organization: expect.any(String), shelf: 'A' },
    });
    expect(await settings()).toEqual({
      theme: { dark: true },
      double: {
        enabled: true,
        mode: 'simple',
        oauth_connected: true,
        oauth_email: 'jane@example.com',
        oauth_user_uri: 'jane',
        oauth_user_name: 'Jane',
        oauth_expires_at: (await row()).expires_at.toISOString(),
        ...((await settings()).double.oauth_token_type && { oauth_token_type: 'Bearer' }),
        calendly_link: 'https://pages.example/jane',
      },
    });
    expect(await audited()).toEqual([['integration.connected', 'success', 'double']]);
    const steps = logged.map((line) => JSON.parse(line) as { event: string; provider?: string });
    expect(steps.filter((step) => step.provider === 'double').map((step) => step.event)).toEqual([
      'oauth.code_received',
      'oauth.account_read',
      'oauth.tokens_stored',
      'settings.updated',
      'integration.connected',
    ]);
    expect(await askMe(application, provider, integrationId)).toMatchObject({ id: 'jane' });
  });

  it('leaves no secret in the database, the log or an answer', async () => {
    const { authUrl, state } = await flow().begin(session, 'double');
    const callback = double.consent(authUrl, JANE);
    await flow().complete(session, 'double', callback);
    await flow()
      .complete(session, 'double', callback)
      .catch(() => undefined);
    double.meFault = answering(500, { detail: double.issued });
    await connect().catch((error: unknown) => logged.push(JSON.stringify(error)));
    const tables = await database.query(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const dump = [];
    for (const { table_name } of tables) dump.push(JSON.stringify(await database.query(`SELECT * FROM ${table_name}`)));
    const everything = [...dump, ...logged].join('\n');
    expect(double.issued.length).toBeGreaterThan(4);
    for (const secret of [...double.issued, state, CLIENT_SECRET]) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(secret.slice(0, 8));
    }
  });

  it('refuses eight callbacks that are not the one it waits for, and calls nobody', async () => {
    registerDouble(application, double.url, 'elsewhere');
    const expired = await consent();
    await database.query(`UPDATE oauth_transactions SET expires_at = clock_timestamp() - interval '1 second'`);
    const fresh = () => consent();
    const attempts: [string, () => Promise<unknown>][] = [
      ['oauth/state-missing', async () => flow().complete(session, 'double', { code: (await fresh()).code })],
      [
        'oauth/state-invalid',
        async () => flow().complete(session, 'double', { ...(await fresh()), state: 'x'.repeat(43) }),
      ],
      ['oauth/state-invalid', async () => flow().complete(sessionOf({ userId: COLLEAGUE }), 'double', await fresh())],
      [
        'oauth/state-invalid',
        async () =>
          flow().complete(
            sessionOf({ userId: OTHER_USER, organizationId: OTHER_ORGANIZATION }),
            'double',
            await fresh(),
          ),
      ],
      [
        'oauth/state-invalid',
        async () => flow().complete(sessionOf({ sessionId: 'session-2' }), 'double', await fresh()),
      ],
      ['oauth/state-invalid', async () => flow().complete(session, 'elsewhere', await fresh())],
      ['oauth/state-invalid', () => flow().complete(session, 'double', expired)],
      [
        'oauth/state-invalid',
        async () => {
          const denied = await fresh();
          await flow()
            .complete(session, 'double', { state: denied.state, error: 'access_denied' })
            .catch(() => undefined);
          return await flow().complete(session, 'double', denied);
        },
      ],
    ];
    for (const [code, attempt] of attempts) expect(await codeOf(attempt())).toBe(code);
    expect(double.log).toEqual([]);
    await nothingStored();
  });

  it('spends a state once: of twenty callbacks at a time one is exchanged', async () => {
    const callback = await consent();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => flow().complete(session, 'double', callback)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(double.calls.exchange).toBe(1);
    expect(await codeOf(flow().complete(session, 'double', callback))).toBe('oauth/state-invalid');
    expect(double.calls.exchange).toBe(1);
    expect(await rows()).toHaveLength(1);
  });

  it('burns the state that is shown with another organization, and audits it', async () => {
    const callback = await consent();
    expect(await codeOf(flow().complete(session, 'double', { ...callback, organizationId: OTHER_ORGANIZATION }))).toBe(
      'oauth/organization-mismatch',
    );
    expect(await codeOf(flow().complete(session, 'double', callback))).toBe('oauth/state-invalid');
    expect(double.log).toEqual([]);
    expect((await audited())[0]).toEqual(['integration.connect', 'refused', 'oauth/organization-mismatch']);
  });

  it.each([
    'https://evil.example/auth/double/callback',
    'http://app.example/auth/double/callback',
    'https://app.example:8443/auth/double/callback',
    'https://app.example:443/auth/double/callback',
    'https://APP.example/auth/double/callback',
    'https://app.example/auth/double/callback/',
    'https://app.example/auth/Double/callback',
    'https://app.example/auth/double/callback?x=1',
    'https://app.example/auth/double/callback#',
    'https://user@app.example/auth/double/callback',
    'https://app.example/auth/%64ouble/callback',
    'https://app.example/auth/x/../double/callback',
    '',
  ])('refuses the redirect %j, which is not the one it began with', async (redirectUri) => {
    expect(await codeOf(flow().complete(session, 'double', { ...(await consent()), redirectUri }))).toBe(
      'oauth/redirect-mismatch',
    );
    expect(double.log).toEqual([]);
  });

  it('accepts the very organization and redirect it began with', async () => {
    const callback = { ...(await consent()), organizationId: ORGANIZATION, redirectUri: REDIRECT };
    expect(await flow().complete(session, 'double', callback)).toMatchObject({ email: 'jane@example.com' });
  });

  it.each([undefined, '', 'x'.repeat(8_192), 'with space', 'line\r\nbreak', ['code'] as unknown as string])(
    'refuses the code %#, and keeps the state for a good one',
    async (code) => {
      const callback = await consent();
      expect(await codeOf(flow().complete(session, 'double', { ...callback, code }))).toBe('oauth/code-invalid');
      expect(double.log).toEqual([]);
      await flow().complete(session, 'double', callback);
    },
  );

  it('closes the transaction when access was denied', async () => {
    const { state } = await consent();
    expect(await codeOf(flow().complete(session, 'double', { state, error: 'access_denied' }))).toBe('oauth/denied');
    expect(await database.query('SELECT outcome FROM oauth_transactions')).toEqual([{ outcome: 'denied' }]);
    expect(double.log).toEqual([]);
    await nothingStored();
  });

  it('refuses an answer of another issuer', async () => {
    registerDouble(application, double.url, 'issuing', { issuer: 'https://issuer.example' });
    const callback = await consent(session, 'issuing');
    expect(await codeOf(flow().complete(session, 'issuing', { ...callback, iss: 'https://evil.example' }))).toBe(
      'oauth/issuer-mismatch',
    );
  });

  it('takes a callback without state only where that is allowed, from an administrator, for the configured redirect', async () => {
    const { code } = await consent();
    await restart({ environment: { OAUTH_ALLOW_STATELESS_CALLBACK: 'true' } });
    const complete = (by: Partial<Session>, more: object) =>
      flow().complete(sessionOf(by), 'double', { code, ...more });
    expect(await codeOf(complete({ role: 'member' }, { redirectUri: REDIRECT }))).toBe('oauth/state-missing');
    expect(await codeOf(complete({}, { redirectUri: 'https://evil.example/' }))).toBe('oauth/redirect-mismatch');
    expect(await codeOf(complete({}, { organizationId: OTHER_ORGANIZATION }))).toBe('oauth/organization-mismatch');
    expect(double.log).toEqual([]);
    // That page was opened by the front end itself, without PKCE.
    const { code: bare } = double.consent(`https://x.example/?redirect_uri=${encodeURIComponent(REDIRECT)}`, JANE);
    const connected = flow().complete(sessionOf({ role: 'admin' }), 'double', {
      code: bare,
      organizationId: ORGANIZATION,
      redirectUri: REDIRECT,
    });
    expect(await connected).toMatchObject({ email: 'jane@example.com' });
  });

  it('lets one person start ten times a minute, and tells when to come back', async () => {
    for (let start = 0; start < 10; start += 1) await flow().begin(session, 'double');
    const refused = await flow()
      .begin(session, 'double')
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ definition: { code: 'oauth/too-many-starts' } });
    expect((refused as Problem).retryAfterSeconds).toBeGreaterThan(0);
    await flow().begin(sessionOf({ userId: COLLEAGUE }), 'double');
  });

  it('keeps ten consents open, and forgets those of yesterday', async () => {
    const first = await consent();
    for (let start = 0; start < 9; start += 1) await consent();
    await database.query(`UPDATE oauth_transactions SET created_at = created_at - interval '2 minutes'`);
    await consent();
    expect(await codeOf(flow().complete(session, 'double', first))).toBe('oauth/state-invalid');
    await database.query(
      `UPDATE oauth_transactions SET expires_at = now() - interval '25 hours', created_at = now() - interval '26 hours'`,
    );
    await flow().begin(session, 'double');
    expect(await database.query('SELECT 1 FROM oauth_transactions')).toHaveLength(1);
  });

  it('names the variables a provider waits for, and calls nobody', async () => {
    registerDouble(application, double.url, 'bare', { missingVariables: ['BARE_CLIENT_ID', 'BARE_CLIENT_SECRET'] });
    const refused = await flow()
      .begin(session, 'bare')
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ definition: { code: 'provider/not-configured', kind: 'conflict' } });
    expect((refused as Problem).detail?.en).toContain('BARE_CLIENT_ID, BARE_CLIENT_SECRET');
  });

  it.each<[string, string, (double: OAuthDouble) => void]>([
    ['a wrong client', 'provider/misconfigured', (to) => (to.tokenFault = answering(401, { error: 'invalid_client' }))],
    ['a spent code', 'provider/code-refused', (to) => (to.tokenFault = answering(400, { error: 'invalid_grant' }))],
    ['an error of its own', 'provider/unavailable', (to) => (to.tokenFault = answering(500))],
    ['a limit', 'provider/rate-limited', (to) => (to.tokenFault = answering(429))],
    [
      'no refresh token',
      'provider/contract',
      (to) => (to.tokenAnswer = (answer) => ({ ...answer, refresh_token: undefined })),
    ],
    ['an account without e-mail', 'provider/contract', (to) => (to.meAnswer = (me) => ({ ...me, email: null }))],
    ['an account that is a list', 'provider/contract', (to) => (to.meAnswer = (me) => [me])],
    ['an account without id', 'provider/contract', (to) => (to.meAnswer = (me) => ({ ...me, id: '' }))],
    ['a missing scope', 'provider/scope-missing', (to) => (to.meFault = answering(403))],
  ])('stores nothing when the provider answers with %s, and gives the grant back', async (_name, code, arrange) => {
    const callback = await consent();
    arrange(double);
    expect(await codeOf(flow().complete(session, 'double', callback))).toBe(code);
    expect(double.liveGrants('jane')).toBe(0);
    await nothingStored();
    expect((await audited()).at(-1)?.slice(0, 2)).toEqual(['integration.connect', 'failure']);
    // The state is spent all the same.
    expect(await codeOf(flow().complete(session, 'double', callback))).toBe('oauth/state-invalid');
  });

  it.each<[string, (answer: Record<string, unknown>) => unknown]>([
    ['a life in words', (answer) => ({ ...answer, expires_in: 'abc' })],
    ['a negative life', (answer) => ({ ...answer, expires_in: -1 })],
    ['another kind of token', (answer) => ({ ...answer, token_type: 'mac' })],
    ['a list', (answer) => [answer]],
  ])('stores nothing of a token answer with %s', async (_name, tokenAnswer) => {
    double.tokenAnswer = tokenAnswer;
    expect(await codeOf(connect())).toBe('provider/contract');
    await nothingStored();
  });

  it('leaves the grant alone when the account lives in another connection', async () => {
    await connect(sessionOf({ userId: OTHER_USER, organizationId: OTHER_ORGANIZATION }));
    application.get(IntegrationLifecycle, { strict: false }).onConnected(async () => {
      throw new Error('the room below could not');
    });
    await expect(connect()).rejects.toThrow('the room below could not');
    expect(await rows()).toHaveLength(1);
    expect(double.calls.revoke).toBe(0);
  });

  it('stores all or nothing: what a room below enqueues goes with it', async () => {
    const seen: Integration[] = [];
    application.get(IntegrationLifecycle, { strict: false }).onConnected(async (_tx, integration) => {
      seen.push(integration);
      if (seen.length === 1) throw new Error('the first time fails');
    });
    await expect(connect()).rejects.toThrow('the first time fails');
    await nothingStored();
    expect(double.liveGrants('jane')).toBe(0);
    await connect();
    expect(seen).toHaveLength(2);
    expect(Object.keys(seen[1] ?? {}).filter((name) => /token|lease/.test(name))).toEqual([]);
  });

  it('keeps the row of an account that is connected again, and heals it', async () => {
    const changes: string[] = [];
    application
      .get(IntegrationLifecycle, { strict: false })
      .onStatusChanged(async (_, { status }, former) => void changes.push(`${former.status} → ${status}`));
    const { integrationId } = await connect();
    await database.query(`UPDATE integrations SET status = 'needs_reauth', status_reason = 'revoked'`);
    expect((await connect()).integrationId).toBe(integrationId);
    expect(await row()).toMatchObject({ status: 'connected', status_reason: null, token_version: 2 });
    expect(changes).toEqual(['disconnected → connected', 'needs_reauth → connected']);
    expect(await askMe(application, provider, integrationId)).toMatchObject({ id: 'jane' });
  });

  it('tells accounts, people and organizations apart', async () => {
    registerDouble(application, double.url, 'personal', { servesOrganization: false });
    const john = { id: 'john', email: 'jane@example.com', name: 'John' };
    await connect();
    await connect(session, john);
    await connect(sessionOf({ userId: OTHER_USER, organizationId: OTHER_ORGANIZATION }));
    await connect(session, JANE, 'personal');
    await connect(sessionOf({ userId: COLLEAGUE }), JANE, 'personal');
    expect(
      (await rows()).map((found) => [found.organization_id === ORGANIZATION, found.user_id, found.account_id]),
    ).toEqual([
      [true, null, 'jane'],
      [true, null, 'john'],
      [false, null, 'jane'],
      [true, session.userId, 'jane'],
      [true, COLLEAGUE, 'jane'],
    ]);
    expect(Object.keys(await settings()).sort()).toEqual(['double', 'theme']);
  });

  it('makes one row of ten parallel connections of one account', async () => {
    const callbacks = await Promise.all(Array.from({ length: 10 }, () => consent()));
    const connected = await Promise.all(callbacks.map((callback) => flow().complete(session, 'double', callback)));
    expect(new Set(connected.map(({ integrationId }) => integrationId)).size).toBe(1);
    expect((await row()).token_version).toBe(10);
    expect(await askMe(application, provider, connected[0]?.integrationId ?? '')).toMatchObject({ id: 'jane' });
  });

  describe('and disconnecting it', () => {
    // The queue looks for new work, and for work to try again, every second or two.
    jest.setTimeout(20_000);

    it('ends it here at once, then its channel, then the grant, in that order', async () => {
      await restart({ role: 'all' });
      application.get(IntegrationLifecycle, { strict: false }).onFarewell(async ({ access }) => {
        if (access) await provider.deleteHook(access);
      });
      const { integrationId } = await connect();
      double.log.length = 0;
      await disconnect(integrationId);
      expect(await row()).toMatchObject({
        is_active: false,
        status: 'disconnected',
        status_reason: 'disconnected_by_user',
        access_token: null,
        refresh_token: null,
        next_sync_at: null,
      });
      expect((await settings()).double).toMatchObject({ enabled: false, oauth_connected: false, mode: 'simple' });
      await expect(askMe(application, provider, integrationId)).rejects.toMatchObject({
        failure: { kind: 'reauthorize' },
      });
      await farewellIsOver();
      expect(double.log).toEqual(['DELETE /hooks/1', 'POST /oauth/revoke']);
      expect(double.liveGrants('jane')).toBe(0);
      expect((await audited()).at(-1)?.[0]).toBe('integration.disconnected');
      await disconnect(integrationId);
      expect(await farewells()).toHaveLength(1);
    });

    it('ends it here when the provider is down, and there when it is back', async () => {
      await restart({ role: 'all' });
      const { integrationId } = await connect();
      let down = 1;
      double.revokeFault = async (reply) => down-- > 0 && answering(503)(reply);
      await disconnect(integrationId);
      expect(await row()).toMatchObject({ is_active: false, access_token: null });
      await farewellIsOver();
      expect(double.calls.revoke).toBe(2);
      expect(double.liveGrants('jane')).toBe(0);
    });

    it('leaves the grant alone while another organization uses the account', async () => {
      await restart({ role: 'all' });
      await connect(sessionOf({ userId: OTHER_USER, organizationId: OTHER_ORGANIZATION }));
      const { integrationId } = await connect();
      await disconnect(integrationId);
      await farewellIsOver();
      expect(double.calls.revoke).toBe(0);
      expect(double.liveGrants('jane')).toBe(2);
    });

    it('works ten times over, with a dead token or none to be read, and always keeps the row', async () => {
      const ids = new Set<string>();
      for (let round = 0; round < 10; round += 1) {
        const { integrationId } = await connect();
        ids.add(integrationId);
        if (round === 3) double.revokeAccount('jane');
        if (round === 4) await database.query(`UPDATE integrations SET access_token = 'psr1.x', refresh_token = NULL`);
        if (round === 5) await database.query(`UPDATE integrations SET status = 'needs_reauth'`);
        await disconnect(integrationId);
        await database.query(`UPDATE oauth_transactions SET created_at = created_at - interval '1 minute'`);
      }
      await connect();
      expect(ids.size).toBe(1);
      expect(await rows()).toHaveLength(1);
      expect(await row()).toMatchObject({ is_active: true, status: 'connected', disconnected_at: null });
    });

    it('asks for the connection of one’s own organization', async () => {
      const { integrationId } = await connect();
      const theirs = sessionOf({ userId: OTHER_USER, organizationId: OTHER_ORGANIZATION });
      expect(await codeOf(application.get(Integrations, { strict: false }).disconnect(theirs, integrationId))).toBe(
        'integration/not-found',
      );
      expect((await row()).is_active).toBe(true);
    });
  });

  describe('and marking its status', () => {
    it('tells a change once, a repetition never, and leaves needs_reauth to its owner', async () => {
      const changes: string[] = [];
      application
        .get(IntegrationLifecycle, { strict: false })
        .onStatusChanged(async (_, { status, status_reason }) => void changes.push(`${status}/${status_reason}`));
      const { integrationId } = await connect();
      const within = application.get(UnitOfWork);
      const integrations = application.get(Integrations, { strict: false });
      const mark = async (status: 'connected' | 'error' | 'needs_reauth', reason: string | null) =>
        await within.inOrganization(session, (tx) => integrations.markStatus(tx, integrationId, status, reason));
      expect([await mark('error', 'temporary'), await mark('error', 'temporary')]).toEqual([true, false]);
      await within.inOrganization(session, (tx) => integrations.markSynced(tx, integrationId));
      await mark('needs_reauth', 'revoked');
      await within.inOrganization(session, (tx) => integrations.markSynced(tx, integrationId));
      expect(await mark('error', 'timeout')).toBe(false);
      expect(changes).toEqual(['connected/null', 'error/temporary', 'connected/null', 'needs_reauth/revoked']);
      expect((await row()).last_synced_at).not.toBeNull();
    });

    it('changes the reading interval and brings the next reading forward', async () => {
      const { integrationId } = await connect();
      const integrations = application.get(Integrations, { strict: false });
      const updated = await application
        .get(UnitOfWork)
        .inOrganization(session, (tx) =>
          integrations.update(tx, integrationId, { sync_interval_minutes: 5, options: { webhook: 'x' } }),
        );
      expect(updated).toMatchObject({
        sync_interval_minutes: 5,
        auto_sync_enabled: true,
        options: { shelf: 'A', webhook: 'x' },
      });
      expect(updated.next_sync_at?.getTime()).toBeLessThan(Date.now() + 6 * 60_000);
    });
  });
});
