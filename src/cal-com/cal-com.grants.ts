import { Injectable } from '@nestjs/common';
import { type CodeExchange, type GrantOwner, ProviderError, type TokenGrant } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { CalComClient } from './cal-com.client.js';
import { CAL_COM_MODES, CalComConfig, type CalComMode } from './cal-com.config.js';
import { CAL_COM } from './cal-com.profile.js';
import type { PlatformKeysWire } from './cal-com.wire.js';
import { ManagedUsersClient } from './managed-users.client.js';

/** Whose tokens are known without asking: the user that was just made. */
export interface ManagedUser {
  readonly id: number;
  readonly email: string;
  readonly name: string;
}

/**
 * The three ways to a grant. Each connection remembers its own, so that one that was made before CAL_MODE changed is
 * renewed in the way it was made.
 */
@Injectable()
export class CalComGrants {
  constructor(
    private readonly config: CalComConfig,
    private readonly client: CalComClient,
    private readonly users: ManagedUsersClient,
    private readonly clock: Clock,
  ) {}

  async exchange(input: CodeExchange): Promise<TokenGrant> {
    return { ...(await this.client.exchangeCode(input)), options: { mode: 'oauth' } };
  }

  async refresh(refreshToken: string, owner?: GrantOwner): Promise<TokenGrant> {
    switch (owner ? modeOf(owner.options) : this.config.mode) {
      case 'platform':
        return this.refreshManaged(refreshToken, owner);
      case 'apikey':
        return this.ofApiKey(refreshToken);
      case 'oauth':
        return { ...(await this.client.refresh(refreshToken)), options: { mode: 'oauth' } };
    }
  }

  /** Of a user that was just made, or found again. */
  ofManagedUser(user: ManagedUser, keys: PlatformKeysWire): TokenGrant {
    const options = { mode: 'platform', cal_user_id: user.id, email: user.email, name: user.name };
    return { ...this.toGrant(keys), options };
  }

  /**
   * A key lives until it is deleted, so that it is its own successor as long as it works. It gets the form of a grant
   * that has to be renewed now and then, which is when a deleted one is noticed.
   */
  async ofApiKey(apiKey: string): Promise<TokenGrant> {
    try {
      await this.client.getMe(apiKey);
    } catch (error) {
      if (isUnauthorized(error)) throw new ProviderError({ kind: 'reauthorize' });
      throw error;
    }
    return {
      accessToken: apiKey,
      refreshToken: apiKey,
      expiresInSeconds: CAL_COM.apiKeyDays * 86_400,
      scope: null,
      tokenType: 'bearer',
      options: { mode: 'apikey' },
    };
  }

  /**
   * A refresh token works once. If it was spent without our seeing the answer, the client may still demand new tokens
   * for its user, which ends those that others may hold: hence only then.
   */
  private async refreshManaged(refreshToken: string, owner?: GrantOwner): Promise<TokenGrant> {
    try {
      return this.toGrant(await this.users.refresh(refreshToken));
    } catch (error) {
      const isSpent = error instanceof ProviderError && error.failure.kind === 'unexpected';
      if (!isSpent) throw error;
      if (owner === undefined) throw new ProviderError({ kind: 'reauthorize' }, { cause: error });
      return this.toGrant(await this.users.forceRefresh(Number(owner.accountId)));
    }
  }

  /** The token itself has no `exp`: the moment beside it is all there is to go by. */
  private toGrant({ accessToken, refreshToken, accessTokenExpiresAt }: PlatformKeysWire): TokenGrant {
    const expiresInSeconds = Math.floor((accessTokenExpiresAt - this.clock.now().getTime()) / 1_000);
    return {
      accessToken,
      refreshToken,
      expiresInSeconds,
      scope: null,
      tokenType: 'bearer',
      options: { mode: 'platform' },
    };
  }
}

/** In which mode a connection was made. */
export function modeOf(options: Readonly<Record<string, unknown>>): CalComMode {
  return CAL_COM_MODES.find((mode) => mode === options['mode']) ?? 'oauth';
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ProviderError && error.failure.kind === 'unauthorized';
}
