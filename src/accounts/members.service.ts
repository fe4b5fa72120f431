import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { lastOwner, memberNotFound, roleRequired } from './accounts.problems.js';
import { AuditTrail } from './audit-trail.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { allSessionsOf, announceEnded, endSessionsOf } from './session-endings.js';
import type { Role, Session } from './session.js';
import { USER_COLUMNS, type UserRow } from './user.row.js';

export interface Page {
  limit: number;
  /** The id of the last member of the page before. */
  after: string | null;
}

/** The people of an organization. Only an owner makes or unmakes an owner, and the last one stays. */
@Injectable()
export class Members {
  constructor(
    private readonly work: UnitOfWork,
    private readonly authenticator: SessionAuthenticator,
    private readonly audit: AuditTrail,
  ) {}

  list(session: Session, { limit, after }: Page): Promise<UserRow[]> {
    return this.work.inOrganization(session, (tx) =>
      tx.query<UserRow>(
        `SELECT ${USER_COLUMNS} FROM users
         WHERE organization_id = $1 AND removed_at IS NULL AND ($2::uuid IS NULL OR id > $2::uuid)
         ORDER BY id LIMIT $3`,
        [session.organizationId, after, limit],
      ),
    );
  }

  async changeRole(session: Session, userId: string, role: Role): Promise<UserRow> {
    const changed = await this.work.inOrganization(session, async (tx) => {
      const member = await this.getForChange(tx, session, userId);
      if (role === 'owner' && session.role !== 'owner') throw new Problem(roleRequired);
      if (member.role === 'owner' && role !== 'owner') await this.assertAnotherOwner(tx, userId);
      await tx.query('UPDATE users SET role = $3, updated_at = now() WHERE organization_id = $1 AND id = $2', [
        tx.organizationId,
        userId,
        role,
      ]);
      await announceEnded(tx, allSessionsOf(userId));
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'user.role_changed',
        object: { type: 'user', id: userId },
        details: { from: member.role, to: role },
      });
      return { ...member, role };
    });
    this.authenticator.forgetAll();
    return changed;
  }

  async remove(session: Session, userId: string): Promise<void> {
    await this.work.inOrganization(session, async (tx) => {
      const member = await this.getForChange(tx, session, userId);
      if (member.role === 'owner') await this.assertAnotherOwner(tx, userId);
      await tx.query('UPDATE users SET removed_at = now(), updated_at = now() WHERE organization_id = $1 AND id = $2', [
        tx.organizationId,
        userId,
      ]);
      await endSessionsOf(tx, userId, { reason: 'removed' });
      await announceEnded(tx, allSessionsOf(userId));
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'user.removed',
        object: { type: 'user', id: userId },
        details: { role: member.role },
      });
    });
    this.authenticator.forgetAll();
  }

  private async getForChange(tx: Transaction, session: Session, userId: string): Promise<UserRow> {
    // Under the organization's lock, so that two owners cannot demote each other at the same moment.
    await tx.query('SELECT FROM organizations WHERE id = $1 FOR UPDATE', [tx.organizationId]);
    const [member] = await tx.query<UserRow>(
      `SELECT ${USER_COLUMNS} FROM users WHERE organization_id = $1 AND id = $2 AND removed_at IS NULL`,
      [tx.organizationId, userId],
    );
    if (member === undefined) throw new Problem(memberNotFound);
    if (member.role === 'owner' && session.role !== 'owner') throw new Problem(roleRequired);
    return member;
  }

  private async assertAnotherOwner(tx: Transaction, userId: string): Promise<void> {
    const others = await tx.query(
      `SELECT FROM users WHERE organization_id = $1 AND id <> $2 AND role = 'owner' AND removed_at IS NULL LIMIT 1`,
      [tx.organizationId, userId],
    );
    if (others.length === 0) throw new Problem(lastOwner);
  }
}
