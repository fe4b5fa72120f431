import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../platform/config/load-config.js';
import { platformConfig } from '../platform/config/platform.config.js';
import { OutlookConfig, outlookConfig } from './outlook.config.js';

function load(environment: Record<string, string>): OutlookConfig {
  const base = { NODE_ENV: 'test', ENCRYPTION_KEY: randomBytes(32).toString('hex') };
  return loadConfig([platformConfig, outlookConfig], { ...base, ...environment }).get(OutlookConfig) as OutlookConfig;
}

describe('the configuration of Outlook', () => {
  it('leads to Microsoft, and names what is missing', () => {
    expect(load({})).toMatchObject({
      tenant: 'common',
      loginUrl: 'https://login.microsoftonline.com',
      graphUrl: 'https://graph.microsoft.com/v1.0',
      missingVariables: ['OUTLOOK_CLIENT_ID', 'OUTLOOK_CLIENT_SECRET'],
    });
  });

  it('takes id and secret together or not at all', () => {
    expect(load({ OUTLOOK_CLIENT_ID: 'a', OUTLOOK_CLIENT_SECRET: 'b' }).missingVariables).toEqual([]);
    expect(() => load({ OUTLOOK_CLIENT_ID: 'a' })).toThrow('OUTLOOK_CLIENT_SECRET');
  });

  it.each(['common', 'organizations', 'consumers', '84bd8158-6d4d-4958-8b9f-9d6445542f95', 'contoso.onmicrosoft.com'])(
    'knows the tenant %s',
    (tenant) => {
      expect(load({ OUTLOOK_TENANT: tenant }).tenant).toBe(tenant);
    },
  );

  it.each(['..', 'a/b', '../adfs', 'a?b', 'a b', 'https://evil.test', '.', 'a..b', '%2e%2e'])(
    'refuses the tenant %s, which would lead elsewhere',
    (tenant) => {
      expect(() => load({ OUTLOOK_TENANT: tenant })).toThrow('OUTLOOK_TENANT');
    },
  );
});
