import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { configSlices } from '../../src/app.module.js';
import { MachineCheck } from '../../src/doctor/checks/machine.check.js';
import { MailCheck } from '../../src/doctor/checks/mail.check.js';
import { ProvidersCheck } from '../../src/doctor/checks/providers.check.js';
import { PublicUrlCheck } from '../../src/doctor/checks/public-url.check.js';
import { RedirectsCheck } from '../../src/doctor/checks/redirects.check.js';
import { DatabaseCheck } from '../../src/doctor/checks/database.check.js';
import type { DoctorCheck } from '../../src/doctor/finding.js';
import { type OAuthProvider, ProviderRegistry } from '../../src/integrations/index.js';
import { MailConfig } from '../../src/notifications/index.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { PlatformConfig } from '../../src/platform/config/platform.config.js';
import { EgressClient } from '../../src/platform/egress/egress.client.js';
import { CALENDLY_REDIRECT, demand, FRONTEND, type Person, startApp, type TestApp } from '../support/app.js';
import { spawnCompiled } from '../support/compiled-process.js';
import { MovableClock } from '../support/movable-clock.js';

jest.setTimeout(120_000);

const SECRETS = { ENCRYPTION_KEY: randomBytes(32).toString('hex'), JWT_SECRET: randomBytes(32).toString('hex') };

const codesOf = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

function configOf<T>(environment: Record<string, string>, token: abstract new (...args: never[]) => T): T {
  return loadConfig(configSlices, { NODE_ENV: 'test', ...SECRETS, ...environment }).get(token as never) as T;
}

