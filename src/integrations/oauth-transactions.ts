import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import { FieldCipher, type SealedPlace } from '../platform/crypto/field-cipher.js';
import { randomToken, sha256 } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Problem } from '../platform/errors/problem.js';
import { tooManyStarts } from './integrations.problems.js';
import type { OAuthProvider } from './provider.js';

const LIFE_MINUTES = 10;
const MOST_OPEN = 10;
const MOST_STARTS_A_MINUTE = 10;

/** What a spent transaction leaves in the caller's hands. */
export interface SpentTransaction {
  readonly id: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/**
 * Consents under way. Each is bound to the person, the session, the organization, the provider and the redirect that
 * began it, and is spent by one UPDATE, before any call leaves: over any number of instances a state works once.
 */
@Injectable()
export class OAuthTransactions {
  constructor(private readonly cipher: FieldCipher) {}

  /** Answers the state and the PKCE verifier; only the state's digest and the sealed verifier are kept. */
  async open(tx: Transaction, session: Session, { id: provider, oauth }: OAuthProvider): Promise<OpenedTransaction> {
    await this.makeRoom(tx, session);
    const id = newId();
    const state = randomToken();
    const verifier = randomToken();
    await tx.execute(
      `INSERT INTO oauth_transactions
         (id, organization_id, user_id, session_id, provider, state_hash, verifier, redirect_uri, scope, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(mins => ${LIFE_MINUTES}))`,
      [
        id,
        session.organizationId,
        session.userId,
        session.sessionId,
        provider,
        sha256(state),
        await this.cipher.seal(tx, verifierPlace(id), verifier),
        oauth.redirectUri,
        oauth.scopes.join(' '),
      ],
    );
    return { state, verifier };
  }

  /** Null when there is no such transaction for this very session, or when it is spent or too old. */
  async spend(
    tx: Transaction,
    session: Pick<Session, 'organizationId' | 'userId' | 'sessionId'>,
    provider: string,
    state: string,
  ): Promise<SpentTransaction | null> {
    const [row] = await tx.query<{ id: string; redirect_uri: string; verifier: string }>(
      `UPDATE oauth_transactions SET consumed_at = clock_timestamp()
       WHERE state_hash = $1 AND provider = $2 AND organization_id = $3 AND user_id = $4 AND session_id = $5
         AND consumed_at IS NULL AND expires_at > clock_timestamp()
       RETURNING id, redirect_uri, verifier`,
      [sha256(state), provider, session.organizationId, session.userId, session.sessionId],
    );
    if (!row) return null;
    const verifier = await this.cipher.open(tx, verifierPlace(row.id), row.verifier);
    return { id: row.id, redirectUri: row.redirect_uri, verifier };
  }

  /** Whose a state is that came without a session; whether it may still be used is for `spend` to say. */
  async findOwner(
    tx: Transaction,
    provider: string,
    state: string,
  ): Promise<Pick<Session, 'organizationId' | 'userId' | 'sessionId'> | null> {
    const [row] = await tx.query<{ organization_id: string; user_id: string; session_id: string }>(
      `SELECT organization_id, user_id, session_id FROM oauth_transactions WHERE state_hash = $1 AND provider = $2`,
      [sha256(state), provider],
    );
    return row ? { organizationId: row.organization_id, userId: row.user_id, sessionId: row.session_id } : null;
  }

  async noteOutcome(tx: Transaction, transactionId: string, outcome: string): Promise<void> {
    await tx.execute('UPDATE oauth_transactions SET outcome = $3 WHERE id = $1 AND organization_id = $2', [
      transactionId,
      tx.organizationId,
      outcome,
    ]);
  }

  /** A few tries are normal, many are not; of those left open, the oldest give way. */
  private async makeRoom(tx: Transaction, { organizationId, userId }: Session): Promise<void> {
    // Starts of one person are counted one after the other.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`oauth-start:${userId}`]);
    const [recent] = await tx.query<{ starts: number; wait_seconds: number }>(
      `SELECT count(*)::int AS starts,
         greatest(1, ceil(extract(epoch FROM min(created_at) + interval '1 minute' - now())))::int AS wait_seconds
       FROM oauth_transactions
       WHERE organization_id = $1 AND user_id = $2 AND created_at > now() - interval '1 minute'`,
      [organizationId, userId],
    );
    if (recent && recent.starts >= MOST_STARTS_A_MINUTE) {
      throw new Problem(tooManyStarts, { retryAfterSeconds: recent.wait_seconds });
    }
    await tx.execute(
      `UPDATE oauth_transactions SET consumed_at = now(), outcome = 'superseded'
       WHERE id IN (
         SELECT id FROM oauth_transactions
         WHERE organization_id = $1 AND user_id = $2 AND consumed_at IS NULL AND expires_at > now()
         ORDER BY created_at DESC, id DESC OFFSET ${MOST_OPEN - 1})`,
      [organizationId, userId],
    );
    await tx.execute(
      `DELETE FROM oauth_transactions
       WHERE organization_id = $1 AND user_id = $2 AND expires_at < now() - interval '24 hours'`,
      [organizationId, userId],
    );
  }
}

export interface OpenedTransaction {
  readonly state: string;
  readonly verifier: string;
}

function verifierPlace(transactionId: string): SealedPlace {
  return { table: 'oauth_transactions', column: 'verifier', rowId: transactionId };
}
