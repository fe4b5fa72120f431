import { Injectable } from '@nestjs/common';
import { includesRole, type Session } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { FormationChanges } from './formation-changes.js';
import { tidySessions } from './formation-session.row.js';
import { type FormationRow, lockFormationRow, touchFormation } from './formation.row.js';
import { formationNotFound, formationNotYours } from './formations.problems.js';

/** Every member may read a formation; administrators and whoever created it may write it. */
export function mayChangeFormation(session: Session, { createdBy }: { createdBy: string | null }): boolean {
  return includesRole(session.role, 'admin') || createdBy === session.userId;
}

/** What every change of a formation has in common: rights, the lock, order afterwards, and who is told. */
@Injectable()
export class FormationEditing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly changes: FormationChanges,
  ) {}

  /** Changes the formation and what belongs to it in one transaction; `show` reads what has become of it. */
  edit<Changed, Shown>(
    session: Session,
    id: string,
    change: (tx: Transaction, formation: FormationRow) => Promise<Changed>,
    show: (tx: Transaction, changed: Changed) => Promise<Shown>,
  ): Promise<Shown> {
    return this.work.inOrganization(session, async (tx) => {
      const changed = await change(tx, await this.lock(tx, session, id));
      await this.settle(tx, id);
      return await show(tx, changed);
    });
  }

  /** After the writes of a change. */
  async settle(tx: Transaction, id: string): Promise<void> {
    await tidySessions(tx, id);
    await touchFormation(tx, id);
    await this.changes.announce(tx, id);
  }

  private async lock(tx: Transaction, session: Session, id: string): Promise<FormationRow> {
    const formation = await lockFormationRow(tx, id);
    if (formation === null || formation.deleted_at !== null) throw new Problem(formationNotFound);
    if (!mayChangeFormation(session, { createdBy: formation.created_by })) throw new Problem(formationNotYours);
    return formation;
  }
}
