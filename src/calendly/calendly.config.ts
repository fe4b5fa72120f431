import { configSlice } from '../platform/config/config-slice.js';
import { flag, httpUrl, oneOf, text } from '../platform/config/variables.js';

export class CalendlyConfig {
  constructor(
    readonly clientId: string | undefined,
    readonly clientSecret: string | undefined,
    /** Given once by Calendly's developer console, with the client secret. */
    readonly webhookSigningKey: string | undefined,
    readonly redirectUri: string | undefined,
    readonly authUrl: string,
    readonly apiUrl: string,
    /** Takes deliveries of the flat form without a signature, from anybody: for trying out, never in production. */
    readonly allowsUnsigned: boolean,
  ) {}

  get missingVariables(): string[] {
    return [...(this.clientId ? [] : ['CALENDLY_CLIENT_ID']), ...(this.clientSecret ? [] : ['CALENDLY_CLIENT_SECRET'])];
  }
}

export const calendlyConfig = configSlice(
  CalendlyConfig,
  {
    CALENDLY_CLIENT_ID: text().optional(),
    CALENDLY_CLIENT_SECRET: text().optional(),
    CALENDLY_WEBHOOK_SIGNING_KEY: text().optional(),
    CALENDLY_REDIRECT_URI: httpUrl().optional(),
    CALENDLY_ENVIRONMENT: oneOf('sandbox', 'production').optional(),
    CALENDLY_AUTH_URL: httpUrl().default('https://auth.calendly.com'),
    CALENDLY_API_URL: httpUrl().default('https://api.calendly.com'),
    CALENDLY_ALLOW_UNSIGNED: flag().default(false),
    NODE_ENV: text().optional(),
  },
  (env, report) => {
    // https://developer.calendly.com/docs/authentication/creating-an-oauth-app
    if (env.CALENDLY_ENVIRONMENT === 'production' && env.CALENDLY_REDIRECT_URI?.startsWith('http:')) {
      report('CALENDLY_REDIRECT_URI', 'must be https: Calendly accepts http only for its sandbox applications');
    }
    if (Boolean(env.CALENDLY_CLIENT_ID) !== Boolean(env.CALENDLY_CLIENT_SECRET)) {
      report('CALENDLY_CLIENT_SECRET', 'and CALENDLY_CLIENT_ID must be set together');
    }
    if (env.CALENDLY_ALLOW_UNSIGNED && env.NODE_ENV === 'production') {
      report('CALENDLY_ALLOW_UNSIGNED', 'must not be true in production: anybody could make up bookings');
    }
    return new CalendlyConfig(
      env.CALENDLY_CLIENT_ID,
      env.CALENDLY_CLIENT_SECRET,
      env.CALENDLY_WEBHOOK_SIGNING_KEY,
      env.CALENDLY_REDIRECT_URI,
      env.CALENDLY_AUTH_URL,
      env.CALENDLY_API_URL,
      env.CALENDLY_ALLOW_UNSIGNED,
    );
  },
);
