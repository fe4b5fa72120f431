import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { IntegrationStatusBook } from './integration-status.js';
import { ProviderError, type ProviderFailure, toProviderError } from './provider-error.js';
import { ProviderRegistry } from './provider.registry.js';
import type { ProviderAccess, TokenGrant } from './provider.js';
import { checkTokenGrant } from './token-grant.js';
import { type Lease, type TokenState, TokenStore } from './token-store.js';

/** How long a caller waits for a refresh that somebody else is making. */
const PATIENCE_MS = 15_000;
const DRAIN_MS = 15_000;

const RETRY_SECONDS = 30;
const MISCONFIGURED_SECONDS = 60;

/** The answer to a refresh exists once in the world: the database may be restarting, so storing it is tried for a while. */
const KEEP_RETRY_MS = [100, 300, 1_000, 2_000, 4_000];

/**
 * Hands out access tokens, and is the only one to renew them. Refresh tokens are used once: two refreshes of the same
 * token, or one whose answer is lost, would end the connection. So a connection is in one of these states:
 *
 * - *fresh*: the stored access token is handed out;
 * - *stale*: one process takes the lease with one UPDATE, journals its attempt, calls the provider with no transaction
 *   open, and stores the answer before anybody uses it; everybody else looks again every few milliseconds;
 * - *waiting*: a refresh brought no answer, or a limit. The token is kept and tried again later: neither a timeout nor
 *   an error of the provider ends a connection;
 * - *suspect*: the provider refused the refresh token while another attempt has not reported. Its process may be paused
 *   with the good answer, so the verdict waits until it would have reported;
 * - *needs_reauth*: refused for good. Said once, and no call leaves any more until its owner connects again; only the
 *   late answer of a paused process can still take it back.
 */
@Injectable()
export class TokenVault implements OnModuleDestroy {
  private readonly obtaining = new Map<string, Promise<ProviderAccess>>();
  private readonly refreshing = new Set<Promise<unknown>>();
  private isStopping = false;

