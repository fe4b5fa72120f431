import type { SandboxClock } from '../clock.js';
import { randomText } from './ids.js';
import { isIdentityScope, type Scope } from './scopes.js';
import type { Settings } from './settings.js';

/** The longest there may be (contract 3): a column made for less is found out here. */
const codeLength = 256;
const accessTokenLength = 2048;
const refreshTokenLength = 512;

const codeLifetimeSeconds = 600;
const mostRefreshTokens = 100;
const idleDays = 180;
const testingDays = 7;
const dayMs = 86_400_000;

export interface CodeGrant {
  email: string;
  scopes: Scope[];
  redirectUri: string;
  challenge: { value: string; isHashed: boolean } | null;
  /** Offline access was asked for and consent was given just now (contract 2). */
  earnsRefreshToken: boolean;
  /** The user granted access for so long only. */
  accessSeconds: number | null;
}

interface AuthorizationCode extends CodeGrant {
  expiresAt: Date;
  isUsed: boolean;
}

export interface RefreshToken {
  token: string;
  email: string;
  scopes: Scope[];
  issuedAt: Date;
  lastUsedAt: Date;
  /** When access that was granted for a time ends. */
  expiresAt: Date | null;
  isRevoked: boolean;
}

export interface AccessToken {
  token: string;
  email: string;
  scopes: Scope[];
  expiresAt: Date;
  isRevoked: boolean;
}

/**
 * Consents, and the codes and tokens that come from them.
 *
 * A refresh token is given once for each consent and works again and again, until it is revoked, has been idle for six
 * months, is the oldest of more than a hundred, outlives seven days of a project in testing, or its time is over
 * (contract 3). Revoking any token takes back everything the account ever granted.
 */
export class Grants {
  readonly #consents = new Map<string, Set<Scope>>();
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #accessTokens = new Map<string, AccessToken>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
  ) {}

  consentedBy(email: string): Scope[] {
    return [...(this.#consents.get(email) ?? [])];
  }

  consent(email: string, scopes: readonly Scope[]): void {
    this.#consents.set(email, new Set([...this.consentedBy(email), ...scopes]));
  }

  issueCode(grant: CodeGrant): string {
    const code = `4/0A${randomText(codeLength - 4)}`;
    this.#codes.set(code, { ...grant, expiresAt: this.clock.in(codeLifetimeSeconds), isUsed: false });
    return code;
  }

  findCode(code: string): AuthorizationCode | null {
    return this.#codes.get(code) ?? null;
  }

  isCodeUsable(code: AuthorizationCode): boolean {
    return !code.isUsed && this.clock.now() < code.expiresAt;
  }

  redeem(code: AuthorizationCode): { access: AccessToken; refresh: RefreshToken | null } {
    code.isUsed = true;
    return { access: this.issueAccess(code.email, code.scopes), refresh: this.#issueRefresh(code) };
  }

  issueAccess(email: string, scopes: Scope[]): AccessToken {
    const access: AccessToken = {
      token: `ya29.${randomText(accessTokenLength - 5)}`,
      email,
      scopes,
      expiresAt: this.clock.in(this.settings.access_token_seconds + 1),
      isRevoked: false,
    };
    this.#accessTokens.set(access.token, access);
    return access;
  }

  findRefresh(token: string): RefreshToken | null {
    return this.#refreshTokens.get(token) ?? null;
  }

  /** When it dies for reasons of its own: the end of limited access, or of testing. */
  endOf(refresh: RefreshToken): Date | null {
    const isTesting = this.settings.publishing_status === 'testing' && !refresh.scopes.every(isIdentityScope);
    const testingEnd = isTesting ? new Date(refresh.issuedAt.getTime() + testingDays * dayMs) : null;
    const ends = [refresh.expiresAt, testingEnd].filter((end) => end !== null);
    return ends.length > 0 ? new Date(Math.min(...ends.map((end) => end.getTime()))) : null;
  }

  isRefreshUsable(refresh: RefreshToken): boolean {
    const now = this.clock.now();
    const end = this.endOf(refresh);
    const isIdle = now.getTime() - refresh.lastUsedAt.getTime() > idleDays * dayMs;
    return !refresh.isRevoked && !isIdle && (end === null || now < end);
  }

  findAccess(token: string): AccessToken | null {
    return this.#accessTokens.get(token) ?? null;
  }

  isAccessUsable(access: AccessToken): boolean {
    return !access.isRevoked && this.clock.now() < access.expiresAt;
  }

  findOwner(token: string): string | null {
    const found = this.#refreshTokens.get(token) ?? this.#accessTokens.get(token);
    return found && !found.isRevoked ? found.email : null;
  }

  /** All accounts when none is named. Answers how many tokens it ended. */
  expireAccessTokens(email: string | null): number {
    const now = this.clock.now();
    const live = [...this.#accessTokens.values()].filter(
      (access) => (email ?? access.email) === access.email && this.isAccessUsable(access),
    );
    for (const access of live) access.expiresAt = now;
    return live.length;
  }

  /** Everything the account granted to the project, whichever token or client it went to. */
  revoke(email: string): number {
    this.#consents.delete(email);
    for (const access of this.#accessTokens.values()) if (access.email === email) access.isRevoked = true;
    const live = [...this.#refreshTokens.values()].filter((refresh) => refresh.email === email && !refresh.isRevoked);
    for (const refresh of live) refresh.isRevoked = true;
    return live.length;
  }

  clear(): void {
    for (const table of [this.#consents, this.#codes, this.#refreshTokens, this.#accessTokens]) table.clear();
  }

  #issueRefresh(code: AuthorizationCode): RefreshToken | null {
    if (!code.earnsRefreshToken) return null;
    const now = this.clock.now();
    const refresh: RefreshToken = {
      token: `1//0${randomText(refreshTokenLength - 4)}`,
      email: code.email,
      scopes: code.scopes,
      issuedAt: now,
      lastUsedAt: now,
      expiresAt: code.accessSeconds === null ? null : this.clock.in(code.accessSeconds),
      isRevoked: false,
    };
    this.#refreshTokens.set(refresh.token, refresh);
    this.#endOldest(code.email);
    return refresh;
  }

  /** Without a word to anyone (contract 3). */
  #endOldest(email: string): void {
    const live = [...this.#refreshTokens.values()].filter((refresh) => refresh.email === email && !refresh.isRevoked);
    for (const refresh of live.slice(0, -mostRefreshTokens)) refresh.isRevoked = true;
  }
}
