import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { configSlices } from '../src/app.module.js';
import { InvalidConfiguration } from '../src/platform/config/load-config.js';
import { faultsOf, knownVariables } from './support/known-variables.js';

const COMPLETE = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db/passerelle',
  PUBLIC_URL: 'https://crm.example',
  ENCRYPTION_KEY: randomBytes(32).toString('hex'),
  JWT_SECRET: randomBytes(32).toString('hex'),
};

describe('the configuration as a whole', () => {
  it('needs nothing outside production but the secrets that are made for it', () => {
    const { ENCRYPTION_KEY, JWT_SECRET } = COMPLETE;
    expect(faultsOf({ ENCRYPTION_KEY, JWT_SECRET })).toEqual([]);
  });

  it('names everything that production lacks at once', () => {
    expect(faultsOf({ NODE_ENV: 'production' }).map(({ variable }) => variable)).toEqual([
      'DATABASE_URL',
      'PUBLIC_URL',
      'ENCRYPTION_KEY',
      'JWT_SECRET',
    ]);
  });

  it('names what production lacks beside what is wrong with the rest', () => {
    const faults = faultsOf({ NODE_ENV: 'production', PORT: 'x', JWT_SECRET: 'short', CALENDLY_CLIENT_ID: 'mine' });
    expect(faults.map(({ variable }) => variable)).toEqual([
      'PORT',
      'DATABASE_URL',
      'PUBLIC_URL',
      'ENCRYPTION_KEY',
      'JWT_SECRET',
      'CALENDLY_CLIENT_SECRET',
    ]);
  });

  it.each(['DATABASE_URL', 'PUBLIC_URL', 'ENCRYPTION_KEY', 'JWT_SECRET'])(
    'refuses production without %s',
    (missing) => {
      expect(faultsOf(COMPLETE)).toEqual([]);
      expect(faultsOf({ ...COMPLETE, [missing]: ' ' }).map(({ variable }) => variable)).toEqual([missing]);
    },
  );

  it('takes the address of a key set in place of the secret', () => {
    expect(faultsOf({ ...COMPLETE, JWT_SECRET: '', JWT_JWKS_URL: 'https://host.example/jwks' })).toEqual([]);
  });

  it('names every faulty variable of every slice, and prints none of the values', () => {
    const found = 'not what was meant';
    const refused = configSlices.flatMap(({ variables }) =>
      Object.entries(variables).filter(([, schema]) => !(schema as z.ZodType).safeParse(found).success),
    );
    const faults = faultsOf(Object.fromEntries([...knownVariables.keys()].map((name) => [name, found])));

    expect(refused.length).toBeGreaterThan(15);
    expect(faults.map(({ variable }) => variable)).toEqual(expect.arrayContaining(refused.map(([name]) => name)));
    expect(new InvalidConfiguration(faults).message).not.toContain(found);
  });
});
