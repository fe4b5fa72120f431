import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../accounts/index.js';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { sealBroken } from '../platform/crypto/crypto.problems.js';
import { IntegrationStatusBook } from './integration-status.js';
import type { IntegrationStatus } from './integration.row.js';
import { type FarewellPayload, ProviderFarewell } from './provider-farewell.js';
import type { GrantOwner, TokenGrant } from './provider.js';
import { tokenPlace } from './token-place.js';
import { Turnstile } from './turnstile.js';

/** Longer than the ten seconds a token call may take; shorter than the fifteen a caller waits for somebody else's. */
const LEASE_SECONDS = 12;

/** A refresh that has not reported for this long never will: its process is gone, not paused. */
const SUSPECT_SECONDS = 60;

/** A token with less than this left is not handed out any more. */
const LAST_SECONDS = 10;

/** Of the database pool: less than half of it. */
const CONNECTIONS = 8;

export interface TokenState {
  readonly provider: string;
  readonly status: IntegrationStatus;
  readonly tokenVersion: number;
  readonly options: Record<string, unknown>;
  /** Null when it has no more than seconds to live, or cannot be read. */
  readonly accessToken: string | null;
  /** False when what is stored was altered or moved: trying again cannot help. */
  readonly isReadable: boolean;
  /** More than a fifth of its life, or more than five minutes, lies ahead. */
  readonly isFresh: boolean;
  readonly isLeased: boolean;
  /** Set while no refresh may be tried. */
  readonly notBefore: Date | null;
  /** Set while the provider wants no calls for this account. */
  readonly callsNotBefore: Date | null;
}

/** The right to refresh one version of the tokens, until the database's clock says otherwise. */
export interface Lease {
  readonly integrationId: string;
  readonly provider: string;
  readonly owner: GrantOwner;
  readonly tokenVersion: number;
  readonly seq: string;
  readonly attemptId: string;
  readonly refreshToken: string;
}

/** How a grant that the provider has just given was received. */
export type Keeping = 'stored' | 'superseded' | 'disconnected';

/** What a refused refresh token means. */
export type Verdict = { kind: 'superseded' } | { kind: 'suspect'; until: Date } | { kind: 'condemned' };

export type TakenTokens = Pick<FarewellPayload, 'tokenVersion' | 'accessToken' | 'refreshToken' | 'accessExpiresAt'>;

interface SealedTokens {
  token_version: number;
  access_token: string | null;
  refresh_token: string | null;
}

interface LeasedRow extends SealedTokens {
  provider: string;
  account_id: string;
  options: Record<string, unknown>;
  seq: string;
}

interface TokenRow extends SealedTokens {
  provider: string;
  status: IntegrationStatus;
  options: Record<string, unknown>;
  is_alive: boolean;
  is_fresh: boolean;
  is_leased: boolean;
  not_before: Date | null;
  calls_not_before: Date | null;
}

/**
 * The token columns of `integrations`, and nothing else: short transactions on the database's clock, none of which
 * waits for a provider. Every write names the version it was made from, so that a late writer changes nothing.
 */
