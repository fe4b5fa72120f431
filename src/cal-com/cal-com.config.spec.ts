import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../platform/config/load-config.js';
import { CalComConfig, calComConfig } from './cal-com.config.js';

function configured(environment: Record<string, string>): CalComConfig {
  return loadConfig([calComConfig], environment).get(CalComConfig) as CalComConfig;
}

describe('the configuration of Cal.com', () => {
  it.each([
    [{}, ['CAL_CLIENT_ID', 'CAL_CLIENT_SECRET']],
    [{ CAL_CLIENT_ID: 'clx' }, ['CAL_CLIENT_SECRET']],
    [{ CAL_MODE: 'oauth' }, ['CAL_CLIENT_ID']],
    // A public client.
    [{ CAL_MODE: 'oauth', CAL_CLIENT_ID: 'clx' }, []],
    [{ CAL_MODE: 'apikey' }, []],
  ])('%j lacks %j', (environment, missing) => {
    expect(configured(environment).missingVariables).toEqual(missing);
  });

  it.each([
    [{ CAL_MODE: 'managed' }, 'CAL_MODE'],
    [{ CAL_CLIENT_ID: '../users' }, 'CAL_CLIENT_ID'],
    [{ CAL_WEBHOOK_SECRET: 'short' }, 'CAL_WEBHOOK_SECRET'],
    [{ CALENDAR_SUCCESS_URL: 'javascript:alert(1)' }, 'CALENDAR_SUCCESS_URL'],
  ])('%j is refused', (environment, name) => {
    expect(() => configured(environment)).toThrow(name);
  });
});
