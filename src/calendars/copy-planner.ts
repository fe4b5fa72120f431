import { Injectable } from '@nestjs/common';
import { type EffectiveFormation, type ExportableSession, FormationSessions } from '../formations/index.js';
import { type Integration, Integrations } from '../integrations/index.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Jobs } from '../platform/jobs/index.js';
import { calendarSettingsOf } from './calendar-settings.js';
import type { Copy } from './copy.row.js';
import { guestsOf, isSameContent, toOurContent } from './our-content.js';
import { SETTLE_COPY } from './settle-copy.task.js';

interface FormationExport {
  formation_id: string;
  provider: string;
  requested_by: string | null;
}

interface Wanted {
  readonly session: ExportableSession;
  readonly integration: Integration;
}

/** A job that was lost, however that happened, is made good after this. */
const NET_MINUTES = 5;

/**
 * Decides which copies there should be, and leaves it to one job per copy to make it so. Called with every change that
 * may matter, in the transaction of that change; planning twice is planning once.
 */
@Injectable()
export class CopyPlanner {
  constructor(
    private readonly formations: FormationSessions,
    private readonly integrations: Integrations,
    private readonly jobs: Jobs,
  ) {}

  async plan(tx: Transaction, formationId: string): Promise<void> {
    const exports = await this.listExports(tx, formationId);
    if (exports.length === 0) return;
    const formation = await this.formations.getFormation(tx, formationId);
    const sessions = await this.formations.listForExport(tx, formationId);
    for (const request of exports) {
      const integrations = await this.listCalendars(tx, request.provider);
      const wanted = whoGetsWhat(formation, sessions, integrations, request.requested_by);
      await this.reconcile(tx, formation, request.provider, wanted, integrations);
    }
  }

  /** All formations that stand, or should stand, in calendars of one provider: when somebody connects one. */
  async listExported(tx: Transaction, provider: string): Promise<string[]> {
    const rows = await tx.query<{ formation_id: string }>(
      `SELECT formation_id FROM formation_exports WHERE organization_id = $1 AND provider = $2 ORDER BY formation_id`,
      [tx.organizationId, provider],
    );
    return rows.map(({ formation_id }) => formation_id);
  }

  async settle(tx: Transaction, copyIds: readonly string[]): Promise<void> {
    if (copyIds.length === 0) return;
    await tx.execute(
      `UPDATE copies SET next_try_at = now() + interval '${NET_MINUTES} minutes'
       WHERE organization_id = $1 AND id = ANY ($2)`,
      [tx.organizationId, copyIds],
    );
    await this.jobs.enqueueMany(
      tx,
      copyIds.map((copyId) => ({ task: SETTLE_COPY, payload: { organizationId: String(tx.organizationId), copyId } })),
    );
  }

  private listExports(tx: Transaction, formationId: string): Promise<FormationExport[]> {
    return tx.query<FormationExport>(
      `SELECT formation_id, provider, requested_by FROM formation_exports
       WHERE organization_id = $1 AND formation_id = $2 ORDER BY provider`,
      [tx.organizationId, formationId],
    );
  }

  /** Live calendars that may be written to. Those that were disconnected keep their copies as they are. */
  private async listCalendars(tx: Transaction, provider: string): Promise<Integration[]> {
    return (await this.integrations.listLive(tx, provider)).filter((integration) => integration.user_id !== null);
  }

