import type { SandboxClock } from '../clock.js';
import type { Jwt } from './jwt.js';
import type { User } from './model.js';

const minuteMs = 60_000;

export interface PlatformToken {
  token: string;
  userId: number;
  clientId: string;
  expiresAt: Date;
}

export interface PlatformPair {
  access: PlatformToken;
  refresh: PlatformToken;
}

/**
 * The tokens of managed users (contract 5).
 *
 * A pair is issued with the user, by a refresh, or by a force-refresh. A refresh uses its refresh token up and leaves the
 * other access tokens alone; a force-refresh first deletes all that the user has. An access token past its time keeps its
 * row, and so answers 498, until any refresh at the same client purges it: from then on it is unknown, and answers 401.
 */
export class PlatformTokens {
  readonly #clock: SandboxClock;
  readonly #jwt: Jwt;
  readonly #access = new Map<string, PlatformToken>();
  readonly #refresh = new Map<string, PlatformToken>();

  constructor(clock: SandboxClock, jwt: Jwt) {
    this.#clock = clock;
    this.#jwt = jwt;
  }

  issue(user: User): PlatformPair {
    const nowMs = this.#clock.now().getTime();
    const nextYear = new Date(nowMs);
    nextYear.setUTCFullYear(nextYear.getUTCFullYear() + 1);
    nextYear.setUTCHours(0, 0, 0, 0);
    // Sixty minutes rounded down to the minute: 59 to 60 of them.
    const inAnHour = new Date(Math.floor((nowMs + 60 * minuteMs) / minuteMs) * minuteMs);
    return {
      access: this.#keep(this.#access, 'access_token', user, inAnHour),
      refresh: this.#keep(this.#refresh, 'refresh_token', user, nextYear),
    };
  }

  /** Expired ones too, as long as they are kept. */
  findAccess(token: string): PlatformToken | null {
    return this.#access.get(token) ?? null;
  }

  isExpired(token: PlatformToken): boolean {
    return this.#clock.now() >= token.expiresAt;
  }

  /** Uses the refresh token up, and answers whose it was; null when it is unknown, used, expired or another client's. */
  spendRefresh(token: string, clientId: string): number | null {
    const row = this.#refresh.get(token);
    if (!row || row.clientId !== clientId || this.isExpired(row)) return null;
    this.#refresh.delete(token);
    this.#purgeExpired(clientId);
    return row.userId;
  }

  forget(userId: number | null): number {
    let count = 0;
    for (const table of [this.#access, this.#refresh]) {
      const rows = [...table.values()].filter((row) => userId === null || row.userId === userId);
      for (const { token } of rows) table.delete(token);
      count += rows.length;
    }
    return count;
  }

  expireAccess(userId: number | null): number {
    return this.#expire(this.#access, userId);
  }

  expireRefresh(userId: number | null): number {
    return this.#expire(this.#refresh, userId);
  }

  clear(): void {
    this.#access.clear();
    this.#refresh.clear();
  }

  #expire(table: Map<string, PlatformToken>, userId: number | null): number {
    const rows = [...table.values()].filter(
      (row) => (userId === null || row.userId === userId) && !this.isExpired(row),
    );
    for (const row of rows) row.expiresAt = this.#clock.now();
    return rows.length;
  }

  #purgeExpired(clientId: string): void {
    for (const [token, row] of this.#access) {
      if (row.clientId === clientId && this.isExpired(row)) this.#access.delete(token);
    }
  }

  #keep(table: Map<string, PlatformToken>, type: string, user: User, expiresAt: Date): PlatformToken {
    if (user.clientId === null) throw new Error(`user ${user.id} is no managed user`);
    // There is no `exp`: an ordinary look at the JWT never sees that it is over (contract 5).
    const claims = {
      type,
      clientId: user.clientId,
      ownerId: user.id,
      iat: Math.floor(this.#clock.now().getTime() / 1000),
      expiresAt: expiresAt.getTime(),
    };
    const row = { token: this.#jwt.sign(claims), userId: user.id, clientId: user.clientId, expiresAt };
    table.set(row.token, row);
    return row;
  }
}
