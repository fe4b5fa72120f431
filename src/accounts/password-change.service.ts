import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { passwordNotUsed, passwordUnchanged, passwordWrong } from './accounts.problems.js';
import { AuditTrail } from './audit-trail.js';
import { BearerTokens } from './bearer-tokens.js';
import { CommonPasswords } from './common-passwords.js';
import { toEmailKey } from './email-address.js';
import { GuessLimits } from './guess-limits.js';
import { Passwords } from './passwords.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { endSessionsOf } from './session-endings.js';
import type { Session } from './session.js';

interface KnownPassword {
  email: string;
  password_hash: string;
}

/**
 * Somebody replaces their own password. Whoever holds a session of theirs must still know the password, and guesses as
 * often as at sign-in, of the same allowance. All other sessions end with the old password; the one that asks goes on.
 */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly work: UnitOfWork,
    private readonly tokens: BearerTokens,
    private readonly limits: GuessLimits,
    private readonly passwords: Passwords,
    private readonly common: CommonPasswords,
    private readonly authenticator: SessionAuthenticator,
    private readonly audit: AuditTrail,
  ) {}

  async change(session: Session, currentPassword: string, newPassword: string): Promise<void> {
    this.tokens.assertCanIssue();
    const known = await this.getKnown(session);
    await this.assertKnows(session, known, currentPassword);
    if (this.passwords.areSame(currentPassword, newPassword)) throw unchanged();
    await this.common.assertUncommon(newPassword, '/new_password');
    const newHash = await this.passwords.hash(newPassword);
    await this.work.inOrganization(session, (tx) => this.replace(tx, session, known, newHash));
    this.authenticator.forgetAll();
  }

  private async getKnown(session: Session): Promise<KnownPassword> {
    const [known] = await this.work.inOrganization(session, (tx) =>
      tx.query<KnownPassword>(
        `SELECT email, password_hash FROM users
         WHERE organization_id = $1 AND id = $2 AND password_hash IS NOT NULL AND removed_at IS NULL`,
        [session.organizationId, session.userId],
      ),
    );
    if (known === undefined) throw new Problem(passwordNotUsed);
    return known;
  }

  private async assertKnows(session: Session, known: KnownPassword, password: string): Promise<void> {
    const emailKey = toEmailKey(known.email);
    await this.limits.countGuess(emailKey);
    if (await this.isRight(emailKey, known, password)) return await this.limits.giveBackGuess(emailKey);
    await this.work.inOrganization(session, (tx) =>
      this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'user.password_change_refused',
        object: { type: 'user', id: session.userId },
        outcome: 'refused',
      }),
    );
    throw wrong();
  }

  private async isRight(emailKey: string, known: KnownPassword, password: string): Promise<boolean> {
    try {
      return await this.passwords.verify(password, known.password_hash);
    } catch (error) {
      // Nobody looked at the password, so nothing was guessed.
      await this.limits.giveBackGuess(emailKey);
      throw error;
    }
  }

  private async replace(tx: Transaction, session: Session, known: KnownPassword, newHash: string): Promise<void> {
    const { count } = await tx.execute(
      // Only in place of the one that was verified: of two changes at the same moment, the later finds another.
      `UPDATE users SET password_hash = $4, password_expires_at = NULL, updated_at = now()
       WHERE organization_id = $1 AND id = $2 AND password_hash = $3 AND removed_at IS NULL`,
      [tx.organizationId, session.userId, known.password_hash, newHash],
    );
    if (count === 0) throw wrong();
    await endSessionsOf(tx, session.userId, { reason: 'password', except: session.sessionId });
    await this.audit.record(tx, {
      actor: { type: 'user', id: session.userId },
      action: 'user.password_changed',
      object: { type: 'user', id: session.userId },
    });
  }
}

function wrong(): Problem {
  const message = { fr: 'N’est pas votre mot de passe actuel', en: 'Is not your current password' };
  return new Problem(passwordWrong, { errors: [{ pointer: '/current_password', message }] });
}

function unchanged(): Problem {
  const message = { fr: 'Doit être différent de l’actuel', en: 'Must differ from the current one' };
  return new Problem(passwordUnchanged, { errors: [{ pointer: '/new_password', message }] });
}
