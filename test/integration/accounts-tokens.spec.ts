import { createHmac, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, decodeJwt, exportJWK } from 'jose';
import { SessionAuthenticator } from '../../src/accounts/index.js';
import { type AccountsApp, type Answer, JWT_SECRET, register, startAccountsApp } from '../support/accounts-app.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

const ISSUER = 'https://crm.example';
const AUDIENCE = 'passerelle';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreignRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('access tokens', () => {
  let database: TestDatabase;
  let keyServer: KeyServer;
  let accounts: AccountsApp;
  let account: Answer['body'];

  beforeAll(async () => {
    database = await createTestDatabase();
    keyServer = await serveKeys();
    accounts = await startAccountsApp(database.url, {
      JWT_ISSUER: ISSUER,
      JWT_AUDIENCE: AUDIENCE,
      JWT_JWKS_URL: keyServer.url,
    });
    account = await register(accounts);
  });
  afterAll(async () => {
    await accounts?.close();
    await keyServer?.close();
    await database?.drop();
  });

  const ask = (bearer: string): Promise<Answer> => accounts.send('GET', '/probe/session', { bearer });

  /** What a host application would sign for the owner. */
  const hostClaims = (): Record<string, unknown> => ({
    iss: ISSUER,
    aud: AUDIENCE,
    sub: account.user.id,
    email: account.user.email,
    organization_id: account.user.organization_id,
    iat: now(),
    exp: now() + 300,
  });

  it('of our own are accepted, and name the session', async () => {
    const answer = await ask(account.access_token);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      userId: account.user.id,
      organizationId: account.user.organization_id,
      sessionId: decodeJwt(account.access_token)['sid'],
      role: 'owner',
      email: account.user.email,
      expiresAt: expect.any(String),
    });
  });

  it('of a host application are accepted by the shared secret and by its public key', async () => {
    const bySecret = await ask(forge({ alg: 'HS256', typ: 'JWT' }, hostClaims()));
    const byKey = await ask(await signRs256(hostClaims()));

    expect([bySecret.status, byKey.status]).toEqual([200, 200]);
    expect(bySecret.body).toMatchObject({ userId: account.user.id, role: 'owner' });
    expect(bySecret.body.sessionId).toMatch(/^host:[\w-]{43}$/);
  });

  it('give a host’s session one id for as long as the token lives', async () => {
    const claims = hostClaims();
    const [one, again] = [forge({ alg: 'HS256' }, claims), forge({ alg: 'HS256', typ: 'JWT' }, claims)];
    const other = forge({ alg: 'HS256' }, { ...claims, jti: 'another' });

    const ids = await Promise.all([one, again, other].map(async (token) => (await ask(token)).body.sessionId));

    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  const without = (name: string) => ({ ...hostClaims(), [name]: undefined });
  /** What our own token says. */
  const own = () => decodeJwt(account.access_token);

  describe('that are forged, foreign or out of time are all refused alike', () => {
    const HS = { alg: 'HS256', typ: 'JWT' };
    const OWN = { alg: 'HS256', typ: 'at+jwt' };

    const forgeries: [string, () => string | Promise<string>][] = [
      ['alg none, without a signature', () => unsigned({ alg: 'none' }, own())],
      ['alg None', () => unsigned({ alg: 'None' }, own())],
      ['alg nOnE', () => unsigned({ alg: 'nOnE', typ: 'at+jwt' }, own())],
      ['alg none with a signature', () => forge({ alg: 'none' }, own())],
      ['no alg', () => forge({ typ: 'JWT' }, hostClaims())],
      ['our own with the signature cut off', () => `${account.access_token.split('.').slice(0, 2).join('.')}.`],
      [
        'our own with a changed payload',
        () => withPayload(account.access_token, { ...own(), sub: hostClaims()['sub'] }),
      ],
      ['another secret', () => forge(OWN, own(), randomBytes(32))],
      ['an empty secret', () => forge(OWN, own(), Buffer.alloc(0))],
      ['HS512 with the right secret', () => forge({ alg: 'HS512' }, hostClaims(), JWT_SECRET, 'sha512')],
      ['the public key taken for a secret', () => forge(HS, hostClaims(), rsaPem)],
      [
        'the public key in DER taken for a secret',
        () => forge(HS, hostClaims(), createPublicKey(rsaPem).export({ type: 'spki', format: 'der' })),
      ],
      ['RS256 in name, HMAC by the public key', () => forge({ alg: 'RS256', kid: 'host' }, hostClaims(), rsaPem)],
      ['another RSA key under the right kid', () => signRs256(hostClaims(), foreignRsa.privateKey)],
      [
        'a key brought along as jwk',
        async () => signRs256(hostClaims(), foreignRsa.privateKey, { jwk: await exportJWK(foreignRsa.publicKey) }),
      ],
      [
        'a key to be fetched by jku',
        () => signRs256(hostClaims(), foreignRsa.privateKey, { jku: `${keyServer.origin}/evil` }),
      ],
      [
        'a certificate to be fetched by x5u',
        () => signRs256(hostClaims(), foreignRsa.privateKey, { x5u: `${keyServer.origin}/evil` }),
      ],
      [
        'a kid that is a path, signed by the empty file',
        () => forge({ ...HS, kid: '../../dev/null' }, hostClaims(), Buffer.alloc(0)),
      ],
      ['a kid that is SQL', () => forge({ ...HS, kid: `' OR 1=1 --` }, hostClaims(), 'x')],
      ['a critical header that nobody knows', () => forge({ ...HS, crit: ['b64'], b64: false }, hostClaims())],
      ['an end that has passed', () => forge(HS, { ...hostClaims(), exp: now() - 61 })],
      ['a beginning still to come', () => forge(HS, { ...hostClaims(), nbf: now() + 61 })],
      ['no end', () => forge(HS, without('exp'))],
      ['an end that is a text', () => forge(HS, { ...hostClaims(), exp: String(now() + 300) })],
      ['an end beyond any date', () => forge(HS, { ...hostClaims(), exp: 1e300 })],
      ['another audience', () => forge(HS, { ...hostClaims(), aud: 'somebody-else' })],
      ['another issuer', () => forge(HS, { ...hostClaims(), iss: 'https://evil.example' })],
      ['no issuer', () => forge(HS, without('iss'))],
      ['no subject', () => forge(HS, without('sub'))],
      ['no organization', () => forge(HS, without('organization_id'))],
      ['an organization that is an object', () => forge(HS, { ...hostClaims(), organization_id: { $ne: null } })],
      ['a subject with a NUL', () => forge(HS, { ...hostClaims(), sub: 'a\0b' })],
      ['another type of token', () => forge({ alg: 'HS256', typ: 'logout+jwt' }, hostClaims())],
      [
        'our own type with a session nobody opened',
        () => forge(OWN, { ...own(), sid: '0198f3c2-7a51-7cc3-98c4-dc0c0c073990' }),
      ],
      ['our own type with a session that is no id', () => forge(OWN, { ...own(), sid: `' OR 1=1` })],
      [
        'our own session under another organization',
        () => forge(OWN, { ...own(), organization_id: '0198f3c2-7a51-7cc3-98c4-dc0c0c073990' }),
      ],
      [
        'our own session under another person',
        () => forge(OWN, { ...own(), sub: '0198f3c2-7a51-7cc3-98c4-dc0c0c073990' }),
      ],
      ['a refresh token', () => account.refresh_token],
      [
        'an encrypted token',
        () => 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA',
      ],
      ['nine kilobytes', () => forge(HS, { ...hostClaims(), padding: 'x'.repeat(9_000) })],
      ['rubbish', () => '...'],
    ];

    it.each(forgeries)('%s', async (_, token) => {
      // The claims are good: what is refused is the one thing wrong with each.
      expect((await ask(forge(HS, hostClaims()))).status).toBe(200);

      const answer = await ask(await token());

      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.body).toMatchObject({ code: 'session/invalid' });
      expect(answer.body).not.toHaveProperty('detail');
      expect(keyServer.asked.filter((path) => path !== '/jwks')).toEqual([]);
    });
  });

  it('of our own are refused for another person or organization also while the session is remembered', async () => {
    const elsewhere = '0198f3c2-7a51-7cc3-98c4-dc0c0c073990';

    for (const claims of [{ sub: elsewhere }, { organization_id: elsewhere }]) {
      expect((await ask(account.access_token)).status).toBe(200);
      expect((await ask(forge({ alg: 'HS256', typ: 'at+jwt' }, { ...own(), ...claims }))).status).toBe(401);
    }
  });

  it('are still good within a minute of either end, for clocks that differ', async () => {
    const late = forge({ alg: 'HS256' }, { ...hostClaims(), exp: now() - 50 });
    const early = forge({ alg: 'HS256' }, { ...hostClaims(), nbf: now() + 50 });

    expect([(await ask(late)).status, (await ask(early)).status]).toEqual([200, 200]);
  });

  it('of another environment, with another secret, open nothing here', async () => {
    const other = await startAccountsApp(database.url, { JWT_SECRET: randomBytes(32).toString('hex') });
    try {
      const elsewhere = await register(other);
      expect((await other.send('GET', '/api/auth/me', { bearer: elsewhere.access_token })).status).toBe(200);
      expect((await ask(elsewhere.access_token)).status).toBe(401);
    } finally {
      await other.close();
    }
  });

  it('are refused with 503, not 401, while the host’s keys cannot be reached', async () => {
    const lonely = await startAccountsApp(database.url, { JWT_JWKS_URL: 'http://127.0.0.1:1/jwks' });
    try {
      const answer = await lonely.send('GET', '/probe/session', { bearer: await signRs256(hostClaims()) });
      expect(answer.status).toBe(503);
      expect(answer.body).toMatchObject({ code: 'session/keys-unavailable' });
      expect(answer.headers['retry-after']).toBe('5');
    } finally {
      await lonely.close();
    }
  });

  it('by a public key are unknown where none is configured, and ours where only one is', async () => {
    const secretOnly = await startAccountsApp(database.url, { JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE });
    const keysOnly = await startAccountsApp(database.url, { JWT_SECRET: '', JWT_JWKS_URL: keyServer.url });
    try {
      const byKey = await signRs256(hostClaims());
      expect((await secretOnly.send('GET', '/probe/session', { bearer: byKey })).status).toBe(401);
      expect((await keysOnly.send('GET', '/probe/session', { bearer: byKey })).status).toBe(200);
      expect((await keysOnly.send('GET', '/probe/session', { bearer: account.access_token })).status).toBe(401);
      const logIn = await keysOnly.send('POST', '/api/auth/login', {
        body: { email: account.user.email, password: 'quatre mots pris au hasard' },
      });
      expect([logIn.status, logIn.body.code]).toEqual([403, 'account/password-login-off']);
    } finally {
      await Promise.all([secretOnly.close(), keysOnly.close()]);
    }
  });

  it('are verified for sockets by the same hand', async () => {
    const authenticator = accounts.get(SessionAuthenticator);

    await expect(authenticator.authenticate(account.access_token)).resolves.toMatchObject({ userId: account.user.id });
    await expect(authenticator.authenticate('rubbish')).rejects.toMatchObject({
      definition: { code: 'session/invalid' },
    });
  });
});

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function unsigned(header: object, payload: object): string {
  return `${encode(header)}.${encode(payload)}.`;
}

/** Signs by hand, so that the header may say what no library would write. */
function forge(header: object, payload: object, secret: string | Buffer = JWT_SECRET, hash = 'sha256'): string {
  const said = `${encode(header)}.${encode(payload)}`;
  return `${said}.${createHmac(hash, secret).update(said).digest('base64url')}`;
}

function withPayload(token: string, payload: object): string {
  const [header, , signature] = token.split('.');
  return `${header}.${encode({ ...payload, role: 'owner' })}.${signature}`;
}

function signRs256(claims: object, key = rsa.privateKey, header: object = {}): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'host', ...header }).sign(key);
}

interface KeyServer {
  url: string;
  origin: string;
  asked: string[];
  close(): Promise<void>;
}

async function serveKeys(): Promise<KeyServer> {
  const asked: string[] = [];
  const keys = [{ ...(await exportJWK(rsa.publicKey)), kid: 'host', use: 'sig', alg: 'RS256' }];
  const server: Server = createServer((request, response) => {
    asked.push(String(request.url));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/jwks`,
    origin,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
