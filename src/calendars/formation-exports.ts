import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import { FormationSessions } from '../formations/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { exportForNobody, formationNotExportable } from './calendars.problems.js';
import { CopyPlanner } from './copy-planner.js';
import type { CopyState } from './copy.row.js';

export interface ExportedSession {
  readonly session_id: string;
  /** Null while the provider has not answered. */
  readonly event_id: string | null;
  readonly html_link: string | null;
  readonly state: CopyState;
}

/** The longest that a request is held open for the provider's answers. */
const PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 100;

/** Brings a formation into calendars, and keeps it there: from now on its changes follow by themselves. */
@Injectable()
export class FormationExports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly formations: FormationSessions,
    private readonly planner: CopyPlanner,
    private readonly clock: Clock,
  ) {}

  /** Asked again, it finds what is there. Answers with the copies as they stand when they have settled, or soon will. */
  async export(session: Session, providerId: string, formationId: string): Promise<ExportedSession[]> {
    await this.work.inOrganization(session, (tx) => this.request(tx, session, providerId, formationId));
    const deadline = this.clock.now().getTime() + PATIENCE_MS;
    for (;;) {
      const exports = await this.work.inOrganization(session, (tx) => this.list(tx, providerId, formationId));
      const isSettled = exports.every(({ state }) => state !== 'pending');
      if (isSettled || this.clock.now().getTime() >= deadline) return exports;
      await delay(LOOK_AGAIN_MS);
    }
  }

  private async request(
    tx: Transaction,
    { organizationId, userId }: Session,
    providerId: string,
    formationId: string,
  ): Promise<void> {
    // The formation first, as everywhere; its own problem when it is not there.
    const formation = await this.formations.lockFormation(tx, formationId);
    const sessions = await this.formations.listForExport(tx, formationId);
    if (!sessions.some(({ isLive }) => isLive)) throw new Problem(formationNotExportable);
    await tx.execute(
      `INSERT INTO formation_exports (formation_id, provider, organization_id, requested_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (formation_id, provider) DO UPDATE SET requested_by =
         CASE WHEN EXISTS (SELECT FROM integrations i WHERE i.organization_id = $3 AND i.provider = $2 AND i.is_active
                             AND i.user_id = formation_exports.requested_by)
              THEN formation_exports.requested_by ELSE excluded.requested_by END`,
      [formation.id, providerId, organizationId, userId],
    );
    // Whoever had thrown it out of their calendar, and asks for it now, wants it back.
    await tx.execute(
      `UPDATE copies c SET state = 'pending', is_wanted = true
       FROM formation_sessions s, integrations i
       WHERE c.organization_id = $1 AND s.id = c.session_id AND s.formation_id = $2 AND i.id = c.integration_id
         AND i.provider = $3 AND i.user_id = $4 AND c.state = 'refused'`,
      [organizationId, formationId, providerId, userId],
    );
    await this.planner.plan(tx, formationId);
    if ((await this.list(tx, providerId, formationId)).length === 0) throw new Problem(exportForNobody);
  }

  private list(tx: Transaction, providerId: string, formationId: string): Promise<ExportedSession[]> {
    return tx.query<ExportedSession>(
      `SELECT c.session_id, c.external_id AS event_id, c.html_link, c.state
       FROM copies c
       JOIN formation_sessions s ON s.id = c.session_id
       JOIN integrations i ON i.id = c.integration_id
       WHERE c.organization_id = $1 AND s.formation_id = $2 AND i.provider = $3 AND c.is_wanted
       ORDER BY s.starts_at, s.id, c.id`,
      [tx.organizationId, formationId, providerId],
    );
  }
}