  private async reconcile(
    tx: Transaction,
    formation: EffectiveFormation,
    provider: string,
    wanted: readonly Wanted[],
    integrations: readonly Integration[],
  ): Promise<void> {
    const existing = await tx.query<Copy>(
      `SELECT c.* FROM copies c
       JOIN formation_sessions s ON s.id = c.session_id
       JOIN integrations i ON i.id = c.integration_id
       WHERE c.organization_id = $1 AND s.formation_id = $2 AND i.provider = $3
       ORDER BY c.id FOR NO KEY UPDATE OF c`,
      [tx.organizationId, formation.id, provider],
    );
    const byPlace = new Map(existing.map((copy) => [placeOf(copy.session_id, copy.integration_id), copy]));
    const stale: string[] = [];
    for (const { session, integration } of wanted) {
      const place = placeOf(session.sessionId, integration.id);
      const copy = byPlace.get(place);
      byPlace.delete(place);
      const ours = toOurContent(session, guestsOf(formation, session, integration.account_email));
      if (copy === undefined) stale.push(await this.insert(tx, session.sessionId, integration.id));
      else if (copy.state === 'refused') continue;
      else if (!copy.is_wanted || copy.state !== 'synced' || isElsewhere(copy, integration)) stale.push(copy.id);
      else if (!isSameContent(copy.base_ours, ours)) stale.push(copy.id);
    }
    const live = new Set(integrations.map(({ id }) => id));
    const unwanted = [...byPlace.values()].filter(
      ({ integration_id, state, is_wanted }) => live.has(integration_id) && (is_wanted || state === 'removing'),
    );
    await this.mark(
      tx,
      stale,
      unwanted.map(({ id }) => id),
    );
    await this.settle(tx, [...stale, ...unwanted.filter(({ state }) => state !== 'removed').map(({ id }) => id)]);
  }

  private async insert(tx: Transaction, sessionId: string, integrationId: string): Promise<string> {
    const id = newId();
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO copies (id, organization_id, session_id, integration_id, event_key, state)
       VALUES ($1, $2, $3, $4, $5, 'pending')
       ON CONFLICT (session_id, integration_id) DO UPDATE SET updated_at = copies.updated_at RETURNING id`,
      [id, tx.organizationId, sessionId, integrationId, newId()],
    );
    return row?.id ?? id;
  }

  private async mark(tx: Transaction, wanted: readonly string[], unwanted: readonly string[]): Promise<void> {
    await tx.execute(
      `UPDATE copies SET is_wanted = true, state = CASE WHEN state = 'removing' THEN 'synced' ELSE state END
       WHERE organization_id = $1 AND id = ANY ($2) AND NOT is_wanted`,
      [tx.organizationId, wanted],
    );
    await tx.execute(
      `UPDATE copies SET is_wanted = false,
         state = CASE WHEN state IN ('removed', 'refused') THEN 'removed' ELSE 'removing' END
       WHERE organization_id = $1 AND id = ANY ($2)`,
      [tx.organizationId, unwanted],
    );
  }
}

/**
 * Who gets which date. A formation that invites stands in the calendar of whoever exported it, and the provider's
 * invitations bring it to the others. Otherwise each participant gets the dates that are theirs in each calendar they
 * have connected, and whoever exported it nothing, unless they take part. A formation without participants is for
 * whoever exports it.
 */
function whoGetsWhat(
  formation: EffectiveFormation,
  sessions: readonly ExportableSession[],
  integrations: readonly Integration[],
  requestedBy: string | null,
): Wanted[] {
  const calendarsOf = (userId: string | null) =>
    integrations.filter((integration) => integration.user_id === userId && calendarSettingsOf(integration).export);
  const live = sessions.filter(({ isLive }) => isLive);
  const isForRequester = formation.invitesParticipants || formation.participantCount === 0;
  if (isForRequester) {
    const calendars = requestedBy === null ? [] : calendarsOf(requestedBy);
    // An invitation from two calendars would reach everybody twice.
    const chosen = formation.invitesParticipants ? calendars.slice(-1) : calendars;
    return live.flatMap((session) => chosen.map((integration) => ({ session, integration })));
  }
  return live.flatMap((session) => {
    const userIds = new Set(session.participants.map(({ userId }) => userId).filter((userId) => userId !== null));
    return [...userIds].flatMap((userId) => calendarsOf(userId).map((integration) => ({ session, integration })));
  });
}

function isElsewhere({ calendar_id }: Copy, integration: Integration): boolean {
  const { calendarId } = calendarSettingsOf(integration);
  return calendar_id !== null && calendarId !== null && calendar_id !== calendarId;
}

function placeOf(sessionId: string, integrationId: string): string {
  return `${sessionId} ${integrationId}`;
}
