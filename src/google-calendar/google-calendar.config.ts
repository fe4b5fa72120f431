import { configSlice } from '../platform/config/config-slice.js';
import { httpUrl, text } from '../platform/config/variables.js';

export class GoogleCalendarConfig {
  constructor(
    readonly clientId: string | undefined,
    readonly clientSecret: string | undefined,
    readonly redirectUri: string | undefined,
    readonly authUrl: string,
    readonly tokenUrl: string,
    readonly revokeUrl: string,
    readonly userinfoUrl: string,
    readonly apiUrl: string,
  ) {}

  get missingVariables(): string[] {
    return [...(this.clientId ? [] : ['GOOGLE_CLIENT_ID']), ...(this.clientSecret ? [] : ['GOOGLE_CLIENT_SECRET'])];
  }
}

/** Google keeps its parts on several hosts, so each address is given whole. */
export const googleCalendarConfig = configSlice(
  GoogleCalendarConfig,
  {
    GOOGLE_CLIENT_ID: text().optional(),
    GOOGLE_CLIENT_SECRET: text().optional(),
    GOOGLE_REDIRECT_URI: httpUrl().optional(),
    GOOGLE_AUTH_URL: httpUrl().default('https://accounts.google.com/o/oauth2/v2/auth'),
    GOOGLE_TOKEN_URL: httpUrl().default('https://oauth2.googleapis.com/token'),
    GOOGLE_REVOKE_URL: httpUrl().default('https://oauth2.googleapis.com/revoke'),
    GOOGLE_USERINFO_URL: httpUrl().default('https://www.googleapis.com/oauth2/v2/userinfo'),
    GOOGLE_API_URL: httpUrl().default('https://www.googleapis.com/calendar/v3'),
  },
  (env, report) => {
    if (Boolean(env.GOOGLE_CLIENT_ID) !== Boolean(env.GOOGLE_CLIENT_SECRET)) {
      report('GOOGLE_CLIENT_SECRET', 'and GOOGLE_CLIENT_ID must be set together');
    }
    return new GoogleCalendarConfig(
      env.GOOGLE_CLIENT_ID,
      env.GOOGLE_CLIENT_SECRET,
      env.GOOGLE_REDIRECT_URI,
      env.GOOGLE_AUTH_URL,
      env.GOOGLE_TOKEN_URL,
      env.GOOGLE_REVOKE_URL,
      env.GOOGLE_USERINFO_URL,
      env.GOOGLE_API_URL,
    );
  },
);
