import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ComposeService,
  composeNetworks,
  composeSecrets,
  composeServices,
  composeUses,
  interpolate,
} from './support/compose-file.js';
import { faultsOf, knownVariables } from './support/known-variables.js';
import { REPOSITORY } from './support/source-file.js';

const GIVEN = {
  PUBLIC_URL: 'https://crm.example',
  JWT_SECRET: randomBytes(32).toString('hex'),
  DATABASE_PASSWORD: randomBytes(24).toString('hex'),
  DATABASE_OWNER_PASSWORD: randomBytes(24).toString('hex'),
  POSTGRES_PASSWORD: randomBytes(24).toString('hex'),
};

/** What nobody who runs the image should have to set, and why. */
const NOT_PASSED_ON: Readonly<Record<string, string>> = {
  ENCRYPTION_KEY: 'a file',
  ENCRYPTION_KEYS_PREVIOUS: 'a file',
  MIGRATION_DATABASE_URL: 'of the service that migrates, alone',
  DATABASE_ALLOW_SUPERUSER: 'the role that is made here is none',
  SOURCE_COMMIT: 'said when the image is built',
  CONSOLE_DIR: 'fixed by the image',
  DATA_DIR: 'of the embedded database and of a trial',
  LOG_FILE: 'a read-only container writes to standard output',
  DRAIN_TIMEOUT_SECONDS: 'belongs to stop_grace_period',
  CALENDLY_ALLOW_UNSIGNED: 'refused in production',
  SANDBOX_PORT: 'no sandbox in the image',
  SANDBOX_CALENDLY_REDIRECT_URIS: 'no sandbox in the image',
};

const services = Object.entries(composeServices);
const built = services.filter(([, { build }]) => build !== undefined);
/** Those that stay. */
const ours = built.filter(([name]) => name !== 'migrate');

describe('docker-compose.yml', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'passerelle-secrets-'));
    writeFileSync(join(folder, 'encryption-key'), `${randomBytes(32).toString('hex')}\n`);
    writeFileSync(join(folder, 'encryption-keys-previous'), '');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const environmentOf = ({ environment = {} }: ComposeService, given: Record<string, string>) =>
    Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, interpolate(value, given)]));

  it('starts a database, one process that migrates it, one that serves, one that works, and a mailbox for whoever asks', () => {
    expect(services.map(([name, { profiles }]) => [name, profiles ?? []])).toEqual([
      ['database', []],
      ['migrate', []],
      ['api', []],
      ['worker', []],
      ['mail', ['mail']],
    ]);
    expect(ours.map(([name, { environment }]) => [name, environment?.['ROLE']])).toEqual([
      ['api', 'api'],
      ['worker', 'worker'],
    ]);
  });

  it.each(ours)('gives %s every variable that somebody reads, and no other', (_, { environment = {} }) => {
    const passedOn = [...knownVariables.keys()].filter((name) => !(name in NOT_PASSED_ON));
    expect(Object.keys(environment).toSorted()).toEqual(passedOn.toSorted());
  });

  it('leaves out only what there is', () => {
    expect(Object.keys(NOT_PASSED_ON).filter((name) => !knownVariables.has(name))).toEqual([]);
  });

  it.each(ours)('passes on to %s what somebody has set, under the name it has', (_, { environment = {} }) => {
    const uses = Object.entries(environment).filter(([, value]) => value.startsWith('${'));
    expect(uses.filter(([name, value]) => !value.startsWith(`\${${name}:`))).toEqual([]);
  });

  it.each(ours)('gives %s everything that production demands, and nothing that it refuses', (_, service) => {
    const environment = environmentOf(service, GIVEN);
    expect(environment['NODE_ENV']).toBe('production');
    const here = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, value.replace('/run/secrets', folder)]),
    );
    expect(faultsOf(here)).toEqual([]);
  });

  it.each(ours)('gives %s the keys as files, and only there', (_, service) => {
    const environment = environmentOf(service, GIVEN);
    const paths = ['ENCRYPTION_KEY_FILE', 'ENCRYPTION_KEYS_PREVIOUS_FILE'].map((name) => environment[name] ?? '');
    expect(paths.map((path) => path.replace('/run/secrets/', ''))).toEqual(service.secrets);
    expect(service.secrets?.map((name) => basename(composeSecrets[name]?.file ?? ''))).toEqual(service.secrets);
  });

  it('tells the owner of the tables to nobody but to whoever migrates, and that before the others begin', () => {
    const told = services.filter(([, service]) => JSON.stringify(service).includes('DATABASE_OWNER_PASSWORD'));
    expect(told.map(([name]) => name)).toEqual(['database', 'migrate']);
    const { DATABASE_URL, MIGRATION_DATABASE_URL } = environmentOf(composeServices['migrate']!, GIVEN);
    expect(new URL(MIGRATION_DATABASE_URL!).username).toBe('passerelle_owner');
    for (const [, service] of ours) {
      expect(service.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
      expect(environmentOf(service, GIVEN)['DATABASE_URL']).toBe(DATABASE_URL);
    }
  });

  it.each(built)('lets %s write nothing and become nobody else', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('lets nothing be reached from another machine, and the database by ours alone', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(composeServices['database']?.ports).toBeUndefined();
    expect(composeServices['database']?.networks).toEqual(['data']);
    expect(composeNetworks['data']?.internal).toBe(true);
    const neighbours = services.filter(([, { networks }]) => networks?.includes('data')).map(([name]) => name);
    expect(neighbours).toEqual(['database', ...built.map(([name]) => name)]);
  });

  it.each(Object.keys(GIVEN))('fails loudly without %s', (missing) => {
    const given = { ...GIVEN, [missing]: '' };
    expect(() => services.map(([, service]) => environmentOf(service, given))).toThrow(missing);
  });

  it('asks for nothing else', () => {
    const required = composeUses.filter(({ isRequired }) => isRequired).map(({ name }) => name);
    expect([...new Set(required)].toSorted()).toEqual(Object.keys(GIVEN).toSorted());
  });
});

describe('the Dockerfile', () => {
  const text = readFileSync(join(REPOSITORY, 'Dockerfile'), 'utf8');

  it('is not root, by a number', () => {
    expect(text.match(/^USER .*/gm)).toEqual(['USER 1000:1000']);
  });

  it('takes only what .dockerignore lets through', () => {
    const allowed = readFileSync(join(REPOSITORY, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
    expect(copied.length).toBeGreaterThan(5);
    const missing = copied.filter((path) => !allowed.some((one) => path === one || path.startsWith(`${one}/`)));
    expect(missing).toEqual([]);
  });

  it('has the health check that it names', () => {
    expect(text).toMatch(/^HEALTHCHECK .*CMD \["node", "docker\/health\.mjs"\]$/m);
    expect(text).toContain('COPY docker/health.mjs docker/');
  });
});
