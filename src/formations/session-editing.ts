import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Problem } from '../platform/errors/problem.js';
import { FormationDetails } from './formation-detail.js';
import { FormationEditing } from './formation-editing.js';
import type { SessionRow } from './formation-session.row.js';
import { formationSessionNotFound } from './formations.problems.js';
import type { SessionCopyView } from './session-copies.js';
import type { SessionWriting } from './session-draft.js';
import { addSessions, changeSession, removeSession } from './session-list.js';

export interface SessionDetail {
  readonly session: SessionRow;
  readonly copies: readonly SessionCopyView[];
}

/** What people do with single dates. */
@Injectable()
export class SessionEditing {
  constructor(
    private readonly editing: FormationEditing,
    private readonly details: FormationDetails,
  ) {}

  add(session: Session, formationId: string, writing: SessionWriting): Promise<SessionDetail> {
    return this.editing.edit(
      session,
      formationId,
      (tx, formation) => addSessions(tx, formation, [writing], () => ''),
      (tx, [added = '']) => this.get(tx, formationId, added),
    );
  }

  change(session: Session, formationId: string, sessionId: string, writing: SessionWriting): Promise<SessionDetail> {
    return this.editing.edit(
      session,
      formationId,
      (tx, formation) => changeSession(tx, formation, sessionId, writing),
      (tx) => this.get(tx, formationId, sessionId),
    );
  }

  remove(session: Session, formationId: string, sessionId: string): Promise<void> {
    return this.editing.edit(
      session,
      formationId,
      (tx, formation) => removeSession(tx, formation, sessionId),
      () => Promise.resolve(),
    );
  }

  private async get(tx: Transaction, formationId: string, sessionId: string): Promise<SessionDetail> {
    const { sessions, copies } = await this.details.get(tx, formationId);
    const session = sessions.find(({ id }) => id === sessionId);
    if (session === undefined) throw new Problem(formationSessionNotFound);
    return { session, copies: copies.bySession.get(sessionId) ?? [] };
  }
}
