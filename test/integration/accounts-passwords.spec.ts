import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import { SESSIONS_ENDED_CHANNEL } from '../../src/accounts/index.js';
import { type AccountsApp, type Answer, JWT_SECRET, register, startAccountsApp } from '../support/accounts-app.js';
import { spawnCompiled } from '../support/compiled-process.js';
import { eventually } from '../support/eventually.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

const OLD = 'quatre mots pris au hasard';
const NEW = 'cinq autres mots pris ailleurs';

let database: TestDatabase;
let accounts: AccountsApp;
let sibling: AccountsApp;

beforeAll(async () => {
  database = await createTestDatabase();
  [accounts, sibling] = await Promise.all([
    startAccountsApp(database.url, { JWT_AUTO_PROVISION: 'true' }),
    startAccountsApp(database.url),
  ]);
});
afterAll(async () => {
  await Promise.all([accounts?.close(), sibling?.close()]);
  await database?.drop();
});
beforeEach(() => database.query('DELETE FROM rate_limits'));

describe('changing one’s password', () => {
  it('takes the new one from then on, and the old one no more', async () => {
    const { access_token: bearer, user } = await register(accounts);

    const answer = await change(bearer, OLD, NEW);

    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect((await logIn(user.email, OLD)).status).toBe(401);
    expect((await logIn(user.email, NEW)).status).toBe(200);
  });

  it('ends every other session, on every instance, and keeps the one that asks', async () => {
    const { access_token: bearer, refresh_token: refreshToken, user } = await register(accounts);
    const { body: other } = await logIn(user.email, OLD);
    const { body: stranger } = await logIn((await register(accounts)).user.email, OLD);
    expect((await me(other.access_token, sibling)).status).toBe(200);
    const listener = new Client({ connectionString: database.url });
    const heard: string[] = [];
    await listener.connect();
    try {
      listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
      await listener.query(`LISTEN ${SESSIONS_ENDED_CHANNEL}`);

      expect((await change(bearer, OLD, NEW)).status).toBe(200);

      expect((await me(other.access_token)).status).toBe(401);
      expect((await refresh(other.refresh_token)).status).toBe(401);
      await eventually(
        () => me(other.access_token, sibling),
        ({ status }) => status === 401,
        5_000,
      );
      expect((await me(bearer)).status).toBe(200);
      expect((await refresh(refreshToken)).status).toBe(200);
      expect((await me(stranger.access_token)).status).toBe(200);
      const ended = await database.query<{ id: string; revoked_reason: string }>(
        'SELECT id, revoked_reason FROM sessions WHERE user_id = $1 AND revoked_at IS NOT NULL',
        [user.id],
      );
      expect(ended).toMatchObject([{ revoked_reason: 'password' }]);
      // Which closes its sockets.
      await eventually(
        async () => heard,
        (payloads) => payloads.length > 0,
        5_000,
      );
      expect(heard).toEqual([ended[0]!.id]);
    } finally {
      await listener.end();
    }
  });

  it('asks for the current one, at its field and without signing anybody out', async () => {
    const { access_token: bearer, user } = await register(accounts);

    const answer = await change(bearer, 'not the password', NEW, { 'accept-language': 'en' });

    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 'account/password-wrong',
        errors: [{ pointer: '/current_password', message: 'Is not your current password' }],
      },
    });
    expect((await logIn(user.email, OLD)).status).toBe(200);
  });

  it('lets nobody guess more often than at sign-in, and counts both together', async () => {
    const { access_token: bearer, user } = await register(accounts);
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await logIn(user.email, `guess ${guess}`)).status).toBe(401);
      expect((await change(bearer, `guess ${guess}`, NEW)).status).toBe(400);
    }

    expect(await change(bearer, OLD, NEW)).toMatchObject({
      status: 429,
      body: { code: 'account/too-many-attempts' },
    });
    expect((await logIn(user.email, OLD)).status).toBe(429);
  }, 30_000);

  it('does not count right ones', async () => {
    const { access_token: bearer } = await register(accounts);
    for (let time = 0; time < 6; time += 1) {
      expect((await change(bearer, OLD, NEW)).status).toBe(200);
      expect((await change(bearer, NEW, OLD)).status).toBe(200);
    }
  }, 30_000);

  it.each([
    ['court', 'request/invalid', 'Doit compter au moins 10 caractères'],
    [OLD, 'account/password-unchanged', 'Doit être différent de l’actuel'],
    ['Qwertyuiop', 'account/password-common', expect.stringContaining('les plus répandus')],
  ])('refuses %s as the new one, at its field', async (password, code, message) => {
    const { access_token: bearer, user } = await register(accounts);

    const answer = await change(bearer, OLD, password);

    expect(answer).toMatchObject({ status: 400, body: { code, errors: [{ pointer: '/new_password', message }] } });
    expect((await logIn(user.email, OLD)).status).toBe(200);
  });

  it('of two at the same moment lets one through', async () => {
    const { access_token: bearer, user } = await register(accounts);

    const answers = await Promise.all([change(bearer, OLD, NEW), change(bearer, OLD, `${NEW} encore`)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const won = answers[0]?.status === 200 ? NEW : `${NEW} encore`;
    expect((await logIn(user.email, won)).status).toBe(200);
  });

  it('lets no session in behind it that was asked for with the old one', async () => {
    const { user } = await register(accounts);
    const changing = new Client({ connectionString: database.superuserUrl });
    await changing.connect();
    try {
      await changing.query('BEGIN');
      await changing.query(`UPDATE users SET password_hash = 'another' WHERE id = $1`, [user.id]);
      const signingIn = logIn(user.email, OLD);
      await eventually(
        () =>
          database.query(
            `SELECT FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR SHARE%'`,
          ),
        (waiting) => waiting.length > 0,
        10_000,
      );
      await changing.query('COMMIT');
      expect((await signingIn).status).toBe(401);
    } finally {
      await changing.end();
    }
    expect(await database.query('SELECT FROM sessions WHERE user_id = $1', [user.id])).toHaveLength(1);
  });

  it('is written into the trail, refused or not, without either password anywhere', async () => {
    const { access_token: bearer, user } = await register(accounts);
    await change(bearer, 'a wrong secret', NEW);
    await change(bearer, OLD, NEW);

    const lines = await database.query(
      `SELECT action, actor_type, actor_id, outcome FROM audit_events WHERE organization_id = $1 ORDER BY position`,
      [user.organization_id],
    );
    expect(lines.slice(1)).toEqual([
      { action: 'user.password_change_refused', actor_type: 'user', actor_id: user.id, outcome: 'refused' },
      { action: 'user.password_changed', actor_type: 'user', actor_id: user.id, outcome: 'success' },
    ]);
    const written = accounts.logged.join('') + JSON.stringify(await database.query('SELECT * FROM audit_events'));
    expect(written).not.toMatch(new RegExp(`a wrong secret|${NEW}|${OLD}`));
  });

  it('is not for people of a host application, who have none here', async () => {
    const { user } = await register(accounts);
    const hosted = await new SignJWT({ organization_id: user.organization_id, email: 'nora@host.example' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('nora')
      .setExpirationTime('5m')
      .sign(Buffer.from(JWT_SECRET));

    expect((await me(hosted)).body).toMatchObject({ has_password: false, password_expires_at: null });
    expect(await change(hosted, OLD, NEW)).toMatchObject({
      status: 409,
      body: { code: 'account/password-not-used' },
    });
    expect((await me((await register(accounts)).access_token)).body).toMatchObject({ has_password: true });
  });
});

describe('a common password', () => {
  it.each(['qwertyuiop', '1234567890', 'Password123', 'ＰＡＳＳＷＯＲＤ１２３'])(
    'is refused at registration: %s',
    async (password) => {
      await expect(register(accounts, { password })).rejects.toThrow(/400 .*account\/password-common.*"\/password"/);
    },
  );

  it.each(['qwertyuiop de Besançon', 'passerelle-demo', 'été à Besançon'])('is none of these: %s', async (password) => {
    expect(await register(accounts, { password })).toMatchObject({ token_type: 'Bearer' });
  });
});

describe('npm run password', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passerelle-password-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function run(...args: string[]): Promise<{ code: number | null; lines: readonly string[] }> {
    const command = spawnCompiled('../../src/password.main.ts', args, {
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      DATA_DIR: folder,
    });
    const { code } = await command.exited;
    return { code, lines: command.lines };
  }

  async function resetOf(email: string): Promise<{ code: number | null; lines: readonly string[] }> {
    const file = join(folder, 'email');
    await writeFile(file, `${email.toUpperCase()}\n`);
    return await run('reset', '--email-file', file);
  }

  it('draws one that lets them in for a day, ends their sessions, and is theirs to replace', async () => {
    const { access_token: bearer, user } = await register(accounts);

    const { code, lines } = await resetOf(user.email);

    expect(code).toBe(0);
    const [drawn = '', ...more] = lines;
    expect(more).toEqual([]);
    expect(drawn).toMatch(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/);
    await eventually(
      () => me(bearer),
      ({ status }) => status === 401,
      5_000,
    );
    expect((await logIn(user.email, OLD)).status).toBe(401);

    const { body: signedIn } = await logIn(user.email, drawn);
    const expiry = (await me(signedIn.access_token)).body.password_expires_at;
    expect(Date.parse(expiry) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect(Date.parse(expiry) - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
    expect((await change(signedIn.access_token, drawn, drawn)).body.code).toBe('account/password-unchanged');
    expect((await change(signedIn.access_token, drawn, NEW)).status).toBe(200);
    expect((await me(signedIn.access_token)).body.password_expires_at).toBeNull();
    expect((await logIn(user.email, NEW)).status).toBe(200);
    const actions = await database.query(
      `SELECT action, actor_type FROM audit_events WHERE organization_id = $1 ORDER BY position`,
      [user.organization_id],
    );
    expect(actions).toContainEqual({ action: 'user.password_reset', actor_type: 'system' });
  }, 60_000);

  it('draws one that is over after its day', async () => {
    const { user } = await register(accounts);
    const { lines } = await resetOf(user.email);
    await database.query(`UPDATE users SET password_expires_at = now() - interval '1 second' WHERE id = $1`, [user.id]);

    expect((await logIn(user.email, lines[0] ?? '')).status).toBe(401);
  }, 60_000);

  it('changes nothing for an address that nobody has, nor when the address stands in the command', async () => {
    const { user } = await register(accounts);

    expect((await resetOf('nobody@atelier.example')).code).toBe(2);
    expect((await run('reset', user.email)).code).toBe(2);
    expect((await run('change')).code).toBe(2);

    expect((await logIn(user.email, OLD)).status).toBe(200);
  }, 60_000);
});

function change(bearer: string, current: string, next: string, headers = {}): Promise<Answer> {
  return accounts.send('POST', '/api/auth/password', {
    bearer,
    headers,
    body: { current_password: current, new_password: next },
  });
}

function logIn(email: string, password: string): Promise<Answer> {
  return accounts.send('POST', '/api/auth/login', { body: { email, password } });
}

function me(bearer: string, at = accounts): Promise<Answer> {
  return at.send('GET', '/api/auth/me', { bearer });
}

function refresh(refreshToken: string): Promise<Answer> {
  return accounts.send('POST', '/api/auth/refresh', { body: { refresh_token: refreshToken } });
}
