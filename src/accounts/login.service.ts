import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { credentialsInvalid } from './accounts.problems.js';
import { AuditTrail } from './audit-trail.js';
import { BearerTokens } from './bearer-tokens.js';
import { toEmailKey } from './email-address.js';
import { FailedLogins } from './failed-logins.js';
import { GuessLimits } from './guess-limits.js';
import { Passwords } from './passwords.js';
import { Sessions, type SignedIn } from './sessions.service.js';
import { USER_COLUMNS, type UserRow } from './user.row.js';

/** As much as may be read before it is known whose organization is asking. */
interface KnownLogin {
  id: string;
  organization_id: string;
  password_hash: string;
}

/** Signing in with a password. An unknown address and a wrong password get the same answer after the same work. */
@Injectable()
export class Login {
  constructor(
    private readonly work: UnitOfWork,
    private readonly tokens: BearerTokens,
    private readonly limits: GuessLimits,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly failedLogins: FailedLogins,
    private readonly audit: AuditTrail,
  ) {}

  async logIn(email: string, password: string): Promise<SignedIn> {
    this.tokens.assertCanIssue();
    const emailKey = toEmailKey(email);
    await this.limits.countGuess(emailKey);
    const known = await this.findLogin(emailKey);
    const isRight = await this.isRight(emailKey, password, known?.password_hash ?? null);
    if (known === null || !isRight) {
      if (known !== null) this.failedLogins.note(known);
      throw new Problem(credentialsInvalid);
    }
    await this.limits.giveBackGuess(emailKey);
    return await this.openSession(known);
  }

  private async isRight(emailKey: string, password: string, passwordHash: string | null): Promise<boolean> {
    try {
      return await this.passwords.verify(password, passwordHash);
    } catch (error) {
      // Nobody looked at the password, so nothing was guessed.
      await this.limits.giveBackGuess(emailKey);
      throw error;
    }
  }

  private async findLogin(emailKey: string): Promise<KnownLogin | null> {
    const rows = await this.work.acrossOrganizations((tx) =>
      tx.query<KnownLogin>(
        `SELECT id, organization_id, password_hash FROM users
         WHERE email_key = $1 AND password_hash IS NOT NULL AND removed_at IS NULL
           AND (password_expires_at IS NULL OR password_expires_at > now())`,
        [emailKey],
      ),
    );
    return rows[0] ?? null;
  }

  private openSession({ id, organization_id: organizationId, password_hash: hash }: KnownLogin): Promise<SignedIn> {
    return this.work.inOrganization({ organizationId }, async (tx) => {
      const [user] = await tx.query<UserRow>(
        // Somebody who changes the password ends the sessions there are: none may come in behind that with the old one.
        `SELECT ${USER_COLUMNS} FROM users
         WHERE organization_id = $1 AND id = $2 AND password_hash = $3 AND removed_at IS NULL FOR SHARE`,
        [organizationId, id, hash],
      );
      if (user === undefined) throw new Problem(credentialsInvalid);
      const signedIn = await this.sessions.open(tx, user);
      await this.audit.record(tx, {
        actor: { type: 'user', id },
        action: 'session.started',
        object: { type: 'user', id },
      });
      return signedIn;
    });
  }
}
