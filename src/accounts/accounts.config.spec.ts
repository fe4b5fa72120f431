import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InvalidConfiguration, loadConfig } from '../platform/config/load-config.js';
import { AccountsConfig, accountsConfig } from './accounts.config.js';

const SECRET = randomBytes(32).toString('hex');

function read(environment: Record<string, string>): AccountsConfig {
  return loadConfig([accountsConfig], environment).get(AccountsConfig) as AccountsConfig;
}

function faultsOf(environment: Record<string, string>): string[] {
  try {
    read(environment);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    return error.faults.map(({ variable }) => variable);
  }
}

describe('the accounts’ configuration', () => {
  it('is open for registration outside production, and closed in it unless said otherwise', () => {
    expect(read({ JWT_SECRET: SECRET }).registration).toBe('open');
    expect(read({ JWT_SECRET: SECRET, NODE_ENV: 'production' }).registration).toBe('closed');
    expect(read({ JWT_SECRET: SECRET, NODE_ENV: 'production', REGISTRATION: 'open' }).registration).toBe('open');
  });

  it('brings in nobody by itself unless told, and reads "false" as false', () => {
    expect(read({ JWT_SECRET: SECRET }).autoProvision).toBe(false);
    expect(read({ JWT_SECRET: SECRET, JWT_AUTO_PROVISION: 'false' }).autoProvision).toBe(false);
    expect(read({ JWT_SECRET: SECRET, JWT_AUTO_PROVISION: 'true' }).autoProvision).toBe(true);
  });

  it('needs a secret or the address of a key set', () => {
    expect(faultsOf({})).toEqual(['JWT_SECRET']);
    expect(faultsOf({ JWT_JWKS_URL: 'https://host.example/jwks' })).toEqual([]);
  });

  it.each([
    ['short', 'x'.repeat(16) + SECRET.slice(0, 15)],
    ['a placeholder', 'your-jwt-secret-goes-here-and-is-long-enough'],
    ['a pattern', '0123456789abcdef'.repeat(4)],
  ])('refuses a secret that is %s, without printing it', (_, secret) => {
    expect(faultsOf({ JWT_SECRET: secret })).toEqual(['JWT_SECRET']);
    expect(() => read({ JWT_SECRET: secret })).not.toThrow(secret);
  });

  it('takes keys over plain http outside production only', () => {
    const JWT_JWKS_URL = 'http://host.example/jwks';
    expect(faultsOf({ JWT_JWKS_URL })).toEqual([]);
    expect(faultsOf({ JWT_JWKS_URL, NODE_ENV: 'production' })).toEqual(['JWT_JWKS_URL']);
  });
});
