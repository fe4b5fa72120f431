import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { TrialConfig, trialConfig, wantsSandbox, withOffered } from './trial.config.js';

describe('the sandbox', () => {
  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ SANDBOX: '' }, true],
    [{ SANDBOX: 'auto', CALENDLY_CLIENT_ID: '' }, true],
    [{ CALENDLY_CLIENT_ID: 'mine' }, false],
    [{ GOOGLE_CLIENT_ID: 'mine' }, false],
    [{ NODE_ENV: 'production' }, false],
    [{ SANDBOX: 'off' }, false],
    [{ SANDBOX: 'on', CALENDLY_CLIENT_ID: 'mine' }, true],
    [{ SANDBOX: 'on', NODE_ENV: 'production' }, true],
  ])('with %j runs: %s', (environment, expected) => {
    expect(wantsSandbox(environment)).toBe(expected);
  });

  it('fills in what nobody has set, and an empty line sets nothing', () => {
    const environment = { CALENDLY_CLIENT_ID: '', CALENDLY_API_URL: 'https://api.calendly.com', PORT: '3000' };
    const offered = {
      CALENDLY_CLIENT_ID: 'stand-in',
      CALENDLY_API_URL: 'http://127.0.0.1:4010',
      CALENDLY_AUTH_URL: 'x',
    };
    expect(withOffered(environment, offered)).toEqual({
      PORT: '3000',
      CALENDLY_CLIENT_ID: 'stand-in',
      CALENDLY_API_URL: 'https://api.calendly.com',
      CALENDLY_AUTH_URL: 'x',
    });
  });
});

describe('the trial page', () => {
  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'production', TRIAL_PAGE: 'true' }, true],
    [{ TRIAL_PAGE: 'false' }, false],
  ])('with %j is served: %s', (environment, expected) => {
    const config = loadConfig([trialConfig], environment).get(TrialConfig) as TrialConfig;
    expect(config.servesPage).toBe(expected);
  });
});
