import { configSlice } from '../platform/config/config-slice.js';
import { httpUrl, text } from '../platform/config/variables.js';

export class OutlookConfig {
  constructor(
    readonly clientId: string | undefined,
    readonly clientSecret: string | undefined,
    readonly redirectUri: string | undefined,
    /** `common`, `organizations`, `consumers`, or one directory's id or domain. */
    readonly tenant: string,
    readonly loginUrl: string,
    readonly graphUrl: string,
  ) {}

  get missingVariables(): string[] {
    return [...(this.clientId ? [] : ['OUTLOOK_CLIENT_ID']), ...(this.clientSecret ? [] : ['OUTLOOK_CLIENT_SECRET'])];
  }
}

/** It becomes part of an address. */
const tenantName = () =>
  text().refine((value) => /^[a-z0-9][a-z0-9.-]{0,252}$/i.test(value) && !value.includes('..'), {
    error: 'must be common, organizations, consumers, or the id or domain of a tenant',
  });

export const outlookConfig = configSlice(
  OutlookConfig,
  {
    OUTLOOK_CLIENT_ID: text().optional(),
    OUTLOOK_CLIENT_SECRET: text().optional(),
    OUTLOOK_REDIRECT_URI: httpUrl().optional(),
    OUTLOOK_TENANT: tenantName().default('common'),
    OUTLOOK_LOGIN_URL: httpUrl().default('https://login.microsoftonline.com'),
    OUTLOOK_GRAPH_URL: httpUrl().default('https://graph.microsoft.com/v1.0'),
  },
  (env, report) => {
    if (Boolean(env.OUTLOOK_CLIENT_ID) !== Boolean(env.OUTLOOK_CLIENT_SECRET)) {
      report('OUTLOOK_CLIENT_SECRET', 'and OUTLOOK_CLIENT_ID must be set together');
    }
    return new OutlookConfig(
      env.OUTLOOK_CLIENT_ID,
      env.OUTLOOK_CLIENT_SECRET,
      env.OUTLOOK_REDIRECT_URI,
      env.OUTLOOK_TENANT,
      env.OUTLOOK_LOGIN_URL,
      env.OUTLOOK_GRAPH_URL,
    );
  },
);