  constructor(
    private readonly store: TokenStore,
    private readonly registry: ProviderRegistry,
    private readonly statusBook: IntegrationStatusBook,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  /** Refreshes are the last thing to be given up: an answer that is on its way is still stored. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    const patience = new AbortController();
    await Promise.race([
      Promise.allSettled(this.refreshing),
      sleep(DRAIN_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }

  /**
   * Runs `use` with a working access token. When the provider does not accept a token that looked good, it is renewed
   * once and `use` runs again. Throws `ProviderError`: `reauthorize` when the connection has ended, `temporary` or
   * `rate-limited` when it only cannot be used now.
   */
  async withAccess<T>(
    scope: TenantScope,
    integrationId: string,
    use: (access: ProviderAccess) => Promise<T>,
  ): Promise<T> {
    const access = await this.access(scope, integrationId, null);
    try {
      return await use(access);
    } catch (error) {
      if (!isUnauthorized(error)) throw await this.heed(scope, integrationId, error);
    }
    const renewed = await this.access(scope, integrationId, access.tokenVersion);
    try {
      return await use(renewed);
    } catch (error) {
      if (isUnauthorized(error)) await this.noteRefused(scope, integrationId);
      throw await this.heed(scope, integrationId, error);
    }
  }

  /** Renews the tokens of a connection that nobody uses, so that its grant does not die of disuse. */
  async renew(scope: TenantScope, integrationId: string): Promise<void> {
    const { tokenVersion } = await this.look(scope, integrationId);
    await this.access(scope, integrationId, tokenVersion);
  }

  /** A limit that one call has met holds for all that follow, of every instance. Answers the error to throw on. */
  private async heed(scope: TenantScope, integrationId: string, error: unknown): Promise<unknown> {
    if (error instanceof ProviderError && error.failure.kind === 'rate-limited') {
      const waitSeconds = (error.failure.retryAt.getTime() - this.clock.now().getTime()) / 1_000;
      await this.store.limitCalls(scope, integrationId, Math.max(waitSeconds, 1));
    }
    return error;
  }

  /** Callers of the same process that want the same share one look and one refresh. */
  private access(scope: TenantScope, integrationId: string, refused: number | null): Promise<ProviderAccess> {
    const key = `${scope.organizationId}:${integrationId}:${refused}`;
    const shared = this.obtaining.get(key);
    if (shared) return shared;
    const obtained = this.obtain(scope, integrationId, refused).finally(() => this.obtaining.delete(key));
    this.obtaining.set(key, obtained);
    return obtained;
  }

  private async obtain(scope: TenantScope, integrationId: string, refused: number | null): Promise<ProviderAccess> {
    const waitUntil = performance.now() + PATIENCE_MS;
    let failure: ProviderError | null = null;
    for (;;) {
      const state = await this.look(scope, integrationId);
      if (state.callsNotBefore) throw new ProviderError({ kind: 'rate-limited', retryAt: state.callsNotBefore });
      const usable = state.tokenVersion === refused ? null : toAccess(scope, integrationId, state);
      if (usable && state.isFresh) return usable;
      if (failure || state.notBefore || this.isStopping || performance.now() > waitUntil) {
        // What is left of the old token still serves while a new one cannot be had.
        if (usable) return usable;
        throw failure ?? new ProviderError({ kind: 'temporary', retryAt: state.notBefore ?? undefined });
      }
      const lease = state.isLeased ? null : await this.lease(scope, integrationId, state);
      if (lease) failure = await this.track(this.refresh(scope, lease));
      else await sleep(20 + Math.random() * 20);
    }
  }

  private async look(scope: TenantScope, integrationId: string): Promise<TokenState> {
    const state = await this.store.find(scope, integrationId);
    if (!state || state.status === 'needs_reauth') throw new ProviderError({ kind: 'reauthorize' });
    if (!state.isReadable) await this.giveUp(scope, integrationId, state, 'tokens_unreadable');
    return state;
  }

  private async lease(scope: TenantScope, integrationId: string, state: TokenState): Promise<Lease | null> {
    const lease = await this.store.takeLease(scope, integrationId, state.tokenVersion);
    if (lease === 'missing') return await this.giveUp(scope, integrationId, state, 'access_expired');
    if (lease === 'unreadable') return await this.giveUp(scope, integrationId, state, 'tokens_unreadable');
    return lease;
  }

  private async giveUp(scope: TenantScope, id: string, { tokenVersion }: TokenState, reason: string): Promise<never> {
    await this.store.giveUp(scope, id, tokenVersion, reason);
    throw new ProviderError({ kind: 'reauthorize' });
  }

  /** One call to the token endpoint. Answers why there is no new token, or null when there is one to look at. */
  private async refresh(scope: TenantScope, lease: Lease): Promise<ProviderError | null> {
    let grant: TokenGrant;
    try {
      grant = await this.registry.get(lease.provider).refreshGrant(lease.refreshToken, lease.owner);
      checkTokenGrant(grant);
    } catch (error) {
      return await this.handleRefusal(scope, lease, toProviderError(error));
    }
    const kept = await this.keep(scope, lease, grant);
    this.log.event('tokens.refreshed', { ...fieldsOf(lease), kept });
    return null;
  }

  private async handleRefusal(scope: TenantScope, lease: Lease, error: ProviderError): Promise<ProviderError | null> {
    const { failure } = error;
    this.log.warning('tokens.refresh_refused', { ...fieldsOf(lease), kind: failure.kind });
    if (failure.kind === 'reauthorize') return await this.judge(scope, lease, error);
    await this.store.postpone(scope, lease, waitSecondsOf(failure), hadAnswer(failure));
    if (failure.kind === 'misconfigured' || failure.kind === 'withdrawn') {
      await this.note(scope, lease.integrationId, failure.kind);
    }
    return error;
  }

  private async judge(scope: TenantScope, lease: Lease, error: ProviderError): Promise<ProviderError | null> {
    const verdict = await this.store.judgeRefusal(
      scope,
      lease,
      this.registry.get(lease.provider).oauth.testingGrantDays ?? null,
    );
    this.log.event('tokens.refusal_judged', { ...fieldsOf(lease), verdict: verdict.kind });
    if (verdict.kind === 'superseded') return null;
    return verdict.kind === 'suspect' ? new ProviderError({ kind: 'temporary', retryAt: verdict.until }) : error;
  }

  private async keep(scope: TenantScope, lease: Lease, grant: TokenGrant): Promise<string> {
    for (const delay of KEEP_RETRY_MS) {
      try {
        return await this.store.keep(scope, lease, grant);
      } catch (error) {
        this.log.failure('tokens.keep_failed', error, fieldsOf(lease));
        await sleep(delay);
      }
    }
    return await this.store.keep(scope, lease, grant);
  }

  private async noteRefused(scope: TenantScope, integrationId: string): Promise<void> {
    this.log.warning('tokens.renewed_token_refused', { integration_id: integrationId });
    await this.note(scope, integrationId, 'unauthorized');
  }

  private async note(scope: TenantScope, integrationId: string, reason: string): Promise<void> {
    await this.uow.inOrganization(scope, (tx) =>
      this.statusBook.change(tx, integrationId, 'error', reason, ({ status }) => status !== 'needs_reauth'),
    );
  }

  private async track<T>(work: Promise<T>): Promise<T> {
    this.refreshing.add(work);
    try {
      return await work;
    } finally {
      this.refreshing.delete(work);
    }
  }
}

function toAccess(scope: TenantScope, integrationId: string, state: TokenState): ProviderAccess | null {
  if (state.accessToken === null) return null;
  const { accessToken, tokenVersion, options } = state;
  return { integrationId, organizationId: scope.organizationId, accessToken, tokenVersion, options };
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ProviderError && error.failure.kind === 'unauthorized';
}

function waitSecondsOf(failure: ProviderFailure): number {
  if (failure.kind === 'misconfigured' || failure.kind === 'withdrawn') return MISCONFIGURED_SECONDS;
  if (failure.kind !== 'rate-limited') return RETRY_SECONDS;
  return Math.max(1, (failure.retryAt.getTime() - Date.now()) / 1_000);
}

/** Whether the provider surely did not spend the token. After anything else it may have, without our seeing its answer. */
function hadAnswer({ kind }: ProviderFailure): boolean {
  return !['temporary', 'timeout', 'unauthorized', 'contract', 'unexpected'].includes(kind);
}

function fieldsOf({ integrationId, provider, tokenVersion }: Lease) {
  return { integration_id: integrationId, provider, token_version: tokenVersion };
}
