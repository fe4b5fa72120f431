import { Injectable } from '@nestjs/common';
import { Organizations, type Session } from '../accounts/index.js';
import { type ExportableSession, FormationSessions } from '../formations/index.js';
import type { Integration } from '../integrations/index.js';
import { ProviderRegistry } from '../integrations/index.js';
import { Notifications } from '../notifications/index.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { conflictNotFound } from './calendars.problems.js';
import { conflictText } from './calendar-texts.js';
import type { CopyField } from './copy-content.js';
import type { Copy } from './copy.row.js';

export interface FoundConflict {
  readonly field: CopyField | 'existence';
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly kept: 'ours' | 'theirs';
}

/** A row of `copy_conflicts`, with what it is about. */
export interface CopyConflict extends FoundConflict {
  readonly id: string;
  readonly formation_id: string;
  readonly session_id: string;
  readonly provider: string;
  readonly found_at: Date;
  readonly resolved_at: Date | null;
}

const CONFLICTS = `SELECT x.id, s.formation_id, x.session_id, i.provider, x.field, x.ours, x.theirs, x.kept, x.found_at,
    x.resolved_at
  FROM copy_conflicts x
  JOIN formation_sessions s ON s.id = x.session_id
  JOIN copies c ON c.id = x.copy_id
  JOIN integrations i ON i.id = c.integration_id`;

/** Edits of both sides that did not agree: one was kept, the other is remembered until somebody has looked at it. */
@Injectable()
export class CopyConflicts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly formations: FormationSessions,
    private readonly organizations: Organizations,
    private readonly notifications: Notifications,
    private readonly registry: ProviderRegistry,
  ) {}

  async add(
    tx: Transaction,
    copy: Copy,
    found: readonly FoundConflict[],
    { integration, session }: { integration: Integration; session: ExportableSession },
  ): Promise<void> {
    for (const { field, ours, theirs, kept } of found) {
      const id = newId();
      await tx.execute(
        `INSERT INTO copy_conflicts (id, organization_id, copy_id, session_id, field, ours, theirs, kept)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, tx.organizationId, copy.id, copy.session_id, field, JSON.stringify(ours), JSON.stringify(theirs), kept],
      );
      const { locale } = await this.organizations.get(tx);
      const { displayName } = this.registry.get(integration.provider);
      await this.notifications.tell(tx, [
        {
          type: 'calendar_conflict',
          ...conflictText(displayName, field, kept, session.title ?? '', locale),
          meta: { conflict_id: id, formation_id: session.formationId, session_id: session.sessionId },
          dedupeKey: `copy-conflict:${id}`,
          userId: integration.user_id,
        },
      ]);
    }
  }

  /** Those nobody has looked at yet, newest first. */
  listOpen(session: Session): Promise<CopyConflict[]> {
    return this.work.inOrganization(session, (tx) =>
      tx.query<CopyConflict>(
        `${CONFLICTS} WHERE x.organization_id = $1 AND x.resolved_at IS NULL AND (i.user_id = $2 OR $3)
         ORDER BY x.found_at DESC, x.id LIMIT 200`,
        [session.organizationId, session.userId, session.role !== 'member'],
      ),
    );
  }

  listOfFormation(tx: Transaction, formationId: string): Promise<CopyConflict[]> {
    return tx.query<CopyConflict>(
      `${CONFLICTS} WHERE x.organization_id = $1 AND s.formation_id = $2 AND x.resolved_at IS NULL ORDER BY x.found_at`,
      [tx.organizationId, formationId],
    );
  }

  /** Somebody has decided. The other value than the one that was kept is put into the session, and so everywhere. */
  async resolve(session: Session, conflictId: string, keep: 'ours' | 'theirs'): Promise<void> {
    await this.work.inOrganization(session, async (tx) => {
      const [conflict] = await tx.query<CopyConflict>(
        `${CONFLICTS} WHERE x.organization_id = $1 AND x.id = $2 AND x.resolved_at IS NULL AND (i.user_id = $3 OR $4)
         FOR NO KEY UPDATE OF x`,
        [session.organizationId, conflictId, session.userId, session.role !== 'member'],
      );
      if (!conflict) throw new Problem(conflictNotFound);
      await tx.execute(
        `UPDATE copy_conflicts SET resolved_at = now(), resolved_by = $3 WHERE organization_id = $1 AND id = $2`,
        [session.organizationId, conflictId, session.userId],
      );
      if (keep !== conflict.kept) {
        await this.formations.applyFromCalendar(tx, conflict.session_id, patchOf(conflict, keep));
      }
    });
  }
}

function patchOf(conflict: CopyConflict, keep: 'ours' | 'theirs') {
  const value = conflict[keep];
  // Theirs was a deletion: there is no session any more for whoever agrees with it.
  if (conflict.field === 'existence') return { cancelled: true as const };
  if (conflict.field !== 'schedule') return { [conflict.field]: value as string | null };
  const { starts_at, ends_at } = value as { starts_at: string; ends_at: string };
  return { startsAt: new Date(starts_at), endsAt: new Date(ends_at) };
}
