import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InvalidConfiguration, loadConfig } from './load-config.js';
import { PlatformConfig, platformConfig } from './platform.config.js';

const ENCRYPTION_KEY = randomBytes(32).toString('hex');
const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db/passerelle',
  PUBLIC_URL: 'https://api.crm.example',
  ENCRYPTION_KEY,
};

function read(environment: Record<string, string> = {}): PlatformConfig {
  return loadConfig([platformConfig], { ENCRYPTION_KEY, ...environment }).get(PlatformConfig) as PlatformConfig;
}

function faultsOf(environment: Record<string, string>): string[] {
  try {
    read(environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfiguration) return error.faults.map(({ variable }) => variable);
    throw error;
  }
}

describe('the platform’s configuration', () => {
  it('makes its addresses of one another when they are not set', () => {
    expect(read({ PORT: '8080' })).toMatchObject({
      publicUrl: 'http://localhost:8080',
      frontendUrl: 'http://localhost:8080',
      corsOrigins: ['http://localhost:8080'],
    });
    expect(read({ PUBLIC_URL: 'https://api.crm.example/', FRONTEND_URL: 'https://crm.example/app' })).toMatchObject({
      publicUrl: 'https://api.crm.example',
      frontendUrl: 'https://crm.example/app',
      corsOrigins: ['https://crm.example'],
    });
  });

  it('listens on this machine alone, with the embedded database, unless told', () => {
    expect(read()).toMatchObject({ host: '127.0.0.1', port: 3000, databaseUrl: undefined, dataDir: '.passerelle' });
  });

  it.each([
    ['all', true, true],
    ['api', true, false],
    ['worker', false, true],
  ])('in the role %s serves: %s, works: %s', (ROLE, servesHttp, runsJobs) => {
    const { servesHttp: serves, runsJobs: runs } = read({ ROLE });
    expect([serves, runs]).toEqual([servesHttp, runsJobs]);
  });

  it('writes for people, and for machines in production', () => {
    expect([
      read().logFormat,
      read(PRODUCTION).logFormat,
      read({ ...PRODUCTION, LOG_FORMAT: 'pretty' }).logFormat,
    ]).toEqual(['pretty', 'json', 'pretty']);
  });

  it.each(['DATABASE_URL', 'PUBLIC_URL', 'ENCRYPTION_KEY'])('does not enter production without %s', (missing) => {
    expect(faultsOf(PRODUCTION)).toEqual([]);
    expect(faultsOf({ ...PRODUCTION, [missing]: '' })).toEqual([missing]);
  });

  it('does not let providers call over plain http in production', () => {
    expect(faultsOf({ ...PRODUCTION, PUBLIC_URL: 'http://api.crm.example' })).toEqual(['PUBLIC_URL']);
  });

  it.each(['0'.repeat(64), '0123456789abcdef'.repeat(4), 'deadbeef'.repeat(8)])(
    'refuses the key %s, which is a pattern and no secret',
    (key) => {
      expect(faultsOf({ ENCRYPTION_KEY: key })).toEqual(['ENCRYPTION_KEY']);
    },
  );

  it('refuses earlier keys that are none', () => {
    expect(read({ ENCRYPTION_KEYS_PREVIOUS: `${ENCRYPTION_KEY}, ` }).previousEncryptionKeys).toEqual([ENCRYPTION_KEY]);
    expect(faultsOf({ ENCRYPTION_KEYS_PREVIOUS: `${ENCRYPTION_KEY},short` })).toEqual(['ENCRYPTION_KEYS_PREVIOUS']);
  });

  it.each(['mysql://db/passerelle', 'db:5432', '/var/run/postgresql'])('refuses %s as a database', (DATABASE_URL) => {
    expect(faultsOf({ DATABASE_URL })).toEqual(['DATABASE_URL']);
  });

  it('takes another role to migrate with, of a database that was given', () => {
    const MIGRATION_DATABASE_URL = 'postgres://owner@db/passerelle';
    expect(read({ MIGRATION_DATABASE_URL, DATABASE_URL: 'postgres://db/passerelle' }).migrationDatabaseUrl).toBe(
      MIGRATION_DATABASE_URL,
    );
    expect(faultsOf({ MIGRATION_DATABASE_URL })).toEqual(['MIGRATION_DATABASE_URL']);
  });
});
