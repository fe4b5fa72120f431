import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../platform/config/load-config.js';
import { GoogleCalendarConfig, googleCalendarConfig } from './google-calendar.config.js';

function load(env: Record<string, string> = {}): GoogleCalendarConfig {
  return loadConfig([googleCalendarConfig], env).get(GoogleCalendarConfig) as GoogleCalendarConfig;
}

describe('the configuration of Google Calendar', () => {
  it('knows where Google is, and which variables are missing', () => {
    expect(load()).toMatchObject({
      authUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revokeUrl: 'https://oauth2.googleapis.com/revoke',
      userinfoUrl: 'https://www.googleapis.com/oauth2/v2/userinfo',
      apiUrl: 'https://www.googleapis.com/calendar/v3',
      redirectUri: undefined,
      missingVariables: ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
    });
  });

  it('is complete with both credentials, and refuses one alone', () => {
    expect(load({ GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret' }).missingVariables).toEqual([]);
    expect(() => load({ GOOGLE_CLIENT_ID: 'an-id' })).toThrow('GOOGLE_CLIENT_SECRET');
    expect(() => load({ GOOGLE_CLIENT_SECRET: 'a-secret' })).toThrow('GOOGLE_CLIENT_ID');
  });

  it('takes addresses that paths can be put behind', () => {
    expect(load({ GOOGLE_API_URL: 'http://127.0.0.1:4010/google/calendar/v3/' }).apiUrl).toMatch(/v3$/);
    expect(() => load({ GOOGLE_API_URL: 'www.googleapis.com' })).toThrow('GOOGLE_API_URL');
  });
});
