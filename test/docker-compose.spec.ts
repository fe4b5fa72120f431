import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { composeServices, composeUses, interpolate } from './support/compose-file.js';
import { faultsOf, knownVariables } from './support/known-variables.js';

const GIVEN = {
  PUBLIC_URL: 'https://crm.example',
  ENCRYPTION_KEY: randomBytes(32).toString('hex'),
  JWT_SECRET: randomBytes(32).toString('hex'),
  DATABASE_PASSWORD: randomBytes(24).toString('hex'),
  POSTGRES_PASSWORD: randomBytes(24).toString('hex'),
};

describe('docker-compose.yml', () => {
  const ours = Object.entries(composeServices).filter(([, { build }]) => build !== undefined);

  const environmentOf = (service: string, given: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(composeServices[service]?.environment ?? {}).map(([name, value]) => [
        name,
        interpolate(value, given),
      ]),
    );

  it('starts a database, one process that serves, one that works, and a mailbox for whoever asks', () => {
    expect(Object.entries(composeServices).map(([name, { profiles }]) => [name, profiles ?? []])).toEqual([
      ['database', []],
      ['api', []],
      ['worker', []],
      ['mail', ['mail']],
    ]);
    expect(ours.map(([name, { environment }]) => [name, environment?.['ROLE']])).toEqual([
      ['api', 'api'],
      ['worker', 'worker'],
    ]);
  });

  it.each(ours)('gives %s only variables that somebody reads', (_, { environment = {} }) => {
    expect(Object.keys(environment).filter((name) => !knownVariables.has(name))).toEqual([]);
  });

  it.each(ours)('gives %s everything that production demands, and nothing that it refuses', (name) => {
    const environment = environmentOf(name, GIVEN);
    expect(environment['NODE_ENV']).toBe('production');
    expect(faultsOf(environment)).toEqual([]);
  });

  it.each(Object.keys(GIVEN))('fails loudly without %s', (missing) => {
    const given = { ...GIVEN, [missing]: '' };
    expect(() => Object.keys(composeServices).map((service) => environmentOf(service, given))).toThrow(missing);
  });

  it('asks for nothing else', () => {
    const required = composeUses.filter(({ isRequired }) => isRequired).map(({ name }) => name);
    expect([...new Set(required)].toSorted()).toEqual(Object.keys(GIVEN).toSorted());
  });
});