describe('GET /api/doctor', () => {
  let app: TestApp;
  let owner: Person;
  const clock = new MovableClock();

  beforeAll(async () => {
    app = await startApp({ clock, environment: { ...SECRETS } });
    owner = await app.registerConnected();
  });

  afterAll(async () => {
    await app?.close();
  });

  const examine = async (token = owner.token) => (await app.http('GET', '/api/doctor', { token })).body;
  const found = async () => codesOf((await examine()).findings);

  it('finds nothing wrong where all is well, and names the addresses to the letter', async () => {
    const diagnosis = await examine();
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.status).toBe('healthy');
    expect(diagnosis.addresses).toContainEqual({
      provider: 'calendly',
      name: 'Calendly',
      configured: true,
      missing_variables: [],
      redirect_uri: CALENDLY_REDIRECT,
      webhook_url: `${app.url}/api/calendly/webhook`,
      reachable: true,
    });
    expect(diagnosis.addresses).toContainEqual(expect.objectContaining({ provider: 'outlook', reachable: null }));
    expect(diagnosis.queue).toEqual({ workers: 1, waiting: 0, oldest_minutes: 0, parked: 0 });
  });

  it('answers administrators alone', async () => {
    const member = await app.addMember(owner);
    expect((await app.http('GET', '/api/doctor', { token: member.token })).status).toBe(403);
    expect((await app.http('GET', '/api/doctor')).status).toBe(401);
    const stranger = await app.registerOrganization();
    await app.database.query(`UPDATE integrations SET status = 'needs_reauth', status_reason = 'revoked'`);
    try {
      expect((await examine(stranger.token)).findings).toEqual([]);
      expect(await found()).toEqual(['token/needs-consent']);
    } finally {
      await app.database.query(`UPDATE integrations SET status = 'connected', status_reason = NULL`);
    }
  });

  /** What to break, the one thing that must then be said, and how to mend it. */
  const faults: [code: string, breaking: string, mending: string][] = [
    [
      'channel/plan',
      `UPDATE integrations SET webhook_active = false, options = options || '{"channel_refusal": "plan"}'`,
      `UPDATE integrations SET webhook_active = true, options = options - 'channel_refusal'`,
    ],
    [
      'channel/refused',
      `UPDATE integrations SET webhook_active = false, options = options || '{"channel_refusal": "forbidden"}'`,
      `UPDATE integrations SET webhook_active = true, options = options - 'channel_refusal'`,
    ],
    [
      'channel/dead',
      `WITH closed AS (UPDATE channels SET state = 'closed')
       UPDATE integrations SET connected_at = connected_at - interval '1 hour'`,
      `WITH opened AS (UPDATE channels SET state = 'open')
       UPDATE integrations SET connected_at = connected_at + interval '1 hour'`,
    ],
    [
      'channel/dead',
      `WITH expired AS (UPDATE channels SET expires_at = now() - interval '1 minute')
       UPDATE integrations SET connected_at = connected_at - interval '1 hour'`,
      `WITH renewed AS (UPDATE channels SET expires_at = NULL)
       UPDATE integrations SET connected_at = connected_at + interval '1 hour'`,
    ],
    [
      'token/needs-consent',
      `UPDATE integrations SET status = 'needs_reauth', status_reason = 'revoked'`,
      `UPDATE integrations SET status = 'connected', status_reason = NULL`,
    ],
    [
      'token/application-in-testing',
      `UPDATE integrations SET status = 'needs_reauth', status_reason = 'testing_grant_expired'`,
      `UPDATE integrations SET status = 'connected', status_reason = NULL`,
    ],
    [
      'token/dying-of-disuse',
      `UPDATE integrations SET provider = 'outlook', issued_at = now() - interval '80 days'`,
      `UPDATE integrations SET provider = 'calendly', issued_at = now()`,
    ],
    [
      'sync/overdue',
      `UPDATE integrations SET auto_sync_enabled = true, next_sync_at = now() - interval '1 hour', lease_owner = NULL
       WHERE pg_try_advisory_lock(1) IS NOT NULL`,
      `UPDATE integrations SET next_sync_at = now() + interval '1 hour'`,
    ],
    [
      'deliveries/stuck',
      `INSERT INTO deliveries (id, organization_id, integration_id, provider, dedupe_key, body_sha256, state, received_at)
       SELECT gen_random_uuid(), organization_id, id, provider, '\\x00', '\\x00', 'received', now() - interval '1 hour'
       FROM integrations`,
      `DELETE FROM deliveries WHERE dedupe_key = '\\x00'`,
    ],
    [
      'dead-letters/parked',
      `INSERT INTO dead_letters (id, organization_id, task, payload, error_class, error_code, attempts)
       SELECT gen_random_uuid(), organization_id, 't', '{}', 'permanent', 'e', 1 FROM integrations`,
      `DELETE FROM dead_letters`,
    ],
    [
      'queue/behind',
      `UPDATE graphile_worker._private_jobs SET run_at = run_at WHERE false;
       INSERT INTO graphile_worker._private_tasks (identifier) VALUES ('nobody.does-this');
       INSERT INTO graphile_worker._private_jobs (task_id, run_at)
       SELECT id, now() - interval '1 hour' FROM graphile_worker._private_tasks WHERE identifier = 'nobody.does-this'`,
      `DELETE FROM graphile_worker._private_jobs WHERE run_at < now() - interval '30 minutes'`,
    ],
    [
      'keys/rotation-unfinished',
      `INSERT INTO key_rotations (id, kind, kek_id, updated_at)
       SELECT gen_random_uuid(), 'wrapping', kek_id, now() - interval '3 hours' FROM key_checks`,
      `DELETE FROM key_rotations`,
    ],
    ['keys/worn-out', `UPDATE organization_keys SET uses = 300000000`, `UPDATE organization_keys SET uses = 0`],
  ];

  it.each(faults)('says %s, and nothing else, of what was broken', async (code, breaking, mending) => {
    await app.database.query(breaking);
    try {
      expect(await found()).toEqual([code]);
    } finally {
      await app.database.query(mending);
    }
    expect(await found()).toEqual([]);
  });

  it('says keys/wrong of data that another key has encrypted', async () => {
    await app.database.query(`INSERT INTO key_checks (kek_id, mac) VALUES ('0badc0de', '\\x00')`);
    await app.database.query(`UPDATE organization_keys SET kek_id = '0badc0de'`);
    try {
      expect(await found()).toEqual(['keys/wrong']);
      await app.database.query(`UPDATE key_checks SET promoted_at = now() WHERE kek_id = '0badc0de'`);
      expect(await found()).toEqual(['keys/wrong', 'keys/primary-not-promoted']);
    } finally {
      await app.database.query(
        `UPDATE organization_keys SET kek_id = (SELECT kek_id FROM key_checks WHERE mac <> '\\x00')`,
      );
      await app.database.query(`DELETE FROM key_checks WHERE kek_id = '0badc0de'`);
    }
  });

  it('says by how much the clock is wrong, against the database and against a provider', async () => {
    clock.moveAhead(120);
    try {
      const { findings } = await examine();
      expect(codesOf(findings).toSorted()).toEqual(['clock/database-differs', 'clock/provider-differs']);
      expect(findings[0].cause.en).toMatch(/differ by (?:119|12\d) seconds/);
    } finally {
      clock.moveAhead(-120);
    }
  });

  it('says queue/no-worker when nobody works', async () => {
    const idle = await startApp({ environment: { ROLE: 'api' } });
    try {
      const person = await idle.registerOrganization();
      const { body } = demand(200, await idle.http('GET', '/api/doctor', { token: person.token }));
      expect(codesOf(body.findings)).toEqual(['queue/no-worker']);
    } finally {
      await idle.close();
    }
  });
});

