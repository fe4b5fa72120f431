import { Injectable } from '@nestjs/common';
import { includesRole, type Role } from '../accounts/index.js';
import type { EffectiveFormation, ExportableSession } from '../formations/index.js';
import type { Integration } from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';

/**
 * Whose edits in their own calendar change the session for everybody: whoever made the formation, exported it, or gives
 * it, and administrators. To anybody else their calendar is their own: they may move or delete their copy there.
 */
@Injectable()
export class CopyEditors {
  async mayEdit(
    tx: Transaction,
    formation: EffectiveFormation,
    session: ExportableSession,
    { user_id: userId, provider }: Integration,
  ): Promise<boolean> {
    if (userId === null) return false;
    if (formation.createdBy === userId) return true;
    if (session.participants.some((person) => person.userId === userId && person.role === 'trainer')) return true;
    const [row] = await tx.query<{ role: Role; has_exported: boolean }>(
      `SELECT u.role, EXISTS (
         SELECT FROM formation_exports e
         WHERE e.organization_id = $1 AND e.formation_id = $3 AND e.provider = $4 AND e.requested_by = u.id) AS has_exported
       FROM users u WHERE u.organization_id = $1 AND u.id = $2`,
      [tx.organizationId, userId, formation.id, provider],
    );
    return row !== undefined && (row.has_exported || includesRole(row.role, 'admin'));
  }
}
