import { Injectable } from '@nestjs/common';
import { randomToken, sha256 } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { isUuid } from '../platform/http/id.pipe.js';
import { AccountsConfig } from './accounts.config.js';
import { refreshRaced, refreshTokenInvalid } from './accounts.problems.js';
import { AuditTrail } from './audit-trail.js';
import { BearerTokens } from './bearer-tokens.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { announceEnded } from './session-endings.js';
import type { Session } from './session.js';
import { USER_COLUMNS, type UserRow } from './user.row.js';

/** What a person receives who has just proved who they are. */
export interface SignedIn {
  accessToken: string;
  expiresInSeconds: number;
  refreshToken: string;
  user: UserRow;
}

interface KnownToken {
  organization_id: string;
  session_id: string;
}

type Renewal = { outcome: 'renewed'; signedIn: SignedIn } | { outcome: 'raced' | 'reused' | 'ended' };

/** A session that is renewed again and again still ends then. */
const LONGEST_SESSION_DAYS = 180;

/**
 * Sessions of people who sign in here. A session lives as long as it is renewed: every refresh token is good for one
 * renewal, which spends it and gives the next one.
 *
 * A token that comes back after it was spent means that two parties hold it, and no one can tell which is the thief: the
 * session ends. The one exception needs no guess about time: a request that was already waiting here when another spent
 * the same token has lost a race between two tabs. It is told so (409) and the session goes on with the winner's tokens.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly config: AccountsConfig,
    private readonly work: UnitOfWork,
    private readonly tokens: BearerTokens,
    private readonly audit: AuditTrail,
    private readonly authenticator: SessionAuthenticator,
  ) {}

  async open(tx: Transaction, user: UserRow): Promise<SignedIn> {
    const sessionId = newId();
    await tx.query(
      `INSERT INTO sessions (id, organization_id, user_id, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(days => $4))`,
      [sessionId, tx.organizationId, user.id, this.config.refreshTokenDays],
    );
    return await this.issue(tx, user, sessionId);
  }

  async refresh(refreshToken: string): Promise<SignedIn> {
    const arrivedAt = performance.now();
    const hash = sha256(refreshToken);
    const known = await this.findToken(hash);
    if (known === null) throw new Problem(refreshTokenInvalid);

    const scope = { organizationId: known.organization_id };
    // Refusals are thrown after the commit: the end of a stolen session has to stand.
    const renewal = await this.work.inOrganization(scope, (tx) => this.renew(tx, known.session_id, hash, arrivedAt));
    switch (renewal.outcome) {
      case 'renewed':
        return renewal.signedIn;
      case 'raced':
        throw new Problem(refreshRaced, { retryAfterSeconds: 1 });
      case 'reused':
      case 'ended':
        this.authenticator.forget(known.session_id);
        throw new Problem(refreshTokenInvalid);
      default:
        return renewal satisfies never;
    }
  }

  /** Ends the session that is asking. One of a host application ends there; here it only loses its open sockets. */
  async logOut({ organizationId, sessionId, userId }: Session): Promise<void> {
    await this.work.inOrganization({ organizationId }, async (tx) => {
      if (isUuid(sessionId)) await this.revoke(tx, sessionId, 'logout');
      await announceEnded(tx, sessionId);
      await this.audit.record(tx, {
        actor: { type: 'user', id: userId },
        action: 'session.ended',
        object: { type: 'session', id: sessionId },
      });
    });
    this.authenticator.forget(sessionId);
  }

  private async findToken(hash: Buffer): Promise<KnownToken | null> {
    const rows = await this.work.acrossOrganizations((tx) =>
      tx.query<KnownToken>('SELECT organization_id, session_id FROM refresh_tokens WHERE token_hash = $1', [hash]),
    );
    return rows[0] ?? null;
  }

  private async renew(tx: Transaction, sessionId: string, hash: Buffer, arrivedAt: number): Promise<Renewal> {
    const user = await this.prolong(tx, sessionId);
    if (user === null) return { outcome: 'ended' };
    if (await this.spend(tx, hash)) {
      return { outcome: 'renewed', signedIn: await this.issue(tx, user, sessionId) };
    }
    if (await this.wasSpentSince(tx, hash, arrivedAt)) return { outcome: 'raced' };

    await this.revoke(tx, sessionId, 'reuse');
    await announceEnded(tx, sessionId);
    await this.audit.record(tx, {
      actor: { type: 'system' },
      action: 'session.reuse_detected',
      object: { type: 'session', id: sessionId },
      outcome: 'refused',
      details: { user_id: user.id },
    });
    return { outcome: 'reused' };
  }

  /** Its row lock lets the renewals of one session pass one by one. Null when the session or its person is gone. */
  private async prolong(tx: Transaction, sessionId: string): Promise<UserRow | null> {
    const rows = await tx.query<UserRow>(
      `WITH prolonged AS (
         UPDATE sessions
         SET expires_at = least(now() + make_interval(days => $3), created_at + make_interval(days => $4))
         WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > now()
         RETURNING user_id
       )
       SELECT ${USER_COLUMNS} FROM users JOIN prolonged ON users.id = prolonged.user_id
       WHERE organization_id = $1 AND removed_at IS NULL`,
      [tx.organizationId, sessionId, this.config.refreshTokenDays, LONGEST_SESSION_DAYS],
    );
    return rows[0] ?? null;
  }

  private async spend(tx: Transaction, hash: Buffer): Promise<boolean> {
    const { count } = await tx.execute(
      `UPDATE refresh_tokens SET used_at = clock_timestamp()
       WHERE organization_id = $1 AND token_hash = $2 AND used_at IS NULL`,
      [tx.organizationId, hash],
    );
    return count === 1;
  }

  /** Two durations on two clocks are compared, never two clocks: ours and the database's may differ. */
  private async wasSpentSince(tx: Transaction, hash: Buffer, arrivedAt: number): Promise<boolean> {
    const rows = await tx.query(
      `SELECT FROM refresh_tokens
       WHERE organization_id = $1 AND token_hash = $2
         AND used_at >= clock_timestamp() - make_interval(secs => $3)`,
      [tx.organizationId, hash, (performance.now() - arrivedAt) / 1000],
    );
    return rows.length === 1;
  }

  private async issue(tx: Transaction, user: UserRow, sessionId: string): Promise<SignedIn> {
    const refreshToken = randomToken();
    await tx.query(`INSERT INTO refresh_tokens (token_hash, organization_id, session_id) VALUES ($1, $2, $3)`, [
      sha256(refreshToken),
      tx.organizationId,
      sessionId,
    ]);
    const accessToken = await this.tokens.issue({ userId: user.id, organizationId: user.organization_id, sessionId });
    return { accessToken, expiresInSeconds: this.config.accessTokenSeconds, refreshToken, user };
  }

  private async revoke(tx: Transaction, sessionId: string, reason: 'logout' | 'reuse'): Promise<void> {
    await tx.query(
      `UPDATE sessions SET revoked_at = now(), revoked_reason = $3
       WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL`,
      [tx.organizationId, sessionId, reason],
    );
  }
}