describe('a single check', () => {
  let folder: string;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passerelle-doctor-'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  function egress(): EgressClient {
    const client = new EgressClient(configOf({}, PlatformConfig));
    closing.push(() => Promise.resolve(client.onModuleDestroy()));
    return client;
  }

  async function answering(status: number, body: string): Promise<string> {
    const server: Server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function smtp(acceptsLogin: boolean): Promise<string> {
    const server = new SMTPServer({
      allowInsecureAuth: true,
      hideSTARTTLS: true,
      onAuth: (_auth, _session, done) => (acceptsLogin ? done(null, { user: 'u' }) : done(new Error('refused'))),
      onData: () => {
        throw new Error('A mail was sent');
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return `smtp://user:secret@127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  }

  function registryWith(oauth: Partial<OAuthProvider['oauth']>): ProviderRegistry {
    const registry = new ProviderRegistry();
    const common = { missingVariables: [], redirectUri: `${FRONTEND}/callback`, authorizeUrl: 'http://127.0.0.1:1/a' };
    registry.register({ id: 'p', displayName: 'P', oauth: { ...common, ...oauth } } as unknown as OAuthProvider);
    return registry;
  }

  const mail = (environment: Record<string, string>) =>
    new MailCheck(configOf(environment, MailConfig), configOf(environment, PlatformConfig));
  const withSender = (SMTP_URL: string) => ({ SMTP_URL, MAIL_FROM: 'rdv@example.com' });
  const redirects = (redirectUri: string) =>
    new RedirectsCheck(registryWith({ redirectUri }), configOf({ FRONTEND_URL: FRONTEND }, PlatformConfig));
  const publicUrl = (PUBLIC_URL: string, authorizeUrl = 'http://127.0.0.1:1/a') =>
    new PublicUrlCheck(configOf({ PUBLIC_URL }, PlatformConfig), registryWith({ authorizeUrl }), egress());
  const providers = (authorizeUrl: string, now = new Date()) =>
    new ProvidersCheck(registryWith({ authorizeUrl }), egress(), { now: () => now }, configOf({}, PlatformConfig));
  const diskWith = (percent: number) => ({ freePercent: async () => percent });
  const machine = (environment: Record<string, string>, { now = new Date('2025-06-01'), disk = diskWith(50) } = {}) =>
    new MachineCheck(configOf(environment, PlatformConfig), { now: () => now }, disk);
  const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://crm.example', DATABASE_URL: 'postgres://db/p' };

  const cases: [name: string, make: () => DoctorCheck | Promise<DoctorCheck>, codes: string[]][] = [
    ['mail that goes out', async () => mail(withSender(await smtp(true))), []],
    ['mail that is only kept, while trying out', () => mail({}), []],
    ['mail that is only kept in production', () => mail(PRODUCTION), ['mail/not-configured']],
    ['a mail server nobody runs', () => mail(withSender('smtp://127.0.0.1:1')), ['mail/unreachable']],
    ['a wrong mail password', async () => mail(withSender(await smtp(false))), ['mail/login-refused']],
    [
      'TLS to a server that speaks none',
      async () => mail(withSender((await smtp(true)).replace('smtp:', 'smtps:'))),
      ['mail/tls-failed'],
    ],
    ['a redirect as it should be', () => redirects(`${FRONTEND}/callback`), []],
    ['a redirect elsewhere', () => redirects('https://other.example/callback'), ['redirect/elsewhere']],
    ['a redirect on this machine', () => redirects('http://localhost:5173/callback'), ['redirect/elsewhere']],
    [
      'a plain redirect',
      () => redirects(`${FRONTEND.replace('https', 'http')}/callback`),
      ['redirect/not-https', 'redirect/elsewhere'],
    ],
    ['a public address that answers', async () => publicUrl(await answering(200, '{"status":"ok"}')), []],
    [
      'a public address with a page of somebody else',
      async () => publicUrl(await answering(200, '<html>')),
      ['public-url/somebody-else'],
    ],
    [
      'a public address with paths that lead nowhere',
      async () => publicUrl(await answering(404, '{}')),
      ['public-url/somebody-else'],
    ],
    ['a public address where nobody is', () => publicUrl('http://127.0.0.1:1'), ['public-url/not-answering']],
    [
      'a local address for a provider on the Internet',
      async () => publicUrl(await answering(200, '{"status":"ok"}'), 'https://auth.example.com/authorize'),
      ['public-url/local'],
    ],
    [
      'a plain address for a provider on the Internet',
      () => publicUrl('http://passerelle.invalid', 'https://auth.example.com/authorize'),
      ['public-url/not-https', 'public-url/not-answering'],
    ],
    ['a provider that answers', async () => providers(await answering(400, 'no')), []],
    ['a provider that cannot be reached', () => providers('http://127.0.0.1:1/a'), ['provider/unreachable']],
    [
      'a provider in another time',
      async () => providers(await answering(200, '{}'), new Date(Date.now() - 90_000)),
      ['clock/provider-differs'],
    ],
    ['no log file', () => machine({}), []],
    ['a log file that can be written', () => machine({ LOG_FILE: join(folder, 'app.log') }), []],
    [
      'a log file on a full disk',
      () => machine({ LOG_FILE: join(folder, 'app.log') }, { disk: diskWith(1) }),
      ['log/disk-short'],
    ],
    ['a log file in no folder', () => machine({ LOG_FILE: join(folder, 'none', 'app.log') }), ['log/not-writable']],
    ['zone data of a runtime long gone', () => machine({}, { now: new Date('2035-01-01') }), ['zone-data/old']],
    [
      'secrets that others can read',
      async () => {
        await writeFile(join(folder, 'secrets.json'), '{}');
        await chmod(join(folder, 'secrets.json'), 0o644);
        return machine({ DATA_DIR: folder });
      },
      ['configuration/secrets-readable'],
    ],
    [
      'secrets for their owner alone',
      async () => {
        await chmod(join(folder, 'secrets.json'), 0o600);
        return machine({ DATA_DIR: folder });
      },
      [],
    ],
    [
      'a database nobody runs',
      () => new DatabaseCheck('postgres://127.0.0.1:1/none', configOf(PRODUCTION, PlatformConfig), diskWith(50)),
      ['database/unreachable'],
    ],
  ];

  it.each(cases)('of %s', async (_, make, codes) => {
    const check = await make();
    expect(codesOf(await check.examine({ organizationId: null }))).toEqual(codes);
  });
});

describe('npm run doctor', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passerelle-doctor-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  async function doctor(environment: Record<string, string>, ...args: string[]) {
    const command = spawnCompiled('../../src/doctor.main.ts', args, { DATA_DIR: folder, ...environment });
    const { code } = await command.exited;
    return { code, text: command.lines.join('\n') };
  }

  it('names every fault of a configuration with which the application does not start, and looks at the rest', async () => {
    const { code, text } = await doctor(
      {
        NODE_ENV: 'production',
        PORT: 'x',
        ENCRYPTION_KEY: 'not-a-key',
        DATABASE_URL: 'postgres://127.0.0.1:1/none',
        CALENDLY_CLIENT_ID: 'id',
        CALENDLY_CLIENT_SECRET: 'keep-this-secret',
        CALENDLY_AUTH_URL: 'https://127.0.0.1:1',
        FRONTEND_URL: 'https://crm.example',
      },
      '--json',
    );
    expect(code).toBe(1);
    expect(text).not.toMatch(/not-a-key|keep-this-secret/);
    const { status, findings, addresses } = JSON.parse(text);
    expect(status).toBe('error');
    const invalid = findings.filter((one: { code: string }) => one.code === 'configuration/invalid');
    for (const variable of ['PORT', 'ENCRYPTION_KEY', 'PUBLIC_URL', 'JWT_SECRET']) {
      expect(JSON.stringify(invalid)).toContain(variable);
    }
    expect(codesOf(findings)).toEqual(expect.arrayContaining(['database/unreachable', 'provider/unreachable']));
    expect(addresses).toContainEqual(
      expect.objectContaining({ provider: 'calendly', redirect_uri: 'https://crm.example/auth/calendly/callback' }),
    );
  });

  it('asks a fresh clone for nothing but a start, in French or in English, and leaves nothing behind', async () => {
    const { code, text } = await doctor({ LANG: 'fr_FR.UTF-8', PORT: '1' });
    expect(text).toContain('Personne ne répond à PUBLIC_URL');
    expect(text).toContain('Calendly: http://localhost:1/auth/calendly/callback (non configuré)');
    expect(text).not.toContain('base de données');
    expect(code).toBe(1);
    expect((await doctor({ LANG: 'en_US.UTF-8', PORT: '1' })).text).toContain('Nobody answers at PUBLIC_URL');
    await expect(rm(join(folder, 'secrets.json'))).rejects.toThrow('ENOENT');
  });
});
