import { configSlice } from '../platform/config/config-slice.js';
import { httpUrl, oneOf, text } from '../platform/config/variables.js';

/** How accounts are connected: managed users of a Platform client, a person's own consent, or an organization's key. */
export const CAL_COM_MODES = ['platform', 'oauth', 'apikey'] as const;
export type CalComMode = (typeof CAL_COM_MODES)[number];

export class CalComConfig {
  constructor(
    readonly mode: CalComMode,
    readonly clientId: string | undefined,
    /** Without one, an OAuth client is a public one and proves itself by PKCE. */
    readonly clientSecret: string | undefined,
    readonly apiUrl: string,
    readonly appUrl: string,
    /** Of a webhook that an administrator made at Cal.com; each connection's own has a secret of its own. */
    readonly webhookSecret: string | undefined,
    /** Where the browser ends up; under the front end when they are not given. */
    readonly successUrl: string | undefined,
    readonly errorUrl: string | undefined,
  ) {}

  get missingVariables(): string[] {
    if (this.mode === 'apikey') return [];
    const needsSecret = this.mode === 'platform' && !this.clientSecret;
    return [...(this.clientId ? [] : ['CAL_CLIENT_ID']), ...(needsSecret ? ['CAL_CLIENT_SECRET'] : [])];
  }
}

export const calComConfig = configSlice(
  CalComConfig,
  {
    CAL_MODE: oneOf(...CAL_COM_MODES).default('platform'),
    CAL_CLIENT_ID: text()
      // It becomes part of addresses.
      .refine((value) => /^[\w-]{1,128}$/.test(value), { error: 'must be the id of a client of Cal.com' })
      .optional(),
    CAL_CLIENT_SECRET: text().optional(),
    CAL_API_URL: httpUrl().default('https://api.cal.com/v2'),
    CAL_APP_URL: httpUrl().default('https://app.cal.com'),
    CAL_WEBHOOK_SECRET: text().min(16, { error: 'must have at least 16 characters' }).optional(),
    CALENDAR_SUCCESS_URL: httpUrl().optional(),
    CALENDAR_ERROR_URL: httpUrl().optional(),
  },
  (env) =>
    new CalComConfig(
      env.CAL_MODE,
      env.CAL_CLIENT_ID,
      env.CAL_CLIENT_SECRET,
      env.CAL_API_URL,
      env.CAL_APP_URL,
      env.CAL_WEBHOOK_SECRET,
      env.CALENDAR_SUCCESS_URL,
      env.CALENDAR_ERROR_URL,
    ),
);
