import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { Problem } from '../platform/errors/problem.js';
import { listParticipants, type ParticipantRow } from './formation-participant.row.js';
import { listSessions, type SessionRow } from './formation-session.row.js';
import { findFormationRow, type FormationRow } from './formation.row.js';
import { formationNotFound } from './formations.problems.js';
import { type CopiesDescription, SessionCopies } from './session-copies.js';

/** One formation with everything that people may see of it. */
export interface FormationDetail {
  readonly formation: FormationRow;
  readonly sessions: readonly SessionRow[];
  readonly participants: readonly ParticipantRow[];
  readonly copies: CopiesDescription;
}

@Injectable()
export class FormationDetails {
  constructor(private readonly copies: SessionCopies) {}

  async get(tx: Transaction, id: string): Promise<FormationDetail> {
    const formation = await findFormationRow(tx, id);
    if (formation === null || formation.deleted_at !== null) throw new Problem(formationNotFound);
    return {
      formation,
      sessions: await listSessions(tx, id),
      participants: await listParticipants(tx, id),
      copies: await this.copies.describe(tx, id),
    };
  }
}
