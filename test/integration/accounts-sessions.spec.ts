import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Client } from 'pg';
import { SESSIONS_ENDED_CHANNEL } from '../../src/accounts/index.js';
import { AccountsHousekeeping } from '../../src/accounts/accounts-housekeeping.js';
import { type AccountsApp, type Answer, register, startAccountsApp } from '../support/accounts-app.js';
import { eventually } from '../support/eventually.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

describe('sessions', () => {
  let database: TestDatabase;
  let accounts: AccountsApp;
  let sibling: AccountsApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    [accounts, sibling] = await Promise.all([startAccountsApp(database.url), startAccountsApp(database.url)]);
  });
  afterAll(async () => {
    await Promise.all([accounts?.close(), sibling?.close()]);
    await database?.drop();
  });

  const refresh = (token: string, at: AccountsApp = accounts): Promise<Answer> =>
    at.send('POST', '/api/auth/refresh', { body: { refresh_token: token } });
  const me = (bearer: string, at: AccountsApp = accounts): Promise<Answer> =>
    at.send('GET', '/api/auth/me', { bearer });

  it('are renewed with a new pair of the same shape', async () => {
    const first = await register(accounts);

    const second = await refresh(first.refresh_token);

    expect(second.status).toBe(200);
    expect(Object.keys(second.body).sort()).toEqual(Object.keys(first).sort());
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    expect((await me(second.body.access_token)).status).toBe(200);
    expect((await refresh(second.body.refresh_token)).status).toBe(200);
  });

  it('end, with everything renewed from them, when a spent token comes back', async () => {
    const first = await register(accounts);
    const second = await refresh(first.refresh_token);

    const replay = await refresh(first.refresh_token);

    expect(replay.status).toBe(401);
    expect(replay.body).toMatchObject({ code: 'account/refresh-token-invalid' });
    expect((await refresh(second.body.refresh_token)).status).toBe(401);
    expect((await me(second.body.access_token)).status).toBe(401);
    expect(await actionsOf(first)).toEqual(['organization.registered', 'session.reuse_detected']);
    const [session] = await database.query('SELECT revoked_reason FROM sessions WHERE user_id = $1', [first.user.id]);
    expect(session).toEqual({ revoked_reason: 'reuse' });
  });

  it('are renewed once by two requests that meet, and survive it', async () => {
    const first = await register(accounts);

    const answers = await Promise.all([refresh(first.refresh_token), refresh(first.refresh_token, sibling)]);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'account/refresh-raced' });
    const winner = answers.find(({ status }) => status === 200);
    expect((await me(winner?.body.access_token)).status).toBe(200);
    expect((await refresh(winner?.body.refresh_token)).status).toBe(200);
  });

  it('give exactly one pair for twenty requests with one token', async () => {
    const first = await register(accounts);

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => refresh(first.refresh_token, index % 2 === 0 ? accounts : sibling)),
    );

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const tokens = await database.query(
      `SELECT used_at FROM refresh_tokens JOIN sessions ON sessions.id = session_id WHERE user_id = $1`,
      [first.user.id],
    );
    expect(tokens).toHaveLength(2);
  });

  it('end at logout, here at once and on another instance within two seconds', async () => {
    const { access_token: bearer, refresh_token: refreshToken } = await register(accounts);
    expect((await me(bearer)).status).toBe(200);
    expect((await me(bearer, sibling)).status).toBe(200);

    const answer = await accounts.send('POST', '/api/auth/logout', { bearer });

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: true });
    expect((await me(bearer)).status).toBe(401);
    await eventually(
      () => me(bearer, sibling),
      ({ status }) => status === 401,
      2_000,
    );
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('mean nobody once the person is gone, however that came about', async () => {
    const { access_token: bearer, refresh_token: refreshToken, user } = await register(accounts);

    await database.query('UPDATE users SET removed_at = now() WHERE id = $1', [user.id]);

    // A route that looks at nothing but the session.
    expect((await accounts.send('GET', '/probe/session', { bearer })).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('are told to all instances when they end, after the commit', async () => {
    const listener = new Client({ connectionString: database.url });
    await listener.connect();
    try {
      const heard: (string | undefined)[] = [];
      listener.on('notification', ({ payload }) => heard.push(payload));
      await listener.query(`LISTEN ${SESSIONS_ENDED_CHANNEL}`);
      const loggedOut = await register(accounts);
      const replayed = await register(accounts);

      await accounts.send('POST', '/api/auth/logout', { bearer: loggedOut.access_token });
      await refresh(replayed.refresh_token);
      await refresh(replayed.refresh_token);

      const ids = await database.query<{ id: string }>(
        'SELECT id FROM sessions WHERE user_id = ANY($1) ORDER BY created_at',
        [[loggedOut.user.id, replayed.user.id]],
      );
      const asked = await eventually(
        async () => heard,
        ({ length }) => length === 2,
        2_000,
      );
      expect(asked).toEqual(ids.map(({ id }) => id));
    } finally {
      await listener.end();
    }
  });

  it('outlive their access tokens and end with them only for the caller', async () => {
    const { access_token: bearer, refresh_token: refreshToken } = await register(accounts);
    const later = await startAccountsApp(database.url);
    try {
      const end = decodeJwt(bearer).exp! * 1_000;
      // A minute of leeway for clocks that differ.
      later.clock.stopAt(new Date(end + 59_000));
      expect((await me(bearer, later)).status).toBe(200);
      later.clock.stopAt(new Date(end + 61_000));
      expect((await me(bearer, later)).status).toBe(401);
      expect((await refresh(refreshToken, later)).status).toBe(200);
    } finally {
      await later.close();
    }
  });

  it('end after thirty days without renewal, and after half a year with them', async () => {
    const idle = await register(accounts);
    await database.query(`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
      idle.user.id,
    ]);
    expect((await refresh(idle.refresh_token)).status).toBe(401);

    const old = await register(accounts);
    await database.query(`UPDATE sessions SET created_at = now() - interval '179 days' WHERE user_id = $1`, [
      old.user.id,
    ]);
    expect((await refresh(old.refresh_token)).status).toBe(200);
    const [session] = await database.query<{ days: number }>(
      `SELECT extract(epoch FROM expires_at - now()) / 86400 AS days FROM sessions WHERE user_id = $1`,
      [old.user.id],
    );
    expect(Number(session?.days)).toBeLessThan(1.01);
  });

  it('keep no token that could be used in the database', async () => {
    const { access_token: access, refresh_token: refreshToken, user } = await register(accounts);

    const rows = await database.query(
      `SELECT refresh_tokens::text, sessions::text FROM refresh_tokens JOIN sessions ON sessions.id = session_id
       WHERE user_id = $1`,
      [user.id],
    );
    const dump = JSON.stringify(rows);
    expect(rows).toHaveLength(1);
    for (const secret of [access, refreshToken, Buffer.from(refreshToken).toString('hex')]) {
      expect(dump).not.toContain(secret);
    }
  });

  it.each([[''], ['x'.repeat(201)], [null], [['a']], [{ $gt: '' }]])('refuse %j as a refresh token', async (token) => {
    const answer = await accounts.send('POST', '/api/auth/refresh', { body: { refresh_token: token } });
    expect(answer.status).toBe(400);
  });

  it('are forgotten a month after their end, with their tokens', async () => {
    const { user } = await register(accounts);
    await database.query(`UPDATE sessions SET expires_at = now() - interval '31 days' WHERE user_id = $1`, [user.id]);

    await accounts.get(AccountsHousekeeping).purge();

    expect(await database.query('SELECT FROM sessions WHERE user_id = $1', [user.id])).toEqual([]);
  });

  async function actionsOf({ user }: Answer['body']): Promise<unknown[]> {
    const lines = await database.query('SELECT action FROM audit_events WHERE organization_id = $1 ORDER BY position', [
      user.organization_id,
    ]);
    return lines.map(({ action }) => action);
  }
});
