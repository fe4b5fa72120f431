import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Passwords } from '../../src/accounts/passwords.js';
import { type AccountsApp, type Answer, register, startAccountsApp } from '../support/accounts-app.js';
import { eventually } from '../support/eventually.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

const RIGHT = 'quatre mots pris au hasard';

let verified: { stored: boolean }[] = [];

/** The real thing, counted. */
class CountedPasswords extends Passwords {
  override async verify(password: string, storedHash: string | null): Promise<boolean> {
    const answer = await super.verify(password, storedHash);
    verified.push({ stored: storedHash !== null });
    return answer;
  }
}

describe('signing in with a password', () => {
  let database: TestDatabase;
  let accounts: AccountsApp;
  let sibling: AccountsApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    const counted = [{ provide: Passwords, useClass: CountedPasswords }];
    [accounts, sibling] = await Promise.all([
      startAccountsApp(database.url, {}, counted),
      startAccountsApp(database.url, {}, counted),
    ]);
  });
  afterAll(async () => {
    await Promise.all([accounts?.close(), sibling?.close()]);
    await database?.drop();
  });
  beforeEach(async () => {
    await database.query('DELETE FROM rate_limits');
    verified = [];
  });

  function logIn(
    email: string,
    password: string,
    options: { address?: string; at?: AccountsApp } = {},
  ): Promise<Answer> {
    return (options.at ?? accounts).send('POST', '/api/auth/login', {
      body: { email, password },
      address: options.address,
      headers: { 'x-request-id': 'same-for-all' },
    });
  }

  it('takes any spelling of the address and opens a session', async () => {
    const { user } = await register(accounts, { email: 'Lea@Müller.example' });

    const answer = await logIn('LEA@xn--mller-kva.EXAMPLE', RIGHT);

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 900, user });
    expect((await accounts.send('GET', '/api/auth/me', { bearer: answer.body.access_token })).status).toBe(200);
  });

  it('takes the same password from a keyboard that composes accents otherwise', async () => {
    const { user } = await register(accounts, { password: 'été à Besançon'.normalize('NFD') });

    expect((await logIn(user.email, 'été à Besançon'.normalize('NFC'))).status).toBe(200);
  });

  it('answers an unknown address and a wrong password alike, after the same work', async () => {
    const { user } = await register(accounts);

    const wrong = await logIn(user.email, 'not the password');
    const unknown = await logIn('nobody@atelier.example', 'not the password');

    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(unknown.body).toEqual(wrong.body);
    expect(unknown.body).toMatchObject({ code: 'account/credentials-invalid' });
    expect(verified).toEqual([{ stored: true }, { stored: false }]);
  });

  it('looks at no more than ten of 500 guesses at one account, over two instances and many networks', async () => {
    const { user } = await register(accounts);
    verified = [];

    const answers: Answer[] = [];
    for (let batch = 0; batch < 10; batch += 1) {
      const guesses = Array.from({ length: 50 }, (_, index) =>
        logIn(user.email, `guess ${batch} ${index}`, {
          address: `10.${batch}.${index}.7`,
          at: index % 2 === 0 ? accounts : sibling,
        }),
      );
      answers.push(...(await Promise.all(guesses)));
    }

    expect(verified.length).toBe(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(490);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers['retry-after'])).toBeLessThanOrEqual(900);
    expect(refused[0]?.body).toMatchObject({ code: 'account/too-many-attempts' });
    // Not even the right one is looked at now, and an unknown address would have been refused alike.
    expect((await logIn(user.email, RIGHT)).status).toBe(429);
    expect(verified.length).toBe(10);
  }, 60_000);

  it('looks at no more than a hundred guesses from one network, whatever the accounts', async () => {
    for (let batch = 0; batch < 6; batch += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          logIn(`person-${batch}-${index}@atelier.example`, 'guess', { address: `192.0.2.${index}` }),
        ),
      );
    }

    expect(verified.length).toBe(100);
    expect((await logIn('other@atelier.example', 'guess', { address: '192.0.2.200' })).status).toBe(429);
    expect((await logIn('other@atelier.example', 'guess', { address: '198.51.100.1' })).status).toBe(401);
  }, 60_000);

  it('does not count right passwords against the account', async () => {
    const { user } = await register(accounts);

    for (let time = 0; time < 15; time += 1) expect((await logIn(user.email, RIGHT)).status).toBe(200);
  }, 30_000);

  it('lets people in again when the window has passed', async () => {
    const { user } = await register(accounts);
    for (let guess = 0; guess < 11; guess += 1) await logIn(user.email, 'guess');
    expect((await logIn(user.email, RIGHT)).status).toBe(429);

    await database.query('UPDATE rate_limits SET expire = extract(epoch FROM now()) * 1000 - 1');

    expect((await logIn(user.email, RIGHT)).status).toBe(200);
  }, 30_000);

  it('refuses rather than queues a flood, and does not hold it against the accounts', async () => {
    const emails = Array.from({ length: 90 }, (_, index) => `flood-${index}@atelier.example`);

    const answers = await Promise.all(emails.map((email) => logIn(email, 'guess')));

    const busy = answers.filter(({ body }) => body.code === 'account/busy');
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]?.status).toBe(429);
    expect(busy.length + verified.length).toBe(90);
    const [row] = await database.query<{ counted: number }>(
      `SELECT sum(points)::int AS counted FROM rate_limits WHERE key LIKE 'guess:account:%'`,
    );
    expect(row?.counted).toBe(verified.length);
  }, 30_000);

  it('writes who failed to sign in, and who did, into the trail of their organization', async () => {
    const { user } = await register(accounts);
    await logIn(user.email, 'wrong', { address: '203.0.113.9' });
    await logIn(user.email, RIGHT, { address: '203.0.113.9' });

    const lines = await eventually(
      () =>
        database.query(
          `SELECT action, actor_type, outcome, ip_prefix, request_id FROM audit_events
           WHERE organization_id = $1 ORDER BY position`,
          [user.organization_id],
        ),
      (found) => found.length === 3,
      5_000,
    );

    // The failure is written beside its answer, so it may come after the success.
    expect(new Set(lines.map(({ action }) => action))).toEqual(
      new Set(['organization.registered', 'session.login_failed', 'session.started']),
    );
    expect(lines.find(({ action }) => action === 'session.login_failed')).toEqual({
      action: 'session.login_failed',
      actor_type: 'system',
      outcome: 'refused',
      ip_prefix: '203.0.113.0/24',
      request_id: 'same-for-all',
    });
  });

  it('keeps addresses and passwords out of the logs and out of the counters', async () => {
    const { user } = await register(accounts);
    await logIn(user.email, 'a wrong secret');

    expect(accounts.logged.join('')).not.toMatch(new RegExp(`${user.email}|a wrong secret|${RIGHT}`));
    const keys = await database.query<{ key: string }>('SELECT key FROM rate_limits');
    expect(keys.map(({ key }) => key).join(' ')).not.toContain('@');
    const [stored] = await database.query('SELECT password_hash FROM users WHERE id = $1', [user.id]);
    expect(stored?.['password_hash']).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
  });
});
