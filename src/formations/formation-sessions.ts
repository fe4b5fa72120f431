import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Problem } from '../platform/errors/problem.js';
import { EventLog } from '../platform/logging/event-log.js';
import {
  type EffectiveFormation,
  type ExportableSession,
  type FormationPlan,
  toEffectiveFormation,
  toExportableSession,
} from './exportable-session.js';
import { FormationEditing } from './formation-editing.js';
import { listParticipants } from './formation-participant.row.js';
import {
  findFormationIdOfSession,
  listSessions,
  lockSessionRow,
  type SessionRow,
  writeSessions,
} from './formation-session.row.js';
import { findFormationRow, type FormationRow, lockFormationRow } from './formation.row.js';
import { formationNotFound, formationSessionNotFound } from './formations.problems.js';
import { type CalendarEdit, mergeCalendarEdit } from './session-override.js';

/**
 * - `applied`: written down.
 * - `unchanged`: that is how it stood.
 * - `impossible`: no session can be so, or this one is deleted. It stays as it is, and whoever keeps copies is told, so
 *   that the calendar gets back what stands here.
 */
export type CalendarEditOutcome = 'applied' | 'unchanged' | 'impossible';

/** The dates of formations, for whoever keeps copies of them elsewhere. Deleted ones too: their copies are to go. */
@Injectable()
export class FormationSessions {
  constructor(
    private readonly editing: FormationEditing,
    private readonly audit: AuditTrail,
    private readonly log: EventLog,
  ) {}

  /** Deleted or not. */
  async getFormation(tx: Transaction, formationId: string): Promise<EffectiveFormation> {
    const formation = await getRow(tx, formationId);
    return toEffectiveFormation(formation, (await listParticipants(tx, formationId)).length);
  }

  /** The same, locked until the end of the transaction. Throws for one that is deleted: nothing begins with it any more. */
  async lockFormation(tx: Transaction, formationId: string): Promise<EffectiveFormation> {
    const formation = await lockFormationRow(tx, formationId);
    if (formation === null || formation.deleted_at !== null) throw new Problem(formationNotFound);
    return toEffectiveFormation(formation, (await listParticipants(tx, formationId)).length);
  }

  /** By their hour; also those that do not take place. */
  async listForExport(tx: Transaction, formationId: string): Promise<ExportableSession[]> {
    const plan = await getPlan(tx, formationId);
    return plan.sessions.map((session) => toExportableSession(plan, session));
  }

  /** Also when it does not take place. */
  async findEffective(tx: Transaction, sessionId: string): Promise<ExportableSession | null> {
    const found = await findInPlan(tx, sessionId);
    return found && toExportableSession(found.plan, found.session);
  }

  /** The same, with its formation and then itself locked: until the end of the transaction nobody else changes either. */
  async lockEffective(tx: Transaction, sessionId: string): Promise<ExportableSession | null> {
    const found = await this.lock(tx, sessionId);
    return found && toExportableSession(found.plan, found.session);
  }

  /**
   * An edit that somebody made in an external calendar. It becomes the session's own: texts of the formation, which
   * other sessions share, stay as they are. The trail is written last, and stays locked until the transaction ends.
   */
  async applyFromCalendar(tx: Transaction, sessionId: string, edit: CalendarEdit): Promise<CalendarEditOutcome> {
    const found = await this.lock(tx, sessionId);
    if (found === null) throw new Problem(formationSessionNotFound);
    const { session, plan } = found;
    const merged = mergeCalendarEdit(plan, session, edit);
    if (merged === 'unchanged') return 'unchanged';
    if (merged !== 'impossible') await writeSessions(tx, plan.formation.id, [merged.content]);
    await this.editing.settle(tx, plan.formation.id);
    if (merged === 'impossible') return 'impossible';
    await this.audit.record(tx, {
      actor: { type: 'system' },
      action: 'formation_session.changed_by_calendar',
      object: { type: 'formation_session', id: sessionId },
      details: { formation_id: plan.formation.id, fields: merged.fields },
    });
    this.log.event('formation_session.changed_by_calendar', { session_id: sessionId, fields: merged.fields });
    return 'applied';
  }

  /** In the order in which everybody takes these locks. */
  private async lock(tx: Transaction, sessionId: string): Promise<FoundSession | null> {
    const formationId = await findFormationIdOfSession(tx, sessionId);
    if (formationId === null) return null;
    await lockFormationRow(tx, formationId);
    await lockSessionRow(tx, sessionId);
    return await findInPlan(tx, sessionId);
  }
}

interface FoundSession {
  readonly plan: FormationPlan;
  readonly session: SessionRow;
}

async function findInPlan(tx: Transaction, sessionId: string): Promise<FoundSession | null> {
  const formationId = await findFormationIdOfSession(tx, sessionId);
  if (formationId === null) return null;
  const plan = await getPlan(tx, formationId);
  const session = plan.sessions.find(({ id }) => id === sessionId);
  return session ? { plan, session } : null;
}

async function getPlan(tx: Transaction, formationId: string): Promise<FormationPlan> {
  const formation = await getRow(tx, formationId);
  const sessions = await listSessions(tx, formationId, { withDeleted: true });
  return { formation, sessions, participants: await listParticipants(tx, formationId) };
}

async function getRow(tx: Transaction, formationId: string): Promise<FormationRow> {
  const formation = await findFormationRow(tx, formationId);
  if (formation === null) throw new Problem(formationNotFound);
  return formation;
}
