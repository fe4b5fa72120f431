import { Injectable } from '@nestjs/common';
import { AuditTrail, type Session } from '../accounts/index.js';
import { CalendarMirror, type ListedRemoval } from '../calendars/index.js';
import { Integrations } from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { syncRunNotAwaiting, syncRunNotFound } from './sync.problems.js';
import { Sync } from './sync.service.js';
import type { RunWithSteps, SyncRun } from './sync-run.js';
import { SyncRuns } from './sync-runs.js';

/** Readings that stopped because they would have removed more than anybody removes in one go. */
@Injectable()
export class SyncApprovals {
  constructor(
    private readonly work: UnitOfWork,
    private readonly runs: SyncRuns,
    private readonly sync: Sync,
    private readonly integrations: Integrations,
    private readonly mirror: CalendarMirror,
    private readonly audit: AuditTrail,
  ) {}

  /** What would go. Only the person whose calendar it is sees the titles of the events. */
  listRemovals(session: Session, runId: string, limit: number): Promise<ListedRemoval[]> {
    return this.work.inOrganization(session, async (tx) => {
      const { isOwner } = await this.get(tx, session, runId);
      return await this.mirror.describeRemovals(tx, runId, { withTitles: isOwner, limit });
    });
  }

  /** Carries out what was listed, and reads again from where the last good reading stopped. */
  approve(session: Session, runId: string): Promise<SyncRun> {
    return this.decide(session, runId, 'approved', async (tx) => {
      await this.mirror.applyRemovals(tx, runId);
    });
  }

  /** Keeps everything; the next reading asks the provider again for all of it. */
  reject(session: Session, runId: string): Promise<SyncRun> {
    return this.decide(session, runId, 'rejected', (tx) => this.mirror.dropRemovals(tx, runId));
  }

  private decide(
    session: Session,
    runId: string,
    outcome: 'approved' | 'rejected',
    carryOut: (tx: Transaction) => Promise<void>,
  ): Promise<SyncRun> {
    return this.work.inOrganization(session, async (tx) => {
      const { run } = await this.get(tx, session, runId);
      await carryOut(tx);
      this.runs.note(run, { kind: outcome });
      await this.runs.finish(tx, run, outcome === 'approved' ? 'succeeded' : 'canceled', outcome);
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: `sync-run.${outcome}`,
        object: { type: 'sync-run', id: run.id },
        details: { provider: run.provider },
      });
      const integration = await this.integrations.get(tx, run.integration_id);
      return outcome === 'approved' && integration.is_active ? this.sync.request(tx, integration, 'approval') : run;
    });
  }

  /** Somebody else's calendar is nobody's business but an administrator's. */
  private async get(
    tx: Transaction,
    session: Session,
    runId: string,
  ): Promise<{ run: RunWithSteps; isOwner: boolean }> {
    const run = await this.runs.findForDecision(tx, runId);
    const integration = run && (await this.integrations.find(tx, run.integration_id));
    const isOwner = integration?.user_id === session.userId;
    if (run === null || (!isOwner && session.role === 'member')) throw new Problem(syncRunNotFound);
    if (run.state !== 'needs_approval') throw new Problem(syncRunNotAwaiting);
    return { run, isOwner };
  }
}