@Injectable()
export class TokenStore {
  /** Which process holds a lease, for whoever looks into the table. */
  private readonly owner = newId();
  private readonly turnstile = new Turnstile(CONNECTIONS);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly cipher: FieldCipher,
    private readonly statusBook: IntegrationStatusBook,
    private readonly farewell: ProviderFarewell,
    private readonly audit: AuditTrail,
  ) {}

  /** Null when there is no such live connection. */
  async find(scope: TenantScope, integrationId: string): Promise<TokenState | null> {
    return await this.run(scope, false, async (tx) => {
      const [row] = await tx.query<TokenRow>(
        `SELECT provider, status, token_version, options, access_token, refresh_token,
           expires_at IS NULL OR expires_at > clock_timestamp() + make_interval(secs => ${LAST_SECONDS}) AS is_alive,
           expires_at IS NULL OR expires_at - clock_timestamp()
             > least(interval '5 minutes', (expires_at - coalesce(issued_at, updated_at)) * 0.2) AS is_fresh,
           coalesce(lease_until > clock_timestamp(), false) AS is_leased,
           CASE WHEN refresh_not_before > clock_timestamp() THEN refresh_not_before END AS not_before,
           CASE WHEN calls_not_before > clock_timestamp() THEN calls_not_before END AS calls_not_before
         FROM integrations WHERE id = $1 AND organization_id = $2 AND is_active`,
        [integrationId, scope.organizationId],
      );
      if (!row) return null;
      const isOffered = row.status !== 'needs_reauth' && row.access_token !== null && row.is_alive;
      const accessToken = isOffered ? await this.openOrNull(tx, integrationId, 'access_token', row) : null;
      return {
        provider: row.provider,
        status: row.status,
        tokenVersion: row.token_version,
        options: row.options,
        accessToken,
        isReadable: !isOffered || accessToken !== null,
        isFresh: row.is_fresh && accessToken !== null,
        isLeased: row.is_leased,
        notBefore: row.not_before,
        callsNotBefore: row.calls_not_before,
      };
    });
  }

  /**
   * Takes the lease and notes the attempt, in one commit, before anybody is called. Null when somebody else was faster
   * or the version has moved; a word when the refresh token is missing or cannot be read.
   */
  async takeLease(
    scope: TenantScope,
    integrationId: string,
    tokenVersion: number,
  ): Promise<Lease | 'missing' | 'unreadable' | null> {
    return await this.run(scope, true, async (tx) => {
      const [row] = await tx.query<LeasedRow>(
        `UPDATE integrations SET lease_owner = $4, lease_seq = lease_seq + 1,
           lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
         WHERE id = $1 AND organization_id = $2 AND token_version = $3 AND is_active AND status <> 'needs_reauth'
           AND (lease_until IS NULL OR lease_until <= clock_timestamp())
           AND (refresh_not_before IS NULL OR refresh_not_before <= clock_timestamp())
         RETURNING provider, account_id, options, lease_seq AS seq, token_version, access_token, refresh_token`,
        [integrationId, scope.organizationId, tokenVersion, this.owner],
      );
      if (!row) return null;
      if (row.refresh_token === null) return 'missing';
      const refreshToken = await this.openOrNull(tx, integrationId, 'refresh_token', row);
      if (refreshToken === null) return 'unreadable';
      const attemptId = newId();
      await tx.execute(
        `INSERT INTO token_refresh_attempts (id, organization_id, integration_id, token_version) VALUES ($1, $2, $3, $4)`,
        [attemptId, scope.organizationId, integrationId, tokenVersion],
      );
      const owner = { accountId: row.account_id, options: row.options };
      return { integrationId, provider: row.provider, owner, tokenVersion, seq: row.seq, attemptId, refreshToken };
    });
  }

  /**
   * Stores a new pair before anybody uses it, unless a newer one is there already. It also heals a connection that was
   * given up meanwhile: the answer was only late.
   */
  async keep(scope: TenantScope, lease: Lease, grant: TokenGrant): Promise<Keeping> {
    return await this.run(scope, true, async (tx) => {
      const { integrationId, tokenVersion } = lease;
      const version = tokenVersion + 1;
      // A provider that does not rotate sends no refresh token: the one we have stays good.
      const refreshToken = grant.refreshToken ?? lease.refreshToken;
      const cipher = await this.cipher.forOrganization(tx);
      const { count } = await tx.execute(
        `UPDATE integrations SET access_token = $4, refresh_token = $5, token_version = $6,
           issued_at = clock_timestamp(), expires_at = clock_timestamp() + make_interval(secs => $7),
           scope = coalesce($8, scope), options = options || $9::jsonb,
           lease_owner = NULL, lease_until = NULL, refresh_not_before = NULL, updated_at = now()
         WHERE id = $1 AND organization_id = $2 AND token_version = $3 AND is_active`,
        [
          integrationId,
          scope.organizationId,
          tokenVersion,
          cipher.seal(tokenPlace(integrationId, 'access_token', version), grant.accessToken),
          cipher.seal(tokenPlace(integrationId, 'refresh_token', version), refreshToken),
          version,
          grant.expiresInSeconds,
          grant.scope,
          JSON.stringify(grant.options),
        ],
      );
      if (count === 1) {
        await this.report(tx, lease, 'stored');
        await this.statusBook.change(tx, integrationId, 'connected', null, isHealedByTokens);
        return 'stored';
      }
      const keeping = (await this.isLive(tx, integrationId)) ? 'superseded' : 'disconnected';
      await this.report(tx, lease, keeping);
      if (keeping === 'disconnected') await this.promiseFarewell(tx, lease, grant);
      return keeping;
    });
  }

  /** The provider says the refresh token is no good. Decides whether that is news, doubt, or the end. */
  async judgeRefusal(scope: TenantScope, lease: Lease, testingGrantDays: number | null): Promise<Verdict> {
    return await this.run(scope, true, async (tx) => {
      const { integrationId, tokenVersion, seq, attemptId } = lease;
      await this.report(tx, lease, 'invalid_grant');
      const { count } = await tx.execute(
        `UPDATE integrations SET lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND organization_id = $2 AND token_version = $3 AND lease_seq = $4 AND is_active`,
        [integrationId, scope.organizationId, tokenVersion, seq],
      );
      // Somebody stored a newer pair, or took over after our lease: the last word is theirs.
      if (count === 0) return { kind: 'superseded' };

      const [others] = await tx.query<{ is_answer_lost: boolean | null; suspect_until: Date | null }>(
        `SELECT bool_or(outcome IS NULL OR outcome = 'unanswered') AS is_answer_lost,
           max(started_at) FILTER (WHERE outcome IS NULL) + make_interval(secs => ${SUSPECT_SECONDS}) AS suspect_until
         FROM token_refresh_attempts
         WHERE integration_id = $1 AND organization_id = $2 AND token_version = $3 AND id <> $4`,
        [integrationId, scope.organizationId, tokenVersion, attemptId],
      );
      const until = others?.suspect_until;
      if (until) {
        const { count: postponed } = await tx.execute(
          `UPDATE integrations SET refresh_not_before = $3
           WHERE id = $1 AND organization_id = $2 AND $3 > clock_timestamp()`,
          [integrationId, scope.organizationId, until],
        );
        // Its owner may only be paused, with the good answer in hand.
        if (postponed === 1) return { kind: 'suspect', until };
      }
      const isTested = testingGrantDays !== null && (await this.hasAge(tx, integrationId, testingGrantDays));
      const reason = isTested ? 'testing_grant_expired' : 'revoked';
      await this.condemn(tx, integrationId, others?.is_answer_lost ? 'rotation_response_lost' : reason);
      return { kind: 'condemned' };
    });
  }

  /** The provider wants no calls for this account before the wait is over, from no instance and for no purpose. */
  async limitCalls(scope: TenantScope, integrationId: string, waitSeconds: number): Promise<void> {
    await this.run(scope, false, (tx) =>
      tx.execute(
        `UPDATE integrations
         SET calls_not_before = greatest(calls_not_before, clock_timestamp() + make_interval(secs => $3))
         WHERE id = $1 AND organization_id = $2`,
        [integrationId, scope.organizationId, waitSeconds],
      ),
    );
  }

  /** Gives the lease back without an answer; nobody tries again before the wait is over. */
  async postpone(scope: TenantScope, lease: Lease, waitSeconds: number, hadAnswer: boolean): Promise<void> {
    await this.run(scope, true, async (tx) => {
      await this.report(tx, lease, hadAnswer ? 'refused' : 'unanswered');
      await tx.execute(
        `UPDATE integrations SET lease_owner = NULL, lease_until = NULL,
           refresh_not_before = clock_timestamp() + make_interval(secs => $5)
         WHERE id = $1 AND organization_id = $2 AND token_version = $3 AND lease_seq = $4`,
        [lease.integrationId, scope.organizationId, lease.tokenVersion, lease.seq, waitSeconds],
      );
    });
  }

  /** Ends a connection whose tokens are of no use, and says why. */
  async giveUp(scope: TenantScope, integrationId: string, tokenVersion: number, reason: string): Promise<void> {
    await this.run(scope, true, async (tx) => {
      const { count } = await tx.execute(
        `UPDATE integrations SET lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND organization_id = $2 AND token_version = $3 AND is_active`,
        [integrationId, scope.organizationId, tokenVersion],
      );
      if (count === 1) await this.condemn(tx, integrationId, reason);
    });
  }

  /**
   * Takes the tokens out of the row for good and answers them, for the farewell alone. The version moves on, so that a
   * refresh under way finds nothing to write to.
   */
  async takeAway(tx: Transaction, integrationId: string): Promise<TakenTokens> {
    const [row] = await tx.query<SealedTokens & { expires_at: Date | null }>(
      `SELECT token_version, access_token, refresh_token, expires_at FROM integrations
       WHERE id = $1 AND organization_id = $2 FOR NO KEY UPDATE`,
      [integrationId, tx.organizationId],
    );
    if (!row) throw new Error('There is no such integration to take tokens from');
    await tx.execute(
      `UPDATE integrations SET access_token = NULL, refresh_token = NULL, expires_at = NULL, issued_at = NULL,
         token_version = token_version + 1, lease_owner = NULL, lease_until = NULL, refresh_not_before = NULL
       WHERE id = $1 AND organization_id = $2`,
      [integrationId, tx.organizationId],
    );
    return {
      tokenVersion: row.token_version,
      accessToken: await this.openOrNull(tx, integrationId, 'access_token', row),
      refreshToken: await this.openOrNull(tx, integrationId, 'refresh_token', row),
      accessExpiresAt: row.expires_at?.toISOString() ?? null,
    };
  }

  private run<T>(scope: TenantScope, isUrgent: boolean, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.turnstile.pass(() => this.uow.inOrganization(scope, work), isUrgent);
  }

  private async condemn(tx: Transaction, integrationId: string, reason: string): Promise<void> {
    const isNews = await this.statusBook.change(
      tx,
      integrationId,
      'needs_reauth',
      reason,
      ({ status }) => status !== 'needs_reauth',
    );
    if (!isNews) return;
    await this.audit.record(tx, {
      actor: { type: 'system' },
      action: 'integration.access_ended',
      object: { type: 'integration', id: integrationId },
      outcome: 'failure',
      details: { reason },
    });
  }

  /** Whether the owner's consent is so many days old, give or take half a day. */
  private async hasAge(tx: Transaction, integrationId: string, days: number): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM integrations WHERE id = $1 AND organization_id = $2
         AND clock_timestamp() - consented_at BETWEEN make_interval(hours => $3) AND make_interval(hours => $4)`,
      [integrationId, tx.organizationId, days * 24 - 12, days * 24 + 12],
    );
    return rows.length === 1;
  }

  private async report(tx: Transaction, { attemptId }: Lease, outcome: string): Promise<void> {
    await tx.execute(
      `UPDATE token_refresh_attempts SET finished_at = clock_timestamp(), outcome = $3
       WHERE id = $1 AND organization_id = $2`,
      [attemptId, tx.organizationId, outcome],
    );
  }

  private async isLive(tx: Transaction, integrationId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM integrations WHERE id = $1 AND organization_id = $2 AND is_active', [
      integrationId,
      tx.organizationId,
    ]);
    return rows.length === 1;
  }

  /** The account was disconnected while its refresh was under way: the pair nobody will use is ended as well. */
  private async promiseFarewell(tx: Transaction, lease: Lease, grant: TokenGrant): Promise<void> {
    const [row] = await tx.query<{ account_id: string; options: Record<string, unknown>; now: Date }>(
      `SELECT account_id, options, now() FROM integrations WHERE id = $1 AND organization_id = $2`,
      [lease.integrationId, tx.organizationId],
    );
    if (!row) return;
    await this.farewell.promise(tx, {
      integrationId: lease.integrationId,
      provider: lease.provider,
      accountId: row.account_id,
      options: row.options,
      // Not the version that the disconnection itself took leave of: this is another pair.
      tokenVersion: lease.tokenVersion + 1,
      accessToken: grant.accessToken,
      refreshToken: grant.refreshToken,
      accessExpiresAt: new Date(row.now.getTime() + grant.expiresInSeconds * 1_000).toISOString(),
      disconnectedAt: row.now.toISOString(),
    });
  }

  /** Null when there is no token, or when it was altered or moved. */
  private async openOrNull(
    tx: Transaction,
    integrationId: string,
    column: 'access_token' | 'refresh_token',
    row: SealedTokens,
  ): Promise<string | null> {
    const sealed = row[column];
    if (sealed === null) return null;
    try {
      return await this.cipher.open(tx, tokenPlace(integrationId, column, row.token_version), sealed);
    } catch (error) {
      if (error instanceof Problem && error.is(sealBroken)) return null;
      throw error;
    }
  }
}

/** What only new tokens can mend. Other errors are for the next reading to take back. */
function isHealedByTokens({
  status,
  status_reason,
}: {
  status: IntegrationStatus;
  status_reason: string | null;
}): boolean {
  return (
    status === 'needs_reauth' || (status === 'error' && ['misconfigured', 'withdrawn'].includes(status_reason ?? ''))
  );
}
