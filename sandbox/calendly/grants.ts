import { createHmac, randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import type { Scope } from './scopes.js';

const codeLifetimeSeconds = 600;
export const accessTokenLifetimeSeconds = 7200;

/** One consent of one account. Every token descends from it, and goes when it goes. */
export interface Grant {
  accountId: string;
  scopes: Scope[];
  kind: 'oauth' | 'personal';
  isRevoked: boolean;
}

interface AuthorizationCode {
  grant: Grant;
  redirectUri: string;
  challenge: string | null;
  expiresAt: Date;
  isUsed: boolean;
}

/** Access and refresh token of one answer. Revoking either ends both, as they are one record at Calendly's. */
export interface TokenPair {
  grant: Grant;
  accessToken: string;
  refreshToken: string | null;
  createdAt: Date;
  /** Null for personal tokens, which do not expire. */
  expiresAt: Date | null;
  isRefreshSpent: boolean;
  isRevoked: boolean;
}

/**
 * Codes and tokens in circulation.
 *
 * A refresh token lives until its first successful exchange, which spends it and issues its successor (contract 2.4). A
 * spent one stays known: its second use is refused without touching the pair that replaced it. The access token of a
 * spent pair keeps its two hours.
 */
export class Grants {
  readonly #clock: SandboxClock;
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #byAccess = new Map<string, TokenPair>();
  readonly #byRefresh = new Map<string, TokenPair>();
  readonly #jwtKey = randomBytes(32);

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  issueCode(accountId: string, scopes: Scope[], redirectUri: string, challenge: string | null): string {
    const code = randomBytes(32).toString('hex');
    const grant: Grant = { accountId, scopes, kind: 'oauth', isRevoked: false };
    const expiresAt = this.#clock.in(codeLifetimeSeconds);
    this.#codes.set(code, { grant, redirectUri, challenge, expiresAt, isUsed: false });
    return code;
  }

  findCode(code: string): AuthorizationCode | null {
    return this.#codes.get(code) ?? null;
  }

  isCodeUsable(code: AuthorizationCode): boolean {
    return !code.isUsed && !code.grant.isRevoked && this.#clock.now() < code.expiresAt;
  }

  redeem(code: AuthorizationCode): TokenPair {
    code.isUsed = true;
    return this.#issuePair(code.grant);
  }

  findByRefresh(refreshToken: string): TokenPair | null {
    return this.#byRefresh.get(refreshToken) ?? null;
  }

  isRefreshUsable(pair: TokenPair): boolean {
    return !pair.isRefreshSpent && !pair.isRevoked && !pair.grant.isRevoked;
  }

  rotate(pair: TokenPair): TokenPair {
    pair.isRefreshSpent = true;
    return this.#issuePair(pair.grant);
  }

  findByAccess(accessToken: string): TokenPair | null {
    return this.#byAccess.get(accessToken) ?? null;
  }

  isAccessUsable(pair: TokenPair): boolean {
    const isExpired = pair.expiresAt !== null && this.#clock.now() >= pair.expiresAt;
    return !isExpired && !pair.isRevoked && !pair.grant.isRevoked;
  }

  issuePersonalToken(accountId: string, scopes: Scope[]): string {
    const grant: Grant = { accountId, scopes, kind: 'personal', isRevoked: false };
    return this.#keep({ ...this.#newPair(grant), refreshToken: null, expiresAt: null }).accessToken;
  }

  /** All accounts when none is named. Answers how many tokens it ended. */
  expireAccessTokens(accountId: string | null): number {
    const now = this.#clock.now();
    const pairs = this.#pairsOf(accountId).filter((pair) => this.isAccessUsable(pair));
    for (const pair of pairs) pair.expiresAt = now;
    return pairs.length;
  }

  revokeGrants(accountId: string | null): number {
    const grants = new Set(this.#pairsOf(accountId).map((pair) => pair.grant));
    const live = [...grants].filter((grant) => !grant.isRevoked);
    for (const grant of live) grant.isRevoked = true;
    return live.length;
  }

  clear(): void {
    for (const table of [this.#codes, this.#byAccess, this.#byRefresh]) table.clear();
  }

  #pairsOf(accountId: string | null): TokenPair[] {
    return [...this.#byAccess.values()].filter((pair) => accountId === null || pair.grant.accountId === accountId);
  }

  #issuePair(grant: Grant): TokenPair {
    return this.#keep(this.#newPair(grant));
  }

  #newPair(grant: Grant): TokenPair {
    const createdAt = this.#clock.now();
    return {
      grant,
      accessToken: this.#newAccessToken(grant, createdAt),
      refreshToken: randomBytes(32).toString('hex'),
      createdAt,
      expiresAt: this.#clock.in(accessTokenLifetimeSeconds),
      isRefreshSpent: false,
      isRevoked: false,
    };
  }

  #keep(pair: TokenPair): TokenPair {
    this.#byAccess.set(pair.accessToken, pair);
    if (pair.refreshToken) this.#byRefresh.set(pair.refreshToken, pair);
    return pair;
  }

  /** A JWT, hence long: a column bounded at 255 must fail here too (contract 2.3). */
  #newAccessToken(grant: Grant, createdAt: Date): string {
    const header = { kid: randomBytes(16).toString('hex'), typ: 'JWT', alg: 'HS256' };
    const claims = {
      iss: 'https://sandbox.invalid',
      jti: randomBytes(16).toString('hex'),
      iat: Math.floor(createdAt.getTime() / 1000),
      user_uuid: grant.accountId,
      scope: grant.scopes.join(' '),
    };
    const unsigned = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${unsigned}.${createHmac('sha512', this.#jwtKey).update(unsigned).digest('base64url')}`;
  }
}
