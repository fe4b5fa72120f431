import { configSlice } from '../platform/config/config-slice.js';
import { isPublicCredential } from '../platform/config/public-credentials.js';
import { flag, httpUrl, oneOf, text } from '../platform/config/variables.js';

const ACCESS_TOKEN_SECONDS = 15 * 60;
const REFRESH_TOKEN_DAYS = 30;

export class AccountsConfig {
  constructor(
    /** Signs our own access tokens, and verifies those of a host application that shares it. */
    readonly jwtSecret: string | undefined,
    /** Where a host application publishes the public keys of its tokens. */
    readonly jwksUrl: string | undefined,
    readonly jwtIssuer: string | undefined,
    readonly jwtAudience: string | undefined,
    /** Whether a host application's token may bring in an organization and a person we have never seen. */
    readonly autoProvision: boolean,
    readonly registration: 'open' | 'closed',
    readonly accessTokenSeconds: number = ACCESS_TOKEN_SECONDS,
    readonly refreshTokenDays: number = REFRESH_TOKEN_DAYS,
  ) {}
}

export const accountsConfig = configSlice(
  AccountsConfig,
  {
    // Judged by the platform's own slice; here only its consequences matter.
    NODE_ENV: text().optional(),
    JWT_SECRET: text().min(32, { error: 'must have at least 32 characters' }).optional(),
    JWT_JWKS_URL: httpUrl().optional(),
    JWT_ISSUER: text().optional(),
    JWT_AUDIENCE: text().optional(),
    JWT_AUTO_PROVISION: flag().default(false),
    REGISTRATION: oneOf('open', 'closed').optional(),
  },
  (env, report) => {
    const production = env.NODE_ENV === 'production';
    if (env.JWT_SECRET === undefined && env.JWT_JWKS_URL === undefined) {
      report('JWT_SECRET', 'is required, unless JWT_JWKS_URL is given: make one with "openssl rand -hex 32"');
    }
    if (env.JWT_SECRET !== undefined && isPublicCredential(env.JWT_SECRET)) {
      report('JWT_SECRET', 'is printed in a public document or is a placeholder: make a new one');
    }
    if (production && env.JWT_JWKS_URL?.startsWith('http:')) {
      report('JWT_JWKS_URL', 'must be https in production: whoever can change the keys can sign in as anybody');
    }
    return new AccountsConfig(
      env.JWT_SECRET,
      env.JWT_JWKS_URL,
      env.JWT_ISSUER,
      env.JWT_AUDIENCE,
      env.JWT_AUTO_PROVISION,
      env.REGISTRATION ?? (production ? 'closed' : 'open'),
    );
  },
);
