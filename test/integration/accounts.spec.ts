import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO_ACCOUNTS, DemoAccounts, Organizations } from '../../src/accounts/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { type AccountsApp, type Answer, register, startAccountsApp } from '../support/accounts-app.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

const ACCOUNT = {
  organization_name: 'Atelier Démo',
  name: 'Camille',
  email: 'camille@atelier.example',
  password: 'quatre mots au hasard',
};

describe('accounts', () => {
  let database: TestDatabase;
  let accounts: AccountsApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    accounts = await startAccountsApp(database.url);
  });
  afterAll(async () => {
    await accounts?.close();
    await database?.drop();
  });

  /** A person of this role, alone in an organization. */
  async function registerAs(role: string): Promise<Answer['body']> {
    const account = await register(accounts);
    await database.query('UPDATE users SET role = $2 WHERE id = $1', [account.user.id, role]);
    return account;
  }

  /** Two people with passwords in one organization: the second moves over from an organization of their own. */
  async function registerTwo(secondRole: string): Promise<[Answer['body'], Answer['body']]> {
    const [first, second] = [await register(accounts), await register(accounts, { name: 'Noor' })];
    const { organization_id: left } = second.user;
    await database.query(
      `WITH moved AS (UPDATE users SET organization_id = $2, role = $3 WHERE id = $1),
         session AS (UPDATE sessions SET organization_id = $2 WHERE user_id = $1)
       UPDATE refresh_tokens SET organization_id = $2 WHERE organization_id = $4`,
      [second.user.id, first.user.organization_id, secondRole, left],
    );
    const { body } = await accounts.send('POST', '/api/auth/refresh', {
      body: { refresh_token: second.refresh_token },
    });
    return [first, body];
  }

  describe('registration', () => {
    it('makes an organization with its owner, who can ask who they are', async () => {
      const answer = await accounts.send('POST', '/api/auth/register', {
        body: { ...ACCOUNT, email: 'Premiere@Atelier.example' },
      });

      expect(answer.status).toBe(201);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 900,
        refresh_token: expect.any(String),
        user: {
          id: expect.any(String),
          email: 'Premiere@Atelier.example',
          name: 'Camille',
          role: 'owner',
          organization_id: expect.any(String),
        },
      });
      const me = await accounts.send('GET', '/api/auth/me', { bearer: answer.body.access_token });
      expect(me.status).toBe(200);
      expect(me.body).toEqual({
        ...answer.body.user,
        organization: {
          id: answer.body.user.organization_id,
          name: 'Atelier Démo',
          slug: 'atelier-demo',
          time_zone: 'Europe/Paris',
          locale: 'fr',
        },
        has_password: true,
        password_expires_at: null,
      });
    });

    it('gives two organizations of one name two slugs', async () => {
      const one = await register(accounts, { organization_name: 'Les Deux Tours' });
      const other = await register(accounts, { organization_name: 'Les Deux Tours' });

      const slugs = await database.query<{ slug: string }>(
        'SELECT slug FROM organizations WHERE id = ANY($1) ORDER BY created_at',
        [[one.user.organization_id, other.user.organization_id]],
      );
      expect(slugs[0]?.slug).toBe('les-deux-tours');
      expect(slugs[1]?.slug).toMatch(/^les-deux-tours-[0-9a-f]{8}$/);
    });

    it('makes one account of ten parallel registrations with one address, and nothing of the other nine', async () => {
      const before = await count('organizations');
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          accounts.send('POST', '/api/auth/register', {
            body: { ...ACCOUNT, email: index % 2 === 0 ? 'double@atelier.example' : 'DOUBLE@Atelier.Example' },
          }),
        ),
      );

      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'account/email-taken' });
      expect(await count('organizations')).toBe(before + 1);
    });

    it.each([
      ['an e-mail that is an object', { email: { $ne: null } }],
      ['an e-mail that is a list', { email: ['camille@atelier.example'] }],
      ['two recipients in one address', { email: 'a@b.example,c@d.example' }],
      ['a quoted address', { email: '"x y"@b.example' }],
      ['a line break in the address', { email: 'a@b.example\r\nBcc: c@d.example' }],
      ['a short password', { password: 'neuf cars' }],
      ['an endless password', { password: 'x'.repeat(201) }],
      ['a password that is a number', { password: 12345678901 }],
      ['an empty name', { name: '   ' }],
      ['a role of one’s own choice', { role: 'owner' }],
      ['an organization of one’s own choice', { organization_id: '0198f3c2-7a51-7cc3-98c4-dc0c0c073990' }],
    ])('refuses %s and writes nothing', async (_, fields) => {
      const before = [await count('organizations'), await count('users')];

      const answer = await accounts.send('POST', '/api/auth/register', { body: { ...ACCOUNT, ...fields } });

      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: 'request/invalid', success: false });
      expect([await count('organizations'), await count('users')]).toEqual(before);
    });

    it('can be closed', async () => {
      const closed = await startAccountsApp(database.url, { REGISTRATION: 'closed' });
      try {
        const answer = await closed.send('POST', '/api/auth/register', {
          body: { ...ACCOUNT, email: 'late@atelier.example' },
        });
        expect(answer.status).toBe(403);
        expect(answer.body).toMatchObject({ code: 'account/registration-closed' });
      } finally {
        await closed.close();
      }
    });
  });

  describe('the guard', () => {
    it('lets nobody in without a session, except where the route says so', async () => {
      const answers = await Promise.all([
        accounts.send('GET', '/probe/public'),
        accounts.send('GET', '/probe/session'),
        accounts.send('GET', '/probe/session', { headers: { authorization: 'Basic YTpi' } }),
      ]);

      expect(answers.map(({ status }) => status)).toEqual([200, 401, 401]);
      expect(answers[1]?.headers['www-authenticate']).toBe('Bearer');
      expect(answers[1]?.body).toMatchObject({ code: 'session/required' });
    });

    it('reads a token from the Authorization header only', async () => {
      const { access_token: token } = await register(accounts);

      expect((await accounts.send('GET', '/probe/session', { bearer: token })).status).toBe(200);
      expect((await accounts.send('GET', `/probe/session?access_token=${token}&token=${token}`)).status).toBe(401);
      const inCookie = await accounts.send('GET', '/probe/session', { headers: { cookie: `access_token=${token}` } });
      expect(inCookie.status).toBe(401);
      expect(accounts.logged.join('')).not.toContain(token);
    });

    it('answers 403, never 401, where a 401 would log the person out', async () => {
      const { access_token: token } = await register(accounts);

      const without = await accounts.send('POST', '/probe/callback');
      const withBad = await accounts.send('POST', '/probe/callback', { bearer: 'not.a.token' });
      const withGood = await accounts.send('POST', '/probe/callback', { bearer: token });

      expect([without.status, withBad.status, withGood.status]).toEqual([403, 403, 201]);
      expect(without.body).toMatchObject({ code: 'session/missing' });
      expect(without.headers['www-authenticate']).toBeUndefined();
    });

    it.each(['owner', 'admin'])('lets an %s pass where an administrator is asked for', async (role) => {
      const { access_token: bearer } = await registerAs(role);

      expect((await accounts.send('GET', '/probe/admin', { bearer })).status).toBe(200);
    });

    it('answers a member 403 there', async () => {
      const { access_token: bearer } = await registerAs('member');

      const answer = await accounts.send('GET', '/probe/admin', { bearer });

      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'account/role-required' });
    });
  });

  describe('the organization', () => {
    it('is changed by an administrator, field by field', async () => {
      const { access_token: bearer } = await register(accounts, { organization_name: 'Avant' });

      const changed = await accounts.send('PATCH', '/api/organization', {
        bearer,
        body: { name: 'Après', time_zone: 'America/Martinique' },
      });

      expect(changed.status).toBe(200);
      expect(changed.body).toMatchObject({ name: 'Après', time_zone: 'America/Martinique', locale: 'fr' });
      expect((await accounts.send('GET', '/api/organization', { bearer })).body).toEqual(changed.body);
    });

    it.each([
      { time_zone: 'Mars/Phobos' },
      { time_zone: '+02:00' },
      { time_zone: null },
      { locale: 'de' },
      { name: '' },
      { slug: 'mine' },
      { settings: {} },
    ])('refuses %j', async (body) => {
      const { access_token: bearer } = await register(accounts);

      expect((await accounts.send('PATCH', '/api/organization', { bearer, body })).status).toBe(400);
    });

    it('is not changed by a member', async () => {
      const { access_token: bearer } = await registerAs('member');

      expect((await accounts.send('PATCH', '/api/organization', { bearer, body: { name: 'X' } })).status).toBe(403);
    });

    it('keeps its other settings when one is patched, also when two are patched at once', async () => {
      const { user } = await register(accounts);
      const scope = { organizationId: user.organization_id as string };
      const work = accounts.get(UnitOfWork);
      const organizations = accounts.get(Organizations);
      const patch = (key: string, fields: Record<string, unknown>) =>
        work.inOrganization(scope, (tx) => organizations.patchSettings(tx, key, fields));

      await patch('calendly', { enabled: true, calendly_link: 'https://calendly.com/camille' });
      await Promise.all([
        patch('calendly', { enabled: false }),
        patch('mail', { footer: 'À bientôt' }),
        patch('calendly', { import_depth_days: 30 }),
      ]);

      const { settings } = await work.inOrganization(scope, (tx) => organizations.get(tx));
      expect(settings).toEqual({
        calendly: { enabled: false, calendly_link: 'https://calendly.com/camille', import_depth_days: 30 },
        mail: { footer: 'À bientôt' },
      });
      await expect(patch('calendly', { nested: { access_token: 'x' } })).rejects.toThrow(/looks like a secret/);
    });
  });

  describe('members', () => {
    it('are listed page by page', async () => {
      const [{ access_token: bearer }] = await registerTwo('member');

      const first = await accounts.send('GET', '/api/organization/members?limit=1', { bearer });
      const link = /<(.+)>; rel="next"/.exec(String(first.headers['link']))?.[1] ?? '';
      const second = await accounts.send('GET', link, { bearer });

      expect(first.body).toMatchObject([{ name: 'Camille Martin' }]);
      expect(second.body).toMatchObject([{ name: 'Noor' }]);
      expect(second.headers['link']).toBeUndefined();
    });

    it('are made administrators by an owner, at once', async () => {
      const [owner, noor] = await registerTwo('member');
      expect((await accounts.send('GET', '/probe/admin', { bearer: noor.access_token })).status).toBe(403);

      const promoted = await accounts.send('PATCH', memberPath(noor), {
        bearer: owner.access_token,
        body: { role: 'admin' },
      });

      expect(promoted.body).toMatchObject({ id: noor.user.id, role: 'admin' });
      expect((await accounts.send('GET', '/probe/admin', { bearer: noor.access_token })).status).toBe(200);
      const [line] = await database.query(`SELECT actor_id, object_id, details FROM audit_events WHERE action = $1`, [
        'user.role_changed',
      ]);
      expect(line).toEqual({
        actor_id: owner.user.id,
        object_id: noor.user.id,
        details: { from: 'member', to: 'admin' },
      });
    });

    it('cannot, as administrators, touch an owner or make themselves one', async () => {
      const [owner, { access_token: bearer, user }] = await registerTwo('admin');

      const answers = [
        await accounts.send('PATCH', memberPath(owner), { bearer, body: { role: 'member' } }),
        await accounts.send('PATCH', memberPath({ user }), { bearer, body: { role: 'owner' } }),
        await accounts.send('DELETE', memberPath(owner), { bearer }),
      ];

      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    });

    it('keep one owner, also when two of them step down at the same moment', async () => {
      const owners = await registerTwo('owner');

      const answers = await Promise.all(
        owners.map((owner) =>
          accounts.send('PATCH', memberPath(owner), { bearer: owner.access_token, body: { role: 'member' } }),
        ),
      );

      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'member/last-owner' });
    });

    it('lose their sessions the moment they are removed', async () => {
      const [owner, noor] = await registerTwo('admin');
      const asNoor = { bearer: noor.access_token };
      expect((await accounts.send('GET', '/api/auth/me', asNoor)).status).toBe(200);

      const removed = await accounts.send('DELETE', memberPath(noor), { bearer: owner.access_token });

      expect(removed.status).toBe(204);
      expect((await accounts.send('GET', '/api/auth/me', asNoor)).status).toBe(401);
      const renewal = await accounts.send('POST', '/api/auth/refresh', { body: { refresh_token: noor.refresh_token } });
      expect(renewal.status).toBe(401);
      const again = await accounts.send('POST', '/api/auth/login', {
        body: { email: noor.user.email, password: 'quatre mots pris au hasard' },
      });
      expect(again.status).toBe(401);
    });

    it('of another organization are as unknown as nobody', async () => {
      const one = await register(accounts);
      const other = await register(accounts);
      const ask = (id: string) =>
        accounts.send('PATCH', `/api/organization/members/${id}`, {
          bearer: one.access_token,
          body: { role: 'member' },
          headers: { 'x-request-id': 'same-for-both' },
        });

      const foreign = await ask(other.user.id);
      const unknown = await ask('0198f3c2-7a51-7cc3-98c4-dc0c0c073990');

      expect(foreign.status).toBe(404);
      expect(foreign.body).toEqual(unknown.body);
    });
  });

  describe('demo accounts', () => {
    it('are made once, however many processes ask for them', async () => {
      const demo = accounts.get(DemoAccounts);
      await Promise.all([demo.ensureDemoAccounts(), demo.ensureDemoAccounts()]);
      await demo.ensureDemoAccounts();

      const logins = await Promise.all(
        DEMO_ACCOUNTS.map(({ email, password }) =>
          accounts.send('POST', '/api/auth/login', { body: { email, password } }),
        ),
      );
      expect(logins.map(({ status }) => status)).toEqual([200, 200]);
      expect(logins[0]?.body.user.organization_id).not.toBe(logins[1]?.body.user.organization_id);
      const rows = await database.query(`SELECT 1 FROM users WHERE email LIKE '%@passerelle.test'`);
      expect(rows).toHaveLength(2);
    });
  });

  async function count(table: 'organizations' | 'users'): Promise<number> {
    const [row] = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    return row?.count ?? -1;
  }
});

function memberPath({ user }: { user: { id: string } }): string {
  return `/api/organization/members/${user.id}`;
}
