import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { Jobs } from '../platform/jobs/index.js';
import { isUuid } from '../platform/http/id.pipe.js';
import { FIELDS, partOf, toCopyContent } from './copy-content.js';
import type { Copy, CopyContent } from './copy.row.js';
import type { EventFacts } from './event-facts.js';
import type { MirrorTarget, Removal } from './mirror-target.js';
import { SETTLE_COPY } from './settle-copy.task.js';

type WatchedCopy = Pick<
  Copy,
  'id' | 'integration_id' | 'event_key' | 'external_id' | 'etag' | 'base' | 'state' | 'is_wanted'
> & { time_zone: string };

/**
 * Recognises our own copies in what a calendar shows. They are never imported; an echo of our own writing is seen to be
 * one by comparing it with what we last read, so that there is no mark to lose; anything else is looked at closely, by
 * the job that settles the copy.
 */
@Injectable()
export class CopyWatch {
  constructor(private readonly jobs: Jobs) {}

  /** Answers the external ids of those events that are copies of ours. */
  async observe(tx: Transaction, target: MirrorTarget, events: readonly EventFacts[]): Promise<Set<string>> {
    const copies = await this.find(tx, target, events);
    if (copies.length === 0) return new Set();
    const byExternalId = new Map(copies.map((copy) => [copy.external_id, copy]));
    const byKey = new Map(copies.map((copy) => [copy.event_key, copy]));
    const byId = new Map(copies.map((copy) => [copy.id, copy]));
    const own = new Set<string>();
    const seen: { id: string; etag: string | null; settle: boolean }[] = [];
    for (const facts of events) {
      const copy =
        byExternalId.get(facts.externalId) ??
        (facts.copyId === null ? undefined : byId.get(facts.copyId)) ??
        (facts.eventKey === null ? undefined : byKey.get(facts.eventKey));
      if (copy === undefined) continue;
      own.add(facts.externalId);
      // The same account may be connected by two people: the event is then a copy, but of the other connection.
      if (copy.integration_id !== target.integrationId) continue;
      seen.push({ id: copy.id, etag: facts.etag, settle: !isEcho(copy, facts) });
    }
    await this.noteSeen(tx, target, seen);
    return own;
  }

  /** After a full reading: copies that should stand in the window and were not in it. */
  async markUnseen(tx: Transaction, target: MirrorTarget, window: { from: Date; to: Date }): Promise<void> {
    await tx.execute(
      `UPDATE copies SET removal_run_id = $4
       WHERE organization_id = $1 AND integration_id = $2 AND calendar_id = $3
         AND state = 'synced' AND seen_run_id IS DISTINCT FROM $4
         AND (base->>'ends_at')::timestamptz > $5 AND (base->>'starts_at')::timestamptz < $6`,
      [tx.organizationId, target.integrationId, target.calendarId, target.runId, window.from, window.to],
    );
  }

  async markRemoved(tx: Transaction, target: MirrorTarget, externalIds: readonly string[]): Promise<void> {
    await tx.execute(
      `UPDATE copies SET removal_run_id = $3
       WHERE organization_id = $1 AND integration_id = $2 AND state = 'synced' AND external_id = ANY ($4)`,
      [tx.organizationId, target.integrationId, target.runId, externalIds],
    );
  }

  /** Settling asks for each of them by itself, so that none needs asking before. */
  async listRemovals(tx: Transaction, runId: string): Promise<Removal[]> {
    const rows = await tx.query<{ id: string; external_id: string }>(
      `SELECT id, external_id FROM copies WHERE organization_id = $1 AND removal_run_id = $2 ORDER BY id`,
      [tx.organizationId, runId],
    );
    return rows.map((row) => ({ kind: 'copy', is_certain: true, ...row }));
  }

  /**
   * Copies that no reading has ever shown are asked for by name, once: one that was deleted before the first reading is
   * not in any list of changes.
   */
  async settleNeverSeen(tx: Transaction, { integrationId, runId }: MirrorTarget): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      `UPDATE copies c SET seen_run_id = $3
       FROM sync_runs r
       WHERE c.organization_id = $1 AND c.integration_id = $2 AND r.id = $3
         AND c.state = 'synced' AND c.seen_run_id IS NULL AND c.settled_at < r.started_at RETURNING c.id`,
      [tx.organizationId, integrationId, runId],
    );
    await this.settle(
      tx,
      rows.map(({ id }) => id),
    );
  }

  /** One witness of their disappearance has spoken; settling asks the second. */
  async settleRemovals(tx: Transaction, runId: string): Promise<number> {
    const rows = await tx.query<{ id: string }>(
      `UPDATE copies SET removal_run_id = NULL, missing_since = coalesce(missing_since, now())
       WHERE organization_id = $1 AND removal_run_id = $2 RETURNING id`,
      [tx.organizationId, runId],
    );
    await this.settle(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.length;
  }

  private async find(tx: Transaction, target: MirrorTarget, events: readonly EventFacts[]): Promise<WatchedCopy[]> {
    const uuids = (values: readonly (string | null)[]) =>
      values.filter((value): value is string => value !== null && isUuid(value));
    return await tx.query<WatchedCopy>(
      `SELECT c.id, c.integration_id, c.event_key, c.external_id, c.etag, c.base, c.state, c.is_wanted, s.time_zone
       FROM copies c JOIN formation_sessions s ON s.id = c.session_id
       WHERE c.organization_id = $1
         AND (c.integration_id = $2 AND c.external_id = ANY ($3) OR c.id = ANY ($4::uuid[])
              OR c.integration_id = $2 AND c.event_key = ANY ($5::uuid[]))`,
      [
        tx.organizationId,
        target.integrationId,
        events.map(({ externalId }) => externalId),
        uuids(events.map(({ copyId }) => copyId)),
        uuids(events.map(({ eventKey }) => eventKey)),
      ],
    );
  }

  private async noteSeen(
    tx: Transaction,
    { runId }: MirrorTarget,
    seen: readonly { id: string; etag: string | null; settle: boolean }[],
  ): Promise<void> {
    if (seen.length === 0) return;
    await tx.execute(
      `UPDATE copies c
       SET seen_run_id = $2, removal_run_id = NULL, missing_since = NULL,
           etag = CASE WHEN seen.settle THEN c.etag ELSE seen.etag END
       FROM jsonb_to_recordset($3::jsonb) AS seen (id uuid, etag text, settle boolean)
       WHERE c.organization_id = $1 AND c.id = seen.id`,
      [tx.organizationId, runId, JSON.stringify(seen)],
    );
    await this.settle(
      tx,
      seen.filter(({ settle }) => settle).map(({ id }) => id),
    );
  }

  private async settle(tx: Transaction, copyIds: readonly string[]): Promise<void> {
    await this.jobs.enqueueMany(
      tx,
      copyIds.map((copyId) => ({ task: SETTLE_COPY, payload: { organizationId: String(tx.organizationId), copyId } })),
    );
  }
}

/** What we read last, or the same content under a new etag: nobody has edited anything. */
function isEcho({ state, etag, base, time_zone, is_wanted }: WatchedCopy, facts: EventFacts): boolean {
  if (state !== 'synced' || !is_wanted || base === null) return false;
  if (etag !== null && etag === facts.etag) return true;
  const shown: CopyContent = toCopyContent(facts, time_zone);
  return FIELDS.every((field) => partOf(shown, field) === partOf(base, field));
}
