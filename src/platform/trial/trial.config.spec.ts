import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { TrialConfig, trialConfig, wantsSandbox } from './trial.config.js';

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
