import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenVault } from '../../src/integrations/index.js';
import { tokenPlace } from '../../src/integrations/token-place.js';
import { FieldCipher } from '../../src/platform/crypto/field-cipher.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import {
  type Answer,
  CALENDLY_REDIRECT,
  demand,
  FRONTEND,
  LEO,
  NORA,
  type Person,
  startApp,
  type TestApp,
} from '../support/app.js';
import { MovableClock } from '../support/movable-clock.js';

const CALLBACK = '/auth/calendly/callback';
const SUCCESS = { success: true, message: 'Calendly connected successfully', email: NORA };

/** What came back from the consent page, as the front end finds it in the address. */
interface Returned {
  code: string;
  state: string;
}

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ sandbox: { settings: { token_requests_per_minute: 10_000 } } });
});

afterAll(async () => {
  await app.close();
});

describe('the callback', () => {
  it('connects the account of the consent and says so in the agreed words', async () => {
    const owner = await app.registerOrganization();
    const returned = await consent(owner);
    expect(await callback(owner, returned)).toMatchObject({ status: 200, body: SUCCESS });
    expect((await app.http('GET', '/calendly/status', { token: owner.token })).body).toMatchObject({
      connected: true,
      enabled: true,
      status: 'connected',
      status_reason: null,
      mode: 'simple',
      email: NORA,
      user_name: 'Nora Petit',
      user_uri: expect.stringContaining(`${app.sandbox.apiUrl}/users/`),
      calendly_link: expect.stringContaining('nora-petit'),
      auto_sync_enabled: true,
      sync_interval_minutes: 30,
    });
  });

  it('shows the connection in the settings of the organization, beside what was there, and without a token', async () => {
    const owner = await app.registerOrganization();
    await app.database.query(`UPDATE organizations SET settings = '{"theme": {"dark": true}}' WHERE id = $1`, [
      owner.organizationId,
    ]);
    demand(200, await callback(owner, await consent(owner)));
    const [row] = await app.database.query('SELECT settings FROM organizations WHERE id = $1', [owner.organizationId]);
    expect(row?.['settings']).toEqual({
      theme: { dark: true },
      calendly: {
        enabled: true,
        mode: 'simple',
        calendly_link: expect.any(String),
        oauth_connected: true,
        oauth_email: NORA,
        oauth_user_uri: expect.stringContaining('/users/'),
        oauth_user_name: 'Nora Petit',
        oauth_token_type: 'Bearer',
        oauth_expires_at: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
  });

  it('fills the view that administrators query', async () => {
    const owner = await app.registerConnected();
    const [row] = await app.database.query('SELECT * FROM calendly_integrations WHERE organization_id = $1', [
      owner.organizationId,
    ]);
    expect(row).toMatchObject({
      calendly_email: NORA,
      calendly_user_name: 'Nora Petit',
      calendly_user_uri: expect.stringContaining('/users/'),
      scope: expect.stringContaining('webhooks:write'),
      auto_sync_enabled: true,
      sync_interval_minutes: 30,
      webhook_active: true,
      webhook_subscription_uri: expect.any(String),
      is_active: true,
      last_synced_at: expect.any(Date),
      next_sync_at: expect.any(Date),
      expires_at: expect.any(Date),
    });
  });

  it.each(['/auth/calendly/callback', '/api/auth/calendly/callback', '/api/calendly/callback', '/calendly/callback'])(
    'is reached at %s',
    async (path) => {
      const owner = await app.registerOrganization();
      const answer = await app.http('POST', path, { token: owner.token, body: await consent(owner) });
      expect(answer).toMatchObject({ status: 200, body: SUCCESS });
    },
  );

  it('asks Calendly for exactly what it needs: code, state, PKCE, the registered redirect and five permissions', async () => {
    const owner = await app.registerOrganization();
    const { authUrl, state } = await begin(owner);
    const url = new URL(authUrl);
    expect(`${url.origin}${url.pathname}`).toBe(`${app.sandbox.authUrl}/oauth/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: app.sandbox.clientId,
      response_type: 'code',
      redirect_uri: CALENDLY_REDIRECT,
      state,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      scope: 'users:read organizations:read event_types:read scheduled_events:read webhooks:write',
    });
    // 256 bits.
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);
  });

  it('replaces the tokens of an account that is connected already, and doubles nothing', async () => {
    const owner = await app.registerConnected();
    demand(200, await callback(owner, await consent(owner)));
    const rows = await app.database.query('SELECT id FROM integrations WHERE organization_id = $1', [
      owner.organizationId,
    ]);
    expect(rows).toHaveLength(1);
  });
});

describe('a callback that is not the end of one’s own consent', () => {
  it('is refused without a state, before Calendly is asked anything', async () => {
    const owner = await app.registerOrganization();
    const { code } = await consent(owner);
    await refuses(owner, { code }, 400, 'oauth/state-missing');
  });

  it('is refused without a state also from the wrong organization', async () => {
    const owner = await app.registerOrganization();
    const { code } = await consent(owner);
    await refuses(owner, { code, organizationId: crypto.randomUUID() }, 400, 'oauth/state-missing');
  });

  it('is refused with a state that was made up', async () => {
    const owner = await app.registerOrganization();
    const { code } = await consent(owner);
    await refuses(owner, { code, state: 'a'.repeat(43) }, 400, 'oauth/state-invalid');
  });

  it('is refused with a state that was used, even when that use failed', async () => {
    const owner = await app.registerOrganization();
    const used = await consent(owner);
    demand(200, await callback(owner, used));
    expect(await callback(owner, used)).toMatchObject({ status: 400, body: { code: 'oauth/state-invalid' } });

    const burnt = await consent(owner);
    demand(400, await callback(owner, { ...burnt, redirectUri: 'https://elsewhere.example/callback' }));
    expect(await callback(owner, burnt)).toMatchObject({ status: 400, body: { code: 'oauth/state-invalid' } });
  });

  it('is refused with a state that was used at the same moment: one of ten wins', async () => {
    const owner = await app.registerOrganization();
    const returned = await consent(owner);
    const answers = await Promise.all(Array.from({ length: 10 }, () => callback(owner, returned)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(400)]);
  });

  it('is refused with a state that is older than ten minutes', async () => {
    const owner = await app.registerOrganization();
    const returned = await consent(owner);
    const [row] = await app.database.query(
      `UPDATE oauth_transactions SET expires_at = now() - interval '1 second'
       WHERE organization_id = $1 RETURNING expires_at - created_at < interval '10 minutes' AS is_short`,
      [owner.organizationId],
    );
    expect(row).toBeDefined();
    await refuses(owner, returned, 400, 'oauth/state-invalid');
  });

  it('is refused with the state of another organization', async () => {
    const [owner, attacker] = [await app.registerOrganization(), await app.registerOrganization()];
    await refuses(attacker, await consent(owner), 400, 'oauth/state-invalid');
  });

  it('is refused with the state of a colleague', async () => {
    const owner = await app.registerOrganization();
    const colleague = await app.addMember(owner, 'admin');
    await refuses(colleague, await consent(owner), 400, 'oauth/state-invalid');
  });

  it('is refused with a state that was begun for another provider', async () => {
    const owner = await app.registerOrganization();
    const returned = await consent(owner);
    await app.database.query(`UPDATE oauth_transactions SET provider = 'google' WHERE organization_id = $1`, [
      owner.organizationId,
    ]);
    await refuses(owner, returned, 400, 'oauth/state-invalid');
  });

  it('is forbidden for another organization than that of the session', async () => {
    const owner = await app.registerOrganization();
    const organizationId = (await app.registerOrganization()).organizationId;
    await refuses(owner, { ...(await consent(owner)), organizationId }, 403, 'oauth/organization-mismatch');
  });

  it('is refused for another redirect than the registered one, however similar', async () => {
    for (const redirectUri of [
      'https://elsewhere.example/auth/calendly/callback',
      `${CALENDLY_REDIRECT}/`,
      `${CALENDLY_REDIRECT}?next=1`,
      CALENDLY_REDIRECT.toUpperCase(),
    ]) {
      const owner = await app.registerOrganization();
      await refuses(owner, { ...(await consent(owner)), redirectUri }, 400, 'oauth/redirect-mismatch');
    }
  });

  it('is refused without a code', async () => {
    const owner = await app.registerOrganization();
    const { state } = await begin(owner);
    await refuses(owner, { state }, 400, 'oauth/code-invalid');
  });

  it('is refused when the person said no', async () => {
    const owner = await app.registerOrganization();
    const { authUrl } = await begin(owner);
    const { location } = app.sandbox.control.consent({ authorize_url: authUrl, decision: 'refuse' });
    const { error, error_description, state } = Object.fromEntries(new URL(location).searchParams);
    expect(error).toBe('access_denied');
    await refuses(owner, { error, error_description, state }, 400, 'oauth/denied');
  });

  it('is refused with a code of somebody else’s consent: PKCE binds it', async () => {
    const [owner, attacker] = [await app.registerOrganization(), await app.registerOrganization()];
    const stolen = await consent(owner);
    const own = await begin(attacker);
    const answer = await callback(attacker, { code: stolen.code, state: own.state });
    expect(answer).toMatchObject({ status: 400, body: { code: 'provider/code-refused' } });
    await isNotConnected(attacker);
  });
});

describe('a callback without a session', () => {
  it.each(['/auth/calendly/callback', '/api/auth/calendly/callback', '/api/calendly/callback', '/calendly/callback'])(
    'is 403 and never 401 at %s',
    async (path) => {
      const owner = await app.registerOrganization();
      const body = await consent(owner);
      const strangers = [{}, { token: 'nonsense' }, { token: `${owner.token.slice(0, -4)}AAAA` }];
      for (const stranger of [...strangers, { headers: { authorization: 'Basic eDp5' } }]) {
        const answer = await app.http('POST', path, { ...stranger, body });
        expect(answer).toMatchObject({ status: 403, body: { code: 'session/missing', status: 403, success: false } });
      }
      demand(200, await callback(owner, body));
    },
  );

  it('is 403 also when its session has ended', async () => {
    const owner = await app.registerOrganization();
    const body = await consent(owner);
    demand(200, await app.http('POST', '/api/auth/logout', { token: owner.token }));
    expect(await callback(owner, body)).toMatchObject({ status: 403, body: { code: 'session/missing' } });
  });
});

describe('what Calendly does wrong while connecting', () => {
  const htmlPage = '<html><body>502 Bad Gateway</body></html>';
  const faults: [
    what: string,
    fault: Parameters<TestApp['sandbox']['control']['failNext']>[0],
    status: number,
    code: string,
  ][] = [
    ['its token endpoint fails', { path_prefix: '/oauth/token', status: 500 }, 502, 'provider/unavailable'],
    ['its token endpoint is down', { path_prefix: '/oauth/token', status: 503 }, 502, 'provider/unavailable'],
    ['its token endpoint cuts the line', { path_prefix: '/oauth/token', mode: 'reset' }, 502, 'provider/unavailable'],
    [
      'its token endpoint loses the answer',
      { path_prefix: '/oauth/token', mode: 'lose-answer' },
      502,
      'provider/unavailable',
    ],
    ['its token endpoint limits us', { path_prefix: '/oauth/token', status: 429 }, 502, 'provider/rate-limited'],
    [
      'it refuses the code',
      { path_prefix: '/oauth/token', status: 400, body: { error: 'invalid_grant' } },
      400,
      'provider/code-refused',
    ],
    [
      'it does not know the application',
      { path_prefix: '/oauth/token', status: 401, body: { error: 'invalid_client' } },
      409,
      'provider/misconfigured',
    ],
    [
      'its token endpoint answers a 401 of its own kind',
      { path_prefix: '/oauth/token', status: 401, body: { message: 'no' } },
      502,
      'provider/unexpected',
    ],
    [
      'its token endpoint answers a page',
      { path_prefix: '/oauth/token', status: 502, body: htmlPage },
      502,
      'provider/unavailable',
    ],
    [
      'it will not say whose account it is',
      { base: 'api', path_prefix: '/users/me', status: 500 },
      502,
      'provider/unavailable',
    ],
    [
      'it does not accept the token it gave',
      { base: 'api', path_prefix: '/users/me', status: 401 },
      502,
      'provider/access-refused',
    ],
    [
      'it limits us at the account',
      { base: 'api', path_prefix: '/users/me', status: 429 },
      502,
      'provider/rate-limited',
    ],
    [
      'a permission is missing',
      {
        base: 'api',
        path_prefix: '/users/me',
        status: 403,
        body: { title: 'Insufficient scope', required_scopes: ['users:read'] },
      },
      409,
      'provider/scope-missing',
    ],
  ];

  it.each(faults)('is told, and nothing is stored: %s', async (_what, fault, status, code) => {
    const owner = await app.registerOrganization();
    const returned = await consent(owner);
    app.sandbox.control.failNext(fault);
    const answer = await callback(owner, returned);
    app.sandbox.control.clearFaults();
    expect(answer).toMatchObject({
      status,
      body: { status, code, success: false, message: expect.stringContaining('Calendly') },
    });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.text).not.toContain(htmlPage);
    await isNotConnected(owner);
  });

  it('is told after ten seconds of silence, not later', async () => {
    const [first, second] = [await app.registerOrganization(), await app.registerOrganization()];
    const [mute, deaf] = [await consent(first), await consent(second)];
    app.sandbox.control.failNext({ path_prefix: '/oauth/token', mode: 'hang' });
    const startedAt = performance.now();
    const waiting = callback(first, mute);
    await app.eventually(() => expect(app.sandbox.control.faults()).toEqual([]));
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/users/me', mode: 'hang' });
    for (const answer of await Promise.all([waiting, callback(second, deaf)])) {
      expect(answer).toMatchObject({ status: 504, body: { code: 'provider/timeout' } });
    }
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    await isNotConnected(first);
    await isNotConnected(second);
  });

  it('names the variables to check when the application is unknown, in the language asked for', async () => {
    const owner = await app.registerOrganization();
    const fault = { path_prefix: '/oauth/token', status: 401, body: { error: 'invalid_client' } };
    for (const [language, sentence] of [
      ['fr', /^Calendly ne reconnaît pas .*CALENDLY_CLIENT_ID, CALENDLY_CLIENT_SECRET/],
      ['en-GB,en;q=0.9,fr;q=0.8', /^Calendly does not recognise .*CALENDLY_CLIENT_ID, CALENDLY_CLIENT_SECRET/],
    ] as const) {
      app.sandbox.control.failNext(fault);
      const { body } = await callback(owner, await consent(owner), { 'accept-language': language });
      expect(body.detail).toMatch(sentence);
    }
  });

  it('gives back a grant that will not be used', async () => {
    const owner = await app.registerOrganization();
    app.sandbox.control.addAccount({ name: 'Solène Roux', email: 'solene@example.test' });
    const returned = await consent(owner, 'solene@example.test');
    app.sandbox.control.clearCalls();
    app.sandbox.control.failNext({ base: 'api', path_prefix: '/users/me', status: 500 });
    demand(502, await callback(owner, returned));
    expect(pathsCalled()).toEqual(['/oauth/token', '/users/me', '/oauth/revoke']);
  });
});

describe('a front end that opens the consent page by itself', () => {
  let open: TestApp;

  beforeAll(async () => {
    open = await startApp({ environment: { OAUTH_ALLOW_STATELESS_CALLBACK: 'true' } });
  });

  afterAll(async () => {
    await open.close();
  });

  it('connects without a state where the switch allows it, for an administrator', async () => {
    const owner = await open.registerOrganization();
    const admin = await open.addMember(owner, 'admin');
    for (const person of [owner, admin]) {
      const body = { code: ownCode(), organizationId: owner.organizationId, redirectUri: CALENDLY_REDIRECT };
      const answer = await open.http('POST', CALLBACK, { token: person.token, body });
      expect(answer).toMatchObject({ status: 200, body: SUCCESS });
    }
    expect(open.log.filter(({ event }) => event === 'oauth.stateless_callback')).toHaveLength(2);
  });

  it('is refused for a member', async () => {
    const member = await open.addMember(await open.registerOrganization());
    const answer = await open.http('POST', CALLBACK, { token: member.token, body: { code: ownCode() } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'oauth/state-missing' } });
  });

  it('is refused for another organization, and for a redirect that is not the configured one', async () => {
    const owner = await open.registerOrganization();
    const stranger = await open.registerOrganization();
    const body = { code: ownCode(), organizationId: stranger.organizationId };
    expect(await open.http('POST', CALLBACK, { token: owner.token, body })).toMatchObject({
      status: 403,
      body: { code: 'oauth/organization-mismatch' },
    });
    const elsewhere = { code: ownCode(), redirectUri: `${FRONTEND}/elsewhere` };
    expect(await open.http('POST', CALLBACK, { token: owner.token, body: elsewhere })).toMatchObject({
      status: 400,
      body: { code: 'oauth/redirect-mismatch' },
    });
  });

  it('still needs its session', async () => {
    expect(await open.http('POST', CALLBACK, { body: { code: ownCode() } })).toMatchObject({ status: 403 });
  });

  function ownCode(): string {
    const url = new URL(`${open.sandbox.authUrl}/oauth/authorize`);
    url.search = new URLSearchParams({
      client_id: open.sandbox.clientId,
      response_type: 'code',
      redirect_uri: CALENDLY_REDIRECT,
      scope: 'users:read organizations:read event_types:read scheduled_events:read webhooks:write',
    }).toString();
    const { location } = open.sandbox.control.consent({ authorize_url: url.href });
    return new URL(location).searchParams.get('code')!;
  }
});

describe('a server without the client’s credentials', () => {
  const clock = new MovableClock();
  let bare: TestApp;

  beforeAll(async () => {
    bare = await startApp({ sandbox: false, clock });
  });

  afterAll(async () => {
    await bare.close();
  });

  it('starts all the same, and says which variables are missing', async () => {
    const owner = await bare.registerOrganization();
    expect((await bare.http('GET', '/calendly/status', { token: owner.token })).body).toMatchObject({
      connected: false,
      enabled: false,
      status: 'not_configured',
      status_reason: expect.stringContaining('CALENDLY_CLIENT_ID, CALENDLY_CLIENT_SECRET'),
      email: null,
    });
    const body = { code: 'abc', state: 'a'.repeat(43) };
    for (const answer of [
      await bare.http('GET', '/calendly/auth-url', { token: owner.token }),
      await bare.http('POST', CALLBACK, { token: owner.token, body }),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'provider/not-configured' } });
      expect(answer.body.detail).toMatch(/^Calendly .*CALENDLY_CLIENT_ID, CALENDLY_CLIENT_SECRET/);
    }
  });

  it('has no account to read or to disconnect', async () => {
    const owner = await bare.registerOrganization();
    expect(await bare.http('POST', '/calendly/sync', { token: owner.token })).toMatchObject({
      status: 404,
      body: { code: 'integration/not-found' },
    });
    expect(await bare.http('POST', '/calendly/disconnect', { token: owner.token })).toMatchObject({
      status: 200,
      body: { success: true },
    });
  });

  it('is 403 at the callback, and 401 elsewhere, for a session that has run out', async () => {
    const { token } = await bare.registerOrganization();
    const browser = await bare.browse({ token });
    // A quarter of an hour, and the minute by which clocks may differ.
    clock.moveAhead(16 * 60 + 1);
    const body = { code: 'abc', state: 'a'.repeat(43) };
    const problem = { status: 403, body: { code: 'session/missing' } };
    expect(await bare.http('POST', CALLBACK, { token, body })).toMatchObject(problem);
    const answer = await bare.http('GET', '/calendly/status', { token });
    expect(answer).toMatchObject({ status: 401, body: { code: 'session/invalid' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    await expect(bare.browse({ token })).rejects.toThrow('session/invalid');
    expect(browser.heard).toEqual([]);
  });

  it('takes no delivery: without any key it asks the sender to come again', async () => {
    const answer = await bare.http('POST', '/calendly/webhook', { body: {} });
    expect(answer).toMatchObject({ status: 503, body: { code: 'delivery/not-configured' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('tokens', () => {
  it('are never found in clear: not in an answer, a log line, a notification or any row of any table', async () => {
    const owner = await app.registerConnected({ account: LEO });
    const first = await tokensOf(owner);
    app.sandbox.control.expireAccessTokens({ account: LEO });
    demand(200, await app.http('POST', '/calendly/sync?wait=true', { token: owner.token }));
    const second = await tokensOf(owner);
    expect(second.refreshToken).not.toBe(first.refreshToken);

    const answers = await Promise.all(
      [
        '/calendly/status',
        '/calendly/events',
        '/notifications',
        '/api/sync-runs',
        '/api/deliveries',
        '/api/organization',
      ].map((path) => app.http('GET', path, { token: owner.token })),
    );
    const shown = [...answers.map(({ text }) => text), JSON.stringify(app.log), await dump()].join('\n');
    // The search finds what is there: an id that all of them may hold.
    expect(shown).toContain(owner.organizationId);
    for (const token of [first, second].flatMap((pair) => Object.values(pair))) {
      expect(token.length).toBeGreaterThan(20);
      expect(shown.includes(token)).toBe(false);
      expect(shown.includes(Buffer.from(token).toString('base64'))).toBe(false);
    }
  });

  it('leave no trace of code, state or verifier either', async () => {
    const owner = await app.registerOrganization();
    const returned = await consent(owner);
    demand(200, await callback(owner, returned));
    const shown = `${JSON.stringify(app.log)}\n${await dump()}`;
    expect(shown.includes(returned.code)).toBe(false);
    expect(shown.includes(returned.state)).toBe(false);
  });

  /** As the vault hands it out, and as it would send it to Calendly. */
  async function tokensOf({ organizationId }: Person): Promise<{ accessToken: string; refreshToken: string }> {
    const [row] = await app.database.query<{ id: string; refresh_token: string; token_version: number }>(
      'SELECT id, refresh_token, token_version FROM integrations WHERE organization_id = $1 AND is_active',
      [organizationId],
    );
    const { id, refresh_token: sealed, token_version: version } = row!;
    const access = await app.get(TokenVault).withAccess({ organizationId }, id, async (given) => given);
    const refreshToken = await app
      .get(UnitOfWork)
      .inOrganization({ organizationId }, (tx) =>
        app.get(FieldCipher).open(tx, tokenPlace(id, 'refresh_token', version), sealed),
      );
    return { accessToken: access.accessToken, refreshToken };
  }

  async function dump(): Promise<string> {
    const tables = await app.database.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const contents = await Promise.all(
      tables.map(async ({ name }) => JSON.stringify(await app.database.query(`SELECT row_to_json(t) FROM ${name} t`))),
    );
    return contents.join('\n');
  }
});

async function begin({ token }: Person): Promise<{ authUrl: string; state: string }> {
  return demand(200, await app.http('GET', '/calendly/auth-url', { token })).body;
}

async function consent(person: Person, account = NORA): Promise<Returned> {
  const { authUrl } = await begin(person);
  const { location } = app.sandbox.control.consent({ authorize_url: authUrl, account });
  const { code = '', state = '' } = Object.fromEntries(new URL(location).searchParams);
  return { code, state };
}

function callback({ token }: Person, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  return app.http('POST', CALLBACK, { token, body, headers });
}

/** Refused with this code, with no call to Calendly, and with nothing connected. */
async function refuses(person: Person, body: object, status: number, code: string): Promise<void> {
  const before = callsFor();
  const answer = await callback(person, body);
  expect(answer).toMatchObject({ status, body: { status, code, success: false } });
  expect(callsFor()).toBe(before);
  await isNotConnected(person);
}

async function isNotConnected({ organizationId, token }: Person): Promise<void> {
  const rows = await app.database.query('SELECT id FROM integrations WHERE organization_id = $1', [organizationId]);
  expect(rows).toEqual([]);
  const { body } = await app.http('GET', '/calendly/status', { token });
  expect(body).toMatchObject({ connected: false, enabled: false, status: 'disconnected', email: null });
  const [row] = await app.database.query('SELECT settings FROM organizations WHERE id = $1', [organizationId]);
  expect(row?.['settings']).toEqual({});
}

/** Other connections are read in the background meanwhile; only the authorization server is the callback’s alone. */
function callsFor(): number {
  return app.sandbox.control.calls().filter(({ base }) => base === 'auth').length;
}

function pathsCalled(): string[] {
  return app.sandbox.control.calls().map(({ path }) => path);
}
