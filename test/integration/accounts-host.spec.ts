import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditTrail } from '../../src/accounts/index.js';
import { HostAccounts } from '../../src/accounts/host-accounts.js';
import { toHostClaims } from '../../src/accounts/host-claims.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { type AccountsApp, type Answer, JWT_SECRET, register, startAccountsApp } from '../support/accounts-app.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

const UUID = '4dd2ce5a-3c4d-4f5e-8a77-c0ffee000001';

describe('people of a host application', () => {
  let database: TestDatabase;
  /** With JWT_AUTO_PROVISION=true. */
  let welcoming: AccountsApp;
  let strict: AccountsApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    [welcoming, strict] = await Promise.all([
      startAccountsApp(database.url, { JWT_AUTO_PROVISION: 'true' }),
      startAccountsApp(database.url),
    ]);
  });
  afterAll(async () => {
    await Promise.all([welcoming?.close(), strict?.close()]);
    await database?.drop();
  });

  const usersOf = (organizationId: string) =>
    database.query('SELECT id, external_subject, role, email, name FROM users WHERE organization_id = $1 ORDER BY id', [
      organizationId,
    ]);

  it('are unknown until they are brought in', async () => {
    const { user } = await register(strict);

    const organization = await ask({ sub: '1', email: 'a@host.example', organization_id: 'nobody' }, strict);
    const person = await ask({ sub: '1', email: 'a@host.example', organization_id: user.organization_id }, strict);

    expect([organization.status, person.status]).toEqual([401, 401]);
    expect(await usersOf(user.organization_id)).toHaveLength(1);
  });

  it('are brought in at first sight where that is allowed, with an organization named by its own id', async () => {
    const claims = {
      sub: 42,
      email: 'Nora@host.example',
      name: 'Nora',
      organization_id: 7001,
      organization_name: 'Hôte & Fils',
    };

    const first = await ask(claims, welcoming);
    const again = await ask({ ...claims, organization_name: 'Autre', name: 'Autre' }, welcoming);

    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ role: 'owner', email: 'Nora@host.example' });
    expect(again.body.userId).toBe(first.body.userId);
    const [organization] = await database.query('SELECT external_id, name, slug FROM organizations WHERE id = $1', [
      first.body.organizationId,
    ]);
    expect(organization).toMatchObject({ external_id: '7001', name: 'Hôte & Fils' });
    expect(organization?.['slug']).toMatch(/^hote-fils-[0-9a-f]{8}$/);
    const verdict = await welcoming
      .get(UnitOfWork)
      .inOrganization({ organizationId: first.body.organizationId }, (tx) => welcoming.get(AuditTrail).verify(tx));
    expect(verdict).toEqual({ intact: true, lines: 1 });
  });

  it('keep the uuid of their organization as its id', async () => {
    const answer = await ask({ sub: 'x', email: 'x@host.example', organization_id: UUID.toUpperCase() }, welcoming);

    expect(answer.body.organizationId).toBe(UUID);
  });

  it.each([
    ['an id of the host', () => 'parallel-organization'],
    ['a uuid', () => '4dd2ce5a-3c4d-4f5e-8a77-c0ffee000002'],
  ])('become one organization and one person when seen twenty times at once, by %s', async (_, named) => {
    const claims = toHostClaims({
      sub: 'one-person',
      email: 'one@host.example',
      organization_id: named(),
      exp: 4e9,
    });
    if (claims === null) throw new Error('The claims of this test are good');

    // Past the memory of one instance, which would make one look of twenty.
    const users = await Promise.all(Array.from({ length: 20 }, () => welcoming.get(HostAccounts).resolve(claims)));

    expect(new Set(users.map((user) => user?.userId)).size).toBe(1);
    expect(new Set(users.map((user) => user?.organizationId)).size).toBe(1);
    expect(await usersOf(String(users[0]?.organizationId))).toHaveLength(1);
    const organizations = await database.query('SELECT FROM organizations WHERE external_id = $1 OR id::text = $1', [
      named(),
    ]);
    expect(organizations).toHaveLength(1);
  });

  it('become one person when seen twenty times at once in an organization that is known', async () => {
    const { user } = await register(strict);
    const claims = toHostClaims({
      sub: 'new',
      email: 'new@host.example',
      organization_id: user.organization_id,
      exp: 4e9,
    });
    if (claims === null) throw new Error('The claims of this test are good');

    const users = await Promise.all(Array.from({ length: 20 }, () => welcoming.get(HostAccounts).resolve(claims)));

    expect(new Set(users.map((found) => found?.userId)).size).toBe(1);
    expect(await usersOf(user.organization_id)).toHaveLength(2);
  });

  it('give an organization one owner when twenty different people arrive at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ask({ sub: `p${index}`, email: `p${index}@host.example`, organization_id: 'crowd', role: 'admin' }, welcoming),
      ),
    );

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const people = await usersOf(answers[0]?.body.organizationId);
    expect(people).toHaveLength(20);
    expect(people.filter(({ role }) => role === 'owner')).toHaveLength(1);
    expect(people.filter(({ role }) => role === 'admin')).toHaveLength(19);
  });

  it('come in as members when the token names no role, or one that does not exist', async () => {
    const organization_id = 'roles';
    await ask({ sub: 'first', email: 'first@host.example', organization_id }, welcoming);

    const none = await ask({ sub: 'none', email: 'none@host.example', organization_id }, welcoming);
    const odd = await ask({ sub: 'odd', email: 'odd@host.example', organization_id, role: 'superuser' }, welcoming);

    expect([none.body.role, odd.body.role]).toEqual(['member', 'member']);
  });

  it('cannot raise themselves by a role claim later', async () => {
    const organization_id = 'raise';
    await ask({ sub: 'first', email: 'first@host.example', organization_id }, welcoming);
    const person = { sub: 'second', email: 'second@host.example', organization_id };
    await ask({ ...person, role: 'member' }, welcoming);

    const raised = await ask({ ...person, role: 'owner' }, welcoming);

    expect(raised.body.role).toBe('member');
    expect((await welcoming.send('GET', '/probe/admin', { bearer: sign({ ...person, role: 'owner' }) })).status).toBe(
      403,
    );
  });

  it('are recognised by their address once, and from then on by the host’s subject', async () => {
    const { user } = await register(strict, { email: 'linked@host.example' });
    const organization_id = user.organization_id;

    const first = await ask({ sub: 'host-7', email: 'LINKED@host.example', organization_id }, strict);
    const moved = await ask({ sub: 'host-7', email: 'other@host.example', organization_id }, strict);
    const usurper = await ask({ sub: 'host-8', email: 'linked@host.example', organization_id }, strict);

    expect([first.body.userId, moved.body.userId]).toEqual([user.id, user.id]);
    expect(usurper.status).toBe(401);
    expect(await usersOf(organization_id)).toMatchObject([{ external_subject: 'host-7', role: 'owner' }]);
  });

  it('are not recognised by an address that the host has not verified', async () => {
    const { user } = await register(strict);

    const answer = await ask(
      { sub: 'host-9', email: user.email, email_verified: false, organization_id: user.organization_id },
      strict,
    );

    expect(answer.status).toBe(401);
  });

  it('of one organization never resolve in another, whatever id or address they bring', async () => {
    const one = await register(strict);
    const other = await register(strict);
    const there = other.user.organization_id;

    const byId = await ask({ sub: one.user.id, email: 'x@host.example', organization_id: there }, strict);
    const byEmail = await ask({ sub: 'x', email: one.user.email, organization_id: there }, strict);
    const broughtIn = await ask({ sub: one.user.id, email: one.user.email, organization_id: there }, welcoming);

    expect([byId.status, byEmail.status]).toEqual([401, 401]);
    // Somebody new there, and nobody's session here.
    expect(broughtIn.body.organizationId).toBe(there);
    expect(broughtIn.body.userId).not.toBe(one.user.id);
    expect(broughtIn.body.role).toBe('member');
    expect(await usersOf(one.user.organization_id)).toMatchObject([{ external_subject: null }]);
  });

  it('stay out after they were removed, also where newcomers are welcome', async () => {
    const organization_id = 'removed';
    await ask({ sub: 'owner', email: 'owner@host.example', organization_id }, welcoming);
    const claims = { sub: 'leaver', email: 'leaver@host.example', organization_id };
    const { body: leaver } = await ask(claims, welcoming);
    const owner = sign({ sub: 'owner', email: 'owner@host.example', organization_id });

    const removal = await welcoming.send('DELETE', `/api/organization/members/${leaver.userId}`, { bearer: owner });

    expect(removal.status).toBe(204);
    expect((await ask(claims, welcoming)).status).toBe(401);
    expect(await usersOf(leaver.organizationId)).toHaveLength(2);
  });

  it.each([
    ['no address', {}],
    ['an address that is none', { email: 'nora' }],
    ['a list of addresses', { email: ['a@host.example'] }],
  ])('are not brought in with %s', async (_, claims) => {
    const answer = await ask({ sub: 'x', organization_id: 'no-address', ...claims }, welcoming);

    expect(answer.status).toBe(401);
    expect(await database.query(`SELECT FROM organizations WHERE external_id = 'no-address'`)).toEqual([]);
  });

  it('can log out, which tells their sockets', async () => {
    const claims = { sub: 'goes', email: 'goes@host.example', organization_id: 'logout' };

    const answer = await welcoming.send('POST', '/api/auth/logout', { bearer: sign(claims) });

    expect(answer.status).toBe(200);
  });
});

function ask(claims: object, at: AccountsApp): Promise<Answer> {
  return at.send('GET', '/probe/session', { bearer: sign(claims) });
}

/** Signs as a host application would that shares our secret. */
function sign(claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  const said = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ iat: now, exp: now + 300, ...claims })}`;
  return `${said}.${createHmac('sha256', JWT_SECRET).update(said).digest('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
