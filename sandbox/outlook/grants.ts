import { randomBytes, randomInt } from 'node:crypto';
import type { SandboxClock } from '../clock.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { Account } from './model.js';
import type { Scope } from './scopes.js';
import type { Settings } from './settings.js';

const codeLifetimeSeconds = 600;
const daySeconds = 86_400;

/** One consent of one account. Every token descends from it, and goes when it goes. */
export interface Grant {
  accountId: string;
  scopes: Scope[];
  nonce: string | null;
  isRevoked: boolean;
}

export interface AuthorizationCode {
  grant: Grant;
  redirectUri: string;
  challenge: AuthorizationRequest['challenge'];
  expiresAt: Date;
  isUsed: boolean;
}

export interface RefreshToken {
  value: string;
  grant: Grant;
  /** Its ninety days count from here (contract 3). */
  lastUsedAt: Date;
}

export interface AccessToken {
  value: string;
  grant: Grant;
  scopes: readonly Scope[];
  expiresAt: Date;
  isRevoked: boolean;
}

/**
 * Codes and tokens in circulation.
 *
 * Every refresh hands out a new refresh token and leaves the old one alive (contract 3). Each dies of ninety days without
 * use, or with its grant.
 */
export class Grants {
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();
  /** What each account said yes to before: such a request needs no page again. */
  readonly #consented = new Map<string, Set<Scope>>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
  ) {}

  issueCode(account: Account, request: AuthorizationRequest): string {
    const consented = this.#consented.get(account.id) ?? new Set<Scope>();
    for (const scope of request.scopes) consented.add(scope);
    this.#consented.set(account.id, consented);
    const code = `1.${randomBytes(400).toString('base64url')}`;
    const { scopes, nonce, redirectUri, challenge } = request;
    const grant: Grant = { accountId: account.id, scopes, nonce, isRevoked: false };
    this.#codes.set(code, {
      grant,
      redirectUri,
      challenge,
      expiresAt: this.clock.in(codeLifetimeSeconds),
      isUsed: false,
    });
    return code;
  }

  hasConsented(account: Account, scopes: readonly Scope[]): boolean {
    const consented = this.#consented.get(account.id);
    return consented !== undefined && scopes.every((scope) => consented.has(scope));
  }

  findCode(code: string): AuthorizationCode | null {
    return this.#codes.get(code) ?? null;
  }

  findRefresh(value: string): RefreshToken | null {
    return this.#refresh.get(value) ?? null;
  }

  findAccess(value: string): AccessToken | null {
    return this.#access.get(value) ?? null;
  }

  isExpired({ expiresAt }: { expiresAt: Date }): boolean {
    return this.clock.now() >= expiresAt;
  }

  isInactive({ lastUsedAt }: RefreshToken): boolean {
    return this.clock.in(-this.settings.refresh_token_days * daySeconds) >= lastUsedAt;
  }

  use(token: RefreshToken): void {
    token.lastUsedAt = this.clock.now();
  }

  issueAccess(grant: Grant, scopes: readonly Scope[]): { token: AccessToken; expiresIn: number } {
    const expiresIn = this.settings.access_token_seconds ?? randomInt(3600, 5400);
    // Opaque to everybody but Graph, and long: a column bounded at 255, or at 2000, must fail here too (contract 3).
    const value = `eyJ0eXAiOiJKV1QifQ.${randomBytes(1800).toString('base64url')}.${randomBytes(256).toString('base64url')}`;
    const token = { value, grant, scopes, expiresAt: this.clock.in(expiresIn), isRevoked: false };
    this.#access.set(value, token);
    return { token, expiresIn };
  }

  issueRefresh(grant: Grant): RefreshToken {
    const token = { value: `0.AX${randomBytes(900).toString('base64url')}`, grant, lastUsedAt: this.clock.now() };
    this.#refresh.set(token.value, token);
    return token;
  }

  /** All accounts when none is named. Answers how many tokens it ended. */
  expireAccessTokens(accountId: string | null): number {
    const live = [...this.#access.values()].filter((token) => isOf(token.grant, accountId) && !this.isExpired(token));
    for (const token of live) token.expiresAt = this.clock.now();
    return live.length;
  }

  /** Ends refresh tokens, and on demand the access tokens too, which at Microsoft's may outlive them by an hour. */
  revoke(accountId: string | null, withAccessTokens: boolean): number {
    const holders = [...this.#refresh.values(), ...this.#access.values(), ...this.#codes.values()];
    const grants = new Set(holders.map(({ grant }) => grant).filter((grant) => isOf(grant, accountId)));
    const live = [...grants].filter(({ isRevoked }) => !isRevoked);
    for (const grant of live) grant.isRevoked = true;
    for (const token of this.#access.values()) {
      if (withAccessTokens && isOf(token.grant, accountId)) token.isRevoked = true;
    }
    for (const id of this.#consented.keys()) if (accountId === null || id === accountId) this.#consented.delete(id);
    return live.length;
  }

  clear(): void {
    for (const table of [this.#codes, this.#access, this.#refresh, this.#consented]) table.clear();
  }
}

function isOf(grant: Grant, accountId: string | null): boolean {
  return accountId === null || grant.accountId === accountId;
}
