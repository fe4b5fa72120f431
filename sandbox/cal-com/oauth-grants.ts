import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import type { Jwt } from './jwt.js';
import type { Scope, User } from './model.js';

const codeLifetimeSeconds = 600;
export const oauthAccessLifetimeSeconds = 1800;

/** One consent of one person. Every token descends from it, and goes when it goes. */
export interface Grant {
  userId: number;
  scopes: Scope[];
  isRevoked: boolean;
}

export interface AuthorizationCode {
  grant: Grant;
  redirectUri: string;
  challenge: string | null;
  expiresAt: Date;
  isUsed: boolean;
}

export interface OAuthPair {
  grant: Grant;
  accessToken: string;
  refreshToken: string;
  expiresAt: Date;
  isRefreshSpent: boolean;
  isRefreshExpired: boolean;
}

/** Codes and tokens of the OAuth 2.0 client (contract 9): half an hour for access, a new refresh token with each answer. */
export class OAuthGrants {
  readonly #clock: SandboxClock;
  readonly #jwt: Jwt;
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #byAccess = new Map<string, OAuthPair>();
  readonly #byRefresh = new Map<string, OAuthPair>();

  constructor(clock: SandboxClock, jwt: Jwt) {
    this.#clock = clock;
    this.#jwt = jwt;
  }

  issueCode(user: User, scopes: Scope[], redirectUri: string, challenge: string | null): string {
    const code = randomBytes(32).toString('hex');
    const grant: Grant = { userId: user.id, scopes, isRevoked: false };
    const expiresAt = this.#clock.in(codeLifetimeSeconds);
    this.#codes.set(code, { grant, redirectUri, challenge, expiresAt, isUsed: false });
    return code;
  }

  findUsableCode(code: string): AuthorizationCode | null {
    const found = this.#codes.get(code);
    return found && !found.isUsed && !found.grant.isRevoked && this.#clock.now() < found.expiresAt ? found : null;
  }

  redeem(code: AuthorizationCode): OAuthPair {
    code.isUsed = true;
    return this.issue(code.grant);
  }

  findByRefresh(token: string): OAuthPair | null {
    return this.#byRefresh.get(token) ?? null;
  }

  findUsableAccess(token: string): OAuthPair | null {
    const pair = this.#byAccess.get(token);
    return pair && !pair.grant.isRevoked && this.#clock.now() < pair.expiresAt ? pair : null;
  }

  issue(grant: Grant): OAuthPair {
    const type = (name: string) => ({ userId: grant.userId, scope: grant.scopes, token_type: name });
    const iat = Math.floor(this.#clock.now().getTime() / 1000);
    const pair: OAuthPair = {
      grant,
      accessToken: this.#jwt.sign({ ...type('Access Token'), iat, exp: iat + oauthAccessLifetimeSeconds }),
      refreshToken: this.#jwt.sign({ ...type('Refresh Token'), iat }),
      expiresAt: this.#clock.in(oauthAccessLifetimeSeconds),
      isRefreshSpent: false,
      isRefreshExpired: false,
    };
    this.#byAccess.set(pair.accessToken, pair);
    this.#byRefresh.set(pair.refreshToken, pair);
    return pair;
  }

  expireAccess(userId: number | null): number {
    const pairs = this.#pairsOf(userId).filter((pair) => this.#clock.now() < pair.expiresAt);
    for (const pair of pairs) pair.expiresAt = this.#clock.now();
    return pairs.length;
  }

  expireRefresh(userId: number | null): number {
    const pairs = this.#pairsOf(userId).filter((pair) => !pair.isRefreshSpent && !pair.isRefreshExpired);
    for (const pair of pairs) pair.isRefreshExpired = true;
    return pairs.length;
  }

  revoke(userId: number | null): number {
    const grants = new Set(this.#pairsOf(userId).map((pair) => pair.grant));
    const live = [...grants].filter((grant) => !grant.isRevoked);
    for (const grant of live) grant.isRevoked = true;
    return live.length;
  }

  clear(): void {
    for (const table of [this.#codes, this.#byAccess, this.#byRefresh]) table.clear();
  }

  #pairsOf(userId: number | null): OAuthPair[] {
    return [...this.#byAccess.values()].filter((pair) => userId === null || pair.grant.userId === userId);
  }
}
